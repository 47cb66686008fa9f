import type { Updateable } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import type { SupervisionCases } from '../../../kernel/database/schema.generated.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { caseTouched } from '../measures/touched.actions.ts'
import type { CaseState } from './cases.lifecycle.ts'

/** A case as the acts need it. */
export interface StoredCase {
  readonly no: number
  readonly id: string
  readonly number: string | null
  readonly revision: number
  readonly state: CaseState
  readonly organizationNo: number
  readonly title: string
  readonly ownerNo: number | null
  readonly openedBy: number | null
  readonly reportedBy: number | null
  readonly dueOn: CivilDate | null
  readonly waitingSince: CivilDate | null
  readonly waitedDays: number
}

/** One case in the reader's scope; null where there is none to see. */
export async function findCase(read: Read, id: string): Promise<StoredCase | null> {
  const row = await reading<'supervision'>(read)
    .selectFrom('supervision.cases')
    .select(['no', 'id', 'number', 'revision', 'state', 'title', 'organization_no as organizationNo', 'owner_no as ownerNo'])
    .select(['opened_by as openedBy', 'reported_by as reportedBy', 'due_on as dueOn', 'waiting_since as waitingSince'])
    .select('waited_days as waitedDays')
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? { ...row, state: row.state as CaseState } : null
}

/** What a step changes and what it says. */
export interface CaseChange {
  readonly action: string
  readonly state: CaseState
  readonly set: Updateable<SupervisionCases>
  readonly reason: string | null
  /** The step's words and values, for the history. */
  readonly body: Readonly<Record<string, unknown>>
}

/** Moves a case on if it still stands where it was read, and writes the step. False when somebody was faster. */
export async function changeCase(work: Work, stored: StoredCase, change: CaseChange): Promise<boolean> {
  const moved = await writing<'supervision'>(work.tx)
    .updateTable('supervision.cases')
    .set({ ...change.set, state: change.state, revision: stored.revision + 1 })
    .where('no', '=', stored.no)
    .where('state', '=', stored.state)
    .where('revision', '=', stored.revision)
    .returning('due_on as dueOn')
    .executeTakeFirst()
  if (!moved) return false
  await writeStep(work, { caseNo: stored.no, revision: stored.revision + 1 }, change)
  await caseTouched(work, { no: stored.no, organizations: [stored.organizationNo], dueOn: [stored.dueOn, moved.dueOn] })
  return true
}

async function writeStep(work: Work, at: { caseNo: number; revision: number }, change: Omit<CaseChange, 'set'>): Promise<void> {
  await writing<'supervision'>(work.tx)
    .insertInto('supervision.case_steps')
    .values({
      case_no: at.caseNo,
      revision: at.revision,
      action: change.action,
      state: change.state,
      body: JSON.stringify(change.body),
      reason: change.reason,
      acted_at: work.now,
      acted_by: work.actor.accountNo,
    })
    .execute()
}

/** A case opened by hand, supervised from its first day. */
export interface OpenedCase {
  readonly number: string
  readonly organizationNo: number
  readonly openedByOrganizationNo: number
  readonly title: string
  readonly reason: string
  readonly ownerNo: number
  readonly dueOn: CivilDate
  readonly remedies: string
  /** The role in which it was opened. */
  readonly signedAs: string
  /** The problem that it was opened from. */
  readonly problemNo?: number
}

export async function insertCase(work: Work, opened: OpenedCase): Promise<{ no: number; id: string }> {
  const { dueOn, remedies, ownerNo, signedAs } = opened
  const entered = await writing<'supervision'>(work.tx)
    .insertInto('supervision.cases')
    .values({
      id: newId('cas'),
      number: opened.number,
      revision: 1,
      state: 'supervised',
      organization_no: opened.organizationNo,
      opened_by_organization_no: opened.openedByOrganizationNo,
      title: opened.title,
      source: opened.problemNo === undefined ? 'manual' : 'problem',
      problem_no: opened.problemNo ?? null,
      owner_no: ownerNo,
      due_on: dueOn,
      remedies,
      proposed_at: work.now,
      opened_at: work.now,
      opened_by: work.actor.accountNo,
    })
    .returning(['no', 'id'])
    .executeTakeFirstOrThrow()
  const step = {
    action: 'open',
    state: 'supervised',
    reason: opened.reason,
    body: { dueOn, remedies, ownerNo, signedAs },
  } as const
  await writeStep(work, { caseNo: entered.no, revision: 1 }, step)
  await caseTouched(work, { no: entered.no, organizations: [opened.organizationNo], dueOn: [dueOn] })
  return entered
}

/** The case of a problem that is not over; null where there is none. */
export async function openCaseOfProblem(read: Read, problemNo: number): Promise<string | null> {
  const row = await reading<'supervision'>(read)
    .selectFrom('supervision.cases')
    .select('id')
    .where('problem_no', '=', problemNo)
    .where('state', 'in', ['proposed', 'reminded', 'supervised', 'reported'])
    .executeTakeFirst()
  return row?.id ?? null
}

/** Dismisses the proposals among the given cases; what is no longer a proposal stays. Answers the ids that were dismissed. */
export async function dismissProposals(work: Work, ids: readonly string[], reason: string): Promise<string[]> {
  const db = writing<'supervision'>(work.tx)
  const rows = await db
    .updateTable('supervision.cases')
    .set((e) => ({ state: 'dismissed', revision: e('revision', '+', 1) }))
    .where('id', 'in', [...ids])
    .where('state', '=', 'proposed')
    .returning(['no', 'id', 'revision'])
    .execute()
  if (rows.length === 0) return []
  const step = { action: 'dismiss', state: 'dismissed', body: '{}', reason, acted_at: work.now, acted_by: work.actor.accountNo }
  await db
    .insertInto('supervision.case_steps')
    .values(rows.map((row) => ({ ...step, case_no: row.no, revision: row.revision })))
    .execute()
  return rows.map((row) => row.id)
}
