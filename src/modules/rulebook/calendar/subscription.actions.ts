import { z } from 'zod'
import { action } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { dropSubscription } from './calendar.contract.ts'
import { dropToken, keepToken } from './subscription.store.ts'

/** A new secret address. Only its hash comes here, so that it stands nowhere: not with the request's answer, not in the ledger. */
export const makeSubscriptionAction = action({
  name: 'rulebook.calendar.subscribe',
  input: z.object({ tokenHash: z.string() }),
  touches: () => [],
  run: async (work, { tokenHash }) => {
    await keepToken(work, tokenHash)
    return { reply: null, objects: [{ kind: 'account', id: work.actor.accountId }] }
  },
})

export const dropSubscriptionAction = action({
  name: 'rulebook.calendar.unsubscribe',
  input: dropSubscription.body,
  touches: () => [],
  run: async (work) => {
    if (!(await dropToken(work))) throw new Problem('rulebook.calendar_none')
    return { reply: { createdOn: null }, objects: [{ kind: 'account', id: work.actor.accountId }] }
  },
})
