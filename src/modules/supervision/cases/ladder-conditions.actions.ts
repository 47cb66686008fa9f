import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { action } from '../../../kernel/actions/action.ts'
import { setLadder } from './ladder.contract.ts'
import { insertLadder } from './ladder-conditions.store.ts'
import type { LadderCondition } from './ladder.lifecycle.ts'
import './ladder.policy.ts'

/** When the system proposes the next step, for the whole city. People decide every step all the same. */
export const setLadderAction = action({
  name: 'supervision.case.set_ladder',
  input: setLadder.body,
  touches: (work) => organizationsFor(work.actor, 'supervision.case.set_ladder').slice(0, 1),
  run: async (work, { conditions, reason }) => {
    const [organizationNo = 0] = organizationsFor(work.actor, 'supervision.case.set_ladder')
    await insertLadder(work, { organizationNo, conditions: conditions as readonly LadderCondition[], reason })
    return { reply: { setOn: work.today }, objects: [{ kind: 'ladder', id: 'now' }], fields: { conditions, reason } }
  },
})
