import type { z } from 'zod'
import { call } from '../../../kernel/http/call.ts'
import { Go, GoButton } from '../../../ui/go.tsx'
import { Page } from '../../../ui/page.tsx'
import type { Column, Filter } from '../../../ui/query-table-shape.ts'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { RecordList } from '../../../ui/record-list.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useCall } from '../../../ui/use-call.ts'
import {
  exportWorkRecords,
  listTags,
  listWorkRecords,
  showWorkRecord,
  type TagShown,
  type WorkRecordLine,
} from '../work-records/work-records.contract.ts'
import { workRecordStates } from '../work-records/work-records.lifecycle.ts'
import { RecordTabs } from './record-tabs.tsx'
import { WorkRecordActs } from './work-record-acts.tsx'
import { WorkRecordShown } from './work-record-shown.tsx'

const yesNo = (yes: string, no: string) => [
  { value: 'yes', label: yes },
  { value: 'no', label: no },
]

function filtersFor(
  organizations: readonly { readonly id: string; readonly name: string }[],
  tags: readonly TagShown[],
): Filter[] {
  const places = organizations.map((one) => ({ value: one.id, label: one.name }))
  return [
    { key: 'text', title: '标题或组织', kind: 'text', width: 11 },
    {
      key: 'tag',
      title: '标签',
      kind: 'select',
      options: tags.map(({ code, title }) => ({ value: code, label: title })),
      width: 12,
    },
    { key: 'from', title: '自', kind: 'date', width: 9 },
    { key: 'to', title: '至', kind: 'date', width: 9 },
    { key: 'late', title: '是否补记', kind: 'select', options: yesNo('只看补记', '不含补记'), width: 8 },
    { key: 'graded', title: '质量确认', kind: 'select', options: yesNo('已确认', '未确认'), width: 8 },
    ...(places.length > 1 ? [{ key: 'under', title: '组织', kind: 'select' as const, options: places, width: 14 }] : []),
  ]
}

const tagInWords = ({ title, category, grade }: WorkRecordLine['tags'][number]) =>
  `${title}${category ? `（${category}）` : ''}${grade ? `：${grade}` : ''}`

const columns: readonly Column<WorkRecordLine>[] = [
  { key: 'title', title: '标题', fixed: true, wrap: true, cell: (row) => row.title },
  {
    key: 'organization',
    title: '组织',
    wrap: true,
    cell: (row) => (row.together > 1 ? `${row.organization.name}等 ${row.together} 个` : row.organization.name),
  },
  { key: 'tags', title: '标签', wrap: true, cell: (row) => row.tags.map(tagInWords).join('、') },
  { key: 'heldOn', title: '日期', sortable: true, cell: (row) => row.heldOn },
  {
    key: 'recordedOn',
    title: '记录日期',
    sortable: true,
    cell: (row) => (
      <>
        {row.recordedOn} {row.late && <StatusTag tone="late">补记</StatusTag>}
      </>
    ),
  },
  { key: 'hours', title: '学时', align: 'right', cell: (row) => row.hours ?? '－', extra: true },
  { key: 'persons', title: '参加', align: 'right', cell: (row) => row.persons || '－', extra: true },
  {
    key: 'state',
    title: '状态',
    cell: (row) => <StatusTag tone={row.state === 'recorded' ? 'done' : 'none'}>{workRecordStates[row.state]}</StatusTag>,
  },
]

/** All work records that the account may see; a record opens beside the list. */
export function WorkRecordListPage() {
  const { organizations } = useSession()
  const mayRecord = useAbility('orglife.work_record.record')
  const mayImport = useAbility('orglife.work_record.import')
  const tags = useCall(listTags, {})
  return (
    <Page
      title="工作纪实"
      crumbs={[{ label: '会议', to: '/meetings' }]}
      actions={
        <>
          {mayImport && <Go to="/work-records/import">补录旧工作纪实</Go>}
          {mayRecord && (
            <GoButton to="/work-records/new" type="primary">
              记工作纪实
            </GoButton>
          )}
        </>
      }
    >
      <RecordTabs now="/work-records" />
      <RecordList<WorkRecordLine>
        name="work-records"
        caption="工作纪实"
        columns={columns}
        filters={filtersFor(organizations, tags.data?.items ?? [])}
        idOf={(row) => row.id}
        read={(query, signal) =>
          call(listWorkRecords, { query: query as z.input<(typeof listWorkRecords)['query']> }, { signal })
        }
        exportPath={exportWorkRecords.path}
        empty={{
          sentence: '还没有工作纪实。没有专门页面的工作，做过后在这里记一次，凡能计入的要求都会计入。',
          next: mayRecord ? <GoButton to="/work-records/new">记工作纪实</GoButton> : undefined,
        }}
        detailTitle="工作纪实"
        detail={(id) => <Detail key={id} id={id} />}
      />
    </Page>
  )
}

function Detail({ id }: { id: string }) {
  const record = useCall(showWorkRecord, { params: { id } })
  return (
    <Loaded query={record}>
      {(data) => (
        <div className="meeting-lines">
          <p style={{ margin: 0 }}>
            <Go to={`/work-records/${id}`}>{data.title}</Go>
          </p>
          <WorkRecordActs record={data} />
          <WorkRecordShown record={data} />
        </div>
      )}
    </Loaded>
  )
}
