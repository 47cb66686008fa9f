import { useNavigate } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { call } from '../../../../kernel/http/call.ts'
import { GoButton } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import type { Column, Filter } from '../../../../ui/query-table-shape.ts'
import { QueryTable } from '../../../../ui/query-table.tsx'
import { actsFor, useAbility, useSession } from '../../../../ui/session.tsx'
import { sentenceOf } from '../../../../ui/states.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { useSubmit } from '../../../../ui/use-call.ts'
import { OrganizationPicker } from '../../../directory/web/index.ts'
import * as contract from '../../year-plans/year-plans.contract.ts'
import { yearPlanStates } from '../../year-plans/year-plans.lifecycle.ts'
import { RecordTabs } from '../record-tabs.tsx'
import styles from './steps.module.css'

const filters = (year: number): readonly Filter[] => [
  {
    key: 'year',
    title: '年度',
    kind: 'select',
    width: 8,
    options: [year + 1, year, year - 1].map((one) => ({ value: String(one), label: `${one} 年` })),
  },
  {
    key: 'state',
    title: '状态',
    kind: 'select',
    width: 8,
    options: Object.entries(yearPlanStates).map(([value, label]) => ({ value, label })),
  },
]

const columns: readonly Column<contract.YearPlanLine>[] = [
  { key: 'organization', title: '支部', fixed: true, wrap: true, cell: (row) => row.organization.name },
  { key: 'year', title: '年度', cell: (row) => row.year },
  {
    key: 'state',
    title: '状态',
    cell: (row) => <StatusTag tone={row.state === 'approved' ? 'done' : 'late'}>{yearPlanStates[row.state]}</StatusTag>,
  },
  { key: 'held', title: '已开', align: 'right', cell: (row) => `${row.held} / ${row.items}` },
  { key: 'missed', title: '当月没有记录', align: 'right', cell: (row) => row.missed || '－' },
]

type Query = z.input<(typeof contract.listYearPlans)['query']>

/** 年度计划: each branch's plan of a year; what was held is read from the records. */
export function YearPlansPage() {
  const { today } = useSession()
  const navigate = useNavigate()
  const mayPropose = useAbility('orglife.year_plan.propose')
  const year = Number(today.slice(0, 4))
  return (
    <Page title="年度计划" crumbs={[{ label: '会议', to: '/meetings' }]}>
      <RecordTabs now="/year-plans" />
      {mayPropose && <Propose year={year} />}
      <QueryTable<contract.YearPlanLine>
        name="year-plans"
        caption="支部年度计划"
        columns={columns}
        filters={filters(year)}
        rowKey={(row) => row.id}
        query={(values, after, signal) =>
          call(contract.listYearPlans, { query: { ...(values as Query), ...(after && { after }) } }, { signal })
        }
        onOpen={(row) => void navigate({ href: `/year-plans/${row.id}` })}
        empty={{ sentence: '还没有年度计划。选好支部和年度，系统按到期的要求起草一份，再由支部改和通过。' }}
      />
    </Page>
  )
}

/** Which branch and year; the lines come from what is due. */
function Propose({ year }: { year: number }) {
  const session = useSession()
  const [organization, setOrganization] = useState(actsFor(session)?.id ?? null)
  const [asked, setAsked] = useState(Number(session.today.slice(5, 7)) >= 10 ? year + 1 : year)
  const navigate = useNavigate()
  const proposing = useSubmit(contract.proposeYearPlan)
  const propose = async () => {
    if (!organization) return
    const made = await proposing.submit({ body: { organizationId: organization, year: asked } })
    if (made) void navigate({ href: `/year-plans/${made.id}` })
  }
  return (
    <Panel title="按到期的要求起草">
      <div className={styles.acts}>
        <OrganizationPicker
          aria-label="支部"
          width="16em"
          value={organization}
          kinds={['branch', 'joint_branch', 'temporary_branch']}
          onChange={(id) => setOrganization(id)}
        />
        <Select
          aria-label="年度"
          value={asked}
          options={[year, year + 1].map((value) => ({ value, label: `${value} 年` }))}
          onChange={(value: number) => setAsked(value)}
        />
        <Button type="primary" loading={proposing.pending} onClick={() => void propose()}>
          起草
        </Button>
        <GoButton to="/calendar">看应办日历</GoButton>
      </div>
      {proposing.error !== null && <p role="alert">{sentenceOf(proposing.error)}</p>}
    </Panel>
  )
}
