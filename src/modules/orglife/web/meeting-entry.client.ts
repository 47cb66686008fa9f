import { useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { call } from '../../../kernel/http/call.ts'
import { type Draft, useDraft } from '../../../ui/draft.ts'
import { type MeetingKind, previewMeeting } from '../meetings/meetings.contract.ts'
import { meetingForm } from '../meetings/meeting-form.contract.ts'
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
  /** The days among which it was held; which one is for the writer to say. */
  readonly within?: { readonly starts: string; readonly ends: string } | undefined
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
  /** The day is not known yet and must be asked; until then names and defaults are those of the period's last day. */
  readonly dayAsked: boolean
  readonly within: EntryOptions['within']
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
  const changes = changesOf(options, draft.value)
  const { forms, error, reading, retry } = useForms(options.organization, changes)
  const [form] = forms ?? []
  const value = form && entryFrom(form, changes)
  const absent = value?.absent
  const people = useMemo(() => attendanceOf(everybodyOf(forms ?? []), absent ?? {}), [forms, absent])
  const heads = useMemo(() => headsOf(people), [people])
  if (!form || !value) return { entry: null, error, retry }
  const dayAsked = options.within !== undefined && draft.value.heldOn === undefined
  // Kind and day are kept from the first change on: a draft that is taken up tomorrow is still of today's meeting.
  const given = { kinds: value.kinds, ...(!dayAsked && { heldOn: value.heldOn }) }
  const change = (part: Changes) => draft.set((before) => ({ ...given, ...before, ...part }))
  const standing = { mode: options.mode, within: options.within, dayAsked, reading, stale: error, retry }
  return { entry: { ...standing, form, value, people, heads, change, draft } }
}

/** The form's defaults and names for each of the organizations that met. */
function useForms(organization: string, changes: Changes) {
  const kind = decidingKind(changes.kinds)
  const { heldOn } = changes
  const queries = useQueries({
    queries: (changes.organizationIds ?? [organization]).map((each) => {
      const query = { organization: each, ...(kind && { kind }), ...(heldOn && { heldOn }) }
      return {
        queryKey: ['meeting-form', query],
        queryFn: ({ signal }: { signal: AbortSignal }) => call(meetingForm, { query }, { signal }),
      }
    }),
  })
  const failed = queries.find((query) => query.isError)
  const answers = queries.flatMap((query) => (query.data ? [query.data] : []))
  const complete = answers.length === queries.length
  return {
    forms: useLast(complete ? answers : null),
    error: failed?.error ?? null,
    reading: !complete && !failed,
    retry: () => void Promise.all(queries.filter((query) => query.isError).map((query) => query.refetch())),
  }
}

function changesOf(options: EntryOptions, changed: Changes): Changes {
  return {
    ...(options.kind && { kinds: [options.kind] }),
    ...(options.heldOn && { heldOn: options.heldOn }),
    ...(options.within && { heldOn: options.within.ends }),
    ...options.base,
    ...changed,
  }
}

/** The last whole answer stays while the next one is read, and when it cannot be. Equal answers stay the same object. */
function useLast(next: readonly FormReply[] | null): readonly FormReply[] | null {
  const [last, setLast] = useState<readonly FormReply[] | null>(next)
  const same = next === null || (last !== null && last.length === next.length && last.every((form, at) => form === next[at]))
  useEffect(() => {
    if (!same) setLast(next)
  }, [same, next])
  return same ? last : next
}

/** What the meeting would satisfy if it were recorded now; asked a moment after the last change. */
export function usePreview(entry: Entry) {
  const body = previewBodyOf(entry.value, entry.people)
  const text = JSON.stringify(body)
  const [asked, setAsked] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), 350)
    return () => clearTimeout(timer)
  }, [text])
  return useQuery({
    queryKey: ['meeting-preview', asked],
    queryFn: ({ signal }) => call(previewMeeting, { body: JSON.parse(asked) as typeof body }, { signal }),
    enabled: entry.mode === 'record' && !entry.reading && !entry.dayAsked,
    placeholderData: (before) => before,
    retry: false,
  })
}
