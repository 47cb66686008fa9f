import { type Route, route } from '../../../kernel/http/route.ts'
import { setEscalationAction } from './escalation.actions.ts'
import { setEscalation, showEscalation } from './escalation.contract.ts'
import './escalation.policy.ts'
import { rulesNow } from './escalation.store.ts'

export const escalationRoutes: readonly Route[] = [
  route(showEscalation, { permission: 'supervision.escalation.see', handle: ({ read }) => read(rulesNow) }),
  route(setEscalation, {
    permission: 'supervision.escalation.set',
    handle: ({ body, perform }) => perform(setEscalationAction, body),
  }),
]
