import { call } from '../../../../kernel/http/call.ts'
import { period, periodInChinese } from '../../../../kernel/time/period.ts'
import { Go } from '../../../../ui/go.tsx'
import { Panel } from '../../../../ui/page.tsx'
import { QueryTable } from '../../../../ui/query-table.tsx'
import type { Column } from '../../../../ui/query-table-shape.ts'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { statuses, type Status } from '../../obligations/obligations.contract.ts'
import { causes, type Difference, listDifferences } from '../../snapshots/snapshots.contract.ts'
import { recordAddress } from '../addresses.rules.ts'
import { toneOf } from '../figures.rules.ts'
import './snapshots.css'
import type { Shown } from './snapshot.page.tsx'

const changes = { added: '新增', gone: '不再计入', changed: '有更正' } as const

function StatusWord({ status, numerator, denominator }: Difference['now']) {
  if (status === null) return <>没有这一项</>
  return (
    <>
      <StatusTag tone={toneOf[status as Status]}>{statuses[status as Status]}</StatusTag> {numerator} / {denominator}
    </>
  )
}

const columns: readonly Column<Difference>[] = [
  {
    key: 'requirement',
    title: '要求',
    cell: (row) =>
      `${row.requirement.code} ${row.requirement.title}${row.subject.kind === 'person' ? `（${row.subject.name}）` : ''}`,
    fixed: true,
    wrap: true,
  },
  { key: 'organization', title: '组织', cell: (row) => row.organization.name, wrap: true },
  { key: 'period', title: '期间', cell: (row) => periodInChinese(period(row.period)) },
  { key: 'frozen', title: '冻结时', cell: (row) => <StatusWord {...row.frozen} /> },
  { key: 'now', title: '现在', cell: (row) => <StatusWord {...row.now} /> },
  { key: 'cause', title: '原因', cell: (row) => causes[row.cause] },
  { key: 'records', title: '记录', cell: (row) => <Records row={row} />, wrap: true },
]

function Records({ row }: { row: Difference }) {
  if (row.records.length === 0) return <>－</>
  return (
    <>
      {row.records.map((record) => (
        <div key={record.id} className="snapshot-record">
          {changes[record.change]}：<Go to={recordAddress(record)}>{record.title}</Go>（{record.recordedOn} 记）
        </div>
      ))}
    </>
  )
}

/** What stands otherwise now, obligation by obligation down to the records; the frozen figures stay. */
export function DifferencesPanel({ snapshot }: { snapshot: Shown }) {
  return (
    <Panel title="冻结之后的变化" note="冻结的数字不变；这里列出现在与当时不同的事项">
      <QueryTable
        name="snapshot-differences"
        caption="冻结之后的变化"
        columns={columns}
        rowKey={(row) =>
          [row.requirement.code, row.requirement.version, row.period, row.organization.id, row.subject.id].join(' ')
        }
        depends={[snapshot.id]}
        query={(_, after, signal) =>
          call(listDifferences, { params: { id: snapshot.id }, query: { limit: 50, ...(after && { after }) } }, { signal })
        }
        empty={{ sentence: '没有变化：现在的数字与冻结时相同。' }}
      />
    </Panel>
  )
}
