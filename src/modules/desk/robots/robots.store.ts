import { sql } from 'kysely'
import { systemActor } from '../../../kernel/access/actor.ts'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { ownQueue } from '../../../kernel/jobs/own-queue.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { inHeap, itemTable, type ItemSchemas } from '../items/items-from.queries.ts'
import type { RobotLine } from './robots.contract.ts'
import type { Tally } from './robots.rules.ts'

export const postJob = 'desk.robot_post'
export const addressPlace = (id: string) => ({ column: 'desk.robots.address_sealed', row: id })
export const secretPlace = (id: string) => ({ column: 'desk.robots.secret_sealed', row: id })

/**
 * Counts under an organization, as its officers would see them on their desk; as the engine, for the job. What only some may know of,
 * such as what went to the discipline line, is in no desk's count.
 */
export async function tallyOf(read: Read, organizationNo: number, today: CivilDate): Promise<Tally> {
  const actor = { ...systemActor, grants: [{ role: 'committee_officer', organizationNo }] }
  const asked = { actor, today }
  const { rows } = await sql<Tally>`select count(*)::int as open, (count(*) filter (where ${inHeap.today(asked)}))::int as today,
      (count(*) filter (where ${inHeap.overdue(asked)}))::int as overdue, (count(*) filter (where i.stage = 'reported'))::int as reported,
      (count(*) filter (where i.stage in ('opened', 'working') and not i.waiting and i.due_on between ${today}::date and ${today}::date + 3))::int as soon
    from ${itemTable(asked)} where i.stage <> 'closed'`.execute(reading<ItemSchemas>(read))
  return rows[0] ?? { open: 0, soon: 0, today: 0, overdue: 0, reported: 0 }
}

/** Queues a text once a slot; nothing happens where the slot has one. The job exists exactly when the text does. */
export async function queuePost(
  tx: Tx,
  post: { robotNo: number; line: RobotLine | 'test'; slot: string; text: string; at: Date },
): Promise<boolean> {
  const row = await writing<'desk'>(tx)
    .insertInto('desk.robot_posts')
    .values({ robot_no: post.robotNo, line: post.line, slot: post.slot, text: post.text, state: 'queued', queued_at: post.at })
    .onConflict((conflict) => conflict.columns(['robot_no', 'line', 'slot']).doNothing())
    .returning('no')
    .executeTakeFirst()
  if (row) await ownQueue()?.enqueue(tx, postJob, { payload: { post: row.no }, singletonKey: String(row.no) })
  return row !== undefined
}

export interface RobotRow {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly provider: string
}

export async function findRobot(work: Work, id: string): Promise<RobotRow | null> {
  const row = await reading<'desk'>(work.tx)
    .selectFrom('desk.robots')
    .select(['no', 'id', 'revision', 'provider'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}
