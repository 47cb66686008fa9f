import { useState } from 'react'
import type { z } from 'zod'
import { period, periodName } from '../../../kernel/time/period.ts'
import { useAddress } from '../../../ui/address.ts'
import { GoButton } from '../../../ui/go.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { Empty, Loaded, Loading, Refused } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { words } from '../../../ui/words.ts'
import type { OrganizationKind } from '../../directory/organizations/organizations.contract.ts'
import { meetingKind, type MeetingKind, recordMeeting, recordMeetingBody, showMeeting } from '../meetings/meetings.contract.ts'
import { kindsFor } from '../meetings/meetings.rules.ts'
import { useMeetingEntry } from './meeting-entry.client.ts'
import { type Changes, changesOf, draftKeyOf, recordBodyOf } from './meeting-entry.rules.ts'
import { useFaults } from './meeting-faults.client.ts'
import { MeetingForm } from './meeting-form.tsx'
import { OrganizationSelect } from './organization-select.tsx'
import { Recorded, type RecordedMeeting } from './recorded.tsx'

/** 记一次会议: preset by the address (organization, kind, planned, a period that is over), one column, one main button. */
export function RecordMeetingPage() {
  const [search] = useAddress()
  const [round, setRound] = useState(0)
  const [chosen, setChosen] = useState<string | null>(null)
  const session = useSession()
  const own = session.organizations.find((organization) => kindsFor(organization.kind as OrganizationKind).length > 0)
  const organization = search.organization ?? chosen ?? own?.id
  if (!organization) {
    return (
      <Page title="记一次会议" narrow>
        <Panel title="先选召开会议的组织">
          <OrganizationSelect label="召开组织" known={[]} value={[]} onChange={([id]) => setChosen(id ?? null)} />
        </Panel>
      </Page>
    )
  }
  if (search.planned)
    return <RecordPlanned key={`${search.planned} ${round}`} id={search.planned} onAgain={() => setRound(round + 1)} />
  const past = periodName.safeParse(search.period).data
  const span = past && period(past)
  const within = span && span.ends < session.today ? { starts: span.starts, ends: span.ends } : undefined
  const preset = { organization, kind: meetingKind.safeParse(search.kind).data, within }
  return (
    <Record
      key={`${JSON.stringify(preset)} ${round}`}
      preset={preset}
      draftKey={draftKeyOf(search)}
      onAgain={() => setRound(round + 1)}
    />
  )
}

interface Preset {
  readonly organization: string
  readonly kind?: MeetingKind | undefined
  readonly within?: { readonly starts: string; readonly ends: string } | undefined
}

/** The record of a meeting that was planned begins with what was planned. */
function RecordPlanned(props: { id: string; onAgain: () => void }) {
  const planned = useCall(showMeeting, { params: { id: props.id } })
  return (
    <Loaded query={planned}>
      {(page) =>
        page.state === 'planned' ? (
          <Record
            preset={{ organization: page.organization.id }}
            base={changesOf(page)}
            planned={page.id}
            draftKey={draftKeyOf({ planned: page.id })}
            onAgain={props.onAgain}
          />
        ) : (
          <Page title="记一次会议" narrow>
            <Empty sentence="这次会议已经记过或已取消。" next={<GoButton to={`/meetings/${page.id}`}>看这次会议</GoButton>} />
          </Page>
        )
      }
    </Loaded>
  )
}

function Record(props: { preset: Preset; base?: Changes; planned?: string; draftKey: string; onAgain: () => void }) {
  const state = useMeetingEntry({ mode: 'record', ...props.preset, base: props.base, draftKey: props.draftKey })
  const recording = useSubmit(recordMeeting)
  const faults = useFaults()
  const mayPlan = useAbility('orglife.meeting.plan')
  const [result, setResult] = useState<RecordedMeeting | null>(null)
  if (result) {
    return (
      <Page title="记一次会议" narrow>
        <Recorded title="已记好" result={result} onAgain={props.onAgain} />
      </Page>
    )
  }
  if (!state.entry) {
    return (
      <Page title="记一次会议" narrow>
        {state.error ? <Refused error={state.error} onRetry={state.retry} /> : <Loading />}
      </Page>
    )
  }
  const { entry } = state
  const send = async (body: z.output<typeof recordMeetingBody>) => {
    try {
      const reply = await recording.send({ body })
      entry.draft.clear()
      setResult(reply)
    } catch (error) {
      faults.refuse(error)
    }
  }
  const submit = () => {
    if (entry.dayAsked) return faults.say('heldOn', '请选实际开会的那一天。')
    const body = faults.check(recordMeetingBody, {
      ...recordBodyOf(entry.value, entry.people),
      ...(entry.value.lateReason.trim() && { lateReason: entry.value.lateReason }),
      ...(props.planned && { plannedId: props.planned }),
    })
    if (body && entry.value.kinds.includes('lecture') && !body.speakerId) return faults.say('speakerId', '请选择主讲人。')
    if (body) void send(body)
  }
  const watched = {
    ...entry,
    change: (part: Changes) => {
      faults.forget(Object.keys(part))
      recording.reset()
      entry.change(part)
    },
  }
  return (
    <Page
      title="记一次会议"
      narrow
      note={entry.draft.savedAt ? words.savedAt(entry.draft.savedAt) : undefined}
      actions={
        mayPlan && !props.planned && <GoButton to={`/meetings/plan?organization=${props.preset.organization}`}>预定会议</GoButton>
      }
    >
      <MeetingForm
        entry={watched}
        submitLabel="记好"
        pending={recording.pending}
        error={recording.error}
        faults={faults.byPath}
        refusals={faults.refusals}
        onSubmit={submit}
      />
    </Page>
  )
}
