import { createHash, randomBytes } from 'node:crypto'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { civilDateAt } from '../../../kernel/time/clock.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'

/** 256 random bits: guessing is hopeless, so a plain hash keeps them. */
export const newToken = (): string => randomBytes(32).toString('base64url')
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** Keeps the account's one address; the one before is gone. */
export async function keepToken(work: Work, tokenHash: string): Promise<void> {
  const kept = { token_hash: tokenHash, created_at: work.now }
  await writing<'rulebook'>(work.tx)
    .insertInto('rulebook.calendar_subscriptions')
    .values({ account_no: work.actor.accountNo, ...kept })
    .onConflict((conflict) => conflict.column('account_no').doUpdateSet(kept))
    .execute()
}

/** False where there was none. */
export async function dropToken(work: Work): Promise<boolean> {
  const { numDeletedRows } = await writing<'rulebook'>(work.tx)
    .deleteFrom('rulebook.calendar_subscriptions')
    .where('account_no', '=', work.actor.accountNo)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** The day on which the reader's address was made; null where there is none. */
export async function subscribedOn(read: Read, accountNo: number): Promise<CivilDate | null> {
  const row = await reading<'rulebook'>(read)
    .selectFrom('rulebook.calendar_subscriptions')
    .select('created_at')
    .where('account_no', '=', accountNo)
    .executeTakeFirst()
  return row ? civilDateAt(new Date(row.created_at)) : null
}

/** The account behind a token. Read as the engine: nobody is signed in. */
export async function accountBehind(read: Read, token: string): Promise<number | null> {
  const row = await reading<'rulebook'>(read)
    .selectFrom('rulebook.calendar_subscriptions')
    .select('account_no')
    .where('token_hash', '=', hashOf(token))
    .executeTakeFirst()
  return row?.account_no ?? null
}
