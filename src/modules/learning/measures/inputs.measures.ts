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
      columns: ['no', 'id', 'revision', 'state', 'kind', 'person_no', 'level', 'held_on', 'credited', 'recorded_on'],
      key: ['no'],
      rows: (span) => sql`t.state = 'confirmed' and t.held_on >= ${span.since}::date and t.person_no in (${span.persons})`,
    },
  )
}
