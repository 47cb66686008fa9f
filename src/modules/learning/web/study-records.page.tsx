import { useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { addressOf, call } from '../../../kernel/http/call.ts'
import { GoButton } from '../../../ui/go.tsx'
import { Page } from '../../../ui/page.tsx'
import { QueryTable } from '../../../ui/query-table.tsx'
import type { Column, Filter } from '../../../ui/query-table-shape.ts'
import { useAbility } from '../../../ui/session.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { exportHours, type HoursLine, listHours, sources } from '../hours/hours.contract.ts'
import { crumbs, TrainingTabs } from './training-tabs.tsx'

const options = (names: Readonly<Record<string, string>>) => Object.entries(names).map(([value, label]) => ({ value, label }))
const states = { held: '已计入', submitted: '待确认', confirmed: '已计入', refused: '不计入' } as const
const tones = { held: 'done', submitted: 'pending', confirmed: 'done', refused: 'none' } as const
const filters: readonly Filter[] = [
  { key: 'source', title: '来源', kind: 'select', options: options(sources), width: 9 },
  {
    key: 'state',
    title: '状态',
    kind: 'select',
    options: options({ submitted: '待确认', confirmed: '外派和自学已计入', refused: '不计入' }),
    width: 10,
  },
]
const columns: readonly Column<HoursLine>[] = [
  { key: 'title', title: '内容', fixed: true, wrap: true, cell: (row) => row.title },
  { key: 'person', title: '姓名', cell: (row) => row.person },
  { key: 'organization', title: '组织', wrap: true, cell: (row) => row.organization },
  { key: 'source', title: '来源', cell: (row) => sources[row.source] },
  { key: 'heldOn', title: '日期', cell: (row) => row.heldOn },
  { key: 'hours', title: '计入 / 学时', align: 'right', cell: (row) => `${row.credited} / ${row.hours}` },
  { key: 'state', title: '状态', cell: (row) => <StatusTag tone={tones[row.state]}>{states[row.state]}</StatusTag> },
]

/** Every entry of the ledger in one's care; what waits for the branch is found by its state. */
export function StudyRecordsPage() {
  const navigate = useNavigate()
  const open = (row: HoursLine) =>
    void navigate({ href: row.source === 'class' ? `/training-classes/${row.id}` : `/study-records/${row.id}` })
  const mayKeep = useAbility('learning.hours.keep')
  const acts = (
    <>
      <GoButton to="/study-records/corrections">更正申请</GoButton>
      {mayKeep && (
        <GoButton to="/study-records/new" type="primary">
          记外派培训
        </GoButton>
      )}
    </>
  )
  return (
    <Page title="外派和自学" crumbs={crumbs} actions={acts}>
      <TrainingTabs now="records" />
      <QueryTable<HoursLine>
        name="hours-lines"
        caption="学时明细"
        columns={columns}
        filters={filters}
        rowKey={(row) => `${row.id} ${row.personId}`}
        query={(values, after, signal) =>
          call(listHours, { query: { ...(values as z.input<(typeof listHours)['query']>), ...(after && { after }) } }, { signal })
        }
        onOpen={open}
        exportHref={() => addressOf(exportHours.path)}
        empty={{ sentence: '还没有学时记录。办班登记出勤后，这里列出每个人的学时。' }}
      />
    </Page>
  )
}
