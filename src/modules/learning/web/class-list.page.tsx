import { useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { addressOf, call } from '../../../kernel/http/call.ts'
import { Go, GoButton } from '../../../ui/go.tsx'
import { Page } from '../../../ui/page.tsx'
import { QueryTable } from '../../../ui/query-table.tsx'
import type { Column, Filter } from '../../../ui/query-table-shape.ts'
import { useAbility } from '../../../ui/session.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { type ClassLine, exportClasses, listClasses, targetGroups } from '../classes/classes.contract.ts'
import { classStates } from '../classes/classes.lifecycle.ts'
import { inPercent } from '../classes/theory-share.rules.ts'
import { crumbs, TrainingTabs } from './training-tabs.tsx'

const options = (names: Readonly<Record<string, string>>) => Object.entries(names).map(([value, label]) => ({ value, label }))
const filters: readonly Filter[] = [
  { key: 'text', title: '班次或组织', kind: 'text', width: 11 },
  { key: 'targetGroup', title: '培训对象', kind: 'select', options: options(targetGroups), width: 11 },
  { key: 'theory', title: '政治理论', kind: 'select', options: options({ met: '达到七成', unmet: '不到七成' }), width: 9 },
  { key: 'state', title: '状态', kind: 'select', options: options(classStates), width: 8 },
  { key: 'from', title: '自', kind: 'date', width: 9 },
  { key: 'to', title: '至', kind: 'date', width: 9 },
]

const columns: readonly Column<ClassLine>[] = [
  { key: 'title', title: '班次', fixed: true, wrap: true, cell: (row) => row.title },
  { key: 'organization', title: '办班组织', wrap: true, cell: (row) => row.organization.name },
  { key: 'targetGroup', title: '培训对象', cell: (row) => targetGroups[row.targetGroup] },
  {
    key: 'endsOn',
    title: '日期',
    cell: (row) => (row.startsOn === row.endsOn ? row.endsOn : `${row.startsOn} 至 ${row.endsOn}`),
  },
  {
    key: 'share',
    title: '政治理论 / 学时',
    align: 'right',
    cell: (row) => (
      <>
        {row.theoryHours} / {row.hours}（{inPercent(row.theoryHours / row.hours)}）{' '}
        {!row.theoryMet && <StatusTag tone="short">未达到</StatusTag>}
      </>
    ),
  },
  { key: 'participants', title: '名单', align: 'right', cell: (row) => `${row.participants} 人` },
  {
    key: 'state',
    title: '状态',
    cell: (row) => (
      <>
        <StatusTag tone={row.state === 'held' ? 'done' : row.state === 'planned' ? 'pending' : 'none'}>
          {classStates[row.state]}
        </StatusTag>{' '}
        {row.late && <StatusTag tone="late">补记</StatusTag>}
      </>
    ),
  },
]

/** Classes that the account may see. */
export function ClassListPage() {
  const navigate = useNavigate()
  const mayCreate = useAbility('learning.class.create')
  const mayImport = useAbility('learning.class.import')
  return (
    <Page
      title="学习培训"
      crumbs={crumbs}
      actions={
        <>
          {mayImport && <Go to="/training-classes/import">补录旧培训班</Go>}
          <GoButton to="/training-rules">类别和规则</GoButton>
          {mayCreate && (
            <GoButton to="/training-classes/new" type="primary">
              办培训班
            </GoButton>
          )}
        </>
      }
    >
      <TrainingTabs now="classes" />
      <QueryTable<ClassLine>
        name="training-classes"
        caption="培训班"
        columns={columns}
        filters={filters}
        rowKey={(row) => row.id}
        query={(values, after, signal) =>
          call(
            listClasses,
            { query: { ...(values as z.input<(typeof listClasses)['query']>), ...(after && { after }) } },
            { signal },
          )
        }
        onOpen={(row) => void navigate({ href: `/training-classes/${row.id}` })}
        exportHref={(values) => addressOf(exportClasses.path, { query: values })}
        empty={{
          sentence: '还没有培训班。排好课程、选好人员，办完登记出勤，学时就记到每个人名下。',
          next: mayCreate ? <GoButton to="/training-classes/new">办培训班</GoButton> : undefined,
        }}
      />
    </Page>
  )
}
