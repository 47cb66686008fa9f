import { sql } from 'kysely'
import { Problem } from '../../../kernel/errors/problem.ts'
import { type BulkGiven, declareOwnedItems, type RunAct } from '../../../kernel/work-items/owned-items.ts'
import { dueGiven, ownerGiven } from '../records/bulk-given.rules.ts'
import { putOffProblemAction, urgeProblemAction } from './problem-follow.actions.ts'
import { acceptProblemAction } from './problems.actions.ts'
import { problemStates } from './problems.lifecycle.ts'
import { readableProblem, toConfirm, toDecideProblem, toRectify, toVerifyProblem } from './problems.queries.ts'

function assign({ id, reason, dueOn, ownerId, remedies }: BulkGiven, run: RunAct): Promise<unknown> {
  if (remedies === undefined)
    throw new Problem('supervision.bulk_field_needed', { errors: [{ field: 'remedies', message: '受理问题要写整改措施。' }] })
  return run(acceptProblemAction, { id, reason, remedies, dueOn: dueGiven(dueOn), ownerId: ownerGiven(ownerId) })
}

declareOwnedItems({
  kind: 'problem',
  line: '问题',
  states: problemStates,
  link: (id) => `/problems/${id}`,
  rows: ({ actor }) => sql`select 'problem', p.no, p.id, p.id, p.title, p.organization_no, p.owner_no, p.state,
      case when p.state = 'raised' then 'opened' when p.state in ('rectified', 'verified') then 'reported' when p.state = 'closed' then 'closed' else 'working' end,
      p.raised_on, case when p.state = 'rectifying' then p.due_on end, p.closed_on, false,
      coalesce(${toDecideProblem(actor)} or ${toVerifyProblem(actor)} or ${toRectify(actor)} or ${toConfirm(actor)}, false)
    from supervision.problems p where p.state <> 'rejected' and ${readableProblem(actor)}`,
  acts: { remind: ['rectifying'], assign: ['raised'], put_off: ['rectifying'] },
  act: (verb, given, run) => {
    if (verb === 'assign') return assign(given, run)
    const { id, reason, dueOn } = given
    return verb === 'remind'
      ? run(urgeProblemAction, { id, reason })
      : run(putOffProblemAction, { id, reason, dueOn: dueGiven(dueOn) })
  },
})
