import type { Actor } from '../../../kernel/access/actor.ts'
import { anonymous } from '../../../kernel/access/anonymous.ts'
import type { Tx } from '../../../kernel/database/handles.ts'
import { writeAsSystem } from '../../../kernel/database/transaction.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { writeEntry } from '../../../kernel/ledger/ledger.store.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { runningMode } from './mode.store.ts'
import { isPassword, withHashingPlace } from './password-hash.store.ts'
import {
  type Candidate,
  candidateBy,
  endSession,
  forgetFailures,
  keepFailures,
  lockFailures,
  openSession,
  type Pair,
  pressureOn,
  rememberAddress,
  type SecondFactorState,
} from './session.store.ts'
import { foldUsername, isBraked, judgeAttempt, mustChange, needsSecondFactor } from './sign-in.rules.ts'

/** Where a sign-in comes from. */
export interface SignInFrom {
  readonly address: string
  /** A session that the browser still holds; it ends, so that no token survives a sign-in. */
  readonly previousToken: string | null
  readonly requestId: string
}

export interface SignInDone {
  readonly token: string
  readonly secondFactor: SecondFactorState
  readonly mustChangePassword: boolean
}

/** The database keeps a keyed index in place of a network address. */
function addressIndex(platform: Platform, address: string): string {
  return platform.crypto.blindIndex(address, 'sign_in_address')
}

interface Attempt {
  readonly candidate: Candidate | null
  readonly allowed: boolean
}

/** Counts the attempt before anything is checked, then finds whom it concerns. */
function claimAttempt(platform: Platform, pair: Pair): Promise<Attempt> {
  return writeAsSystem(platform.database, async (tx) => {
    const now = platform.clock.now()
    const pressure = await pressureOn(tx, { ...pair, now })
    const before = await lockFailures(tx, pair)
    const judged = judgeAttempt(before, now)
    const allowed = judged.allowed && !isBraked(pressure, now)
    await keepFailures(tx, pair, allowed ? judged.after : before)
    return { candidate: await candidateBy(tx, { usernameKey: pair.usernameKey }, platform.clock.today()), allowed }
  })
}

/** Whether an account may sign in at all today. */
export function isOpen(candidate: Candidate, now: Date): boolean {
  if (candidate.state !== 'active') return false
  if (candidate.demonstration && runningMode() === 'production') return false
  return !candidate.mustChangePassword || candidate.passwordExpiresAt === null || candidate.passwordExpiresAt > now
}

/** A refused sign-in leaves a word in the ledger; an account that exists is named, an address or a password never. */
function noteRefused(platform: Platform, candidate: Candidate | null, requestId: string): Promise<string> {
  const objects = candidate ? [{ kind: 'account', id: candidate.id }] : []
  return writeAsSystem(platform.database, (tx) =>
    writeEntry(platform, tx, {
      action: 'directory.session.sign_in',
      outcome: 'denied',
      actor: anonymous,
      objects,
      organizations: [],
      requestId,
    }),
  )
}

const actorBehind = (candidate: Candidate): Actor => ({
  ...anonymous,
  accountNo: candidate.no,
  accountId: candidate.id,
  name: candidate.displayName,
  administrator: candidate.administrator,
})

/** Opens the session of an account that has shown who it is. */
export async function enter(platform: Platform, candidate: Candidate, from: SignInFrom): Promise<SignInDone> {
  const now = platform.clock.now()
  const production = runningMode() === 'production'
  const secondFactor = needsSecondFactor({ ...candidate, production }) ? 'required' : 'none'
  const token = await writeAsSystem(platform.database, async (tx) => {
    if (from.previousToken) await endSession(tx, from.previousToken)
    await rememberAddress(tx, { accountNo: candidate.no, address: addressIndex(platform, from.address), now })
    await noteSession(platform, tx, {
      action: 'directory.session.sign_in',
      actor: actorBehind(candidate),
      requestId: from.requestId,
    })
    return openSession(tx, { accountNo: candidate.no, secondFactor, now })
  })
  const password = { oneTime: candidate.mustChangePassword, setAt: candidate.passwordSetAt }
  return { token, secondFactor, mustChangePassword: mustChange(password, { now, production }) }
}

/** Writes what happened to a session into the ledger. */
export function noteSession(
  platform: Platform,
  tx: Tx,
  noted: { action: string; actor: Actor; requestId: string; outcome?: 'done' | 'denied' },
): Promise<string> {
  const { action, actor, requestId, outcome = 'done' } = noted
  return writeEntry(platform, tx, {
    action,
    outcome,
    actor,
    objects: [{ kind: 'account', id: actor.accountId }],
    organizations: [],
    requestId,
  })
}

/**
 * Signs in by username and password. Unknown username, wrong password, locked, pending and disabled give one answer, and each
 * costs one hash. Throws `directory.sign_in_failed`, or `kernel.unavailable` while too many are hashing.
 */
export async function signInByPassword(
  platform: Platform,
  given: { username: string; password: string },
  from: SignInFrom,
): Promise<SignInDone> {
  return withHashingPlace(async () => {
    const pair = { usernameKey: foldUsername(given.username), address: addressIndex(platform, from.address) }
    const { candidate, allowed } = await claimAttempt(platform, pair)
    const right = await isPassword(candidate?.passwordHash ?? null, given.password)
    if (!right || !allowed || !candidate || !isOpen(candidate, platform.clock.now())) {
      await noteRefused(platform, candidate, from.requestId)
      throw new Problem('directory.sign_in_failed')
    }
    await writeAsSystem(platform.database, (tx) => forgetFailures(tx, pair))
    return enter(platform, candidate, from)
  })
}

/** Signs in somebody whom the single sign-on has named; never makes an account. Null when no open account fits. */
export async function signInByIdentity(
  platform: Platform,
  identity: { subject: string; username: string | null },
  from: SignInFrom,
): Promise<SignInDone | null> {
  const today = platform.clock.today()
  const candidate = await writeAsSystem(platform.database, async (tx) => {
    const bySubject = await candidateBy(tx, { oidcSubject: identity.subject }, today)
    if (bySubject || identity.username === null) return bySubject
    return candidateBy(tx, { usernameKey: foldUsername(identity.username) }, today)
  })
  if (candidate && isOpen(candidate, platform.clock.now())) return enter(platform, candidate, from)
  await noteRefused(platform, candidate, from.requestId)
  return null
}

/** Signs out: the session's row is gone, so a copied cookie is worth nothing. */
export async function signOutOf(platform: Platform, token: string, who: { actor: Actor; requestId: string }): Promise<void> {
  await writeAsSystem(platform.database, async (tx) => {
    if (await endSession(tx, token)) await noteSession(platform, tx, { action: 'directory.session.sign_out', ...who })
  })
}
