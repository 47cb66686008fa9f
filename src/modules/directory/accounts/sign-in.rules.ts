import type { Administrator } from '../../../kernel/access/actor.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** Minutes without a request after which a session ends (GB/T 22239-2019 8.1.4.1 b). */
export const idleMinutes = { everybody: 30, administrators: 15 } as const
/** Hours after which a session ends however busy it is. */
export const longestHours = 12
/** Days after which a password must be changed in production (GB/T 22239-2019 8.1.4.1 a). */
export const passwordDays = 90
/** Days for which a one-time password works. */
export const oneTimeDays = 7

/** Names that look alike become one: full width, upper case and blanks make no other account. */
export function foldUsername(username: string): string {
  return username.normalize('NFKC').toLowerCase().replace(/\s+/gu, '')
}

/** Wrong attempts on one username from one address. */
export interface Failures {
  readonly failures: number
  readonly lastFailedAt: Date
  readonly lockedUntil: Date | null
}

const triesBeforeLock = 5
const firstLock = 15 * minute
const longestLock = 4 * 60 * minute

/**
 * Counts an attempt before it is checked, so that parallel guesses can't slip past the limit; success forgets the count. The
 * fifth failure locks for 15 minutes, each further five twice as long, four hours at most. Attempts under the lock change
 * nothing, so a device that retries by itself does not keep its owner out.
 */
export function judgeAttempt(before: Failures, now: Date): { allowed: boolean; after: Failures } {
  if (before.lockedUntil && before.lockedUntil > now) return { allowed: false, after: before }
  const old = now.getTime() - before.lastFailedAt.getTime() > day
  const failures = (old ? 0 : before.failures) + 1
  const rounds = Math.floor(failures / triesBeforeLock)
  const locks = failures % triesBeforeLock === 0
  const lock = Math.min(firstLock * 2 ** (rounds - 1), longestLock)
  return { allowed: true, after: { failures, lastFailedAt: now, lockedUntil: locks ? new Date(now.getTime() + lock) : null } }
}

/** What was tried on one username from everywhere in the last hour. */
export interface Pressure {
  readonly failures: number
  readonly lastFailedAt: Date | null
  /** The address has signed in to this account before. */
  readonly knownAddress: boolean
}

const pressureLimit = 50
const strangersEvery = 30_000

/**
 * The slow brake against guessing from many addresses: above 50 failures an hour, strangers together get one check in half a
 * minute. Addresses the account has used before are spared, so nobody can be kept out of his own office.
 */
export function isBraked(pressure: Pressure, now: Date): boolean {
  if (pressure.knownAddress || pressure.failures < pressureLimit || !pressure.lastFailedAt) return false
  return now.getTime() - pressure.lastFailedAt.getTime() < strangersEvery
}

/** What decides how an account may sign in. */
export interface Standing {
  readonly administrator: Administrator | null
  readonly roles: readonly string[]
  readonly enrolled: boolean
  readonly production: boolean
}

/** Administrators and the working committee's officers need a second factor in production; whoever has set one up, always. */
export function needsSecondFactor(standing: Standing): boolean {
  if (standing.enrolled) return true
  return standing.production && (standing.administrator !== null || standing.roles.includes('committee_officer'))
}

/** Whether a password must be changed first: a one-time password at once, any other in production after 90 days. */
export function mustChange(
  password: { oneTime: boolean; setAt: Date | null },
  asked: { now: Date; production: boolean },
): boolean {
  if (password.oneTime) return true
  if (!asked.production || !password.setAt) return false
  return asked.now.getTime() - password.setAt.getTime() > passwordDays * day
}
