import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { FilledQuestion } from './figures.queries.ts'
import type { CheckedQuestion, Figure, Verdict } from './political-checks.contract.ts'
import type { CheckAction, CheckState } from './political-checks.lifecycle.ts'

export interface StoredCheck {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: CheckState
  readonly organizationNo: number
  readonly organizationId: string
  readonly byNo: number
  readonly from: CivilDate
  readonly to: CivilDate
  readonly concludedOn: CivilDate | null
}

/** One check in the reader's scope; null where there is none to see. */
export async function findCheck(read: Read, id: string): Promise<StoredCheck | null> {
  const row = await reading<'orglife' | 'directory'>(read)
    .selectFrom('orglife.political_checks as c')
    .innerJoin('directory.organizations as o', 'o.no', 'c.organization_no')
    .select(['c.no', 'c.id', 'c.revision', 'c.state', 'c.organization_no as organizationNo', 'o.id as organizationId'])
    .select(['c.by_no as byNo', 'c.period_from as from', 'c.period_to as to', 'c.concluded_on as concludedOn'])
    .where('c.id', '=', id)
    .executeTakeFirst()
  return row ? { ...row, state: row.state as CheckState } : null
}

export async function questionsOf(read: Read, checkNo: number): Promise<CheckedQuestion[]> {
  const rows = await reading<'orglife'>(read)
    .selectFrom('orglife.political_check_lines')
    .select(['code', 'question', 'figures', 'verdict', 'finding'])
    .where('check_no', '=', checkNo)
    .orderBy('position')
    .execute()
  return rows.map((row) => ({ ...row, figures: row.figures as unknown as Figure[], verdict: row.verdict as Verdict | null }))
}

interface StepSaid {
  readonly action: CheckAction | 'start'
  readonly said: string
}

async function writeStep(work: Work, check: { no: number; revision: number }, { action, said }: StepSaid): Promise<void> {
  await writing<'orglife'>(work.tx)
    .insertInto('orglife.political_check_steps')
    .values({
      check_no: check.no,
      revision: check.revision,
      action,
      said,
      acted_at: work.now,
      acted_by: work.actor.accountNo,
    })
    .execute()
}

interface NewCheck {
  readonly organizationNo: number
  readonly byNo: number
  readonly from: CivilDate
  readonly to: CivilDate
  readonly questions: readonly FilledQuestion[]
}

export async function insertCheck(work: Work, check: NewCheck): Promise<string> {
  const { no, id } = await writing<'orglife'>(work.tx)
    .insertInto('orglife.political_checks')
    .values({
      id: newId('pck'),
      revision: 1,
      state: 'started',
      organization_no: check.organizationNo,
      by_no: check.byNo,
      period_from: check.from,
      period_to: check.to,
      filled_on: work.today,
      started_on: work.today,
    })
    .returning(['no', 'id'])
    .executeTakeFirstOrThrow()
  await writing<'orglife'>(work.tx)
    .insertInto('orglife.political_check_lines')
    .values(
      check.questions.map(({ code, question, figures }, at) => ({
        check_no: no,
        position: at + 1,
        code,
        question,
        figures: JSON.stringify(figures),
      })),
    )
    .execute()
  await writeStep(work, { no, revision: 1 }, { action: 'start', said: '开始考察，清单按记录填好' })
  return id
}

/** New counts for the questions that the check asks; what was found stays. */
export async function refill(work: Work, checkNo: number, questions: readonly FilledQuestion[]): Promise<void> {
  for (const { code, figures } of questions)
    await writing<'orglife'>(work.tx)
      .updateTable('orglife.political_check_lines')
      .set({ figures: JSON.stringify(figures) })
      .where('check_no', '=', checkNo)
      .where('code', '=', code)
      .execute()
}

/** Writes what was found to a question; false where the check does not ask it. */
export async function writeFinding(
  work: Work,
  checkNo: number,
  found: { code: string; verdict: Verdict; finding: string },
): Promise<boolean> {
  const { code, verdict, finding } = found
  const done = await writing<'orglife'>(work.tx)
    .updateTable('orglife.political_check_lines')
    .set({ verdict, finding })
    .where('check_no', '=', checkNo)
    .where('code', '=', code)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

export interface CheckSet {
  readonly filled_on?: CivilDate
  readonly conclusion?: string
  readonly concluded_on?: CivilDate
  readonly answer?: string
  readonly answered_on?: CivilDate
  readonly withdraw_reason?: string
}

/** Moves a check on if it still stands where it was read. False when somebody was faster. */
export async function changeCheck(
  work: Work,
  check: StoredCheck,
  step: StepSaid & { state: CheckState; set: CheckSet },
): Promise<boolean> {
  const revision = check.revision + 1
  const moved = await writing<'orglife'>(work.tx)
    .updateTable('orglife.political_checks')
    .set({ ...step.set, state: step.state, revision })
    .where('no', '=', check.no)
    .where('revision', '=', check.revision)
    .executeTakeFirst()
  if (moved.numUpdatedRows !== 1n) return false
  await writeStep(work, { no: check.no, revision }, step)
  return true
}
