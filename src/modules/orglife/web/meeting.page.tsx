import { Button } from 'antd'
import { addressOf } from '../../../kernel/http/call.ts'
import { useParam } from '../../../ui/address.ts'
import { Page } from '../../../ui/page.tsx'
import { Loading, Refused } from '../../../ui/states.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { meetingAttendance, meetingMinutes } from '../meetings/meeting-papers.contract.ts'
import { showMeeting } from '../meetings/meetings.contract.ts'
import { MeetingActs } from './meeting-acts.tsx'
import { MeetingRecord } from './meeting-record.tsx'
import { MeetingCirculars } from './reports/meeting-circulars.tsx'

/** One meeting on a page of its own, which is also what is printed. */
export function MeetingDetailPage() {
  const id = useParam('id')
  const meeting = useCall(showMeeting, { params: { id } })
  const crumbs = [{ label: '会议', to: '/meetings' }]
  if (!meeting.data) {
    return (
      <Page title="会议记录" crumbs={crumbs} narrow>
        {meeting.isError ? <Refused error={meeting.error} onRetry={() => void meeting.refetch()} /> : <Loading />}
      </Page>
    )
  }
  return (
    <Page
      title={meeting.data.title}
      crumbs={crumbs}
      narrow
      actions={<Papers id={id} recorded={meeting.data.state === 'recorded'} />}
    >
      <div className="meeting-acts-page">
        <MeetingActs meeting={meeting.data} />
      </div>
      <MeetingRecord meeting={meeting.data} />
      <MeetingCirculars meeting={id} ahead={meeting.data.state === 'planned'} />
    </Page>
  )
}

/** What can be taken away on paper. */
function Papers({ id, recorded }: { id: string; recorded: boolean }) {
  const at = (path: string) => addressOf(path, { params: { id } })
  return (
    <>
      {recorded && (
        <Button href={at(meetingMinutes.path)} download>
          纪要 Word
        </Button>
      )}
      <Button href={at(meetingAttendance.path)} download>
        到会名单
      </Button>
      <Button onClick={() => print()}>打印</Button>
    </>
  )
}
