import { Problem } from '../../../kernel/errors/problem.ts'
import { type Call, type Route, route } from '../../../kernel/http/route.ts'
import './own-account.policy.ts'
import { changeOwnPassword, savePreferences } from './own-account.actions.ts'
import { changePassword, confirmSecondFactor, enrolSecondFactor, setPreferences } from './own-account.contract.ts'
import { enrol, giveCode } from './second-factor.actions.ts'
import { ownAccount } from './session.queries.ts'
import { ownSession } from './session.routes.ts'

/** A session that owes a code may not touch the account: its password alone has been shown. */
async function provenSession(call: Call<unknown, unknown, unknown>) {
  const own = await ownSession(call)
  if (own.session.enrolled && own.session.secondFactor === 'required') {
    throw new Problem('kernel.half_signed_in')
  }
  return own
}

export const ownAccountRoutes: readonly Route[] = [
  route(setPreferences, {
    permission: 'signed_in',
    handle: (call) => call.perform(savePreferences, call.body),
  }),
  route(changePassword, {
    permission: 'half_signed_in',
    handle: async (call) => {
      const own = await provenSession(call)
      const { username } = await call.read((read) => ownAccount(read, own.session))
      await changeOwnPassword(call.platform, { ...own, username, address: call.address }, call.body)
      return {}
    },
  }),
  route(enrolSecondFactor, {
    permission: 'half_signed_in',
    handle: async (call) => {
      const own = await ownSession(call)
      const { username } = await call.read((read) => ownAccount(read, own.session))
      return enrol(call.platform, { ...own, username })
    },
  }),
  route(confirmSecondFactor, {
    permission: 'half_signed_in',
    handle: async (call) => {
      const own = await ownSession(call)
      call.setSession(await giveCode(call.platform, { ...own, code: call.body.code, confirm: true }))
      return {}
    },
  }),
]
