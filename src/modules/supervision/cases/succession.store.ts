import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { asEngine, writing } from '../../../kernel/database/handles.ts'

/**
 * Open cases of an organization that ends go to its successor, each with a step that says so; closed ones stay where they were.
 * Whoever opened them on its behalf is replaced in the same way. Answers how many were handed over.
 */
export async function handOverCases(work: Work, move: { from: number; to: number }): Promise<number> {
  return asEngine(work.tx, async () => {
    const { rows } = await sql<{ moved: number }>`with moved as (
        update supervision.cases set organization_no = case when organization_no = ${move.from} then ${move.to} else organization_no end,
          opened_by_organization_no = case when opened_by_organization_no = ${move.from} then ${move.to} else opened_by_organization_no end,
          revision = revision + 1
        where (organization_no = ${move.from} or opened_by_organization_no = ${move.from}) and state in ('proposed', 'reminded', 'supervised', 'reported')
        returning no, revision, state),
      noted as (
        insert into supervision.case_steps (case_no, revision, action, state, body, reason, acted_at, acted_by)
        select no, revision, 'hand_over', state, jsonb_build_object('from', ${move.from}::bigint, 'to', ${move.to}::bigint), '原组织撤销或合并，由承接组织继续办理', ${work.now}, ${work.actor.accountNo}
        from moved)
      select count(*)::int as moved from moved`.execute(writing<'supervision'>(work.tx))
    return rows[0]?.moved ?? 0
  })
}
