import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { PlanBody } from './unit-plans.contract.ts'
import type { PlanAction, PlanState } from './unit-plans.lifecycle.ts'

export interface StoredPlan {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: PlanState
  readonly organizationNo: number
  readonly version: number
  readonly publishedVersion: number | null
}

/** One plan in the reader's scope; null where there is none to see. */
export async function findPlan(read: Read, id: string): Promise<StoredPlan | null> {
  const row = await reading<'supervision'>(read)
    .selectFrom('supervision.unit_plans')
    .select([
      'no',
      'id',
      'revision',
      'state',
      'version',
      'organization_no as organizationNo',
      'published_version as publishedVersion',
    ])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? { ...row, state: row.state as PlanState } : null
}

/** The words of one version. */
export async function planWords(read: Read, plan: { no: number; version: number }): Promise<Omit<PlanBody, 'fileIds'>> {
  const row = await reading<'supervision'>(read)
    .selectFrom('supervision.unit_plan_versions')
    .select('body')
    .where('plan_no', '=', plan.no)
    .where('version', '=', plan.version)
    .executeTakeFirstOrThrow()
  return row.body as unknown as Omit<PlanBody, 'fileIds'>
}

async function fileNumbers(read: Read, ids: readonly string[]): Promise<number[]> {
  if (ids.length === 0) return []
  const rows = await reading<'kernel'>(read)
    .selectFrom('kernel.files')
    .select('no')
    .where('id', 'in', [...ids])
    .execute()
  if (rows.length < new Set(ids).size)
    throw new Problem('supervision.record_not_found', { errors: [{ field: 'fileIds', message: '有附件没有上传成功。' }] })
  return rows.map((row) => row.no)
}

async function attach(work: Work, at: { planNo: number; version: number }, fileNos: readonly number[]): Promise<void> {
  if (fileNos.length === 0) return
  await writing<'supervision'>(work.tx)
    .insertInto('supervision.unit_plan_files')
    .values(fileNos.map((file_no) => ({ plan_no: at.planNo, version: at.version, file_no })))
    .execute()
}

/** Begins a version with its words and attachments. */
export async function insertVersion(work: Work, at: { planNo: number; version: number }, body: PlanBody): Promise<void> {
  const { fileIds, ...words } = body
  await writing<'supervision'>(work.tx)
    .insertInto('supervision.unit_plan_versions')
    .values({
      plan_no: at.planNo,
      version: at.version,
      body: JSON.stringify(words),
      written_at: work.now,
      written_by: work.actor.accountNo,
    })
    .execute()
  await attach(work, at, await fileNumbers(work.tx, fileIds))
}

/** Writes the version that is being written anew. */
export async function rewriteVersion(work: Work, at: { planNo: number; version: number }, body: PlanBody): Promise<void> {
  const { fileIds, ...words } = body
  const db = writing<'supervision'>(work.tx)
  await db
    .updateTable('supervision.unit_plan_versions')
    .set({ body: JSON.stringify(words), written_at: work.now, written_by: work.actor.accountNo })
    .where('plan_no', '=', at.planNo)
    .where('version', '=', at.version)
    .execute()
  await db.deleteFrom('supervision.unit_plan_files').where('plan_no', '=', at.planNo).where('version', '=', at.version).execute()
  await attach(work, at, await fileNumbers(work.tx, fileIds))
}

/** The number after the last version, dropped amendments counted. */
export async function nextVersion(read: Read, planNo: number): Promise<number> {
  const row = await reading<'supervision'>(read)
    .selectFrom('supervision.unit_plan_versions')
    .select((e) => e.fn.max('version').as('last'))
    .where('plan_no', '=', planNo)
    .executeTakeFirstOrThrow()
  return Number(row.last) + 1
}

export async function fileIdsOf(read: Read, at: { planNo: number; version: number }): Promise<string[]> {
  const rows = await reading<'supervision' | 'kernel'>(read)
    .selectFrom('supervision.unit_plan_files as x')
    .innerJoin('kernel.files as f', 'f.no', 'x.file_no')
    .select('f.id')
    .where('x.plan_no', '=', at.planNo)
    .where('x.version', '=', at.version)
    .execute()
  return rows.map((row) => row.id)
}

interface PlanStep {
  readonly action: PlanAction | 'write'
  readonly state: PlanState
  readonly version: number
  readonly reason: string | null
}

async function writeStep(work: Work, at: { planNo: number; revision: number }, step: PlanStep): Promise<void> {
  await writing<'supervision'>(work.tx)
    .insertInto('supervision.unit_plan_steps')
    .values({
      plan_no: at.planNo,
      revision: at.revision,
      action: step.action,
      state: step.state,
      version: step.version,
      reason: step.reason,
      acted_at: work.now,
      acted_by: work.actor.accountNo,
    })
    .execute()
}

/** Writes a plan with its first version; throws `supervision.unit_plan_exists` where the unit has one of this year. */
export async function insertPlan(work: Work, plan: { organizationNo: number; year: number; body: PlanBody }): Promise<string> {
  const row = await writing<'supervision'>(work.tx)
    .insertInto('supervision.unit_plans')
    .values({
      id: newId('pln'),
      revision: 1,
      state: 'drafted',
      organization_no: plan.organizationNo,
      year: plan.year,
      title: plan.body.title,
      version: 1,
    })
    .onConflict((conflict) => conflict.columns(['organization_no', 'year']).doNothing())
    .returning(['no', 'id'])
    .executeTakeFirst()
  if (!row) throw new Problem('supervision.unit_plan_exists')
  await insertVersion(work, { planNo: row.no, version: 1 }, plan.body)
  await writeStep(work, { planNo: row.no, revision: 1 }, { action: 'write', state: 'drafted', version: 1, reason: null })
  return row.id
}

export interface PlanSet {
  readonly title?: string
  readonly version?: number
  readonly published_version?: number
  readonly published_on?: string
  readonly submitted_by?: number
  readonly submitted_on?: string
}

/** Moves a plan on if it still stands where it was read, and writes the step. False when somebody was faster. */
export async function changePlan(
  work: Work,
  plan: StoredPlan,
  step: { action: PlanAction; state: PlanState; reason: string | null; set: PlanSet },
): Promise<boolean> {
  const revision = plan.revision + 1
  const moved = await writing<'supervision'>(work.tx)
    .updateTable('supervision.unit_plans')
    .set({ ...step.set, state: step.state, state_reason: step.reason, revision })
    .where('no', '=', plan.no)
    .where('state', '=', plan.state)
    .where('revision', '=', plan.revision)
    .returning('version')
    .executeTakeFirst()
  if (!moved) return false
  await writeStep(work, { planNo: plan.no, revision }, { ...step, version: moved.version })
  return true
}
