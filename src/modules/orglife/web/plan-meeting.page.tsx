import { useState } from 'react'
import { addDays } from '../../../kernel/time/civil-date.ts'
import { useAddress } from '../../../ui/address.ts'
import { GoButton } from '../../../ui/go.tsx'
import { Page, Panel } from '../../../ui/page.tsx'
import { useSession } from '../../../ui/session.tsx'
import { Loading, Refused } from '../../../ui/states.tsx'
import { useSubmit } from '../../../ui/use-call.ts'
import { words } from '../../../ui/words.ts'
import type { OrganizationKind } from '../../directory/organizations/organizations.contract.ts'
import { meetingKind, planMeeting, planMeetingBody } from '../meetings/meetings.contract.ts'
import { kindsFor } from '../meetings/meetings.rules.ts'
import { useMeetingEntry } from './meeting-entry.client.ts'
import { type Changes, planBodyOf } from './meeting-entry.rules.ts'
import { useFaults } from './meeting-faults.client.ts'
import { MeetingForm } from './meeting-form.tsx'
import { OrganizationSelect } from './organization-select.tsx'

/** 预定会议: tells those expected, and says while it can still be changed that theory does not come first. */
export function PlanMeetingPage() {
  const [search] = useAddress()
  const session = useSession()
  const [chosen, setChosen] = useState<string | null>(null)
  const own = session.organizations.find((organization) => kindsFor(organization.kind as OrganizationKind).length > 0)
  const organization = search.organization ?? chosen ?? own?.id
  if (!organization) {
    return (
      <Page title="预定会议" narrow>
        <Panel title="先选召开会议的组织">
          <OrganizationSelect label="召开组织" known={[]} value={[]} onChange={([id]) => setChosen(id ?? null)} />
        </Panel>
      </Page>
    )
  }
  return <Plan key={organization} organization={organization} kind={search.kind} today={session.today} />
}

function Plan(props: { organization: string; kind: string | undefined; today: string }) {
  const state = useMeetingEntry({
    mode: 'plan',
    organization: props.organization,
    kind: meetingKind.safeParse(props.kind).data,
    heldOn: addDays(props.today, 3),
    draftKey: `meeting-plan:${props.organization}`,
  })
  const planning = useSubmit(planMeeting)
  const faults = useFaults()
  const [planned, setPlanned] = useState<{ id: string; warnings: readonly { code: string; message: string }[] } | null>(null)
  if (planned) {
    return (
      <Page title="预定会议" narrow>
        <Panel title="已预定，应到人员会收到通知">
          {planned.warnings.map((warning) => (
            <div key={warning.code} className="meeting-warn">
              {warning.message}
            </div>
          ))}
          <div className="meeting-acts">
            <GoButton to={`/meetings/${planned.id}`} type="primary">
              看这次会议
            </GoButton>
            <GoButton to="/">回到待办</GoButton>
          </div>
        </Panel>
      </Page>
    )
  }
  if (!state.entry) {
    return (
      <Page title="预定会议" narrow>
        {state.error ? <Refused error={state.error} onRetry={state.retry} /> : <Loading />}
      </Page>
    )
  }
  const { entry } = state
  const submit = async () => {
    const body = faults.check(planMeetingBody, planBodyOf(entry.value))
    if (!body) return
    if (entry.value.kinds.includes('lecture') && !body.speakerId) return faults.say('speakerId', '请选择主讲人。')
    try {
      const reply = await planning.send({ body })
      entry.draft.clear()
      setPlanned(reply)
    } catch (error) {
      faults.refuse(error)
    }
  }
  const change = (part: Changes) => {
    faults.forget(Object.keys(part))
    planning.reset()
    entry.change(part)
  }
  return (
    <Page title="预定会议" narrow note={entry.draft.savedAt ? words.savedAt(entry.draft.savedAt) : undefined}>
      <MeetingForm
        entry={{ ...entry, change }}
        submitLabel="预定并通知"
        pending={planning.pending}
        error={planning.error}
        faults={faults.byPath}
        refusals={faults.refusals}
        onSubmit={() => void submit()}
      />
    </Page>
  )
}
