import { type Route, route } from '../../../kernel/http/route.ts'
import * as actions from './grants.actions.ts'
import * as contract from './grants.contract.ts'
import './grants.handlers.ts'
import './grants.policy.ts'
import { listOfGrants } from './grants.queries.ts'

export const grantsRoutes: readonly Route[] = [
  route(contract.listGrants, {
    permission: 'directory.grant.read',
    handle: (call) => call.read((read) => listOfGrants(read, call.query)),
  }),
  route(contract.proposeGrant, {
    permission: 'directory.grant.propose',
    handle: (call) => call.perform(actions.proposeGrant, call.body),
  }),
  route(contract.decideGrants, {
    permission: 'directory.grant.decide',
    handle: (call) => call.perform(actions.decideGrants, call.body),
  }),
  route(contract.endGrant, {
    permission: 'directory.grant.end',
    handle: (call) => call.perform(actions.endGrant, { ...call.params, ...call.body }),
  }),
]
