import { Button } from 'antd'
import { useState } from 'react'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { GoButton } from '../../../ui/go.tsx'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { sentenceOf } from '../../../ui/states.tsx'
import { useSubmit } from '../../../ui/use-call.ts'
import { askLeave, cancelMeeting, type MeetingPage, takeLeaveBack, withdrawMeeting } from '../meetings/meetings.contract.ts'
import { recordAddress } from './meeting-entry.rules.ts'

type Asked = 'cancel' | 'withdraw' | null

/** What this account may do with this meeting now; the server said so. */
export function MeetingActs({ meeting }: { meeting: MeetingPage }) {
  const [asked, setAsked] = useState<Asked>(null)
  const cancelling = useSubmit(cancelMeeting)
  const withdrawing = useSubmit(withdrawMeeting)
  const may = (verb: string) => meeting.abilities.includes(verb)
  const params = { id: meeting.id }
  const close = () => setAsked(null)
  return (
    <div className="meeting-acts meeting-noprint">
      {may('record') && (
        <GoButton to={recordAddress({ planned: meeting.id })} type="primary">
          记会议
        </GoButton>
      )}
      {may('correct') && <GoButton to={`/meetings/${meeting.id}/correct`}>更正</GoButton>}
      {may('withdraw') && <Button onClick={() => setAsked('withdraw')}>撤回</Button>}
      {may('cancel') && <Button onClick={() => setAsked('cancel')}>取消会议</Button>}
      <OwnLeave meeting={meeting} />
      <ConfirmReason
        open={asked === 'withdraw'}
        title="撤回记录"
        sentence="撤回后这次会议不再计入任何要求；记录和撤回理由都留存。记错了几处，请用“更正”。"
        least={2}
        onConfirm={(reason) => withdrawing.send({ params, body: { reason } })}
        onClose={close}
      />
      <ConfirmReason
        open={asked === 'cancel'}
        title="取消会议"
        sentence="已收到通知的人会看到会议取消和理由。"
        confirmLabel="确定取消"
        least={2}
        onConfirm={(reason) => cancelling.send({ params, body: { reason } })}
        onClose={close}
      />
    </div>
  )
}

/** One's own leave before the meeting: asked for, changed in its reason, taken back. */
function OwnLeave({ meeting }: { meeting: MeetingPage }) {
  const [asking, setAsking] = useState(false)
  const leaving = useSubmit(askLeave)
  const returning = useSubmit(takeLeaveBack)
  const { person } = useSession()
  const mayLeave = useAbility('orglife.meeting.ask_leave')
  if (!mayLeave || person === null || meeting.state !== 'planned') return null
  const params = { id: meeting.id }
  const own = meeting.leave.find((leave) => leave.personId === person.id)
  return (
    <>
      {own && <p role="status">已请假（{own.reason}）</p>}
      <Button onClick={() => setAsking(true)}>{own ? '改原因' : '请假'}</Button>
      {own && (
        <Button loading={returning.pending} onClick={() => void returning.submit({ params })}>
          取消请假
        </Button>
      )}
      {returning.error !== null && (
        <p className="meeting-fault" role="alert">
          {sentenceOf(returning.error)}
        </p>
      )}
      <ConfirmReason
        open={asking}
        title={own ? '改请假原因' : '会前请假'}
        reasonLabel="请假原因"
        least={1}
        onConfirm={(reason) => leaving.send({ params, body: { reason } })}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
