import { type Route, route } from '../../../kernel/http/route.ts'
import * as acts from './member-requests.actions.ts'
import * as contract from './member-requests.contract.ts'
import { memberRequestOf, memberRequestsAsked } from './member-requests.queries.ts'

export const memberRequestsRoutes: readonly Route[] = [
  route(contract.listMemberRequests, {
    permission: 'orglife.member_request.read',
    handle: ({ query, read, actor, platform }) =>
      read((db) => memberRequestsAsked(db, query, { actor, today: platform.clock.today() })),
  }),
  route(contract.showMemberRequest, {
    permission: 'orglife.member_request.read',
    handle: ({ params, read, actor, platform }) =>
      read((db) => memberRequestOf(db, params.id, { actor, today: platform.clock.today() })),
  }),
  route(contract.askBranch, {
    permission: 'orglife.member_request.ask',
    handle: ({ body, perform }) => perform(acts.askBranchAction, body),
  }),
  route(contract.withdrawMemberRequest, {
    permission: 'orglife.member_request.withdraw',
    handle: ({ params, perform }) => perform(acts.withdrawMemberRequestAction, params),
  }),
  route(contract.answerMemberRequest, {
    permission: 'orglife.member_request.answer',
    handle: ({ params, body, perform }) => perform(acts.answerMemberRequestAction, { ...params, ...body }),
  }),
  route(contract.passMemberRequest, {
    permission: 'orglife.member_request.pass_up',
    handle: ({ params, body, perform }) => perform(acts.passMemberRequestAction, { ...params, ...body }),
  }),
  route(contract.delayMemberRequest, {
    permission: 'orglife.member_request.tell_delay',
    handle: ({ params, body, perform }) => perform(acts.delayMemberRequestAction, { ...params, ...body }),
  }),
]
