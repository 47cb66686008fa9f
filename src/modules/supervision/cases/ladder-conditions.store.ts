import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { type LadderCondition, ladderConditions } from './ladder.lifecycle.ts'

export interface LadderSet {
  readonly conditions: readonly LadderCondition[]
  readonly setOn: CivilDate | null
  readonly reason: string | null
}

/** The conditions that hold now: the last set by the working committee, else those that came with the product. */
export async function ladderNow(read: Read): Promise<LadderSet> {
  const { rows } = await sql<LadderSet>`select conditions, reason, (set_at at time zone 'Asia/Shanghai')::date as "setOn"
    from supervision.ladder_conditions order by no desc limit 1`.execute(reading<'supervision'>(read))
  return rows[0] ?? { conditions: ladderConditions, setOn: null, reason: null }
}

export async function insertLadder(
  work: Work,
  set: { organizationNo: number; conditions: readonly LadderCondition[]; reason: string },
): Promise<void> {
  await writing<'supervision'>(work.tx)
    .insertInto('supervision.ladder_conditions')
    .values({
      organization_no: set.organizationNo,
      conditions: JSON.stringify(set.conditions),
      reason: set.reason,
      set_at: work.now,
      set_by: work.actor.accountNo,
    })
    .execute()
}
