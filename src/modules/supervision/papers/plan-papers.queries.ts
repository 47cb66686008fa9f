import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { organizationById } from '../../directory/index.ts'
import { planAsked } from '../unit-plans/unit-plans.queries.ts'
import type { PlanPage } from '../unit-plans/unit-plans.contract.ts'
import type { Plan } from './paper-inputs.rules.ts'
import { paperKinds } from './paper-kinds.rules.ts'
import { declarePaperSource } from './paper-sources.queries.ts'

/** Party committees, general branches and branches below the unit, in the order of the register. */
async function belowUnit(read: Read, unitNo: number): Promise<number[]> {
  const { rows } = await sql<{ no: number }>`select o.no from directory.organizations_now o
    join directory.organization_ancestry a on a.organization_no = o.no and upper_inf(a.valid) and a.ancestor_no = ${unitNo} and a.depth > 0
    where o.kind in ('party_committee', 'general_branch', 'branch', 'joint_branch') and o.dissolved_on is null order by a.depth, o.position, o.no`.execute(
    reading<'directory'>(read),
  )
  return rows.map((row) => row.no)
}

function planOf(page: PlanPage): Plan {
  const { sections, items } = page.now.body
  const note = `实施方案第${page.now.version}版任务清单上的事项逐项计数。出处：/unit-plans?open=${page.id}`
  return {
    organization: page.organization.name,
    year: page.year,
    sections,
    count: items.length === 0 ? null : { figure: String(items.length), note },
    items,
  }
}

/** What was published is written out as an official paper of the unit, for those below. */
declarePaperSource('unit_plan', async (read, id, asking) => {
  const page = await planAsked(read, id, asking)
  const unit = await organizationById(read, page.organization.id)
  return {
    revision: page.revision,
    issuerNo: unit.no,
    addresseeNos: await belowUnit(read, unit.no),
    offers: page.state === 'published' ? { plan: () => paperKinds.plan.compose(planOf(page)) } : {},
  }
})
