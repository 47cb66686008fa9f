import type { z } from 'zod'
import { call } from '../../../kernel/http/call.ts'
import { GoButton, Go } from '../../../ui/go.tsx'
import { Page } from '../../../ui/page.tsx'
import type { Column, Filter, FilterValues } from '../../../ui/query-table-shape.ts'
import { useAbility, useSession } from '../../../ui/session.tsx'
import { RecordList } from '../../../ui/record-list.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { StatusTag, type Tone } from '../../../ui/status-tag.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { exportMeetings } from '../meetings/meeting-export.contract.ts'
import { listMeetings, type MeetingLine, meetingKinds, showMeeting } from '../meetings/meetings.contract.ts'
import { meetingStates } from '../meetings/meetings.lifecycle.ts'
import { MeetingActs } from './meeting-acts.tsx'
import { RecordTabs } from './record-tabs.tsx'
import { MeetingRecord } from './meeting-record.tsx'

type Query = z.input<(typeof listMeetings)['query']>

const options = (names: Readonly<Record<string, string>>) => Object.entries(names).map(([value, label]) => ({ value, label }))

function filtersFor(organizations: readonly { readonly id: string; readonly name: string }[]): Filter[] {
  return [
    { key: 'text', title: '名称或组织', kind: 'text', width: 11 },
    { key: 'kind', title: '类别', kind: 'select', options: options(meetingKinds) },
    { key: 'state', title: '状态', kind: 'select', options: options(meetingStates), width: 8 },
    { key: 'from', title: '自', kind: 'date', width: 9 },
    { key: 'to', title: '至', kind: 'date', width: 9 },
    {
      key: 'late',
      title: '是否补记',
      kind: 'select',
      options: [
        { value: 'yes', label: '只看补记' },
        { value: 'no', label: '不含补记' },
      ],
      width: 8,
    },
    ...(organizations.length > 1
      ? [
          {
            key: 'under',
            title: '组织',
            kind: 'select' as const,
            options: organizations.map((one) => ({ value: one.id, label: one.name })),
            width: 14,
          },
        ]
      : []),
  ]
}

const tones: Readonly<Record<MeetingLine['state'], Tone>> = {
  planned: 'pending',
  cancelled: 'none',
  recorded: 'done',
  withdrawn: 'none',
}

const columns: readonly Column<MeetingLine>[] = [
  { key: 'title', title: '会议', fixed: true, wrap: true, cell: (row) => row.title },
  {
    key: 'organization',
    title: '组织',
    wrap: true,
    cell: (row) => (row.together > 1 ? `${row.organization.name}等 ${row.together} 个` : row.organization.name),
  },
  { key: 'kinds', title: '类别', wrap: true, cell: (row) => row.kinds.map((kind) => meetingKinds[kind]).join('、'), extra: true },
  { key: 'heldOn', title: '开会日期', sortable: true, cell: (row) => row.heldOn },
  {
    key: 'recordedOn',
    title: '记录日期',
    sortable: true,
    cell: (row) => (
      <>
        {row.recordedOn ?? '－'} {row.late && <StatusTag tone="late">补记</StatusTag>}
      </>
    ),
  },
  {
    key: 'attendance',
    title: '到会',
    align: 'right',
    cell: (row) => (row.state === 'recorded' ? `${row.present} / ${row.expected}` : '－'),
  },
  {
    key: 'first',
    title: '首项学理论',
    phone: 'none',
    cell: (row) => (row.firstIsTheory ? '是' : '否'),
  },
  { key: 'state', title: '状态', cell: (row) => <StatusTag tone={tones[row.state]}>{meetingStates[row.state]}</StatusTag> },
]

const queryOf = (values: FilterValues): Query => values as Query

/** All meetings that the account may see; a record opens beside the list. */
export function MeetingListPage() {
  const session = useSession()
  const mayRecord = useAbility('orglife.meeting.record')
  const mayPlan = useAbility('orglife.meeting.plan')
  const mayAsk = useAbility('orglife.question.read')
  const mayImport = useAbility('orglife.meeting.import')
  return (
    <Page
      title="会议"
      actions={
        <>
          <GoButton to="/work-records">工作纪实</GoButton>
          <GoButton to="/training-classes">学习培训</GoButton>
          {mayImport && <Go to="/meetings/import">补录旧会议</Go>}
          {mayAsk && <GoButton to="/questions">记录情况</GoButton>}
          {mayPlan && <GoButton to="/meetings/plan">预定会议</GoButton>}
          {mayRecord && (
            <GoButton to="/meetings/new" type="primary">
              记会议
            </GoButton>
          )}
        </>
      }
    >
      <RecordTabs now="/meetings" />
      <RecordList<MeetingLine>
        name="meetings"
        caption="会议记录"
        columns={columns}
        filters={filtersFor(session.organizations)}
        idOf={(row) => row.id}
        read={(query, signal) => call(listMeetings, { query: queryOf(query) }, { signal })}
        exportPath={exportMeetings.path}
        empty={{
          sentence: '还没有会议记录。开过会后在这里记一次，凡能计入的要求都会计入。',
          next: mayRecord ? <GoButton to="/meetings/new">记会议</GoButton> : undefined,
        }}
        detailTitle="会议记录"
        detail={(id) => <Detail key={id} id={id} />}
      />
    </Page>
  )
}

function Detail({ id }: { id: string }) {
  const meeting = useCall(showMeeting, { params: { id } })
  return (
    <Loaded query={meeting}>
      {(data) => (
        <div className="meeting-lines">
          <p style={{ margin: 0 }}>
            <Go to={`/meetings/${id}`}>{data.title}</Go>
          </p>
          <MeetingActs meeting={data} />
          <MeetingRecord meeting={data} />
        </div>
      )}
    </Loaded>
  )
}
