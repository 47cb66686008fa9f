import { action } from '../../../kernel/actions/action.ts'
import { decideStandingBody } from './standing.contract.ts'
import './standing.policy.ts'
import { keepStandingDecision, topOrganizations } from './standing.store.ts'

/** The city decides whether it makes use of a yearly standing; the reason stands in the ledger and on the page. */
export const decideStandingAction = action({
  name: 'rulebook.standing.decide',
  input: decideStandingBody,
  touches: (work) => topOrganizations(work.tx),
  run: async (work, { inUse, reason }) => {
    await keepStandingDecision(work.tx, { inUse, reason, on: work.today })
    return { reply: { inUse }, objects: [], fields: { inUse, reason } }
  },
})
