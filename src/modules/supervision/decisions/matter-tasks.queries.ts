import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'

/** Matters of a decision that have a task which was not cancelled. */
export async function mattersWithTasks(read: Read, decisionNo: number): Promise<Set<number>> {
  const { rows } = await sql<{ no: number }>`select distinct t.matter_no as no from supervision.tasks t
    where t.decision_no = ${decisionNo} and t.state <> 'cancelled'`.execute(reading<'supervision'>(read))
  return new Set(rows.map((row) => row.no))
}

/** Texts of the matters that have no closed task, or one that is still open. */
export async function mattersOpen(read: Read, decisionNo: number): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`select p.text from supervision.decision_matters p
    where p.decision_no = ${decisionNo} and not p.dropped and (
      not exists (select 1 from supervision.tasks t where t.matter_no = p.no and t.parent_no is null and t.state = 'closed')
      or exists (select 1 from supervision.tasks t where t.matter_no = p.no and t.state not in ('closed', 'cancelled')))
    order by p.position`.execute(reading<'supervision'>(read))
  return rows.map((row) => row.text)
}
