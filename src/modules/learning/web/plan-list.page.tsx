import { useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { call } from '../../../kernel/http/call.ts'
import { GoButton } from '../../../ui/go.tsx'
import { Page } from '../../../ui/page.tsx'
import { QueryTable } from '../../../ui/query-table.tsx'
import type { Column, Filter } from '../../../ui/query-table-shape.ts'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { listPlans, type PlanLine } from '../plans/plans.contract.ts'
import { crumbs, TrainingTabs } from './training-tabs.tsx'
import { optionsOf } from './whole-form.tsx'

const states = { recorded: '在用', withdrawn: '已撤回' } as const
const sum = (row: PlanLine, of: 'hours' | 'held') => row.items.reduce((total, item) => total + item[of], 0)
const columns: readonly Column<PlanLine>[] = [
  { key: 'title', title: '计划', fixed: true, wrap: true, cell: (row) => row.title },
  { key: 'organization', title: '组织', wrap: true, cell: (row) => row.organization.name },
  { key: 'year', title: '年度', cell: (row) => row.year },
  {
    key: 'items',
    title: '已办 / 计划',
    align: 'right',
    cell: (row) => `${row.items.filter(({ held }) => held > 0).length} / ${row.items.length} 班`,
  },
  { key: 'hours', title: '计划学时', align: 'right', cell: (row) => sum(row, 'hours') },
  {
    key: 'state',
    title: '状态',
    cell: (row) => <StatusTag tone={row.state === 'recorded' ? 'done' : 'none'}>{states[row.state]}</StatusTag>,
  },
]

/** Yearly training plans in one's care. */
export function PlanListPage() {
  const navigate = useNavigate()
  const mayCreate = useAbility('learning.plan.create')
  const year = Number(useSession().today.slice(0, 4))
  const years = Object.fromEntries([year + 1, year, year - 1, year - 2].map((one) => [String(one), `${one} 年`]))
  const filters: readonly Filter[] = [
    { key: 'year', title: '年度', kind: 'select', options: optionsOf(years), width: 8 },
    { key: 'state', title: '状态', kind: 'select', options: optionsOf(states), width: 8 },
  ]
  const create = mayCreate && (
    <GoButton to="/training-plans/new" type="primary">
      做年度计划
    </GoButton>
  )
  return (
    <Page title="培训计划" crumbs={crumbs} actions={create}>
      <TrainingTabs now="plans" />
      <QueryTable<PlanLine>
        name="training-plans"
        caption="培训计划"
        columns={columns}
        filters={filters}
        rowKey={(row) => row.id}
        query={(values, after, signal) =>
          call(listPlans, { query: { ...(values as z.input<(typeof listPlans)['query']>), ...(after && { after }) } }, { signal })
        }
        onOpen={(row) => void navigate({ href: `/training-plans/${row.id}` })}
        empty={{ sentence: '还没有年度培训计划。列出一年要办的班，办一期就对上一期。', next: create || undefined }}
      />
    </Page>
  )
}
