import { useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { call } from '../../../kernel/http/call.ts'
import { type Draft, useDraft } from '../../../ui/draft.ts'
import { meetingForm, type MeetingKind, previewMeeting } from '../meetings/meetings.contract.ts'
import {
  attendanceOf,
  type Attendee,
  type Changes,
  decidingKind,
  entryFrom,
  everybodyOf,
  type FormReply,
  type Heads,
  headsOf,
  type MeetingEntry,
  previewBodyOf,
} from './meeting-entry.rules.ts'

export type EntryMode = 'record' | 'plan' | 'correct'

export interface EntryOptions {
  readonly mode: EntryMode
  readonly organization: string
  readonly kind?: MeetingKind | undefined
  readonly heldOn?: string | undefined
  /** A stored meeting's content: what is corrected, or the plan that is recorded. */
  readonly base?: Changes | undefined
  readonly draftKey: string
}

export interface Entry {
  readonly mode: EntryMode
  readonly form: FormReply
  readonly value: MeetingEntry
  readonly people: readonly Attendee[]
  readonly heads: Heads
  readonly change: (part: Changes) => void
  readonly draft: Draft<Changes>
  /** The list of names is being read again after kind, date or organizations changed. */
  readonly reading: boolean
  /** The list of names could not be read again; what is shown is the one before. */
  readonly stale: unknown
  readonly retry: () => void
}

export type EntryState = { readonly entry: Entry } | { readonly entry: null; readonly error: unknown; readonly retry: () => void }

/** The entry with its defaults from the server and the writer's changes from the device. */
export function useMeetingEntry(options: EntryOptions): EntryState {
  const draft = useDraft<Changes>(options.draftKey, {})
  const changes = useMemo(() => changesOf(options, draft.value), [options, draft.value])
  const organizations = changes.organizationIds ?? [options.organization]
  const kind = decidingKind(changes.kinds)
  const heldOn = changes.heldOn
  const queries = useQueries({
    queries: organizations.map((organization) => {
      const query = { organization, ...(kind && { kind }), ...(heldOn && { heldOn }) }
      return { queryKey: ['meeting-form', query], queryFn: ({ signal }: { signal: AbortSignal }) => call(meetingForm, { query }, { signal }) }
    }),
  })
  const failed = queries.find((query) => query.isError)
  const complete = queries.every((query) => query.data !== undefined)
  const forms = useLast(complete ? queries.map((query) => query.data as FormReply) : null)
  const retry = () => void Promise.all(queries.filter((query) => query.isError).map((query) => query.refetch()))
  const [form] = forms ?? []
  const value = useMemo(() => form && entryFrom(form, changes), [form, changes])
  const people = useMemo(() => attendanceOf(everybodyOf(forms ?? []), value?.absent ?? {}), [forms, value?.absent])
  const heads = useMemo(() => headsOf(people), [people])
  if (!form || !value) return { entry: null, error: failed?.error ?? null, retry }
  const change = (part: Changes) => draft.set((before) => ({ ...before, ...part }))
  const reading = !complete && !failed
  return { entry: { mode: options.mode, form, value, people, heads, change, draft, reading, stale: failed?.error ?? null, retry } }
}

function changesOf(options: EntryOptions, changed: Changes): Changes {
  return {
    ...(options.kind && { kinds: [options.kind] }),
    ...(options.heldOn && { heldOn: options.heldOn }),
    ...options.base,
    ...changed,
  }
}

/** The last whole answer stays while the next one is read, and when it cannot be. Equal answers stay the same object. */
function useLast(next: readonly FormReply[] | null): readonly FormReply[] | null {
  const [last, setLast] = useState(next)
  const same = next === null || (last !== null && last.length === next.length && last.every((form, at) => form === next[at]))
  useEffect(() => {
    if (!same) setLast(next)
  })
  return same ? last : next
}

/** What the meeting would satisfy if it were recorded now; asked a moment after the last change. */
export function usePreview(entry: Entry) {
  const body = useMemo(() => previewBodyOf(entry.value, entry.people), [entry.value, entry.people])
  const text = JSON.stringify(body)
  const [asked, setAsked] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), 350)
    return () => clearTimeout(timer)
  }, [text])
  return useQuery({
    queryKey: ['meeting-preview', asked],
    queryFn: ({ signal }) => call(previewMeeting, { body: JSON.parse(asked) as typeof body }, { signal }),
    enabled: entry.mode === 'record' && !entry.reading,
    placeholderData: (before) => before,
    retry: false,
  })
}
