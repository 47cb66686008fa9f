import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import type { WrittenStep } from './case-fold.rules.ts'
import type { Rung } from './ladder.lifecycle.ts'

export interface Talk {
  readonly no: number
  readonly talkedToNo: number
  readonly talkedBy: number
}

/** What the ladder looks at beside the case itself. */
export interface LadderFacts {
  readonly rung: Rung
  readonly returned: number
  readonly cardInForce: boolean
  readonly openTalk: Talk | null
}

/** Where a case stands on the ladder, whatever its state. */
export async function ladderFacts(read: Read, caseNo: number): Promise<LadderFacts> {
  const { rows } = await sql<{ rung: Rung | null; returned: number; cardInForce: boolean; talk: Talk | null }>`select c.rung,
      (select count(*)::int from supervision.case_steps s where s.case_no = c.no and s.action = 'return') as returned,
      exists (select 1 from supervision.yellow_cards y where y.case_no = c.no and y.state = 'in_force') as "cardInForce",
      (select jsonb_build_object('no', t.no, 'talkedToNo', t.talked_to_no, 'talkedBy', t.talked_by) from supervision.talks t
        where t.case_no = c.no and t.confirmed_at is null and t.withdrawn_at is null order by t.no desc limit 1) as talk
    from supervision.cases c where c.no = ${caseNo}`.execute(reading<'supervision'>(read))
  const row = rows[0]
  return {
    rung: row?.rung ?? 'supervised',
    returned: row?.returned ?? 0,
    cardInForce: row?.cardInForce ?? false,
    openTalk: row?.talk ?? null,
  }
}

export async function insertTalk(
  work: Work,
  talk: { caseNo: number; revision: number; heldOn: string; talkedToNo: number; said: string; demands: string },
): Promise<void> {
  await writing<'supervision'>(work.tx)
    .insertInto('supervision.talks')
    .values({
      case_no: talk.caseNo,
      revision: talk.revision,
      held_on: talk.heldOn,
      talked_to_no: talk.talkedToNo,
      said: talk.said,
      demands: talk.demands,
      talked_by: work.actor.accountNo,
    })
    .execute()
}

export async function confirmTalkRow(work: Work, no: number, remark: string | null): Promise<void> {
  await writing<'supervision'>(work.tx)
    .updateTable('supervision.talks')
    .set({ confirmed_at: work.now, confirmed_by: work.actor.accountNo, remark })
    .where('no', '=', no)
    .execute()
}

/** Talks of the steps that no longer stand are withdrawn; their record stays. */
export async function withdrawTalks(work: Work, caseNo: number, revisions: readonly number[]): Promise<void> {
  if (revisions.length === 0) return
  await writing<'supervision'>(work.tx)
    .updateTable('supervision.talks')
    .set({ withdrawn_at: work.now })
    .where('case_no', '=', caseNo)
    .where('revision', 'in', [...revisions])
    .execute()
}

/** Every step of a case in order. */
export async function writtenSteps(read: Read, caseNo: number): Promise<WrittenStep[]> {
  const { rows } =
    await sql<WrittenStep>`select revision, action, body, acted_by as by, acted_at as at from supervision.case_steps
    where case_no = ${caseNo} order by revision`.execute(reading<'supervision'>(read))
  return rows
}
