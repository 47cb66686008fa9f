import { sql } from 'kysely'
import { asEngine, type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'

const setting = 'desk.ledger_verified'

/** What the last verification at the audit desk found. Only a reminder: the proof is the ledger itself with its checkpoints. */
export interface Verification {
  readonly whole: boolean
  readonly at: Date
}

/** Remembers how a verification ended, so that a failed one stands on the auditor's first page until one succeeds. */
export async function keepVerification(tx: Tx, { whole, at }: Verification): Promise<void> {
  await asEngine(tx, () =>
    sql`insert into kernel.settings (name, value, updated_at) values (${setting}, ${JSON.stringify({ whole })}::jsonb, ${at})
      on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at`.execute(writing<'kernel'>(tx)),
  )
}

/** The last verification; null before the first. */
export async function lastVerification(read: Read): Promise<Verification | null> {
  const { rows } = await sql<Verification>`select (value ->> 'whole')::boolean as whole, updated_at as at from kernel.settings
    where name = ${setting}`.execute(reading<'kernel'>(read))
  return rows[0] ?? null
}
