import type { z } from 'zod'
import { call } from '../../../../kernel/http/call.ts'
import { useParam } from '../../../../ui/address.ts'
import { GoButton } from '../../../../ui/go.tsx'
import { Page } from '../../../../ui/page.tsx'
import type { Column, Filter } from '../../../../ui/query-table-shape.ts'
import { useAbility } from '../../../../ui/session.tsx'
import { RecordList } from '../../../../ui/record-list.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import { organizationFilter } from '../../../directory/web/index.ts'
import { type DecisionLine, exportDecisions, listDecisions, showDecision } from '../../decisions/decisions.contract.ts'
import { decisionStates } from '../../decisions/decisions.lifecycle.ts'
import { DecisionShown } from './decision-shown.tsx'
import { SupervisionTabs } from './supervision-tabs.tsx'

const filters: readonly Filter[] = [
  { key: 'text', title: '文号或名称', kind: 'text', width: 11 },
  {
    key: 'state',
    title: '状态',
    kind: 'select',
    width: 8,
    options: Object.entries(decisionStates).map(([value, label]) => ({ value, label })),
  },
  { key: 'bare', title: '分解', kind: 'select', width: 9, options: [{ value: 'yes', label: '有要点没有分解' }] },
  { key: 'overdue', title: '超期', kind: 'select', width: 8, options: [{ value: 'yes', label: '有任务超期' }] },
  organizationFilter,
]

function Progress({ row }: { row: DecisionLine }) {
  const { bare, matters, tasks, closed, overdue } = row.progress
  return (
    <>
      任务办结 {closed} / {tasks}
      {bare > 0 && (
        <>
          {' '}
          <StatusTag tone="missing">
            {bare} / {matters} 个要点没有分解
          </StatusTag>
        </>
      )}
      {overdue > 0 && (
        <>
          {' '}
          <StatusTag tone="short">{overdue} 项超期</StatusTag>
        </>
      )}
    </>
  )
}

const columns: readonly Column<DecisionLine>[] = [
  { key: 'title', title: '部署', fixed: true, wrap: true, cell: (row) => row.title },
  { key: 'documentNumber', title: '文号', cell: (row) => row.documentNumber },
  { key: 'issuer', title: '发文机关', cell: (row) => row.issuer },
  { key: 'state', title: '状态', cell: (row) => decisionStates[row.state] },
  { key: 'progress', title: '进展', wrap: true, cell: (row) => <Progress row={row} /> },
  { key: 'nextDue', title: '最近时限', cell: (row) => row.nextDue ?? '－' },
  { key: 'organization', title: '由哪里登记', wrap: true, cell: (row) => row.organization.name, phone: 'none' },
]

type Query = z.input<(typeof listDecisions)['query']>

/** 部署: what those above decided, each matter with the tasks made of it. */
export function DecisionsPage() {
  const mayRecord = useAbility('supervision.decision.record')
  return (
    <Page
      title="上级部署"
      bar={<SupervisionTabs now="decisions" />}
      actions={
        mayRecord && (
          <GoButton to="/decisions/new" type="primary">
            登记部署
          </GoButton>
        )
      }
    >
      <RecordList<DecisionLine>
        name="decisions"
        caption="上级部署"
        columns={columns}
        filters={filters}
        idOf={(row) => row.id}
        read={(query, signal) => call(listDecisions, { query: query as Query }, { signal })}
        exportPath={exportDecisions.path}
        empty={{
          sentence: mayRecord
            ? '还没有登记部署。收到上级文件后点“登记部署”，写明要点和时限，再逐个要点分解到单位、到人、到时。'
            : '还没有部署。有任务交到您这里时，出自哪个部署会列在这里。',
        }}
        detailTitle="上级部署"
        detail={(id) => <Beside key={id} id={id} />}
      />
    </Page>
  )
}

function Beside({ id }: { id: string }) {
  const found = useCall(showDecision, { params: { id } })
  return <Loaded query={found}>{(data) => <DecisionShown key={id} found={data} />}</Loaded>
}

/** One decision on a page of its own: where a figure about its matters opens. */
export function DecisionPageAlone() {
  const id = useParam('id')
  const found = useCall(showDecision, { params: { id } })
  return (
    <Page title={found.data?.title ?? '上级部署'} crumbs={[{ label: '上级部署', to: '/decisions' }]} narrow>
      <Loaded query={found}>{(data) => <DecisionShown key={id} found={data} />}</Loaded>
    </Page>
  )
}
