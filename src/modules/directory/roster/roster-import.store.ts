import { sql } from 'kysely'
import { asEngine, type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { rosterState, RosterSummary } from './roster.contract.ts'
import type { RosterFindings } from './roster-walk.store.ts'

export type RosterState = (typeof rosterState)['_output']

export interface RosterImport {
  readonly no: number
  readonly id: string
  readonly organizationNo: number
  readonly accountNo: number
  readonly fileName: string
  readonly state: RosterState
}

/** Notes an upload that is about to be checked. */
export async function insertImport(
  tx: Tx,
  made: { organizationNo: number; accountNo: number; fileName: string; sha256: string; at: Date },
): Promise<{ id: string }> {
  const id = newId('ros')
  await sql`insert into directory.roster_imports (id, organization_no, account_no, file_name, sha256, state, staged_path, created_at)
    values (${id}, ${made.organizationNo}, ${made.accountNo}, ${made.fileName}, ${made.sha256}, 'checking', ${`${id}.xlsx`}, ${made.at})`.execute(
    writing<'directory'>(tx),
  )
  return { id }
}

export async function importById(read: Read, id: string): Promise<RosterImport | null> {
  const { rows } = await sql<RosterImport>`select no, id, organization_no as "organizationNo", account_no as "accountNo",
    file_name as "fileName", state from directory.roster_imports where id = ${id}`.execute(reading<'directory'>(read))
  return rows[0] ?? null
}

/** Moves an import from one state to another; false when it was not in that state. */
export async function moveImport(tx: Tx, id: string, step: { from: RosterState; to: RosterState; at: Date }): Promise<boolean> {
  const { rows } = await sql`update directory.roster_imports set state = ${step.to},
      imported_at = case when ${step.to} = 'imported' then ${step.at}::timestamptz else imported_at end,
      undone_at = case when ${step.to} = 'undone' then ${step.at}::timestamptz else undone_at end,
      staged_path = case when ${step.to} = 'checked' then staged_path else null end
    where id = ${id} and state = ${step.from} returning no`.execute(writing<'directory'>(tx))
  return rows.length > 0
}

/** Keeps what a check has found. */
export async function keepFindings(tx: Tx, id: string, found: RosterFindings): Promise<void> {
  const { header } = found
  const summary: RosterSummary = {
    create: found.create,
    change: found.change,
    unchanged: found.unchanged,
    warnings: [...found.warnings],
    warningsTotal: found.warningsTotal,
    ignored: [...(header?.ignored ?? [])],
    guessed: [...(header?.guessed ?? [])],
  }
  await sql`update directory.roster_imports set rows_read = ${found.rows}, mistakes = ${JSON.stringify(found.mistakes)}::jsonb,
      mistakes_total = ${found.mistakesTotal}, summary = ${JSON.stringify(summary)}::jsonb where id = ${id}`.execute(
    writing<'directory'>(tx),
  )
}

/** Keeps why a file as a whole was refused. */
export async function keepRefusal(tx: Tx, id: string, message: string): Promise<void> {
  const mistakes = [{ row: 0, column: '', cell: null, message, value: '' }]
  await sql`update directory.roster_imports set mistakes = ${JSON.stringify(mistakes)}::jsonb, mistakes_total = 1 where id = ${id}`.execute(
    writing<'directory'>(tx),
  )
}

/** Organizations to which the persons of an import belong or belonged, and the first day that the import changed. */
export async function importReach(read: Read, importNo: number): Promise<{ organizationNos: number[]; from: string | null }> {
  const { rows } = await asEngine(read, () =>
    sql<{
      organizationNos: number[]
      from: string | null
    }>`select coalesce(array_agg(distinct m.organization_no), '{}') as "organizationNos",
      min(lower(m.valid)) filter (where r.made = 'created') as "from"
    from directory.roster_import_rows r join directory.memberships m on m.person_no = r.person_no and not isempty(m.valid)
    where r.import_no = ${importNo}`.execute(reading<'directory'>(read)),
  )
  return { organizationNos: (rows[0]?.organizationNos ?? []).map(Number), from: rows[0]?.from ?? null }
}
