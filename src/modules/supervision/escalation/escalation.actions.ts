import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { action } from '../../../kernel/actions/action.ts'
import { setEscalation } from './escalation.contract.ts'
import { insertRules } from './escalation.store.ts'

/** The working committee's own decision, for the whole city. */
export const setEscalationAction = action({
  name: 'supervision.escalation.set',
  input: setEscalation.body,
  touches: (work) => organizationsFor(work.actor, 'supervision.escalation.set').slice(0, 1),
  run: async (work, set) => {
    const [organizationNo = 0] = organizationsFor(work.actor, 'supervision.escalation.set')
    await insertRules(work, { ...set, organizationNo })
    return { reply: { setOn: work.today }, objects: [{ kind: 'escalation_rules', id: 'now' }], fields: { ...set } }
  },
})
