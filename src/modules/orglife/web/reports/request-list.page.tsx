import type { z } from 'zod'
import { addressOf, call } from '../../../../kernel/http/call.ts'
import { useAddress, useParam } from '../../../../ui/address.ts'
import { Go, GoButton } from '../../../../ui/go.tsx'
import { Page } from '../../../../ui/page.tsx'
import type { Column, Filter } from '../../../../ui/query-table-shape.ts'
import { QueryTable } from '../../../../ui/query-table.tsx'
import { useAbility } from '../../../../ui/session.tsx'
import { SplitView } from '../../../../ui/split-view.tsx'
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
  const [search, change] = useAddress()
  const mayDraft = useAbility('orglife.request_report.draft')
  const open = search.open ?? null
  const close = () => change({ open: undefined })
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
      <SplitView detail={open && <Beside key={open} id={open} />} detailTitle="请示报告" onClose={close} width="half">
        <QueryTable<RequestLine>
          name="request-reports"
          caption="请示报告"
          columns={columns}
          filters={filters}
          rowKey={(row) => row.id}
          query={(values, after, signal) =>
            call(listRequests, { query: { ...(values as Query), ...(after && { after }) } }, { signal })
          }
          onOpen={(row) => change({ open: row.id })}
          onClose={close}
          selected={open}
          exportHref={(values) => addressOf(exportRequests.path, { query: values })}
          empty={{
            sentence: mayDraft
              ? '还没有请示报告。有一件事要上级答复，点“起草”写请示；只是报告情况，写报告。'
              : '还没有下级报来的请示报告。',
          }}
        />
      </SplitView>
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
