import { sql } from 'kysely'
import { declareInputs, type FrozenSpan, type InputTable } from '../../rulebook/index.ts'

const within = ({ organizations }: FrozenSpan) => sql`t.organization_no in (${organizations})`
/** What the measures of supervision read: no titles, no words, nobody's name. */
const inputs: readonly InputTable[] = [
  {
    table: 'supervision.decisions',
    columns: ['no', 'id', 'state', 'organization_no'],
    key: ['no'],
    rows: ({ organizations }) =>
      sql`(t.organization_no in (${organizations}) or exists (select 1 from supervision.tasks k where k.decision_no = t.no and k.organization_no in (${organizations})))`,
  },
  {
    table: 'supervision.decision_matters',
    columns: ['no', 'id', 'decision_no', 'due_on', 'dropped'],
    key: ['no'],
    rows: ({ organizations }) =>
      sql`exists (select 1 from supervision.decisions c where c.no = t.decision_no and (c.organization_no in (${organizations})
          or exists (select 1 from supervision.tasks k where k.matter_no = t.no and k.organization_no in (${organizations}))))`,
  },
  {
    table: 'supervision.tasks',
    columns: ['no', 'id', 'state', 'organization_no', 'due_on', 'matter_no', 'given_on', 'waited_days', 'reported_on'],
    key: ['no'],
    // A matter's tasks go along whole, so that the day on which it was first broken down stays the same.
    rows: ({ organizations }) =>
      sql`(t.organization_no in (${organizations}) or exists (select 1 from supervision.decision_matters m join supervision.decisions c on c.no = m.decision_no
          where m.no = t.matter_no and (c.organization_no in (${organizations})
            or exists (select 1 from supervision.tasks k where k.matter_no = m.no and k.organization_no in (${organizations})))))`,
  },
  {
    table: 'supervision.cases',
    columns: ['no', 'id', 'state', 'organization_no', 'due_on', 'waiting_since', 'waited_days', 'reported_at', 'verified_at'],
    key: ['no'],
    rows: within,
  },
  {
    table: 'supervision.case_steps',
    columns: ['case_no', 'revision', 'acted_at', 'acted_by'],
    key: ['case_no', 'revision'],
    rows: ({ organizations }) =>
      sql`exists (select 1 from supervision.cases c where c.no = t.case_no and c.organization_no in (${organizations}))`,
  },
  {
    table: 'supervision.findings',
    columns: ['no', 'id', 'kind', 'case_no'],
    key: ['no'],
    rows: ({ organizations }) =>
      sql`exists (select 1 from supervision.cases c where c.no = t.case_no and c.organization_no in (${organizations}))`,
  },
  {
    table: 'supervision.problems',
    columns: ['no', 'id', 'state', 'organization_no', 'source', 'dimension', 'due_on', 'verified_on'],
    key: ['no'],
    rows: within,
  },
  {
    table: 'supervision.yellow_cards',
    columns: ['no', 'id', 'state', 'organization_no', 'decided_on', 'lifted_on'],
    key: ['no'],
    rows: within,
  },
  {
    table: 'supervision.yellow_card_items',
    columns: ['no', 'id', 'card_no', 'due_on', 'state', 'tested_on'],
    key: ['no'],
    rows: ({ organizations }) =>
      sql`exists (select 1 from supervision.yellow_cards y where y.no = t.card_no and y.organization_no in (${organizations}))`,
  },
  {
    table: 'supervision.yellow_card_reports',
    columns: ['card_no', 'month', 'reported_at'],
    key: ['card_no', 'month'],
    rows: ({ organizations }) =>
      sql`exists (select 1 from supervision.yellow_cards y where y.no = t.card_no and y.organization_no in (${organizations}))`,
  },
  {
    table: 'supervision.examples',
    columns: ['no', 'id', 'state', 'organization_no', 'published_on'],
    key: ['no'],
    rows: within,
  },
  {
    table: 'supervision.example_links',
    columns: ['no', 'id', 'example_no', 'kind', 'reference', 'unlinked_at'],
    key: ['no'],
    rows: ({ organizations }) =>
      sql`exists (select 1 from supervision.examples e where e.no = t.example_no and e.organization_no in (${organizations}))`,
  },
  {
    table: 'supervision.local_rules',
    columns: ['no', 'id', 'state', 'organization_no', 'kind', 'in_force_from', 'review_on', 'repealed_on'],
    key: ['no'],
    rows: within,
  },
  {
    table: 'supervision.local_rule_reviews',
    columns: ['no', 'rule_no', 'organization_no', 'due_on', 'done_on'],
    key: ['no'],
    rows: within,
  },
]

export function declareSupervisionInputs(): void {
  declareInputs(...inputs)
}
