import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { type Tx, writing } from '../database/handles.ts'
import { newId } from '../identity/ids.ts'
import type { Platform } from '../platform.ts'
import { entryLeaf, type LedgerEntry, saltedHash } from './entry.rules.ts'

/** What an act tells the ledger about itself. */
export interface Act {
  readonly action: string
  readonly outcome: LedgerEntry['outcome']
  readonly actor: Actor
  readonly objects: readonly { kind: string; id: string }[]
  /** Public ids of the organizations concerned. */
  readonly organizations: readonly string[]
  /** Field names with their values; only salted hashes are kept. */
  readonly fields?: Readonly<Record<string, unknown>>
  readonly requestId: string | null
}

/** The instant with Shanghai's offset, to the millisecond. */
export function instantOf(date: Date): string {
  return `${new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(0, -1)}+08:00`
}

/** A fresh salt for one field of one entry; whoever holds the installation's secret can derive it again to show a value. */
function fieldSalt(platform: Platform, entryId: string, field: string): Uint8Array {
  return createHmac('sha256', platform.ledgerSalt).update(`${entryId}\u0000${field}`).digest()
}

function actorKind(actor: Actor): string {
  if (actor.administrator) return `${actor.administrator}_administrator`
  return actor.accountNo === 0 ? 'system' : 'account'
}

/** Writes one entry with its leaf hash in the running transaction; the sequencer gives it its place later. */
export async function writeEntry(platform: Platform, tx: Tx, act: Act): Promise<string> {
  const id = newId('led')
  const at = platform.clock.now()
  const hashed = Object.entries(act.fields ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, saltedHash(platform.crypto.hash, fieldSalt(platform, id, name), value ?? null)] as const)
  const entry: LedgerEntry = {
    v: 1,
    id,
    at: instantOf(at),
    action: act.action,
    actor: { account: act.actor.accountNo === 0 ? null : act.actor.accountId, kind: actorKind(act.actor) },
    objects: act.objects.map(({ kind, id: object }) => ({ kind, id: object })),
    organizations: [...act.organizations],
    outcome: act.outcome,
    fields: Object.fromEntries(hashed),
    requestId: act.requestId,
  }
  const leaf = Buffer.from(entryLeaf(platform.crypto.hash, entry)).toString('hex')
  // The number is drawn first: RETURNING would need the right to read the ledger, which an actor does not have.
  await sql`with drawn as (select nextval('ledger.entries_no_seq') as no),
    written as (insert into ledger.entries (no, id, at, action, outcome, account_no, entry, leaf)
      select no, ${id}, ${at}::timestamptz, ${act.action}, ${act.outcome}, ${act.actor.accountNo || null}::bigint,
        ${JSON.stringify(entry)}::jsonb, ${leaf} from drawn)
    insert into ledger.pending (entry_no) select no from drawn`.execute(writing<'ledger'>(tx))
  return id
}
