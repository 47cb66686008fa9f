import type { z } from 'zod'
import { call } from '../../../../kernel/http/call.ts'
import { useParam } from '../../../../ui/address.ts'
import { Go, GoButton } from '../../../../ui/go.tsx'
import { Page } from '../../../../ui/page.tsx'
import type { Column, Filter } from '../../../../ui/query-table-shape.ts'
import { useAbility } from '../../../../ui/session.tsx'
import { RecordList } from '../../../../ui/record-list.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import { organizationFilter, personFilter } from '../../../directory/web/index.ts'
import { exportTasks, listTasks, showTask, type TaskLine } from '../../tasks/tasks.contract.ts'
import { taskStates } from '../../tasks/tasks.lifecycle.ts'
import { SupervisionTabs } from './supervision-tabs.tsx'
import { TaskShown } from './task-shown.tsx'
import { TaskTags } from './task-tags.tsx'
import styles from './tasks.module.css'

const filters: readonly Filter[] = [
  { key: 'text', title: '任务或标准', kind: 'text', width: 11 },
  { key: 'mine', title: '由谁办', kind: 'select', width: 8, options: [{ value: 'to_act', label: '等我办理' }] },
  {
    key: 'state',
    title: '状态',
    kind: 'select',
    width: 8,
    options: Object.entries(taskStates).map(([value, label]) => ({ value, label })),
  },
  { key: 'overdue', title: '超期', kind: 'select', width: 7, options: [{ value: 'yes', label: '只看超期' }] },
  organizationFilter,
  personFilter('owner', '责任人'),
]

/** Progress in words: records and parts, never a percentage that somebody typed. */
const progress = (row: TaskLine) =>
  [`记录 ${row.records} 条`, ...(row.parts.total > 0 ? [`下级 ${row.parts.closed} / ${row.parts.total}`] : [])].join('，')

const columns: readonly Column<TaskLine>[] = [
  { key: 'title', title: '任务', fixed: true, wrap: true, cell: (row) => row.title },
  { key: 'state', title: '状态', cell: (row) => <TaskTags of={row} /> },
  { key: 'organization', title: '承办单位', wrap: true, cell: (row) => row.organization.name },
  { key: 'owner', title: '责任人', cell: (row) => row.owner.name },
  { key: 'dueOn', title: '完成时限', sortable: true, cell: (row) => row.dueOn },
  { key: 'progress', title: '进展', cell: progress },
  { key: 'criterion', title: '完成标准', wrap: true, cell: (row) => row.criterion, extra: true, phone: 'none' },
  { key: 'decision', title: '出自部署', cell: (row) => row.decision?.documentNumber ?? '－', phone: 'none' },
]

type Query = z.input<(typeof listTasks)['query']>

/** 任务: who does what by when; one opens beside the list. */
export function TasksPage() {
  const mayGive = useAbility('supervision.task.give')
  return (
    <Page
      title="任务"
      bar={<SupervisionTabs now="tasks" />}
      actions={
        <>
          <GoButton to="/tasks/changes">变动情况</GoButton>
          {mayGive && (
            <GoButton to="/tasks/new" type="primary">
              直接交办
            </GoButton>
          )}
        </>
      }
    >
      <RecordList<TaskLine>
        name="tasks"
        caption="任务"
        columns={columns}
        filters={filters}
        idOf={(row) => row.id}
        read={(query, signal) => call(listTasks, { query: query as Query }, { signal })}
        exportPath={exportTasks.path}
        empty={{ sentence: '还没有任务。从“部署”的要点或“方案”的任务清单分解，也可以直接交办。' }}
        detailTitle="任务"
        detail={(id) => <Beside key={id} id={id} />}
      />
    </Page>
  )
}

function Beside({ id }: { id: string }) {
  const found = useCall(showTask, { params: { id } })
  return (
    <Loaded query={found}>
      {(data) => (
        <div className={styles.beside}>
          <p className={styles.heading}>
            <Go to={`/tasks/${encodeURIComponent(id)}`}>{data.title}</Go>
          </p>
          <TaskShown found={data} />
        </div>
      )}
    </Loaded>
  )
}

/** One task on a page of its own, which is also what is printed. */
export function TaskPageAlone() {
  const id = useParam('id')
  const found = useCall(showTask, { params: { id } })
  return (
    <Page title={found.data?.title ?? '任务'} crumbs={[{ label: '任务', to: '/tasks' }]} narrow>
      <Loaded query={found}>{(data) => <TaskShown key={id} found={data} />}</Loaded>
    </Page>
  )
}
