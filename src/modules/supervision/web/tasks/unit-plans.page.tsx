import type { z } from 'zod'
import { addressOf, call } from '../../../../kernel/http/call.ts'
import { useAddress } from '../../../../ui/address.ts'
import { Go, GoButton } from '../../../../ui/go.tsx'
import { Page, Panel } from '../../../../ui/page.tsx'
import type { Column, Filter, FilterValues } from '../../../../ui/query-table-shape.ts'
import { useAbility, useSession } from '../../../../ui/session.tsx'
import { RecordList } from '../../../../ui/record-list.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { StatusTag } from '../../../../ui/status-tag.tsx'
import { useCall } from '../../../../ui/use-call.ts'
import { exportPlans, listPlans, missingPlans, type PlanLine, showPlan } from '../../unit-plans/unit-plans.contract.ts'
import { planStates, type PlanState } from '../../unit-plans/unit-plans.lifecycle.ts'
import { PlanShown } from './plan-shown.tsx'
import { SupervisionTabs } from './supervision-tabs.tsx'
import styles from './tasks.module.css'

const tones: Readonly<Record<PlanState, 'done' | 'late' | 'pending' | 'short'>> = {
  drafted: 'late',
  submitted: 'pending',
  returned: 'short',
  approved: 'pending',
  published: 'done',
  amended: 'late',
}

const filters = (year: number): readonly Filter[] => [
  {
    key: 'year',
    title: '年度',
    kind: 'select',
    width: 7,
    options: [year + 1, year, year - 1, year - 2].map((one) => ({ value: String(one), label: `${one} 年` })),
  },
  {
    key: 'state',
    title: '状态',
    kind: 'select',
    width: 8,
    options: Object.entries(planStates).map(([value, label]) => ({ value, label })),
  },
  { key: 'text', title: '名称', kind: 'text', width: 11 },
]

const columns: readonly Column<PlanLine>[] = [
  { key: 'organization', title: '单位', fixed: true, wrap: true, cell: (row) => row.organization.name },
  { key: 'title', title: '方案', wrap: true, cell: (row) => row.title },
  { key: 'year', title: '年度', cell: (row) => row.year },
  { key: 'state', title: '状态', cell: (row) => <StatusTag tone={tones[row.state]}>{planStates[row.state]}</StatusTag> },
  { key: 'version', title: '版次', cell: (row) => `第 ${row.version} 版` },
  { key: 'publishedOn', title: '印发日期', cell: (row) => row.publishedOn ?? '－' },
]

type Query = z.input<(typeof listPlans)['query']>

/** 方案: each unit's plan of the year, and who has none. */
export function UnitPlansPage() {
  const { today } = useSession()
  const [search] = useAddress()
  const mayWrite = useAbility('supervision.unit_plan.write')
  const follows = useAbility('supervision.unit_plan.read')
  const thisYear = Number(today.slice(0, 4))
  return (
    <Page
      title="实施方案"
      bar={<SupervisionTabs now="plans" />}
      actions={
        mayWrite && (
          <GoButton to="/unit-plans/new" type="primary">
            起草方案
          </GoButton>
        )
      }
    >
      {follows && <Missing year={Number(search.year ?? thisYear)} />}
      <RecordList<PlanLine>
        name="unit-plans"
        caption="实施方案"
        columns={columns}
        filters={filters(thisYear)}
        idOf={(row) => row.id}
        read={(query, signal) => call(listPlans, { query: query as Query }, { signal })}
        {...(follows && {
          exportHref: (values: FilterValues) => addressOf(exportPlans.path, { query: { year: values.year ?? String(thisYear) } }),
        })}
        empty={{ sentence: mayWrite ? '还没有方案。点“起草方案”，写好后报送审核。' : '还没有印发到您这里的方案。' }}
        detailTitle="实施方案"
        detail={(id) => <Beside key={id} id={id} />}
      />
    </Page>
  )
}

/** Units without a published plan, in organization order; a list, never a rank. */
function Missing({ year }: { year: number }) {
  const found = useCall(missingPlans, { query: { year } })
  const data = found.data
  if (!data || data.items.length === 0) return null
  return (
    <Panel>
      <details>
        <summary>
          {year} 年还有 {data.items.length} / {data.units} 个单位没有印发方案
        </summary>
        <ul className={styles.list}>
          {data.items.map(({ unit, plan }) => (
            <li key={unit.id}>
              {unit.name} {plan ? <Go to={`/unit-plans?open=${plan.id}`}>{planStates[plan.state]}</Go> : '没有方案'}
            </li>
          ))}
        </ul>
      </details>
    </Panel>
  )
}

function Beside({ id }: { id: string }) {
  const found = useCall(showPlan, { params: { id } })
  return <Loaded query={found}>{(data) => <PlanShown key={id} found={data} />}</Loaded>
}
