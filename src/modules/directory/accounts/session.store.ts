import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Administrator } from '../../../kernel/access/actor.ts'
import { reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { type Failures, longestHours, type Pressure } from './sign-in.rules.ts'

/** What the database keeps of a token. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** An account as the sign-in sees it. */
export interface Candidate {
  readonly no: number
  readonly id: string
  readonly displayName: string
  readonly administrator: Administrator | null
  readonly state: 'pending' | 'active' | 'disabled'
  readonly demonstration: boolean
  readonly enrolled: boolean
  readonly passwordHash: string | null
  readonly passwordSetAt: Date | null
  readonly passwordExpiresAt: Date | null
  readonly mustChangePassword: boolean
  readonly roles: readonly string[]
}

const candidateColumns = sql<Candidate>`a.no, a.id, a.display_name as "displayName", a.administrator, a.state, a.demonstration,
  a.totp_confirmed_at is not null as enrolled, a.password_hash as "passwordHash", a.password_set_at as "passwordSetAt",
  a.password_expires_at as "passwordExpiresAt", a.must_change_password as "mustChangePassword"`

/** The account of a username, with the roles it holds on the day. */
export async function candidateBy(
  tx: Tx,
  asked: { usernameKey: string } | { oidcSubject: string },
  today: string,
): Promise<Candidate | null> {
  const where = 'usernameKey' in asked ? sql`a.username_key = ${asked.usernameKey}` : sql`a.oidc_subject = ${asked.oidcSubject}`
  const found = await sql<Candidate>`select ${candidateColumns}, array(
      select g.role from directory.grants g where g.account_no = a.no and g.state = 'approved' and g.valid @> ${today}::date) as roles
    from directory.accounts a where ${where}`.execute(reading<'directory'>(tx))
  return found.rows[0] ?? null
}

/** What has been tried on a username in the last hour, whoever it is that tried. */
export async function pressureOn(tx: Tx, asked: { usernameKey: string; address: string; now: Date }): Promise<Pressure> {
  const found =
    await sql<Pressure>`select coalesce(sum(f.failures), 0)::integer as failures, max(f.last_failed_at) as "lastFailedAt",
      exists (select from directory.sign_in_addresses k join directory.accounts a on a.no = k.account_no
        where a.username_key = ${asked.usernameKey} and k.address = ${asked.address}) as "knownAddress"
    from directory.sign_in_failures f
    where f.username_key = ${asked.usernameKey} and f.last_failed_at > ${asked.now}::timestamptz - interval '1 hour'`.execute(
      reading<'directory'>(tx),
    )
  return found.rows[0] ?? { failures: 0, lastFailedAt: null, knownAddress: false }
}

export interface Pair {
  readonly usernameKey: string
  readonly address: string
}

/** The failures of a pair, locked until the transaction ends so that parallel attempts are counted one after the other. */
export async function lockFailures(tx: Tx, pair: Pair): Promise<Failures> {
  const db = writing<'directory'>(tx)
  await db
    .insertInto('directory.sign_in_failures')
    .values({ username_key: pair.usernameKey, address: pair.address, failures: 0, last_failed_at: new Date(0) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return db
    .selectFrom('directory.sign_in_failures')
    .select(['failures', 'last_failed_at as lastFailedAt', 'locked_until as lockedUntil'])
    .where('username_key', '=', pair.usernameKey)
    .where('address', '=', pair.address)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

export async function keepFailures(tx: Tx, pair: Pair, after: Failures): Promise<void> {
  await writing<'directory'>(tx)
    .updateTable('directory.sign_in_failures')
    .set({ failures: after.failures, last_failed_at: after.lastFailedAt, locked_until: after.lockedUntil })
    .where('username_key', '=', pair.usernameKey)
    .where('address', '=', pair.address)
    .execute()
}

export async function forgetFailures(tx: Tx, pair: Pair): Promise<void> {
  await writing<'directory'>(tx)
    .deleteFrom('directory.sign_in_failures')
    .where('username_key', '=', pair.usernameKey)
    .where('address', '=', pair.address)
    .execute()
}

/** Remembers where an account has signed in, for the brake. */
export async function rememberAddress(tx: Tx, known: { accountNo: number; address: string; now: Date }): Promise<void> {
  await writing<'directory'>(tx)
    .insertInto('directory.sign_in_addresses')
    .values({ account_no: known.accountNo, address: known.address, last_used_at: known.now })
    .onConflict((conflict) => conflict.columns(['account_no', 'address']).doUpdateSet({ last_used_at: known.now }))
    .execute()
}

export type SecondFactorState = 'none' | 'required' | 'done'

/** Opens a session and answers its token, which is kept nowhere. */
export async function openSession(
  tx: Tx,
  opened: { accountNo: number; secondFactor: SecondFactorState; now: Date },
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await writing<'directory'>(tx)
    .insertInto('directory.sessions')
    .values({
      token_hash: tokenHash(token),
      account_no: opened.accountNo,
      created_at: opened.now,
      seen_at: opened.now,
      expires_at: new Date(opened.now.getTime() + longestHours * 3_600_000),
      second_factor: opened.secondFactor,
    })
    .execute()
  return token
}

/** Ends one session; true when there was one. */
export async function endSession(tx: Tx, token: string): Promise<boolean> {
  const ended = await writing<'directory'>(tx)
    .deleteFrom('directory.sessions')
    .where('token_hash', '=', tokenHash(token))
    .executeTakeFirst()
  return ended.numDeletedRows > 0n
}

/** Ends all sessions of an account, except the one named. */
export async function endSessionsOf(tx: Tx, accountNo: number, exceptToken: string | null = null): Promise<void> {
  await writing<'directory'>(tx)
    .deleteFrom('directory.sessions')
    .where('account_no', '=', accountNo)
    .where('token_hash', '<>', exceptToken === null ? '' : tokenHash(exceptToken))
    .execute()
}

/** Gives a session a new token and marks its second factor as given; its age stays. Null when the session has ended meanwhile. */
export async function rotateSession(tx: Tx, token: string): Promise<string | null> {
  const fresh = randomBytes(32).toString('base64url')
  const rotated = await writing<'directory'>(tx)
    .updateTable('directory.sessions')
    .set({ token_hash: tokenHash(fresh), second_factor: 'done' })
    .where('token_hash', '=', tokenHash(token))
    .executeTakeFirst()
  return rotated.numUpdatedRows > 0n ? fresh : null
}
