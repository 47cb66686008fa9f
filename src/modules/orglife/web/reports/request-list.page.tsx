import type { z } from 'zod'
import { call } from '../../../../kernel/http/call.ts'
import { useParam } from '../../../../ui/address.ts'
import { Go, GoButton } from '../../../../ui/go.tsx'
import { Page } from '../../../../ui/page.tsx'
import type { Column, Filter } from '../../../../ui/query-table-shape.ts'
import { useAbility } from '../../../../ui/session.tsx'
import { RecordList } from '../../../../ui/record-list.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import { organizationFilter } from '../../../directory/web/index.ts'
import {
  exportRequests,
  listRequests,
  requestKinds,
  type RequestLine,
  showRequest,
} from '../../request-reports/request-reports.contract.ts'
import { requestStates, type RequestState } from '../../request-reports/request-reports.lifecycle.ts'
import { RecordTabs } from '../record-tabs.tsx'
import { RequestShown } from './request-shown.tsx'

const chosen = (names: Readonly<Record<string, string>>) => Object.entries(names).map(([value, label]) => ({ value, label }))
const filters: readonly Filter[] = [
  { key: 'text', title: '事项', kind: 'text', width: 11 },
  { key: 'kind', title: '文种', kind: 'select', width: 7, options: chosen(requestKinds) },
  { key: 'state', title: '状态', kind: 'select', width: 10, options: chosen(requestStates) },
  { key: 'overdue', title: '超期', kind: 'select', width: 8, options: [{ value: 'yes', label: '已超期' }] },
  organizationFilter,
]

const tones: Readonly<Record<RequestState, 'done' | 'late' | 'pending' | 'short' | 'none'>> = {
  drafted: 'late',
  sent: 'pending',
  received: 'pending',
  returned: 'short',
  passed: 'pending',
  answered: 'pending',
  followed_up: 'done',
  closed: 'done',
  withdrawn: 'none',
}

/** Which clock runs and how far it is past, on whichever side. */
function Clock({ row }: { row: RequestLine }) {
  if (row.dueOn !== null)
    return (
      <>
        {row.dueOn} 前答复 {row.overdueDays > 0 && <StatusTag tone="short">超期 {row.overdueDays} 天</StatusTag>}
      </>
    )
  if (row.followDueOn === null) return '－'
  return (
    <>
      {row.followDueOn} 前报结果 {row.followOverdueDays > 0 && <StatusTag tone="late">超期 {row.followOverdueDays} 天</StatusTag>}
    </>
  )
}

const columns: readonly Column<RequestLine>[] = [
  {
    key: 'title',
    title: '事项',
    fixed: true,
    wrap: true,
    cell: (row) => (
      <>
        {requestKinds[row.kind]}：{row.title} {row.urgent && <StatusTag tone="short">紧急</StatusTag>}{' '}
        {row.afterAct && <StatusTag tone="late">事后</StatusTag>}
      </>
    ),
  },
  { key: 'organization', title: '报送组织', wrap: true, cell: (row) => row.organization.name },
  { key: 'at', title: '现在谁办', wrap: true, cell: (row) => row.at.name },
  { key: 'state', title: '状态', cell: (row) => <StatusTag tone={tones[row.state]}>{requestStates[row.state]}</StatusTag> },
  { key: 'clock', title: '期限', wrap: true, cell: (row) => <Clock row={row} /> },
  { key: 'sentOn', title: '报送日期', cell: (row) => row.sentOn ?? '－' },
]

type Query = z.input<(typeof listRequests)['query']>

/** 请示报告: what was sent upward and what came from below, with both clocks. */
export function RequestListPage() {
  const mayDraft = useAbility('orglife.request_report.draft')
  return (
    <Page
      title="请示报告"
      crumbs={[{ label: '会议', to: '/meetings' }]}
      actions={
        mayDraft && (
          <GoButton to="/request-reports/new" type="primary">
            起草
          </GoButton>
        )
      }
    >
      <RecordTabs now="/request-reports" />
      <RecordList<RequestLine>
        name="request-reports"
        caption="请示报告"
        columns={columns}
        filters={filters}
        idOf={(row) => row.id}
        read={(query, signal) => call(listRequests, { query: query as Query }, { signal })}
        exportPath={exportRequests.path}
        empty={{
          sentence: mayDraft
            ? '还没有请示报告。有一件事要上级答复，点“起草”写请示；只是报告情况，写报告。'
            : '还没有下级报来的请示报告。',
        }}
        detailTitle="请示报告"
        detail={(id) => <Beside key={id} id={id} />}
      />
    </Page>
  )
}

function Beside({ id }: { id: string }) {
  const found = useCall(showRequest, { params: { id } })
  return (
    <Loaded query={found}>
      {(data) => (
        <>
          <p>
            <Go to={`/request-reports/${id}`}>单独打开</Go>
          </p>
          <RequestShown found={data} />
        </>
      )}
    </Loaded>
  )
}

/** One paper on a page of its own: what notices lead to. */
export function RequestDetailPage() {
  const id = useParam('id')
  const found = useCall(showRequest, { params: { id } })
  return (
    <Page title="请示报告" crumbs={[{ label: '请示报告', to: '/request-reports' }]} narrow>
      <Loaded query={found}>{(data) => <RequestShown found={data} />}</Loaded>
    </Page>
  )
}
