import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Administrator } from '../../src/kernel/access/actor.ts'
import { newId } from '../../src/kernel/identity/ids.ts'
import type { Planted } from '../../src/kernel/testing/plant.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'

/** An account with a live session, as the tests of access send it. */
export interface Visitor {
  readonly name: string
  readonly accountNo: number
  /** Empty for whoever has not signed in. */
  readonly token: string
}

export interface Held {
  readonly role: string
  readonly over: Planted
  /** First day, and the day from which it no longer holds. */
  readonly from?: string
  readonly to?: string
}

export const nobody: Visitor = { name: 'anonymous', accountNo: 0, token: '' }

/** Opens a session of an account, as the sign-in would have: the program itself then finds out who stands behind it. */
export async function signedIn(platform: TestPlatform, accountNo: number, secondFactor = 'none'): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const hash = createHash('sha256').update(token).digest('hex')
  const now = platform.clock.now()
  await sql`insert into directory.sessions (token_hash, account_no, created_at, seen_at, expires_at, second_factor)
    values (${hash}, ${accountNo}, ${now}, ${now}, ${now}::timestamptz + interval '10 hours', ${secondFactor})`.execute(
    platform.owner.kysely,
  )
  return token
}

/** Plants an account with its approved grants and a session: everything between the cookie and the row is the product's own. */
export async function aVisitor(
  platform: TestPlatform,
  name: string,
  who: { held?: readonly Held[]; administrator?: Administrator; person?: Planted; secondFactor?: string } = {},
): Promise<Visitor> {
  const id = newId('acc')
  const { rows } = await sql<{ no: number }>`insert into directory.accounts
      (id, username, username_key, display_name, person_no, administrator, created_at)
    values (${id}, ${id}, ${id}, ${name}, ${who.person?.no ?? null}, ${who.administrator ?? null}, now()) returning no`.execute(
    platform.owner.kysely,
  )
  const accountNo = rows[0]?.no ?? 0
  for (const { role, over, from = '2020-01-01', to = null } of who.held ?? []) {
    await sql`insert into directory.grants (id, account_no, role, organization_no, valid, state, proposed_at)
      values (${newId('grt')}, ${accountNo}, ${role}, ${over.no}, daterange(${from}::date, ${to}::date), 'approved', now())`.execute(
      platform.owner.kysely,
    )
  }
  return { name, accountNo, token: await signedIn(platform, accountNo, who.secondFactor) }
}
