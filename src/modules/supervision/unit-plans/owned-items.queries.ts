import { sql } from 'kysely'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { declareOwnedItems } from '../../../kernel/work-items/owned-items.ts'
import { notOfKind } from '../records/bulk-given.rules.ts'
import { within } from '../records/records.queries.ts'
import { planStates } from './unit-plans.lifecycle.ts'

const own = (organizations: readonly number[]) =>
  sql<boolean>`p.organization_no = any (${`{${organizations.join(',')}}`}::bigint[])`

declareOwnedItems({
  kind: 'unit_plan',
  line: '实施方案',
  states: planStates,
  link: (id) => `/unit-plans?open=${id}`,
  rows: ({ actor }) => sql`select 'unit_plan', p.no, p.id, p.id, p.title, p.organization_no, null::bigint, p.state,
      case p.state when 'submitted' then 'reported' when 'published' then 'closed' when 'drafted' then 'opened' else 'working' end,
      (select (min(s.acted_at) at time zone 'Asia/Shanghai')::date from supervision.unit_plan_steps s where s.plan_no = p.no), null::date,
      case when p.state = 'published' then p.published_on end, false,
      (p.state = 'submitted' and ${within(actor, 'supervision.unit_plan.approve', 'p.organization_no')}
        or p.state in ('drafted', 'returned', 'amended', 'approved') and ${own(organizationsFor(actor, 'supervision.unit_plan.edit'))})
    from supervision.unit_plans p where ${within(actor, 'supervision.unit_plan.read', 'p.organization_no')}`,
  acts: {},
  act: () => notOfKind('实施方案没有责任人和时限，请打开方案审定或退回。'),
})
