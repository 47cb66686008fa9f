import type { z } from 'zod'
import { call } from '../../../kernel/http/call.ts'
import { useAddress } from '../../../ui/address.ts'
import { Go, GoButton } from '../../../ui/go.tsx'
import { Page } from '../../../ui/page.tsx'
import type { Choosing, Column, Filter } from '../../../ui/query-table-shape.ts'
import { useAbility } from '../../../ui/session.tsx'
import { RecordList } from '../../../ui/record-list.tsx'
import { Loaded } from '../../../ui/states.tsx'
import { useCall } from '../../../ui/use-call.ts'
import { organizationFilter } from '../../directory/web/index.ts'
import { type CaseLine, exportCases, listCases, showCase } from '../cases/cases.contract.ts'
import { caseStates } from '../cases/cases.lifecycle.ts'
import { CaseActs } from './case-acts.tsx'
import { CaseBulk } from './case-bulk.tsx'
import { CaseRecord } from './case-record.tsx'
import { CaseStages } from './case-stages.tsx'
import { CaseTags, StandingTag } from './case-tags.tsx'
import { periodOfCase } from './case-words.rules.ts'
import styles from './cases.module.css'
import { LadderActs } from './ladder-acts.tsx'
import { SupervisionLinks } from './records/supervision-links.tsx'
import { SupervisionTabs } from './tasks/supervision-tabs.tsx'

const yes = (label: string) => [{ value: 'yes', label }]

const filters: readonly Filter[] = [
  { key: 'text', title: '事项或编号', kind: 'text', width: 11 },
  { key: 'mine', title: '由谁办', kind: 'select', width: 8, options: [{ value: 'to_act', label: '等我办理' }] },
  {
    key: 'state',
    title: '状态',
    kind: 'select',
    width: 8,
    options: Object.entries(caseStates).map(([value, label]) => ({ value, label })),
  },
  { key: 'overdue', title: '超期', kind: 'select', width: 7, options: yes('只看超期') },
  { key: 'waiting', title: '等上级', kind: 'select', width: 8, options: yes('在等上级') },
  { key: 'settled', title: '该项现状', kind: 'select', width: 8, options: yes('已经补上') },
  organizationFilter,
]

const overdue = (rows: readonly CaseLine[]) => rows.filter((row) => row.overdueDays > 0).length

const columns: readonly Column<CaseLine>[] = [
  { key: 'title', title: '事项', fixed: true, wrap: true, cell: (row) => row.title },
  { key: 'number', title: '编号', cell: (row) => row.number ?? '－' },
  { key: 'state', title: '状态', cell: (row) => <CaseTags of={row} />, total: (rows) => `超期 ${overdue(rows)} 项` },
  { key: 'unit', title: '单位', wrap: true, cell: (row) => row.unit?.name ?? row.organization.name },
  { key: 'organization', title: '组织', wrap: true, cell: (row) => row.organization.name, extra: true, phone: 'none' },
  { key: 'owner', title: '责任人', cell: (row) => row.owner?.name ?? '－' },
  { key: 'dueOn', title: '完成时限', sortable: true, cell: (row) => row.dueOn ?? '－' },
  { key: 'standing', title: '该项现状', cell: (row) => <StandingTag status={row.obligationStatus} /> },
  { key: 'proposedOn', title: '提出日期', cell: (row) => row.proposedOn, phone: 'none' },
  { key: 'requirement', title: '要求', cell: (row) => row.requirement ?? '－', extra: true, phone: 'none' },
  { key: 'period', title: '期间', cell: (row) => periodOfCase(row.period) || '－', extra: true, phone: 'none' },
]

type Query = z.input<(typeof listCases)['query']>

const choosing: Choosing<CaseLine> = {
  nameOf: (row) => row.title,
  may: (row) => row.state === 'proposed',
  acts: (chosen, drop) => <CaseBulk chosen={chosen} drop={drop} />,
}

/** 督办: everything that is followed up within what the account may see; one opens beside the list. */
export function CasesPage() {
  const [search, change] = useAddress()
  const mayDecide = useAbility('supervision.case.remind')
  const mayOpen = useAbility('supervision.case.open')
  return (
    <Page
      title="督办"
      bar={
        <>
          <SupervisionTabs now="cases" />
          <CaseStages under={search.under} state={search.state} onPick={(state) => change({ state })} />
        </>
      }
      actions={
        <>
          <SupervisionLinks />
          {mayOpen && (
            <GoButton to="/cases/new" type="primary">
              直接立项
            </GoButton>
          )}
        </>
      }
    >
      <RecordList<CaseLine>
        name="cases"
        caption="督办事项"
        columns={columns}
        filters={filters}
        idOf={(row) => row.id}
        read={(query, signal) => call(listCases, { query: query as Query }, { signal })}
        exportPath={exportCases.path}
        {...(mayDecide && { choosing })}
        empty={{
          sentence: mayOpen
            ? '还没有督办事项。应当办的到期没办，系统会在这里建议立项；也可以直接立项。'
            : '还没有督办事项。应当办的到期没办、被提醒或督办时，会列在这里。',
        }}
        detailTitle="督办事项"
        detail={(id) => <Beside key={id} id={id} />}
      />
    </Page>
  )
}

function Beside({ id }: { id: string }) {
  const found = useCall(showCase, { params: { id } })
  return (
    <Loaded query={found}>
      {(data) => (
        <div className={styles.beside}>
          <p className={styles.heading}>
            <Go to={`/cases/${encodeURIComponent(id)}`}>{data.title}</Go>
          </p>
          <CaseActs found={data} />
          <LadderActs found={data} />
          <CaseRecord found={data} />
        </div>
      )}
    </Loaded>
  )
}
