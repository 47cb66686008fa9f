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
import { exportExamples, type ExampleLine, listExamples } from '../../examples/examples.contract.ts'
import { type ExampleState, exampleStates } from '../../examples/examples.lifecycle.ts'

const optionsOf = (of: Readonly<Record<string, string>>) => Object.entries(of).map(([value, label]) => ({ value, label }))

const filters: readonly Filter[] = [
  { key: 'text', title: '名称', kind: 'text', width: 11 },
  { key: 'state', title: '状态', kind: 'select', width: 9, options: optionsOf(exampleStates) },
  { key: 'dimension', title: '方面', kind: 'select', width: 8, options: optionsOf(dimensions) },
  { key: 'mine', title: '由谁办', kind: 'select', width: 8, options: [{ value: 'to_act', label: '等我办理' }] },
]

const tones = {
  drafted: 'none',
  proposed: 'pending',
  reviewed: 'pending',
  returned: 'missing',
  published: 'done',
  withdrawn: 'none',
} as const

export function ExampleTag({ state }: { state: ExampleState }) {
  return <StatusTag tone={tones[state]}>{exampleStates[state]}</StatusTag>
}

const columns: readonly Column<ExampleLine>[] = [
  {
    key: 'title',
    title: '好做法',
    fixed: true,
    wrap: true,
    phone: 'link',
    cell: (row) => <Go to={`/examples/${row.id}`}>{row.title}</Go>,
  },
  { key: 'state', title: '状态', cell: (row) => <ExampleTag state={row.state} /> },
  { key: 'dimension', title: '方面', cell: (row) => dimensions[row.dimension] },
  { key: 'organization', title: '组织', wrap: true, cell: (row) => row.organization.name },
  { key: 'records', title: '依据的记录', cell: (row) => `${row.records} 条` },
  { key: 'writtenOn', title: '写成日期', cell: (row) => row.writtenOn, phone: 'none' },
  { key: 'publishedOn', title: '发布日期', cell: (row) => row.publishedOn ?? '－' },
]

/** 好做法: what is published in the city, and what of one's own organizations is on the way there. */
export function ExamplesPage() {
  const navigate = useNavigate()
  const mayWrite = useAbility('supervision.example.write')
  return (
    <Page
      title="好做法"
      crumbs={[{ label: '督办', to: '/cases' }]}
      actions={
        mayWrite && (
          <GoButton to="/examples/new" type="primary">
            写一条
          </GoButton>
        )
      }
    >
      <QueryTable<ExampleLine>
        name="examples"
        caption="好做法"
        columns={columns}
        filters={filters}
        rowKey={(row) => row.id}
        query={(values, after, signal) =>
          call(
            listExamples,
            { query: { ...(values as z.input<(typeof listExamples)['query']>), ...(after && { after }) } },
            { signal },
          )
        }
        onOpen={(row) => void navigate({ href: `/examples/${row.id}` })}
        exportHref={(values) => addressOf(exportExamples.path, { query: values })}
        empty={{
          sentence: mayWrite
            ? '还没有好做法。有管用的做法，点“写一条”，关联已有的记录，数字不用抄。'
            : '还没有好做法。市内发布以后，列在这里。',
        }}
      />
    </Page>
  )
}
