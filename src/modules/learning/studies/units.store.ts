import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { asEngine, type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { Question } from './questions.contract.ts'
import type { StudyPlanState } from './studies.lifecycle.ts'

export interface StoredUnit {
  readonly no: number
  readonly id: string
  readonly planNo: number
  readonly planId: string
  readonly planTitle: string
  readonly year: number
  readonly state: StudyPlanState
  readonly organizationNo: number
  readonly asked: number
  readonly rightShare: number
}

/** One unit of a plan as far as the reader may see it. */
export async function findUnit(read: Read, id: string): Promise<StoredUnit | undefined> {
  const { rows } =
    await sql<StoredUnit>`select u.no, u.id, p.no as "planNo", p.id as "planId", p.title as "planTitle", p.year, p.state,
      u.organization_no as "organizationNo", u.asked, u.right_share::float8 as "rightShare"
    from learning.study_units u join learning.study_plans p on p.no = u.plan_no where u.id = ${id} and not u.removed`.execute(
      reading<'learning'>(read),
    )
  return rows[0]
}

export type StoredQuestion = Question & { readonly id: string }

export async function questionsOf(read: Read, unitNo: number): Promise<StoredQuestion[]> {
  const { rows } = await sql<
    StoredQuestion & { explanation: string | null }
  >`select id, kind, text, options, right_options as right, explanation
    from learning.study_questions where unit_no = ${unitNo} order by position`.execute(reading<'learning'>(read))
  return rows.map(({ explanation, ...row }) => ({ ...row, ...(explanation !== null && { explanation }) }))
}

/** Puts a whole bank in place of the last. */
export async function writeQuestions(work: Work, unit: StoredUnit, questions: readonly Question[]): Promise<void> {
  const db = writing<'learning'>(work.tx)
  await db.deleteFrom('learning.study_questions').where('unit_no', '=', unit.no).execute()
  if (questions.length === 0) return
  await db
    .insertInto('learning.study_questions')
    .values(
      questions.map((one, index) => ({
        id: newId('sqn'),
        unit_no: unit.no,
        organization_no: unit.organizationNo,
        position: index + 1,
        kind: one.kind,
        text: one.text,
        options: JSON.stringify(one.options),
        right_options: one.right,
        explanation: one.explanation || null,
      })),
    )
    .execute()
}

/** Notes that somebody is done with a unit; the first day stays. */
export async function noteDone(work: Work, unitNo: number, who: { personNo: number; organizationNo: number }): Promise<void> {
  await writing<'learning'>(work.tx)
    .insertInto('learning.study_done')
    .values({
      unit_no: unitNo,
      person_no: who.personNo,
      organization_no: who.organizationNo,
      done_on: work.today,
      recorded_at: work.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Which of the units somebody is done with already; a planner may not know who, only that there is somebody. */
export async function unitsDoneBySome(read: Read, unitNos: readonly number[]): Promise<number[]> {
  return asEngine(read, async () => {
    const { rows } = await sql<{
      no: number
    }>`select distinct unit_no as no from learning.study_done where unit_no = any (${`{${unitNos.join(',')}}`}::bigint[])`.execute(
      reading<'learning'>(read),
    )
    return rows.map(({ no }) => no)
  })
}
