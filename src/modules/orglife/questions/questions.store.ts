import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { branchKeepers } from '../../directory/grants/roles.contract.ts'
import type { AnswerKind } from './questions.contract.ts'
import type { Finding } from './findings.rules.ts'
import type { QuestionState } from './questions.lifecycle.ts'
import { askedNotice, waitDaysOf } from './questions.rules.ts'

/** When something is asked. */
export interface Asking {
  readonly today: CivilDate
  readonly at: Date
}

const waitSetting = 'orglife.question_wait_days'

/** Days that those above wait before they see a question without its answer. */
async function waitDays(read: Read): Promise<number> {
  const row = await reading<'kernel'>(read)
    .selectFrom('kernel.settings')
    .select('value')
    .where('name', '=', waitSetting)
    .executeTakeFirst()
  return waitDaysOf(row?.value)
}

/** Asks what was not asked before, and tells whoever keeps the records. Answers how many questions are new. */
export async function askQuestions(tx: Tx, findings: readonly Finding[], { today, at }: Asking): Promise<number> {
  const asked = findings.filter(({ organizationNo }) => organizationNo !== null)
  if (asked.length === 0) return 0
  const rows = await writing<'orglife'>(tx)
    .insertInto('orglife.questions')
    .values(
      await (async () => {
        const seenFrom = addDays(today, await waitDays(tx))
        return asked.map((finding) => ({
          id: newId('qst'),
          detector: finding.detector,
          key: finding.key,
          organization_no: finding.organizationNo,
          sentence: finding.sentence,
          meeting_nos: [...finding.meetingNos],
          person_nos: [...finding.personNos],
          passages: [...finding.passages],
          asked_on: today,
          seen_above_from: seenFrom,
        }))
      })(),
    )
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning(['id', 'organization_no', 'detector', 'sentence'])
    .execute()
  for (const row of rows) {
    await notify(tx, {
      to: { holders: [{ organizationNo: row.organization_no, roles: branchKeepers }] },
      kind: 'orglife.question_asked',
      ...askedNotice(row),
      link: `/questions?open=${row.id}`,
      at,
    })
  }
  return rows.length
}

/** Those above see from today on what has waited long enough. */
export async function showAbove(tx: Tx, today: CivilDate): Promise<void> {
  await sql`update orglife.questions set visible_above = true where not visible_above and seen_above_from <= ${today}::date`.execute(
    reading<'orglife'>(tx),
  )
}

/** A question as its act needs it. */
export interface StoredQuestion {
  readonly no: number
  readonly id: string
  readonly state: QuestionState
  readonly organizationNo: number
  readonly askedOn: CivilDate
  readonly meetingNos: readonly number[]
}

/** One question in the reader's scope. */
export async function findQuestion(read: Read, id: string): Promise<StoredQuestion | undefined> {
  const row = await reading<'orglife'>(read)
    .selectFrom('orglife.questions')
    .select(['no', 'id', 'state', 'organization_no as organizationNo', 'asked_on as askedOn'])
    .select(sql<number[]>`meeting_nos`.as('meetingNos'))
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { ...row, state: row.state as QuestionState, meetingNos: row.meetingNos.map(Number) }
}

/** Since the question was asked, has one of the records been corrected, or withdrawn? */
export async function changedSince(read: Read, question: StoredQuestion, how: 'corrected' | 'withdrawn'): Promise<boolean> {
  const state = how === 'withdrawn' ? 'withdrawn' : 'recorded'
  const { rows } = await sql<{ found: boolean }>`select exists (select 1 from orglife.meeting_revisions r
    where r.meeting_no = any (${`{${question.meetingNos.join(',')}}`}::bigint[]) and r.revision > 1 and r.state = ${state}
      and (r.recorded_at at time zone 'Asia/Shanghai')::date >= ${question.askedOn}::date) as found`.execute(
    reading<'orglife'>(read),
  )
  return rows[0]?.found === true
}

/** Keeps the answer; false when somebody else was faster. */
export async function keepAnswer(
  work: Work,
  question: StoredQuestion,
  answer: { kind: AnswerKind; text: string },
): Promise<boolean> {
  const changed = await writing<'orglife'>(work.tx)
    .updateTable('orglife.questions')
    .set({
      state: 'answered',
      answer_kind: answer.kind,
      answer: answer.text,
      answered_at: work.now,
      answered_by: work.actor.accountNo,
      visible_above: true,
    })
    .where('no', '=', question.no)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}
