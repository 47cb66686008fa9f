import type { z } from 'zod'
import { type Action, perform } from '../../../kernel/actions/action.ts'
import type { Endpoint } from '../../../kernel/http/endpoint.ts'
import { type Call, type Route, route } from '../../../kernel/http/route.ts'
import * as actions from './accounts.actions.ts'
import * as contract from './accounts.contract.ts'
import './accounts.policy.ts'
import { listOfAccounts } from './accounts.queries.ts'
import { oneTimePassword } from './accounts.store.ts'
import { hashPassword, withHashingPlace } from './password-hash.store.ts'

/** Without an idempotency key: request and answer would be kept under it, and no password may lie there. */
function performUnkept<Input extends z.ZodType, Reply>(
  call: Call<unknown, unknown, unknown>,
  declared: Action<Input, Reply>,
  input: z.output<Input>,
): Promise<Reply> {
  return perform(call.platform, declared, { actor: call.actor, requestId: call.requestId, idempotencyKey: null, input })
}

async function freshPassword() {
  const password = oneTimePassword()
  return { oneTimePassword: password, passwordHash: await withHashingPlace(() => hashPassword(password)) }
}

type Changed = { id: string; state: 'pending' | 'active' | 'disabled' }
type Transition = typeof contract.approveAccount

function transitionRoute(endpoint: Transition, declared: Action<z.ZodType<{ id: string; reason: string }>, Changed>): Route {
  return route(endpoint as Endpoint<Transition['params'], Transition['query'], Transition['body'], Transition['reply']>, {
    permission: declared.name as `${string}.${string}`,
    handle: (call) => call.perform(declared, { id: call.params.id, reason: call.body.reason }),
  })
}

export const accountsRoutes: readonly Route[] = [
  route(contract.listAccounts, {
    permission: 'directory.account.read',
    handle: (call) => call.read((read) => listOfAccounts(read, { ...call.query, now: call.platform.clock.now() })),
  }),
  route(contract.createAccount, {
    permission: 'directory.account.create',
    handle: async (call) => {
      const { passwordHash, ...shown } = await freshPassword()
      return { ...(await performUnkept(call, actions.createAccount, { ...call.body, passwordHash })), ...shown }
    },
  }),
  route(contract.resetPassword, {
    permission: 'directory.account.reset_password',
    handle: async (call) => {
      const { passwordHash, ...shown } = await freshPassword()
      return { ...(await performUnkept(call, actions.resetPassword, { ...call.params, ...call.body, passwordHash })), ...shown }
    },
  }),
  transitionRoute(contract.approveAccount, actions.approveAccount),
  transitionRoute(contract.disableAccount, actions.disableAccount),
  transitionRoute(contract.enableAccount, actions.enableAccount),
  transitionRoute(contract.unlockAccount, actions.unlockAccount),
  transitionRoute(contract.resetSecondFactor, actions.resetSecondFactor),
]
