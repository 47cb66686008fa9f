import { toDataURL } from 'qrcode'
import { writeAsSystem } from '../../../kernel/database/transaction.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { beginEnrolment, useCode } from './second-factor.store.ts'
import { noteSession } from './session.actions.ts'
import { actorOf, type LiveSession } from './session.queries.ts'
import { endSessionsOf, forgetFailures, keepFailures, lockFailures, rotateSession } from './session.store.ts'
import { judgeAttempt } from './sign-in.rules.ts'

/** A request of somebody whose session is already known. */
export interface OwnRequest {
  readonly session: LiveSession
  readonly token: string
  readonly requestId: string
}

const actorBehind = (session: LiveSession) => ({ ...actorOf(session), administrator: session.administrator })

/** Makes a new secret for the account and its picture; counts once a code confirms it. */
export async function enrol(
  platform: Platform,
  asked: OwnRequest & { username: string },
): Promise<{ secret: string; uri: string; qr: string }> {
  const { session, username, requestId } = asked
  const made = await writeAsSystem(platform.database, async (tx) => {
    const enrolment = await beginEnrolment(platform, tx, { id: session.accountId, no: session.accountNo, username })
    if (!enrolment) throw new Problem('directory.second_factor_in_force')
    await noteSession(platform, tx, { action: 'directory.second_factor.enrol', actor: actorBehind(session), requestId })
    return enrolment
  })
  return { ...made, qr: await toDataURL(made.uri, { margin: 1, width: 240 }) }
}

type Verdict = { readonly token: string } | 'wrong' | 'locked' | 'gone'

/** Wrong codes are counted per account: whoever gets this far knew the password. */
async function judgeCode(platform: Platform, asked: OwnRequest & { code: string; confirm: boolean }): Promise<Verdict> {
  const { session, token, code, confirm, requestId } = asked
  const action = confirm ? 'directory.second_factor.confirm' : 'directory.session.second_factor'
  const actor = actorBehind(session)
  const pair = { usernameKey: `second factor of ${session.accountId}`, address: 'everywhere' }
  return writeAsSystem(platform.database, async (tx) => {
    const judged = judgeAttempt(await lockFailures(tx, pair), platform.clock.now())
    await keepFailures(tx, pair, judged.after)
    const right =
      judged.allowed &&
      (await useCode(platform, tx, { accountNo: session.accountNo, accountId: session.accountId, code, confirm }))
    await noteSession(platform, tx, { action, actor, requestId, outcome: right ? 'done' : 'denied' })
    if (!right) return judged.allowed ? 'wrong' : 'locked'
    await forgetFailures(tx, pair)
    if (confirm) await endSessionsOf(tx, session.accountNo, token)
    const fresh = await rotateSession(tx, token)
    return fresh === null ? 'gone' : { token: fresh }
  })
}

/**
 * Checks a code and answers the session's new token. Throws `directory.second_factor_wrong`, `directory.code_wrong` while
 * confirming, or `directory.sign_in_locked` after five wrong codes.
 */
export async function giveCode(platform: Platform, asked: OwnRequest & { code: string; confirm: boolean }): Promise<string> {
  const verdict = await judgeCode(platform, asked)
  if (verdict === 'locked') throw new Problem('directory.sign_in_locked', { retryAfter: 900 })
  if (verdict === 'gone') throw new Problem('kernel.not_signed_in')
  if (verdict === 'wrong') throw new Problem(asked.confirm ? 'directory.code_wrong' : 'directory.second_factor_wrong')
  return verdict.token
}
