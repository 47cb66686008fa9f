import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Tx, writing } from '../../../kernel/database/handles.ts'
import { recordTouched } from '../measures/touched.actions.ts'

const tables = {
  problem: sql.table('supervision.problems'),
  yellow_card: sql.table('supervision.yellow_cards'),
  appeal: sql.table('supervision.appeals'),
  key_project: sql.table('supervision.key_projects'),
  example: sql.table('supervision.examples'),
  local_rule: sql.table('supervision.local_rules'),
} as const
export type RecordKind = keyof typeof tables

/** What every record of the new kinds has. */
export interface StoredRecord<State extends string = string> {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: State
  readonly organizationNo: number
  /** The day it was due on before the step. */
  readonly dueOn?: string | null
}

type Value = string | number | boolean | null | Date

/** What a step changes and what it says. */
export interface RecordChange {
  readonly action: string
  readonly state: string
  readonly set: Readonly<Record<string, Value>>
  readonly reason: string | null
  readonly body: Readonly<Record<string, unknown>>
  readonly signedAs: string
}

/** Moves a record on if it still stands where it was read, and writes the step. False when somebody was faster. */
export async function moveRecord(
  work: Work,
  kind: RecordKind,
  { stored, change }: { stored: StoredRecord; change: RecordChange },
): Promise<boolean> {
  const sets = Object.entries({ ...change.set, state: change.state, revision: stored.revision + 1 }).map(
    ([column, value]) => sql`${sql.ref(column)} = ${value}`,
  )
  const { rows } = await sql<{ no: number }>`update ${tables[kind]} set ${sql.join(sets)}
    where no = ${stored.no} and state = ${stored.state} and revision = ${stored.revision} returning no`.execute(
    writing<'supervision'>(work.tx),
  )
  if (rows.length === 0) return false
  await writeRecordStep(work, kind, { ...change, recordNo: stored.no, revision: stored.revision + 1 })
  await recordTouched(work, kind, { no: stored.no, organizationNo: stored.organizationNo, before: stored.dueOn })
  return true
}

/** Writes a step beside the row that it made or changed. */
export async function writeRecordStep(
  work: { tx: Tx; now: Date; actor: { accountNo: number } },
  kind: RecordKind,
  step: Omit<RecordChange, 'set'> & { recordNo: number; revision: number },
): Promise<void> {
  await writing<'supervision'>(work.tx)
    .insertInto('supervision.record_steps')
    .values({
      kind,
      record_no: step.recordNo,
      revision: step.revision,
      action: step.action,
      state: step.state,
      body: JSON.stringify(step.body),
      reason: step.reason,
      signed_as: step.signedAs,
      acted_at: work.now,
      acted_by: work.actor.accountNo,
    })
    .execute()
}
