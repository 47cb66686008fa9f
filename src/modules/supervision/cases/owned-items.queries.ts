import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { type BulkGiven, declareOwnedItems, type RunAct } from '../../../kernel/work-items/owned-items.ts'
import { dueGiven, ownerGiven } from '../records/bulk-given.rules.ts'
import { putOffAction, urgeAction } from './case-follow.actions.ts'
import { readable, toDecide, toReport, toUnblock, toVerify } from './case-scope.queries.ts'
import { remindAction, superviseAction } from './cases.actions.ts'
import { caseStates } from './cases.lifecycle.ts'

const mine = (actor: Actor) =>
  sql<boolean>`(${toDecide(actor)} or ${toVerify(actor)} or ${toReport(actor)} or ${toUnblock(actor)})`

/** A proposal is taken up by a reminder; what runs is pressed. */
function remind({ id, state, reason, dueOn }: BulkGiven, run: RunAct): Promise<unknown> {
  if (state !== 'proposed') return run(urgeAction, { id, reason })
  return run(remindAction, { id, reason, dueOn: dueGiven(dueOn) })
}

function assign({ id, reason, dueOn, ownerId, remedies }: BulkGiven, run: RunAct): Promise<unknown> {
  if (remedies === undefined)
    throw new Problem('supervision.bulk_field_needed', { errors: [{ field: 'remedies', message: '转督办要写整改措施。' }] })
  return run(superviseAction, { id, reason, remedies, dueOn: dueGiven(dueOn), ownerId: ownerGiven(ownerId) })
}

declareOwnedItems({
  kind: 'case',
  line: '督办事项',
  states: caseStates,
  link: (id) => `/cases/${id}`,
  rows: ({ actor, today }) => sql`select 'case', c.no, c.id, c.id, c.title, c.organization_no, c.owner_no, c.state,
      case c.state when 'proposed' then 'opened' when 'reported' then 'reported' when 'closed' then 'closed' else 'working' end,
      (c.proposed_at at time zone 'Asia/Shanghai')::date,
      c.due_on + c.waited_days + coalesce(greatest(0, ${today}::date - c.waiting_since), 0), (c.verified_at at time zone 'Asia/Shanghai')::date,
      c.waiting_since is not null, ${mine(actor)}
    from supervision.cases c where c.state <> 'dismissed' and ${readable(actor)}`,
  acts: {
    remind: ['proposed', 'reminded', 'supervised'],
    assign: ['proposed', 'reminded'],
    put_off: ['reminded', 'supervised'],
  },
  act: (verb, given, run) => {
    if (verb === 'remind') return remind(given, run)
    if (verb === 'assign') return assign(given, run)
    return run(putOffAction, { id: given.id, reason: given.reason, dueOn: dueGiven(given.dueOn) })
  },
})
