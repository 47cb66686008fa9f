import { Button } from 'antd'
import { useState } from 'react'
import { ConfirmReason } from '../../../ui/confirm-reason.tsx'
import { GoButton } from '../../../ui/go.tsx'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { useSubmit } from '../../../ui/use-call.ts'
import { askLeave, cancelMeeting, type MeetingPage, withdrawMeeting } from '../meetings/meetings.contract.ts'
import { recordAddress } from './meeting-entry.rules.ts'

type Asked = 'cancel' | 'withdraw' | 'leave' | null

/** What this account may do with this meeting now; the server said so. */
export function MeetingActs({ meeting }: { meeting: MeetingPage }) {
  const [asked, setAsked] = useState<Asked>(null)
  const cancelling = useSubmit(cancelMeeting)
  const withdrawing = useSubmit(withdrawMeeting)
  const leaving = useSubmit(askLeave)
  const session = useSession()
  const mayLeave = useAbility('orglife.meeting.ask_leave') && session.person !== null && meeting.state === 'planned'
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
      {mayLeave && <Button onClick={() => setAsked('leave')}>请假</Button>}
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
      <ConfirmReason
        open={asked === 'leave'}
        title="会前请假"
        reasonLabel="请假原因"
        least={1}
        onConfirm={(reason) => leaving.send({ params, body: { reason } })}
        onClose={close}
      />
    </div>
  )
}
