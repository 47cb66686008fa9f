import { Button } from 'antd'
import { useParam } from '../../../ui/address.ts'
import { Page } from '../../../ui/page.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { showInspection } from '../inspections/inspections.contract.ts'
import { InspectionRecord } from './inspection-record.tsx'

/** One inspection on a page of its own, which is also what is printed. */
export function InspectionPageWhole() {
  const id = useParam('id')
  const found = useCall(showInspection, { params: { id } })
  return (
    <Page
      title={found.data?.title ?? '检查'}
      crumbs={[{ label: '检查', to: '/inspections' }]}
      narrow
      actions={<Button onClick={() => print()}>打印</Button>}
    >
      <Loaded query={found}>{(data) => <InspectionRecord found={data} />}</Loaded>
    </Page>
  )
}
