import { sql } from 'kysely'
import type { z } from 'zod'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { answerLines, ChecklistLine, editChecklist } from './inspections.contract.ts'
import { insertLines } from './inspections.store.ts'

type Edited = z.output<(typeof editChecklist)['body']>['lines']
type Answered = z.output<(typeof answerLines)['body']>['answers']

/** Puts the checklist as edited: what is not listed is dropped, not deleted; words and order are taken over; new lines are added. */
export async function editLines(work: Work, inspectionNo: number, lines: Edited): Promise<{ dropped: number; added: number }> {
  const db = writing<'supervision'>(work.tx)
  const kept = lines.flatMap(({ id }) => id ?? [])
  const dropped = await db
    .updateTable('supervision.inspection_lines')
    .set({ dropped: true })
    .where('inspection_no', '=', inspectionNo)
    .where('dropped', '=', false)
    .$if(kept.length > 0, (query) => query.where('id', 'not in', kept))
    .executeTakeFirst()
  const added: { question: string; position: number }[] = []
  for (const [position, { id, question }] of lines.entries()) {
    if (id === undefined) added.push({ question, position })
    else {
      await db
        .updateTable('supervision.inspection_lines')
        .set({ question, position, dropped: false })
        .where('inspection_no', '=', inspectionNo)
        .where('id', '=', id)
        .execute()
    }
  }
  for (const { question, position } of added) {
    const own = { kind: 'own', requirement: null, clause: null, question, why: '检查人加的' } as const
    await insertLines(work, { inspectionNo, from: position }, [own])
  }
  return { dropped: Number(dropped.numUpdatedRows), added: added.length }
}

/** The checklist's lines as shown; a dropped one only where it has been answered. */
export async function linesOf(read: Read, inspectionNo: number): Promise<ChecklistLine[]> {
  const { rows } =
    await sql<ChecklistLine>`select l.id, l.kind, l.requirement_code as requirement, l.clause, l.question, l.why, l.revision,
      l.answer, l.note, directory.account_name(l.answered_by) as "answeredBy"
    from supervision.inspection_lines l where l.inspection_no = ${inspectionNo} and (not l.dropped or l.answer is not null)
    order by l.position, l.no`.execute(reading<'supervision' | 'directory'>(read))
  return rows
}

/**
 * Takes answers over. One given over an older revision than what stands is refused where it says something else: both are shown side by
 * side and a person decides. Answers the lines kept and those in conflict.
 */
export async function keepAnswers(
  work: Work,
  inspectionNo: number,
  given: Answered,
): Promise<{ kept: { line: string; revision: number }[]; conflicts: string[] }> {
  const kept: { line: string; revision: number }[] = []
  const conflicts: string[] = []
  for (const [index, one] of given.entries()) {
    const stands = await writing<'supervision'>(work.tx)
      .selectFrom('supervision.inspection_lines')
      .select(['no', 'revision', 'answer', 'note'])
      .where('inspection_no', '=', inspectionNo)
      .where('id', '=', one.line)
      .forUpdate()
      .executeTakeFirst()
    if (!stands)
      throw new Problem('kernel.invalid_input', {
        errors: [{ field: `answers.${index}.line`, message: '这次检查没有这一项。' }],
      })
    const same = stands.answer === one.answer && (stands.note ?? '') === (one.note ?? '')
    if (same) kept.push({ line: one.line, revision: stands.revision })
    else if (stands.revision !== one.over) conflicts.push(one.line)
    else kept.push({ line: one.line, revision: await answerLine(work, stands.no, { ...one, revision: stands.revision + 1 }) })
  }
  return { kept, conflicts }
}

async function answerLine(work: Work, lineNo: number, one: Answered[number] & { revision: number }): Promise<number> {
  const db = writing<'supervision'>(work.tx)
  const said = { answer: one.answer, note: one.note ?? null, answered_at: work.now, answered_by: work.actor.accountNo }
  await db
    .updateTable('supervision.inspection_lines')
    .set({ revision: one.revision, ...said })
    .where('no', '=', lineNo)
    .execute()
  await db
    .insertInto('supervision.inspection_answers')
    .values({ line_no: lineNo, revision: one.revision, ...said })
    .execute()
  return one.revision
}
