import { useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { call } from '../../../kernel/http/call.ts'
import { GoButton } from '../../../ui/go.tsx'
import { Page } from '../../../ui/page.tsx'
import { QueryTable } from '../../../ui/query-table.tsx'
import type { Column, Filter } from '../../../ui/query-table-shape.ts'
import { useAbility } from '../../../ui/session.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { audiences, listStudyPlans, type StudyPlanLine, topics } from '../studies/studies.contract.ts'
import { studyPlanStates } from '../studies/studies.lifecycle.ts'
import { crumbs, TrainingTabs } from './training-tabs.tsx'
import { optionsOf } from './whole-form.tsx'

const filters: readonly Filter[] = [
  { key: 'topic', title: '学习内容', kind: 'select', options: optionsOf(topics), width: 9 },
  { key: 'state', title: '状态', kind: 'select', options: optionsOf(studyPlanStates), width: 8 },
]
const columns: readonly Column<StudyPlanLine>[] = [
  { key: 'title', title: '计划', fixed: true, wrap: true, cell: (row) => row.title },
  { key: 'organization', title: '组织', wrap: true, cell: (row) => row.organization.name },
  { key: 'year', title: '年度', cell: (row) => row.year },
  { key: 'topic', title: '内容', cell: (row) => topics[row.topic] },
  { key: 'audience', title: '对象', cell: (row) => audiences[row.audience] },
  {
    key: 'mine',
    title: '我学完',
    align: 'right',
    cell: (row) => (row.forMe || row.doneByMe > 0 ? `${row.doneByMe} / ${row.units} 单元` : '－'),
  },
  {
    key: 'state',
    title: '状态',
    cell: (row) => <StatusTag tone={row.state === 'open' ? 'pending' : 'none'}>{studyPlanStates[row.state]}</StatusTag>,
  },
]

/** Study plans given to us and laid out by us. */
export function StudyPlanListPage() {
  const navigate = useNavigate()
  const create = useAbility('learning.study.plan') && (
    <GoButton to="/study-plans/new" type="primary">
      排学习计划
    </GoButton>
  )
  return (
    <Page title="学习计划" crumbs={crumbs} actions={create}>
      <TrainingTabs now="studies" />
      <QueryTable<StudyPlanLine>
        name="study-plans"
        caption="学习计划"
        columns={columns}
        filters={filters}
        rowKey={(row) => row.id}
        query={(values, after, signal) =>
          call(
            listStudyPlans,
            { query: { ...(values as z.input<(typeof listStudyPlans)['query']>), ...(after && { after }) } },
            { signal },
          )
        }
        onOpen={(row) => void navigate({ href: `/study-plans/${row.id}` })}
        empty={{
          sentence: '还没有学习计划。排好单元和题库，同志们自己学、自己测；系统只记学完了没有。',
          next: create || undefined,
        }}
      />
    </Page>
  )
}
