import { sql } from 'kysely'
import { z } from 'zod'
import { action } from '../../../kernel/actions/action.ts'
import { declareOwnedItems } from '../../../kernel/work-items/owned-items.ts'
import { dueGiven, ownerGiven } from '../records/bulk-given.rules.ts'
import { readableTasks, toDecideExtension, toDo, toUnblock, toVerifyTask } from './task-scope.queries.ts'
import { taskOf } from './task-steps.actions.ts'
import { urgeAction } from './task-urge.actions.ts'
import { changeAction } from './tasks.actions.ts'
import { taskStates } from './tasks.lifecycle.ts'

/** A change of many tasks at once names no revision: each is changed as it stands when its turn comes. */
const changeAsItStands = action({
  name: 'supervision.task.change',
  input: z.object({
    id: z.string(),
    reason: z.string(),
    dueOn: z.string().optional(),
    ownerId: z.string().optional(),
  }),
  touches: async (work, { id }) => [(await taskOf(work, id)).givenByNo],
  run: async (work, asked) => changeAction.run(work, { ...asked, revision: (await taskOf(work, asked.id)).revision }),
})

declareOwnedItems({
  kind: 'task',
  line: '任务',
  states: taskStates,
  link: (id) => `/tasks/${id}`,
  rows: ({ actor, today }) => sql`select 'task', t.no, t.id, t.id, t.title, t.organization_no, t.owner_no, t.state,
      case t.state when 'extension_asked' then 'opened' when 'reported' then 'reported' when 'closed' then 'closed' else 'working' end, t.given_on,
      t.due_on + t.waited_days + coalesce(greatest(0, ${today}::date - t.waiting_since), 0), t.ended_on, t.state = 'waiting',
      (${toDo(actor)} or ${toVerifyTask(actor)} or ${toDecideExtension(actor)} or ${toUnblock(actor)})
    from supervision.tasks t where t.state <> 'cancelled' and ${readableTasks(actor)}`,
  acts: { remind: ['assigned'], assign: ['assigned'], put_off: ['assigned'] },
  act: (verb, { id, reason, dueOn, ownerId }, run) => {
    if (verb === 'remind') return run(urgeAction, { id, reason })
    if (verb === 'put_off') return run(changeAsItStands, { id, reason, dueOn: dueGiven(dueOn) })
    return run(changeAsItStands, { id, reason, ownerId: ownerGiven(ownerId), ...(dueOn !== undefined && { dueOn }) })
  },
})
