import { action } from '../../../kernel/actions/action.ts'
import { mailChoice } from './mail.contract.ts'
import { keepMailChoice } from './mail.store.ts'

export const chooseMailAction = action({
  name: 'desk.mail.choose',
  input: mailChoice,
  touches: () => [],
  run: async (work, choice) => {
    await keepMailChoice(work.tx, work.actor, choice)
    return { reply: choice, objects: [{ kind: 'account', id: work.actor.accountId }], fields: { ...choice } }
  },
})
