import { useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { addressOf, call } from '../../../../kernel/http/call.ts'
import { Go, GoButton } from '../../../../ui/go.tsx'
import { Page } from '../../../../ui/page.tsx'
import { QueryTable } from '../../../../ui/query-table.tsx'
import type { Column, Filter } from '../../../../ui/query-table-shape.ts'
import { useAbility } from '../../../../ui/session.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { exportProjects, listProjects, type ProjectLine } from '../../key-projects/key-projects.contract.ts'
import { projectKinds, type ProjectState, projectStates } from '../../key-projects/key-projects.lifecycle.ts'

const optionsOf = (of: Readonly<Record<string, string>>) => Object.entries(of).map(([value, label]) => ({ value, label }))

const filters: readonly Filter[] = [
  { key: 'text', title: '名称', kind: 'text', width: 11 },
  { key: 'kind', title: '类别', kind: 'select', width: 8, options: optionsOf(projectKinds) },
  { key: 'state', title: '状态', kind: 'select', width: 8, options: optionsOf(projectStates) },
  {
    key: 'branchDue',
    title: '临时党支部',
    kind: 'select',
    width: 9,
    options: [{ value: 'yes', label: '要延长或撤销' }],
  },
]

const tones = { planned: 'pending', running: 'late', closed: 'done', withdrawn: 'none' } as const
export function ProjectTag({ state }: { state: ProjectState }) {
  return <StatusTag tone={tones[state]}>{projectStates[state]}</StatusTag>
}

const columns: readonly Column<ProjectLine>[] = [
  {
    key: 'name',
    title: '名称',
    fixed: true,
    wrap: true,
    phone: 'link',
    cell: (row) => <Go to={`/key-projects/${row.id}`}>{row.name}</Go>,
  },
  { key: 'kind', title: '类别', cell: (row) => projectKinds[row.kind] },
  { key: 'state', title: '状态', cell: (row) => <ProjectTag state={row.state} /> },
  { key: 'organization', title: '责任单位', wrap: true, cell: (row) => row.organization.name },
  { key: 'endsOn', title: '结束日期', cell: (row) => row.endsOn ?? '－' },
  {
    key: 'branch',
    title: '临时党支部',
    wrap: true,
    cell: (row) => (
      <>
        {row.branch ? row.branch.name : '－'} {row.branchDue && <StatusTag tone="missing">要延长或撤销</StatusTag>}
      </>
    ),
  },
  {
    key: 'supervisors',
    title: '监督人',
    wrap: true,
    cell: (row) => row.supervisors.map(({ name }) => name).join('、') || '－',
    phone: 'none',
  },
  { key: 'inspections', title: '检查', cell: (row) => `${row.inspections} 次` },
]

type Query = z.input<(typeof listProjects)['query']>

/** 重点工程、重要领域、关键岗位: what is supervised most closely, by whom, and where its temporary branch stands. */
export function ProjectsPage() {
  const navigate = useNavigate()
  const mayEnter = useAbility('supervision.key_project.enter')
  const mayExport = useAbility('supervision.key_project.read')
  return (
    <Page
      title="重点项目"
      crumbs={[{ label: '督办', to: '/cases' }]}
      actions={
        mayEnter && (
          <GoButton to="/key-projects/new" type="primary">
            登记重点项目
          </GoButton>
        )
      }
    >
      <QueryTable<ProjectLine>
        name="key-projects"
        caption="重点项目"
        columns={columns}
        filters={filters}
        rowKey={(row) => row.id}
        query={(values, after, signal) =>
          call(listProjects, { query: { ...(values as Query), ...(after && { after }) } }, { signal })
        }
        onOpen={(row) => void navigate({ href: `/key-projects/${row.id}` })}
        {...(mayExport && { exportHref: (values) => addressOf(exportProjects.path, { query: values }) })}
        empty={{ sentence: '还没有登记重点项目。重点工程、重要领域、关键岗位都登记在这里，监督人看得到自己监督的。' }}
      />
    </Page>
  )
}
