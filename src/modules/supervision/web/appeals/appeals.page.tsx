import { useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { call } from '../../../../kernel/http/call.ts'
import { Go } from '../../../../ui/go.tsx'
import { Page } from '../../../../ui/page.tsx'
import { QueryTable } from '../../../../ui/query-table.tsx'
import type { Column, Filter } from '../../../../ui/query-table-shape.ts'
import { type AppealLine, listAppeals } from '../../appeals/appeals.contract.ts'
import { appealStates, measures } from '../../appeals/appeals.lifecycle.ts'

const filters: readonly Filter[] = [
  {
    key: 'state',
    title: '状态',
    kind: 'select',
    width: 9,
    options: Object.entries(appealStates).map(([value, label]) => ({ value, label })),
  },
]
const columns: readonly Column<AppealLine>[] = [
  {
    key: 'measureTitle',
    title: '对什么申诉',
    fixed: true,
    wrap: true,
    cell: (row) => (
      <Go to={`/appeals/${row.id}`}>
        {measures[row.measure]}：{row.measureTitle}
      </Go>
    ),
  },
  { key: 'state', title: '状态', cell: (row) => `${appealStates[row.state]}${row.overdue ? '（超期）' : ''}` },
  { key: 'organization', title: '组织', wrap: true, cell: (row) => row.organization.name },
  { key: 'filedOn', title: '提出日期', cell: (row) => row.filedOn },
  { key: 'decideBy', title: '答复期限', cell: (row) => row.decideBy },
]

export function AppealsPage() {
  const navigate = useNavigate()
  return (
    <Page title="申诉" crumbs={[{ label: '督办', to: '/cases' }]}>
      <QueryTable<AppealLine>
        name="appeals"
        caption="申诉"
        columns={columns}
        filters={filters}
        rowKey={(row) => row.id}
        query={(values, after, signal) =>
          call(
            listAppeals,
            { query: { ...(values as z.input<(typeof listAppeals)['query']>), ...(after && { after }) } },
            { signal },
          )
        }
        onOpen={(row) => void navigate({ href: `/appeals/${row.id}` })}
        empty={{ sentence: '没有申诉。对督办、约谈、黄牌和不予受理有不同意见的，到那一页提出。' }}
      />
    </Page>
  )
}
