import { call } from '../../../../kernel/http/call.ts'
import { period, periodInChinese } from '../../../../kernel/time/period.ts'
import { useAddress } from '../../../../ui/address.ts'
import { Go } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import { periodIn } from '../../../../ui/period-in.ts'
import { QueryTable } from '../../../../ui/query-table.tsx'
import type { Column } from '../../../../ui/query-table-shape.ts'
import { useAbility, useSession } from '../../../../ui/session.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { listSnapshots, type SnapshotRow } from '../../snapshots/snapshots.contract.ts'
import { cockpitAddress } from '../addresses.rules.ts'
import { FigureViews } from '../figure-views.tsx'
import { FreezeForm } from './freeze-form.tsx'
import { replayStanding, sizeInWords, snapshotAddress, standingOf } from './snapshot-words.rules.ts'

const Standing = (props: { of: ReturnType<typeof standingOf> }) => <StatusTag tone={props.of.tone}>{props.of.word}</StatusTag>

const columns: readonly Column<SnapshotRow>[] = [
  {
    key: 'period',
    title: '期间',
    cell: (row) => <Go to={snapshotAddress(row.id)}>{periodInChinese(period(row.period))}</Go>,
    fixed: true,
  },
  { key: 'organization', title: '组织', cell: (row) => row.organization.name, wrap: true },
  { key: 'state', title: '状态', cell: (row) => <Standing of={standingOf(row)} /> },
  {
    key: 'replay',
    title: '最近复核',
    cell: (row) => (row.state === 'frozen' ? <Standing of={replayStanding(row.replay)} /> : '－'),
  },
  { key: 'asOf', title: '截至', cell: (row) => row.asOf },
  { key: 'by', title: '冻结人', cell: (row) => row.requestedBy, phone: 'none' },
  {
    key: 'size',
    title: '文件',
    cell: (row) => (row.bytes === null ? '－' : sizeInWords(row.bytes)),
    align: 'right',
    phone: 'none',
  },
  { key: 'note', title: '说明', cell: (row) => row.supersedes?.reason ?? row.note ?? '－', wrap: true, phone: 'none' },
]

/** Frozen periods, and freezing one more. */
export function SnapshotsPage() {
  const { today } = useSession()
  const [search] = useAddress()
  const within = periodIn(search, today)
  const mayFreeze = useAbility('rulebook.snapshot.freeze')
  return (
    <Page
      title="冻结与复核"
      crumbs={[
        {
          label: '驾驶舱',
          to: cockpitAddress({ period: within, ...(search.organization && { organization: search.organization }) }),
        },
      ]}
      bar={<FigureViews current="frozen" organization={search.organization} period={within} />}
    >
      {mayFreeze && <FreezeForm />}
      <Panel title="已冻结的期间" note="冻结后不能解冻；重新冻结要写明理由，前后两次都保留">
        <QueryTable
          name="snapshots"
          caption="已冻结的期间"
          columns={columns}
          rowKey={(row) => row.id}
          query={(_, after, signal) => call(listSnapshots, { query: { limit: 50, ...(after && { after }) } }, { signal })}
          empty={{
            sentence: mayFreeze ? '还没有冻结过。在上面选组织和期间，就可以冻结。' : '还没有冻结过的期间，冻结由工委办理。',
          }}
        />
      </Panel>
    </Page>
  )
}
