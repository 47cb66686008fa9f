import { useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { call } from '../../../../kernel/http/call.ts'
import { Go, GoButton } from '../../../../ui/go.tsx'
import { Page } from '../../../../ui/page.tsx'
import { QueryTable } from '../../../../ui/query-table.tsx'
import type { Column, Filter } from '../../../../ui/query-table-shape.ts'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { type ClueLine, listClues } from '../../clues/clues.contract.ts'
import { clueSources, type ClueState, clueStates } from '../../clues/clues.lifecycle.ts'

const optionsOf = (of: Readonly<Record<string, string>>) => Object.entries(of).map(([value, label]) => ({ value, label }))

const filters: readonly Filter[] = [
  { key: 'state', title: '状态', kind: 'select', width: 8, options: optionsOf(clueStates) },
  { key: 'source', title: '来源', kind: 'select', width: 10, options: optionsOf(clueSources) },
  { key: 'overdue', title: '超期', kind: 'select', width: 7, options: [{ value: 'yes', label: '只看超期' }] },
]

const tones = {
  received: 'short',
  assessed: 'pending',
  verifying: 'late',
  transferred: 'pending',
  filed: 'none',
  concluded: 'done',
} as const
export function ClueTag({ state }: { state: ClueState }) {
  return <StatusTag tone={tones[state]}>{clueStates[state]}</StatusTag>
}

const columns: readonly Column<ClueLine>[] = [
  {
    key: 'title',
    title: '线索',
    fixed: true,
    wrap: true,
    phone: 'link',
    cell: (row) => <Go to={`/clues/${row.id}`}>{row.title}</Go>,
  },
  {
    key: 'state',
    title: '状态',
    cell: (row) => (
      <>
        <ClueTag state={row.state} /> {row.overdue && <StatusTag tone="missing">超期</StatusTag>}
      </>
    ),
  },
  { key: 'source', title: '来源', cell: (row) => clueSources[row.source] },
  { key: 'organization', title: '涉及组织', wrap: true, cell: (row) => row.organization.name },
  { key: 'handledBy', title: '办理', wrap: true, cell: (row) => row.handledBy.name },
  { key: 'receivedOn', title: '受理日期', cell: (row) => row.receivedOn },
  { key: 'dueOn', title: '期限', cell: (row) => row.dueOn ?? '－' },
]

type Query = z.input<(typeof listClues)['query']>

/** 线索: the discipline line's own; whoever is named in one finds nothing of it here. */
export function CluesPage() {
  const navigate = useNavigate()
  return (
    <Page
      title="线索"
      crumbs={[{ label: '督办', to: '/cases' }]}
      actions={
        <GoButton to="/clues/new" type="primary">
          受理线索
        </GoButton>
      }
    >
      <QueryTable<ClueLine>
        name="clues"
        caption="线索"
        columns={columns}
        filters={filters}
        rowKey={(row) => row.id}
        query={(values, after, signal) =>
          call(listClues, { query: { ...(values as Query), ...(after && { after }) } }, { signal })
        }
        onOpen={(row) => void navigate({ href: `/clues/${row.id}` })}
        empty={{ sentence: '没有由您办理的线索。这里只有纪检人员看得到，不进检索，也不导出。' }}
      />
    </Page>
  )
}
