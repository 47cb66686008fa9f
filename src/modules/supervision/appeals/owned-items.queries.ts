import { sql } from 'kysely'
import { declareOwnedItems } from '../../../kernel/work-items/owned-items.ts'
import { notOfKind } from '../records/bulk-given.rules.ts'
import { within } from '../records/records.queries.ts'
import { appealStates } from './appeals.lifecycle.ts'
import './appeals.policy.ts'
import { readableAppeal } from './appeals.queries.ts'

declareOwnedItems({
  kind: 'appeal',
  line: '申诉',
  states: appealStates,
  link: (id) => `/appeals/${id}`,
  rows: ({ actor }) => sql`select 'appeal', a.no, a.id, a.id, a.measure_title, a.organization_no, null::bigint, a.state,
      case a.state when 'filed' then 'opened' when 'taken' then 'working' else 'closed' end, a.filed_on,
      case when a.state in ('filed', 'taken') then a.decide_by end, case when a.state in ('upheld', 'rejected') then a.decided_on end, false,
      (a.state in ('filed', 'taken') and a.measure_by <> ${actor.accountNo} and a.filed_by <> ${actor.accountNo}
        and (a.handler is null or a.handler = ${actor.accountNo}) and ${within(actor, 'supervision.appeal.take', 'a.organization_no')})
    from supervision.appeals a where a.state <> 'withdrawn' and ${readableAppeal(actor)}`,
  acts: {},
  act: () => notOfKind('申诉由另外的人复核，复核期限由制度规定，不能催办、交办或延期。'),
})
