import { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { asEngine, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { writeEntry } from '../../../kernel/ledger/ledger.store.ts'
import { proposeFromPosts } from '../grants/grants.store.ts'
import { createAccount as contract } from './accounts.contract.ts'
import { type AccountVerb, stateAfter } from './accounts.lifecycle.ts'
import { insertAccount, oneTimeEnd } from './accounts.store.ts'
import { removeSecondFactor } from './second-factor.store.ts'
import { endSessionsOf } from './session.store.ts'

/** Makes an account that nobody can use before the security administrator approves it. The password's hash is made outside. */
export const createAccount = action({
  name: 'directory.account.create',
  input: contract.body.extend({ passwordHash: z.string() }),
  touches: () => [],
  run: async (work, input) => {
    const { tx, actor, now } = work
    const personNo = input.personId === undefined ? null : await personNoOf(tx, input.personId)
    if (personNo !== null && input.administrator)
      throw new Problem('kernel.invalid_input', {
        errors: [{ field: 'personId', message: '管理员账号不对应在册人员，请去掉。' }],
      })
    const account = await insertAccount(tx, {
      username: input.username,
      displayName: input.name,
      personNo,
      administrator: input.administrator ?? null,
      passwordHash: input.passwordHash,
      oneTime: true,
      state: 'pending',
      createdBy: actor.accountNo,
      demonstration: false,
      now,
    }).catch((error: unknown) => {
      throw isDuplicate(error)
        ? new Problem('directory.username_taken', { errors: [{ field: 'username', message: '用户名或人员已有账号。' }] })
        : error
    })
    if (personNo !== null) await proposeFromPosts(work, { accountNo: account.no, personNo })
    const fields = { username: input.username, name: input.name, personId: input.personId, administrator: input.administrator }
    return { reply: { id: account.id }, objects: [{ kind: 'account', id: account.id }], fields }
  },
})

const isDuplicate = (error: unknown) => error instanceof Error && 'code' in error && error.code === '23505'

async function personNoOf(tx: Tx, id: string): Promise<number> {
  const found = await asEngine(tx, () =>
    reading<'directory'>(tx)
      .selectFrom('directory.persons')
      .select('no')
      .where('id', '=', id)
      .where('left_on', 'is', null)
      .executeTakeFirst(),
  )
  if (!found)
    throw new Problem('kernel.invalid_input', { errors: [{ field: 'personId', message: '没有这个人员，请核对编号。' }] })
  return found.no
}

interface Target {
  readonly no: number
  readonly id: string
  readonly usernameKey: string
  readonly administrator: string | null
  readonly state: 'pending' | 'active' | 'disabled'
}

/** The account, locked; refused when it is the actor's own or in the wrong state. */
async function targetOf(
  { tx, actor }: Work,
  id: string,
  verb: AccountVerb,
): Promise<Target & { after: 'pending' | 'active' | 'disabled' }> {
  const found = await reading<'directory'>(tx)
    .selectFrom('directory.accounts')
    .select(['no', 'id', 'username_key as usernameKey', 'administrator', 'state'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!found) throw new Problem('directory.account_not_found')
  if (found.no === actor.accountNo) throw new Problem('directory.own_record')
  const after = stateAfter(verb, found.state)
  if (after === null) throw new Problem('directory.account_state')
  const target = { ...found, state: found.state as Target['state'], after }
  if (target.state === 'active' && after !== 'active') await keepOneAdministrator(tx, target)
  return target
}

/** Of each of the three administrators one active account stays; two requests at once wait for each other. */
async function keepOneAdministrator(tx: Tx, target: Target): Promise<void> {
  if (target.administrator === null) return
  const others = await reading<'directory'>(tx)
    .selectFrom('directory.accounts')
    .select('no')
    .where('administrator', '=', target.administrator)
    .where('state', '=', 'active')
    .where('no', '<>', target.no)
    .orderBy('no')
    .forUpdate()
    .execute()
  if (others.length === 0) throw new Problem('directory.last_administrator')
}

async function setState(tx: Tx, target: Target & { after: string }): Promise<void> {
  await writing<'directory'>(tx)
    .updateTable('directory.accounts')
    .set({ state: target.after })
    .where('no', '=', target.no)
    .execute()
}

/** The account's sessions end with the act, and the ledger says so by an entry of its own. */
async function endSessions({ tx, actor, platform, requestId }: Work, target: Target): Promise<void> {
  await asEngine(tx, () => endSessionsOf(tx, target.no))
  const objects = [{ kind: 'account', id: target.id }]
  await writeEntry(platform, tx, {
    action: 'directory.session.end_all',
    outcome: 'done',
    actor,
    objects,
    organizations: [],
    requestId,
  })
}

const input = z.object({ id: z.string(), reason: z.string() })

function transition(name: string, verb: AccountVerb, effect: (work: Work, target: Target) => Promise<void>) {
  return action({
    name,
    input,
    touches: () => [],
    run: async (work, { id, reason }) => {
      const target = await targetOf(work, id, verb)
      await setState(work.tx, target)
      await effect(work, target)
      return { reply: { id, state: target.after }, objects: [{ kind: 'account', id }], fields: { reason, state: target.after } }
    },
  })
}

export const approveAccount = transition('directory.account.approve', 'approve', async () => undefined)
export const disableAccount = transition('directory.account.disable', 'disable', endSessions)
export const enableAccount = transition('directory.account.enable', 'enable', async () => undefined)
export const unlockAccount = transition('directory.account.unlock', 'unlock', async ({ tx }, target) => {
  const keys = [target.usernameKey, `second factor of ${target.id}`, `password of ${target.id}`]
  await asEngine(tx, () =>
    writing<'directory'>(tx).deleteFrom('directory.sign_in_failures').where('username_key', 'in', keys).execute(),
  )
})
export const resetSecondFactor = transition(
  'directory.account.reset_second_factor',
  'resetSecondFactor',
  async (work, target) => {
    await removeSecondFactor(work.tx, target.no)
    await endSessions(work, target)
  },
)

/** Replaces a forgotten password by a one-time one; the account waits for the security administrator again. */
export const resetPassword = action({
  name: 'directory.account.reset_password',
  input: input.extend({ passwordHash: z.string() }),
  touches: () => [],
  run: async (work, { id, reason, passwordHash }) => {
    const target = await targetOf(work, id, 'resetPassword')
    await writing<'directory'>(work.tx)
      .updateTable('directory.accounts')
      .set({
        state: target.after,
        password_hash: passwordHash,
        password_set_at: work.now,
        must_change_password: true,
        password_expires_at: oneTimeEnd(work.now),
      })
      .where('no', '=', target.no)
      .execute()
    await endSessions(work, target)
    return { reply: { id, state: target.after }, objects: [{ kind: 'account', id }], fields: { reason } }
  },
})
