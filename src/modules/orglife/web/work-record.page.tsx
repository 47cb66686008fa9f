import { Button } from 'antd'
import { useParam } from '../../../ui/address.ts'
import { Page } from '../../../ui/page.tsx'
import { Loading, Refused } from '../../../ui/states.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { showWorkRecord } from '../work-records/work-records.contract.ts'
import { WorkRecordActs } from './work-record-acts.tsx'
import { WorkRecordShown } from './work-record-shown.tsx'

/** One work record on a page of its own, which is also what is printed. */
export function WorkRecordDetailPage() {
  const id = useParam('id')
  const record = useCall(showWorkRecord, { params: { id } })
  const crumbs = [{ label: '工作纪实', to: '/work-records' }]
  if (!record.data) {
    return (
      <Page title="工作纪实" crumbs={crumbs} narrow>
        {record.isError ? <Refused error={record.error} onRetry={() => void record.refetch()} /> : <Loading />}
      </Page>
    )
  }
  return (
    <Page title={record.data.title} crumbs={crumbs} narrow actions={<Button onClick={() => print()}>打印</Button>}>
      <div className="meeting-acts-page">
        <WorkRecordActs record={record.data} />
      </div>
      <WorkRecordShown record={record.data} />
    </Page>
  )
}
