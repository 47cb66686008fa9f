import { withTaskId } from './giving.actions.ts'
import { taskStep } from './task-steps.actions.ts'
import { urgeTask } from './tasks.contract.ts'

/** Presses those who have the task. What stays without an answer goes up the chain of responsibility. */
export const urgeAction = taskStep('urge', withTaskId.extend(urgeTask.body.shape), (_work, _task, { reason }) => ({
  set: {},
  reason,
  body: {},
}))
