import { z } from 'zod'
import { checkDue, transition } from './case-steps.actions.ts'
import { putOffCase, urgeCase } from './cases.contract.ts'

const ofCase = z.object({ id: z.string() })

/** Presses those who are to act. What stays without an answer goes up the chain of responsibility. */
export const urgeAction = transition('urge', ofCase.extend(urgeCase.body.shape), (_work, _stored, { reason }) => ({
  set: {},
  reason,
  body: {},
}))

/** A later day, set by whoever follows up; the clock starts afresh. */
export const putOffAction = transition('put_off', ofCase.extend(putOffCase.body.shape), (work, stored, { reason, dueOn }) => {
  checkDue(work, dueOn)
  return { set: { due_on: dueOn, waited_days: 0 }, reason, body: { dueOn, before: stored.dueOn } }
})
