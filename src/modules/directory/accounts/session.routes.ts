import { abilitiesOf } from '../../../kernel/access/permissions.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { type Call, type Route, route } from '../../../kernel/http/route.ts'
import { roles } from '../grants/roles.contract.ts'
import { runningMode } from './mode.store.ts'
import { giveCode } from './second-factor.actions.ts'
import { signInByPassword, signOutOf } from './session.actions.ts'
import { me, secondFactor, signIn, signInOptions, signOut } from './session.contract.ts'
import { isFull, type LiveSession, ownAccount, type OwnOrganization, ownOrganizations, sessionBehind } from './session.queries.ts'
import { singleSignOnOffer } from './single-sign-on.store.ts'

/** The session of a call with its token; 401 when it ended between admission and here. */
export async function ownSession(
  call: Call<unknown, unknown, unknown>,
): Promise<{ session: LiveSession; token: string; requestId: string }> {
  const session = call.sessionToken === null ? null : await sessionBehind(call.platform, call.sessionToken)
  if (!session || call.sessionToken === null) throw new Problem('kernel.not_signed_in')
  return { session, token: call.sessionToken, requestId: call.requestId }
}

function grantsShown(call: Call<unknown, unknown, unknown>, organizations: readonly OwnOrganization[]) {
  const byNo = new Map(organizations.map(({ no, id, name }) => [no, { id, name }]))
  return call.actor.grants.flatMap(({ role, organizationNo }) => {
    const organization = byNo.get(organizationNo)
    const named = roles[role as keyof typeof roles]
    return organization ? [{ role, roleName: named.name, organization }] : []
  })
}

async function showMe(call: Call<unknown, unknown, unknown>) {
  const { session } = await ownSession(call)
  return call.read(async (read) => {
    const own = await ownAccount(read, session)
    const organizations = await ownOrganizations(read, call.actor)
    return {
      account: { id: session.accountId, username: own.username, name: session.name, administrator: session.administrator },
      person: own.person,
      organizations: organizations.map(({ id, name, kind }) => ({ id, name, kind })),
      grants: grantsShown(call, organizations),
      abilities: isFull(session) ? abilitiesOf(call.actor) : [],
      secondFactor: session.secondFactor,
      secondFactorEnrolled: session.enrolled,
      mustChangePassword: session.mustChangePassword,
      today: call.platform.clock.today(),
      demonstration: runningMode() === 'demonstration',
      preferences: own.preferences,
    }
  })
}

export const sessionRoutes: readonly Route[] = [
  route(signIn, {
    permission: 'public',
    handle: async (call) => {
      const from = { address: call.address, previousToken: call.sessionToken, requestId: call.requestId }
      const { token, ...reply } = await signInByPassword(call.platform, call.body, from)
      call.setSession(token)
      return reply
    },
  }),
  route(signOut, {
    permission: 'half_signed_in',
    handle: async (call) => {
      if (call.sessionToken !== null)
        await signOutOf(call.platform, call.sessionToken, { actor: call.actor, requestId: call.requestId })
      call.setSession(null)
      return {}
    },
  }),
  route(secondFactor, {
    permission: 'half_signed_in',
    handle: async (call) => {
      const own = await ownSession(call)
      call.setSession(await giveCode(call.platform, { ...own, code: call.body.code, confirm: false }))
      return { secondFactor: 'done' as const }
    },
  }),
  route(signInOptions, {
    permission: 'public',
    handle: async () => ({ single: singleSignOnOffer(), demonstration: runningMode() === 'demonstration' }),
  }),
  route(me, { permission: 'half_signed_in', handle: showMe }),
]
