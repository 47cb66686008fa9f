import { sql } from 'kysely'
import type { Actor, Administrator, HeldRole } from '../../../kernel/access/actor.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { SignedIn } from '../../../kernel/http/server.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { roles } from '../grants/roles.contract.ts'
import { runningMode } from './mode.store.ts'
import { type SecondFactorState, tokenHash } from './session.store.ts'
import { idleMinutes, mustChange, needsSecondFactor } from './sign-in.rules.ts'

/** A live session with the account behind it. */
export interface LiveSession {
  readonly accountNo: number
  readonly accountId: string
  readonly name: string
  readonly personNo: number | null
  readonly administrator: Administrator | null
  readonly demonstration: boolean
  readonly grants: readonly HeldRole[]
  readonly secondFactor: SecondFactorState
  readonly enrolled: boolean
  readonly mustChangePassword: boolean
  readonly passwordSetAt: string | null
}

/** The session behind a token with its account and live grants; one round trip. Null when nobody stands behind it. */
export async function sessionBehind(platform: Platform, token: string): Promise<LiveSession | null> {
  const { clock, database } = platform
  const found = await sql<{
    session: LiveSession | null
  }>`select directory.session_of(${tokenHash(token)}, ${clock.now()}, ${clock.today()}::date,
    make_interval(mins => ${idleMinutes.everybody}::integer), make_interval(mins => ${idleMinutes.administrators}::integer)) as session`.execute(
    database.kysely,
  )
  const session = found.rows[0]?.session ?? null
  if (!session) return null
  const production = runningMode() === 'production'
  if (production && session.demonstration) return null
  const held = {
    administrator: session.administrator,
    roles: session.grants.map((grant) => grant.role),
    enrolled: session.enrolled,
    production,
  }
  const owed = session.secondFactor !== 'done' && needsSecondFactor(held)
  const setAt = session.passwordSetAt === null ? null : new Date(session.passwordSetAt)
  return {
    ...session,
    secondFactor: owed ? 'required' : session.secondFactor,
    mustChangePassword: mustChange({ oneTime: session.mustChangePassword, setAt }, { now: clock.now(), production }),
  }
}

/** A session is full when nothing is owed first: no second factor, no change of password. */
export function isFull(session: LiveSession): boolean {
  return session.secondFactor !== 'required' && !session.mustChangePassword
}

const writesAtAll = (role: string) => Object.hasOwn(roles, role) && roles[role as keyof typeof roles].writes
const distinct = (numbers: readonly number[]) => [...new Set(numbers)]

/** The actor of a session. Half a session holds nothing. */
export function actorOf(session: LiveSession): Actor {
  const full = isFull(session)
  const grants = full ? session.grants.filter((grant) => Object.hasOwn(roles, grant.role)) : []
  return {
    accountNo: session.accountNo,
    accountId: session.accountId,
    name: session.name,
    personNo: full ? session.personNo : null,
    administrator: full ? session.administrator : null,
    grants,
    readOrganizations: distinct(grants.map((grant) => grant.organizationNo)),
    writeOrganizations: distinct(grants.filter((grant) => writesAtAll(grant.role)).map((grant) => grant.organizationNo)),
  }
}

/** Who stands behind a session token, asked anew at each request: what changed takes effect at the next one. */
export function authenticate(platform: Platform): (token: string) => Promise<SignedIn | null> {
  return async (token) => {
    const session = await sessionBehind(platform, token)
    return session && { actor: actorOf(session), state: isFull(session) ? 'full' : 'half' }
  }
}

interface OwnAccount {
  readonly username: string
  readonly preferences: Record<string, unknown>
  readonly person: { readonly id: string; readonly name: string } | null
}

/** What an account sees of itself. */
export async function ownAccount(read: Read, session: LiveSession): Promise<OwnAccount> {
  const db = reading<'directory'>(read)
  const found = await db
    .selectFrom('directory.accounts as a')
    .leftJoin('directory.persons as p', 'p.no', 'a.person_no')
    .select(['a.username', 'a.preferences', 'p.id as personId', 'p.name as personName'])
    .where('a.no', '=', session.accountNo)
    .executeTakeFirstOrThrow()
  const { username, preferences, personId, personName } = found
  const kept = preferences !== null && typeof preferences === 'object' && !Array.isArray(preferences) ? preferences : {}
  return { username, preferences: kept, person: personId && personName ? { id: personId, name: personName } : null }
}

export interface OwnOrganization {
  readonly no: number
  readonly id: string
  readonly name: string
  readonly kind: string
}

/** Organizations of an actor: the person's own first, then where grants stand, in the order of the tree. */
export async function ownOrganizations(read: Read, actor: Actor): Promise<OwnOrganization[]> {
  const db = reading<'directory'>(read)
  const granted = `{${actor.readOrganizations.join(',')}}`
  const found =
    await sql<OwnOrganization>`with home as (select p.home_no as no from directory.persons p where p.no = ${actor.personNo}::bigint)
    select o.no, o.id, o.name, o.kind from directory.organizations_now o
    where o.no in (select no from home) or o.no = any (${granted}::bigint[])
    order by o.no in (select no from home) desc,
      (select max(a.depth) from directory.organization_ancestry a where a.organization_no = o.no and upper_inf(a.valid)), o.position, o.no`.execute(
      db,
    )
  return found.rows
}
