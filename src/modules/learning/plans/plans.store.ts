import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'

export interface PlanBody {
  readonly title: string
  readonly note: string | null
  readonly items: readonly { readonly key?: string | undefined }[]
}
export interface StoredPlan {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: 'recorded' | 'withdrawn'
  readonly organizationNo: number
}

export async function findPlan(read: Read, id: string): Promise<StoredPlan | undefined> {
  const { rows } = await sql<StoredPlan>`select no, id, revision, state, organization_no as "organizationNo" from learning.plans
    where id = ${id}`.execute(reading<'learning'>(read))
  return rows[0]
}

/** Every line keeps a key of its own, by which its classes are found after the lines were moved about. */
const keyed = (items: PlanBody['items']) => items.map((item) => ({ ...item, key: item.key ?? newId('itm') }))
const columns = ({ title, note, items }: PlanBody) => ({ title, note, items: JSON.stringify(items) })

/** Enters a plan; null when the organization has one of that year. */
export async function insertPlan(
  work: Work,
  given: PlanBody,
  { organizationNo, year }: { organizationNo: number; year: number },
): Promise<string | null> {
  const body = { ...given, items: keyed(given.items) }
  const id = newId('tpl')
  const row = await writing<'learning'>(work.tx)
    .insertInto('learning.plans')
    .values({
      id,
      revision: 1,
      state: 'recorded',
      organization_no: organizationNo,
      year,
      ...columns(body),
      recorded_on: work.today,
      recorded_at: work.now,
      recorded_by: work.actor.accountNo,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('no')
    .executeTakeFirst()
  if (!row) return null
  await keep(work, { no: row.no, revision: 1, state: 'recorded', body, reason: null })
  return id
}

/** Puts a new revision in the place of the last; false when somebody else was faster. */
export async function replacePlan(
  work: Work,
  held: StoredPlan,
  next: { state: StoredPlan['state']; body?: PlanBody; reason: string },
): Promise<boolean> {
  const revision = held.revision + 1
  const body = next.body && { ...next.body, items: keyed(next.body.items) }
  const changed = await writing<'learning'>(work.tx)
    .updateTable('learning.plans')
    .set({
      revision,
      state: next.state,
      ...(body && columns(body)),
      ...(next.state === 'withdrawn' && { state_reason: next.reason }),
    })
    .where('no', '=', held.no)
    .where('revision', '=', held.revision)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return false
  await keep(work, { no: held.no, revision, state: next.state, body: body ?? {}, reason: next.reason })
  return true
}

async function keep(
  work: Work,
  kept: { no: number; revision: number; state: string; body: unknown; reason: string | null },
): Promise<void> {
  await writing<'learning'>(work.tx)
    .insertInto('learning.plan_revisions')
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
