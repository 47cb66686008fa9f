import { sql } from 'kysely'
import { declareInputs, type FrozenSpan } from '../../rulebook/index.ts'

/** Work records that a snapshot may hold: of an organization meant, or in which somebody of theirs took part. */
const meant = ({
  organizations,
  persons,
  since,
}: FrozenSpan) => sql`select w.no from orglife.work_records w where w.state = 'recorded'
  and w.held_on >= ${since}::date and (exists (select 1 from orglife.work_record_organizations y where y.record_no = w.no
    and y.organization_no in (${organizations})) or exists (select 1 from orglife.work_record_persons z where z.record_no = w.no
    and z.person_no in (${persons})))`

/** What the measures of work records read: no contents, no titles, no names. */
export function declareWorkRecordInputs(): void {
  declareInputs(
    {
      table: 'orglife.work_records',
      columns: ['no', 'id', 'revision', 'state', 'organization_no', 'held_on', 'hours', 'recorded_on'],
      key: ['no'],
      rows: (span) => sql`t.no in (${meant(span)})`,
    },
    {
      table: 'orglife.work_record_organizations',
      columns: ['record_no', 'organization_no', 'held_on'],
      key: ['record_no', 'organization_no'],
      rows: (span) => sql`t.record_no in (${meant(span)})`,
    },
    {
      table: 'orglife.work_record_persons',
      columns: ['record_no', 'person_no', 'held_on'],
      key: ['record_no', 'person_no'],
      rows: (span) => sql`t.record_no in (${meant(span)})`,
    },
    {
      table: 'orglife.work_record_tags',
      columns: ['record_no', 'tag', 'category'],
      key: ['record_no', 'tag'],
      rows: (span) => sql`t.record_no in (${meant(span)})`,
    },
    {
      table: 'orglife.work_record_grades',
      columns: ['no', 'record_no', 'tag', 'grade'],
      key: ['no'],
      rows: (span) => sql`t.record_no in (${meant(span)})`,
    },
  )
}
