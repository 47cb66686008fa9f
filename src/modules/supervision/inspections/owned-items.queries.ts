import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { declareOwnedItems } from '../../../kernel/work-items/owned-items.ts'
import { notOfKind } from '../records/bulk-given.rules.ts'
import { within } from '../records/records.queries.ts'
import { findingStates, inspectionStates } from './inspections.lifecycle.ts'

const inspects = ({ personNo }: Actor) =>
  personNo === null
    ? sql<boolean>`false`
    : sql<boolean>`exists (select 1 from supervision.inspection_inspectors v where v.inspection_no = i.no and v.person_no = ${personNo}::bigint)`
const readable = (actor: Actor) =>
  sql<boolean>`(${within(actor, 'supervision.inspection.read', 'i.organization_no')}
    or ${within(actor, 'supervision.inspection.plan', 'i.led_by_organization_no')} or ${inspects(actor)})`
const sends = (actor: Actor) =>
  sql<boolean>`i.led_by_organization_no = any (${`{${organizationsFor(actor, 'supervision.inspection.close').join(',')}}`}::bigint[])`

declareOwnedItems({
  kind: 'inspection',
  line: '检查',
  states: inspectionStates,
  link: (id) => `/inspections/${id}`,
  rows: ({ actor }) => sql`select 'inspection', i.no, i.id, i.id, i.title, i.organization_no, null::bigint, i.state,
      case i.state when 'signed' then 'reported' when 'closed' then 'closed' when 'started' then 'working' else 'opened' end,
      (i.planned_at at time zone 'Asia/Shanghai')::date, case when i.state in ('planned', 'announced', 'started') then i.visit_on end,
      (i.closed_at at time zone 'Asia/Shanghai')::date, false,
      (i.state in ('planned', 'announced', 'started') and ${inspects(actor)} or i.state = 'signed' and ${sends(actor)})
    from supervision.inspections i where i.state <> 'cancelled' and ${readable(actor)}`,
  acts: {},
  act: () => notOfKind('检查的日期和检查人在检查里安排，请打开检查办理。'),
})

// What went to the discipline line is not on anybody's desk but theirs; it has ended here.
declareOwnedItems({
  kind: 'finding',
  line: '检查发现',
  states: findingStates,
  link: (at) => `/inspections/${at}`,
  rows: ({ actor }) => sql`select 'finding', f.no, f.id, i.id, left(f.seen, 100), f.organization_no, null::bigint, f.state,
      case f.state when 'noted' then 'opened' else 'closed' end, (f.noted_at at time zone 'Asia/Shanghai')::date, null::date,
      case when f.state <> 'noted' then (f.recorded_at at time zone 'Asia/Shanghai')::date end, false,
      (f.state = 'noted' and (${inspects(actor)} or ${sends(actor)}))
    from supervision.findings f join supervision.inspections i on i.no = f.inspection_no
    where f.state in ('noted', 'proposed') and ${readable(actor)}`,
  acts: {},
  act: () => notOfKind('检查发现请建议立项、移交纪检或撤回。'),
})
