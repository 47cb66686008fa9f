import { sql } from 'kysely'
import { declareOwnedItems } from '../../../kernel/work-items/owned-items.ts'
import { notOfKind } from '../records/bulk-given.rules.ts'
import { within } from '../records/records.queries.ts'
import { paperStates } from './papers.lifecycle.ts'
import './papers.policy.ts'

declareOwnedItems({
  kind: 'paper',
  line: '文书',
  states: paperStates,
  link: (id) => `/papers/${id}`,
  rows: ({ actor }) => sql`select 'paper', p.no, p.id, p.id, p.title, p.organization_no, null::bigint, p.state,
      case p.state when 'draft' then 'reported' else 'closed' end, (p.drafted_at at time zone 'Asia/Shanghai')::date, null::date, p.issued_on, false,
      (p.state = 'draft' and ${within(actor, 'supervision.paper.issue', 'p.organization_no')})
    from supervision.papers p where p.state <> 'withdrawn' and ${within(actor, 'supervision.paper.read', 'p.organization_no')}`,
  acts: {},
  act: () => notOfKind('文书请打开签发或撤销。'),
})
