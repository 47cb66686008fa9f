import { useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { addressOf, call } from '../../../../kernel/http/call.ts'
import { Go, GoButton } from '../../../../ui/go.tsx'
import { Page } from '../../../../ui/page.tsx'
import { QueryTable } from '../../../../ui/query-table.tsx'
import type { Column, Filter } from '../../../../ui/query-table-shape.ts'
import { useAbility } from '../../../../ui/session.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { dimensions } from '../../../rulebook/obligations/obligations.contract.ts'
import { exportProblems, listProblems, type ProblemLine } from '../../problems/problems.contract.ts'
import { type ProblemState, problemStates, sources } from '../../problems/problems.lifecycle.ts'

const optionsOf = (of: Readonly<Record<string, string>>) => Object.entries(of).map(([value, label]) => ({ value, label }))

const filters: readonly Filter[] = [
  { key: 'text', title: '问题', kind: 'text', width: 11 },
  { key: 'mine', title: '由谁办', kind: 'select', width: 8, options: [{ value: 'to_act', label: '等我办理' }] },
  { key: 'state', title: '状态', kind: 'select', width: 9, options: optionsOf(problemStates) },
  { key: 'source', title: '来源', kind: 'select', width: 8, options: optionsOf(sources) },
  { key: 'dimension', title: '方面', kind: 'select', width: 8, options: optionsOf(dimensions) },
  { key: 'overdue', title: '超期', kind: 'select', width: 7, options: [{ value: 'yes', label: '只看超期' }] },
]

const tones = {
  raised: 'pending',
  rejected: 'none',
  rectifying: 'short',
  rectified: 'pending',
  verified: 'pending',
  closed: 'done',
} as const

export function ProblemTag({ state }: { state: ProblemState }) {
  return <StatusTag tone={tones[state]}>{problemStates[state]}</StatusTag>
}

const columns: readonly Column<ProblemLine>[] = [
  {
    key: 'title',
    title: '问题',
    fixed: true,
    wrap: true,
    phone: 'link',
    cell: (row) => (
      <>
        <Go to={`/problems/${row.id}`}>{row.title}</Go>
        {row.recurs && '（又出现）'}
      </>
    ),
  },
  {
    key: 'state',
    title: '状态',
    cell: (row) => (
      <>
        <ProblemTag state={row.state} /> {row.overdue && <StatusTag tone="missing">超期</StatusTag>}
      </>
    ),
  },
  { key: 'source', title: '来源', cell: (row) => sources[row.source] },
  { key: 'dimension', title: '方面', cell: (row) => dimensions[row.dimension] },
  { key: 'organization', title: '组织', wrap: true, cell: (row) => row.organization.name },
  { key: 'owner', title: '责任人', cell: (row) => row.owner?.name ?? '－' },
  { key: 'dueOn', title: '完成时限', cell: (row) => row.dueOn ?? '－' },
  { key: 'raisedOn', title: '提出日期', cell: (row) => row.raisedOn, phone: 'none' },
]

/** 问题清单: what was found by whom, and where it stands. */
export function ProblemsPage() {
  const navigate = useNavigate()
  const mayRaise = useAbility('supervision.problem.raise')
  return (
    <Page
      title="问题清单"
      crumbs={[{ label: '督办', to: '/cases' }]}
      actions={
        mayRaise && (
          <GoButton to="/problems/new" type="primary">
            提问题
          </GoButton>
        )
      }
    >
      <QueryTable<ProblemLine>
        name="problems"
        caption="问题清单"
        columns={columns}
        filters={filters}
        rowKey={(row) => row.id}
        query={(values, after, signal) =>
          call(
            listProblems,
            { query: { ...(values as z.input<(typeof listProblems)['query']>), ...(after && { after }) } },
            { signal },
          )
        }
        onOpen={(row) => void navigate({ href: `/problems/${row.id}` })}
        exportHref={(values) => addressOf(exportProblems.path, { query: values })}
        empty={{ sentence: '还没有问题。自己找到的、群众提的、相互帮着看到的、上级点出的，都可以提。' }}
      />
    </Page>
  )
}
