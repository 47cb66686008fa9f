import { useState } from 'react'
import { useParam } from '../../../ui/address.ts'
import { GoButton } from '../../../ui/go.tsx'
import { Page } from '../../../ui/page.tsx'
import { Empty, Loaded, Loading, Refused } from '../../../ui/states.tsx'
import { useCall, useSubmit } from '../../../ui/use-call.ts'
import { words } from '../../../ui/words.ts'
import { correctMeeting, type MeetingPage, showMeeting } from '../meetings/meetings.contract.ts'
import { useMeetingEntry } from './meeting-entry.client.ts'
import { type Changes, changesOf, recordBodyOf } from './meeting-entry.rules.ts'
import { useFaults } from './meeting-faults.client.ts'
import { MeetingForm } from './meeting-form.tsx'
import { Recorded, type RecordedMeeting } from './recorded.tsx'

/** 更正: the same form with the record in it; what was recorded first stays, and so does its date. */
export function CorrectMeetingPage() {
  const id = useParam('id')
  const [result, setResult] = useState<RecordedMeeting | null>(null)
  const meeting = useCall(showMeeting, result ? null : { params: { id } })
  if (result) {
    return (
      <Page title="更正会议记录" narrow>
        <Recorded title="已更正" result={result} />
      </Page>
    )
  }
  return (
    <Loaded query={meeting}>
      {(page) =>
        page.abilities.includes('correct') ? (
          <Correct key={page.revision} page={page} onDone={setResult} />
        ) : (
          <Page title="更正会议记录" narrow>
            <Empty sentence="这次会议现在不能更正。" next={<GoButton to={`/meetings/${id}`}>看这次会议</GoButton>} />
          </Page>
        )
      }
    </Loaded>
  )
}

function Correct(props: { page: MeetingPage; onDone: (result: RecordedMeeting) => void }) {
  const { page } = props
  const [base] = useState(() => changesOf(page))
  const state = useMeetingEntry({
    mode: 'correct',
    organization: page.organization.id,
    base,
    draftKey: `meeting-correct:${page.id}:${page.revision}`,
  })
  const correcting = useSubmit(correctMeeting)
  const faults = useFaults()
  if (!state.entry) {
    return (
      <Page title="更正会议记录" narrow>
        {state.error ? <Refused error={state.error} onRetry={state.retry} /> : <Loading />}
      </Page>
    )
  }
  const { entry } = state
  const submit = async () => {
    const body = faults.check(correctMeeting.body, {
      ...recordBodyOf(entry.value, entry.people),
      revision: page.revision,
      reason: entry.value.reason.trim() || undefined,
    })
    if (!body) return
    if (entry.value.kinds.includes('lecture') && !body.speakerId) return faults.say('speakerId', '请选择主讲人。')
    try {
      const reply = await correcting.send({ params: { id: page.id }, body })
      entry.draft.clear()
      props.onDone(reply)
    } catch (error) {
      faults.refuse(error)
    }
  }
  const change = (part: Changes) => {
    faults.forget(Object.keys(part))
    correcting.reset()
    entry.change(part)
  }
  return (
    <Page
      title="更正会议记录"
      narrow
      crumbs={[{ label: page.title, to: `/meetings/${page.id}` }]}
      note={entry.draft.savedAt ? words.savedAt(entry.draft.savedAt) : undefined}
    >
      <MeetingForm
        entry={{ ...entry, change }}
        submitLabel="保存更正"
        pending={correcting.pending}
        error={correcting.error}
        faults={faults.byPath}
        refusals={faults.refusals}
        onSubmit={() => void submit()}
        more={<GoButton to={`/meetings/${page.id}`}>不改了</GoButton>}
      />
    </Page>
  )
}
