import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { Audience, Topic } from './studies.contract.ts'
import type { StudyPlanState } from './studies.lifecycle.ts'

export interface StoredStudyPlan {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: StudyPlanState
  readonly organizationNo: number
  readonly year: number
  readonly audience: Audience
}
export interface PlannedUnit {
  readonly id?: string | undefined
  readonly title: string
  readonly material?: string | undefined
  readonly byDay?: CivilDate | undefined
  readonly asked: number
  readonly rightShare: number
}
export interface StudyPlanBody {
  readonly title: string
  readonly note: string | null
  readonly units: readonly PlannedUnit[]
}

/** One plan as far as the reader may see it. */
export async function findStudyPlan(read: Read, id: string): Promise<StoredStudyPlan | undefined> {
  const { rows } = await sql<StoredStudyPlan>`select no, id, revision, state, organization_no as "organizationNo", year, audience
    from learning.study_plans where id = ${id}`.execute(reading<'learning'>(read))
  return rows[0]
}

/** Units that stand, with how many are done with each as far as the writer may know. */
export async function standingUnits(read: Read, planNo: number): Promise<{ no: number; id: string }[]> {
  const { rows } = await sql<{
    no: number
    id: string
  }>`select no, id from learning.study_units where plan_no = ${planNo} and not removed order by position`.execute(
    reading<'learning'>(read),
  )
  return rows
}

const unitColumns = (unit: PlannedUnit, position: number) => ({
  position,
  title: unit.title,
  material: unit.material || null,
  by_day: unit.byDay ?? null,
  asked: unit.asked,
  right_share: unit.rightShare,
})

/** Puts the whole list of units in place; those that are named stay what they were, those that are not named any more are put away. */
export async function writeUnits(
  work: Work,
  plan: { no: number; organizationNo: number },
  units: readonly PlannedUnit[],
): Promise<void> {
  const db = writing<'learning'>(work.tx)
  const before = new Map((await standingUnits(work.tx, plan.no)).map(({ id, no }) => [id, no]))
  for (const [index, unit] of units.entries()) {
    const no = before.get(unit.id ?? '')
    if (no === undefined)
      await db
        .insertInto('learning.study_units')
        .values({ id: newId('sun'), plan_no: plan.no, organization_no: plan.organizationNo, ...unitColumns(unit, index + 1) })
        .execute()
    else
      await db
        .updateTable('learning.study_units')
        .set(unitColumns(unit, index + 1))
        .where('no', '=', no)
        .execute()
    before.delete(unit.id ?? '')
  }
  for (const no of before.values())
    await db.updateTable('learning.study_units').set({ removed: true }).where('no', '=', no).execute()
}

export async function insertStudyPlan(
  work: Work,
  body: StudyPlanBody,
  of: { organizationNo: number; year: number; topic: Topic; audience: Audience },
): Promise<{ no: number; id: string }> {
  const id = newId('spl')
  const { no } = await writing<'learning'>(work.tx)
    .insertInto('learning.study_plans')
    .values({
      id,
      revision: 1,
      state: 'open',
      organization_no: of.organizationNo,
      year: of.year,
      topic: of.topic,
      audience: of.audience,
      title: body.title,
      note: body.note,
      recorded_on: work.today,
      recorded_at: work.now,
      recorded_by: work.actor.accountNo,
    })
    .returning('no')
    .executeTakeFirstOrThrow()
  await writeUnits(work, { no, organizationNo: of.organizationNo }, body.units)
  await keep(work, { no, revision: 1, state: 'open', body, reason: null })
  return { no, id }
}

/** Puts a new revision in the place of the last; false when somebody else was faster. */
export async function replaceStudyPlan(
  work: Work,
  held: StoredStudyPlan,
  next: { state: StudyPlanState; body?: StudyPlanBody; reason: string | null },
): Promise<boolean> {
  const revision = held.revision + 1
  const changed = await writing<'learning'>(work.tx)
    .updateTable('learning.study_plans')
    .set({
      revision,
      state: next.state,
      ...(next.body && { title: next.body.title, note: next.body.note }),
      ...(next.state === 'withdrawn' && { state_reason: next.reason }),
    })
    .where('no', '=', held.no)
    .where('revision', '=', held.revision)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return false
  if (next.body) await writeUnits(work, held, next.body.units)
  await keep(work, { no: held.no, revision, state: next.state, body: next.body ?? {}, reason: next.reason })
  return true
}

async function keep(
  work: Work,
  kept: { no: number; revision: number; state: string; body: unknown; reason: string | null },
): Promise<void> {
  await writing<'learning'>(work.tx)
    .insertInto('learning.study_plan_revisions')
    .values({
      plan_no: kept.no,
      revision: kept.revision,
      state: kept.state,
      body: JSON.stringify(kept.body),
      reason: kept.reason,
      recorded_at: work.now,
      recorded_by: work.actor.accountNo,
    })
    .execute()
}
