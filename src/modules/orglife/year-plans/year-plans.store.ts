import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { YearPlanAction, YearPlanState } from './year-plans.lifecycle.ts'
import type { ProposedItem } from './year-plans.rules.ts'

export interface StoredYearPlan {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: YearPlanState
  readonly organizationNo: number
  readonly organizationId: string
  readonly year: number
}
export interface StoredItem {
  readonly no: number
  readonly id: string
  readonly month: number
  readonly kind: string
  readonly title: string
  readonly requirements: readonly string[]
  readonly cancelled: boolean
  readonly reason: string | null
  readonly meetingNo: number | null
}

/** One plan in the reader's scope; null where there is none to see. */
export async function findYearPlan(read: Read, id: string): Promise<StoredYearPlan | null> {
  const row = await reading<'orglife' | 'directory'>(read)
    .selectFrom('orglife.year_plans as p')
    .innerJoin('directory.organizations as o', 'o.no', 'p.organization_no')
    .select(['p.no', 'p.id', 'p.revision', 'p.state', 'p.organization_no as organizationNo', 'o.id as organizationId', 'p.year'])
    .where('p.id', '=', id)
    .executeTakeFirst()
  return row ? { ...row, state: row.state as YearPlanState } : null
}

export async function itemsOf(read: Read, planNo: number): Promise<StoredItem[]> {
  const rows = await reading<'orglife'>(read)
    .selectFrom('orglife.year_plan_items')
    .select(['no', 'id', 'month', 'kind', 'title', 'requirements', 'state', 'reason', 'meeting_no as meetingNo'])
    .where('plan_no', '=', planNo)
    .orderBy('month')
    .orderBy('no')
    .execute()
  return rows.map(({ state, ...row }) => ({ ...row, cancelled: state === 'cancelled' }))
}

interface StepSaid {
  readonly action: YearPlanAction | 'propose'
  readonly said: string
  readonly reason?: string | null | undefined
}

async function writeStep(work: Work, plan: { no: number; revision: number }, step: StepSaid): Promise<void> {
  await writing<'orglife'>(work.tx)
    .insertInto('orglife.year_plan_steps')
    .values({
      plan_no: plan.no,
      revision: plan.revision,
      action: step.action,
      said: step.said,
      reason: step.reason ?? null,
      body: JSON.stringify(await itemsOf(work.tx, plan.no)),
      acted_at: work.now,
      acted_by: work.actor.accountNo,
    })
    .execute()
}

export async function insertItems(work: Work, planNo: number, items: readonly ProposedItem[]): Promise<void> {
  if (items.length === 0) return
  await writing<'orglife'>(work.tx)
    .insertInto('orglife.year_plan_items')
    .values(
      items.map(({ requirements, ...item }) => ({
        ...item,
        id: newId('ypi'),
        plan_no: planNo,
        state: 'planned',
        requirements: [...requirements],
      })),
    )
    .execute()
}

/** Begins the plan of a year; throws `orglife.year_plan_exists` where there is one. */
export async function insertYearPlan(
  work: Work,
  plan: { organizationNo: number; year: number; items: readonly ProposedItem[] },
): Promise<string> {
  const row = await writing<'orglife'>(work.tx)
    .insertInto('orglife.year_plans')
    .values({
      id: newId('ypl'),
      revision: 1,
      state: 'drafted',
      organization_no: plan.organizationNo,
      year: plan.year,
      drafted_on: work.today,
    })
    .onConflict((conflict) => conflict.columns(['organization_no', 'year']).doNothing())
    .returning(['no', 'id'])
    .executeTakeFirst()
  if (!row) throw new Problem('orglife.year_plan_exists')
  await insertItems(work, row.no, plan.items)
  await writeStep(work, { no: row.no, revision: 1 }, { action: 'propose', said: `按到期的要求起草，共 ${plan.items.length} 项` })
  return row.id
}

interface ItemSet {
  readonly month?: number
  readonly state?: 'planned' | 'cancelled'
  readonly reason?: string | null
  readonly meeting_no?: number | null
}
export async function changeItem(work: Work, itemNo: number, set: ItemSet): Promise<void> {
  await writing<'orglife'>(work.tx).updateTable('orglife.year_plan_items').set(set).where('no', '=', itemNo).execute()
}

/** Moves a plan on if it still stands where it was read, and writes what changed. False when somebody was faster. */
export async function changeYearPlan(
  work: Work,
  plan: StoredYearPlan,
  step: StepSaid & { state: YearPlanState; set?: { approved_on: CivilDate; approval: string } },
): Promise<boolean> {
  const revision = plan.revision + 1
  const moved = await writing<'orglife'>(work.tx)
    .updateTable('orglife.year_plans')
    .set({ ...step.set, state: step.state, revision })
    .where('no', '=', plan.no)
    .where('revision', '=', plan.revision)
    .executeTakeFirst()
  if (moved.numUpdatedRows !== 1n) return false
  await writeStep(work, { no: plan.no, revision }, step)
  return true
}
