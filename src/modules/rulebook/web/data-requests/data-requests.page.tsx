import { call } from '../../../../kernel/http/call.ts'
import { Go, GoButton } from '../../../../ui/go.tsx'
import { Page } from '../../../../ui/page.tsx'
import { QueryTable } from '../../../../ui/query-table.tsx'
import type { Column, Filter } from '../../../../ui/query-table-shape.ts'
import { useAbility } from '../../../../ui/session.tsx'
import { StatusTag, type Tone } from '../../../../ui/status-tag.tsx'
import { useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { listRequests, requestCadences, requestKinds, type requestLine } from '../../data-requests/data-requests.contract.ts'
import { requestStates, type RequestState } from '../../data-requests/data-requests.lifecycle.ts'

type Line = z.output<typeof requestLine>
export const stateTones: Readonly<Record<RequestState, Tone>> = {
  draft: 'pending',
  published: 'done',
  ended: 'none',
  discarded: 'none',
}

const columns: readonly Column<Line>[] = [
  { key: 'title', title: '名称', fixed: true, wrap: true, cell: (one) => one.title },
  { key: 'state', title: '状态', cell: (one) => <StatusTag tone={stateTones[one.state]}>{requestStates[one.state]}</StatusTag> },
  { key: 'waiting', title: '等我填', cell: (one) => (one.waiting > 0 ? `${one.waiting} 次` : '') },
  { key: 'issuer', title: '由哪里要求', wrap: true, cell: (one) => one.issuer.name },
  { key: 'kind', title: '种类', cell: (one) => requestKinds[one.kind], phone: 'none' },
  { key: 'fields', title: '几项', cell: (one) => one.fields, phone: 'none' },
  { key: 'cadence', title: '多久一次', cell: (one) => requestCadences[one.cadence] },
  { key: 'firstDue', title: '第一次截止', cell: (one) => one.firstDue, phone: 'none' },
  { key: 'lastDay', title: '终止日期', cell: (one) => one.lastDay },
]
const filters: readonly Filter[] = [
  { key: 'text', title: '名称', kind: 'text', width: 12 },
  {
    key: 'state',
    title: '状态',
    kind: 'select',
    width: 8,
    options: Object.entries(requestStates).map(([value, label]) => ({ value, label })),
  },
]

/** 专项填报: everything that is asked for beyond recording. */
export function DataRequestsPage() {
  const issues = useAbility('rulebook.data_request.issue')
  const navigate = useNavigate()
  return (
    <Page
      title="专项填报"
      note={<Go to="/burden">一年被要求多少</Go>}
      actions={
        issues && (
          <GoButton to="/data-requests/new" type="primary">
            起草填报
          </GoButton>
        )
      }
    >
      <QueryTable<Line>
        name="data-requests"
        caption="专项填报"
        columns={columns}
        filters={filters}
        rowKey={(one) => one.id}
        query={({ text, state }, after, signal) =>
          call(
            listRequests,
            {
              query: {
                limit: 100,
                ...(text && { text }),
                ...(state && { state: state as RequestState }),
                ...(after && { after }),
              },
            },
            { signal },
          )
        }
        onOpen={(one) => void navigate({ href: `/data-requests/${one.id}` })}
        empty={{ sentence: '没有专项填报。会议和工作记录之外，没有人另外要数据。' }}
      />
    </Page>
  )
}
