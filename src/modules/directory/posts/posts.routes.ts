import { type Route, route } from '../../../kernel/http/route.ts'
import { electCommitteeAction } from '../committees/committees.actions.ts'
import { appointAction, assignDutyAction, endPostAction } from './posts.actions.ts'
import * as contract from './posts.contract.ts'
import './posts.policy.ts'

export const postsRoutes: Route[] = [
  route(contract.appoint, {
    permission: 'directory.post.appoint',
    handle: ({ body, perform }) => perform(appointAction, body),
  }),
  route(contract.leavePost, {
    permission: 'directory.post.end',
    handle: ({ params, body, perform }) => perform(endPostAction, { ...body, id: params.id }),
  }),
  route(contract.assignDuty, {
    permission: 'directory.responsibility.assign',
    handle: ({ params, body, perform }) => perform(assignDutyAction, { ...body, id: params.id }),
  }),
  route(contract.electCommittee, {
    permission: 'directory.committee.elect',
    handle: ({ params, body, perform }) => perform(electCommitteeAction, { ...body, id: params.id }),
  }),
]
