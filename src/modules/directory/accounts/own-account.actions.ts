import { action } from '../../../kernel/actions/action.ts'
import { reading, writing } from '../../../kernel/database/handles.ts'
import { readAsSystem, writeAsSystem } from '../../../kernel/database/transaction.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { preferences } from './own-account.contract.ts'
import { passwordFaults } from './password.rules.ts'
import { hashPassword, isPassword, withHashingPlace } from './password-hash.store.ts'
import type { OwnRequest } from './second-factor.actions.ts'
import { noteSession } from './session.actions.ts'
import { actorOf } from './session.queries.ts'
import { endSessionsOf, forgetFailures, keepFailures, lockFailures } from './session.store.ts'
import { judgeAttempt } from './sign-in.rules.ts'

/** Merges the given settings into the own ones; null takes one back. */
export const savePreferences = action({
  name: 'directory.own_account.set_preferences',
  input: preferences,
  touches: () => [],
  run: async ({ tx, actor }, input) => {
    const db = writing<'directory'>(tx)
    const found = await db
      .selectFrom('directory.accounts')
      .select('preferences')
      .where('no', '=', actor.accountNo)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const before =
      typeof found.preferences === 'object' && found.preferences !== null && !Array.isArray(found.preferences)
        ? found.preferences
        : {}
    const merged = Object.fromEntries(
      Object.entries({ ...before, ...input }).filter(([, value]) => value !== null && value !== undefined),
    )
    await db
      .updateTable('directory.accounts')
      .set({ preferences: JSON.stringify(merged) })
      .where('no', '=', actor.accountNo)
      .execute()
    return { reply: { preferences: merged }, objects: [{ kind: 'account', id: actor.accountId }], fields: { ...input } }
  },
})

/** Checks the old password under the same limit as a sign-in: an unattended screen must not become a place to guess. */
async function checkOldPassword(platform: Platform, asked: OwnRequest, oldPassword: string): Promise<void> {
  const pair = { usernameKey: `password of ${asked.session.accountId}`, address: 'own session' }
  const judged = await writeAsSystem(platform.database, async (tx) => {
    const verdict = judgeAttempt(await lockFailures(tx, pair), platform.clock.now())
    await keepFailures(tx, pair, verdict.after)
    return verdict
  })
  if (!judged.allowed) throw new Problem('directory.sign_in_locked', { retryAfter: 900 })
  const stored = await readAsSystem(platform.database, (read) =>
    reading<'directory'>(read)
      .selectFrom('directory.accounts')
      .select('password_hash')
      .where('no', '=', asked.session.accountNo)
      .executeTakeFirst(),
  )
  if (await isPassword(stored?.password_hash ?? null, oldPassword)) {
    await writeAsSystem(platform.database, (tx) => forgetFailures(tx, pair))
    return
  }
  const actor = actorOf(asked.session)
  await writeAsSystem(platform.database, (tx) =>
    noteSession(platform, tx, {
      action: 'directory.own_account.change_password',
      actor,
      requestId: asked.requestId,
      outcome: 'denied',
    }),
  )
  throw new Problem('directory.old_password_wrong', { errors: [{ field: 'oldPassword', message: '原密码不对。' }] })
}

/**
 * Changes the own password and ends the account's other sessions. It is no `action()`: a request's body is kept as a hash under
 * its idempotency key, and no password may lie there.
 */
export async function changeOwnPassword(
  platform: Platform,
  asked: OwnRequest & { username: string; address: string },
  given: { oldPassword: string; newPassword: string },
): Promise<void> {
  const { session, token, requestId } = asked
  const faults = passwordFaults(given.newPassword, { username: asked.username, name: session.name })
  if (given.newPassword === given.oldPassword) faults.push('新密码和原密码一样，请另设一个。')
  const passwordHash = await withHashingPlace(async () => {
    await checkOldPassword(platform, asked, given.oldPassword)
    if (faults.length === 0) return hashPassword(given.newPassword)
    throw new Problem('directory.password_weak', { errors: faults.map((message) => ({ field: 'newPassword', message })) })
  })
  await writeAsSystem(platform.database, async (tx) => {
    await writing<'directory'>(tx)
      .updateTable('directory.accounts')
      .set({
        password_hash: passwordHash,
        password_set_at: platform.clock.now(),
        must_change_password: false,
        password_expires_at: null,
      })
      .where('no', '=', session.accountNo)
      .execute()
    await endSessionsOf(tx, session.accountNo, token)
    await noteSession(platform, tx, { action: 'directory.own_account.change_password', actor: actorOf(session), requestId })
  })
}
