import { sql } from 'kysely'
import { declareInputs, type FrozenSpan } from '../../rulebook/index.ts'

const attended = ({ organizations, persons }: FrozenSpan, no: string) =>
  sql`exists (select 1 from learning.participants y where y.class_no = ${sql.ref(no)} and (y.person_no in (${persons}) or y.organization_no in (${organizations})))`

/** What the measures of training read: no titles, no teachers, no reasons. */
export function declareLearningInputs(): void {
  declareInputs(
    {
      table: 'learning.classes',
      columns: [
        'no',
        'id',
        'revision',
        'state',
        'organization_no',
        'target_group',
        'off_duty',
        'ends_on',
        'hours',
        'theory_hours',
        'recorded_on',
      ],
      key: ['no'],
      rows: (span) =>
        sql`t.state = 'held' and t.ends_on >= ${span.since}::date and (t.organization_no in (${span.organizations}) or ${attended(span, 't.no')})`,
    },
    {
      table: 'learning.participants',
      columns: ['class_no', 'person_no', 'organization_no', 'held_on', 'hours', 'missed_hours'],
      key: ['class_no', 'person_no'],
      rows: (span) =>
        sql`t.held_on >= ${span.since}::date and (t.person_no in (${span.persons}) or t.organization_no in (${span.organizations}))`,
    },
    {
      table: 'learning.study_records',
      columns: [
        'no',
        'id',
        'revision',
        'state',
        'kind',
        'person_no',
        'organization_no',
        'level',
        'held_on',
        'credited',
        'recorded_on',
      ],
      key: ['no'],
      rows: (span) =>
        sql`t.state = 'confirmed' and t.held_on >= ${span.since}::date and (t.person_no in (${span.persons}) or t.organization_no in (${span.organizations}))`,
    },
  )
  declareReadingInputs()
  declareStudyInputs()
}

/** Given by an organization of the span, or by one above it. */
const sees = ({ organizations }: FrozenSpan, column: string) =>
  sql`(${sql.ref(column)} in (${organizations}) or exists (select 1 from directory.organization_ancestry y
    where y.ancestor_no = ${sql.ref(column)} and y.organization_no in (${organizations})))`

/** What the measures of reading and of articles read: no book, no text, no reviewer. */
function declareReadingInputs(): void {
  declareInputs(
    {
      table: 'learning.reading_lists',
      columns: ['no', 'id', 'revision', 'state', 'organization_no', 'issued_on', 'recorded_on'],
      key: ['no'],
      rows: (span) => sql`t.state = 'recommended' and t.issued_on >= ${span.since}::date and ${sees(span, 't.organization_no')}`,
    },
    {
      table: 'learning.reading_books',
      columns: ['list_no', 'position', 'category'],
      key: ['list_no', 'position'],
      rows: (span) =>
        sql`exists (select 1 from learning.reading_lists l where l.no = t.list_no and l.issued_on >= ${span.since}::date and ${sees(span, 'l.organization_no')})`,
    },
    {
      table: 'learning.articles',
      columns: ['no', 'id', 'revision', 'state', 'author_no', 'first_submitted_on'],
      key: ['no'],
      rows: (span) =>
        sql`t.state not in ('drafted', 'withdrawn') and t.first_submitted_on >= ${span.since}::date and t.author_no in (${span.persons})`,
    },
  )
}

/** What the measure of study plans reads: that somebody is done, and nothing of how. */
function declareStudyInputs(): void {
  const plans = (span: FrozenSpan) =>
    sql`t.year >= extract(year from ${span.since}::date)::int and ${sees(span, 't.organization_no')}`
  const ofPlan = (span: FrozenSpan, plan: string) =>
    sql`exists (select 1 from learning.study_plans p where p.no = ${sql.ref(plan)} and p.year >= extract(year from ${span.since}::date)::int and ${sees(span, 'p.organization_no')})`
  declareInputs(
    {
      table: 'learning.study_plans',
      columns: ['no', 'id', 'revision', 'state', 'organization_no', 'year', 'topic', 'audience', 'recorded_on'],
      key: ['no'],
      rows: plans,
    },
    {
      table: 'learning.study_units',
      columns: ['no', 'plan_no', 'removed'],
      key: ['no'],
      rows: (span) => ofPlan(span, 't.plan_no'),
    },
    {
      table: 'learning.study_done',
      columns: ['unit_no', 'person_no', 'done_on'],
      key: ['unit_no', 'person_no'],
      rows: (span) => sql`t.done_on >= ${span.since}::date and t.person_no in (${span.persons})`,
    },
  )
}
