import { sql } from 'kysely'
import { declareInputs, type FrozenSpan } from '../../rulebook/index.ts'

/** Entries that a snapshot may hold: of an organization meant, or in which somebody of theirs took part. */
const meant = ({ organizations, persons, since }: FrozenSpan) => sql`select e.no from orglife.entries e where e.state = 'recorded'
  and e.held_on >= ${since}::date and (exists (select 1 from orglife.entry_organizations y where y.entry_no = e.no
    and y.organization_no in (${organizations})) or exists (select 1 from orglife.entry_persons z where z.entry_no = e.no
    and z.person_no in (${persons})))`

/** What the measures of entries read: no titles, no contents, no names. */
export function declareEntryInputs(): void {
  declareInputs(
    {
      table: 'orglife.entries',
      columns: ['no', 'id', 'kind', 'revision', 'state', 'organization_no', 'labels', 'held_on', 'recorded_on'],
      key: ['no'],
      rows: (span) => sql`t.no in (${meant(span)})`,
    },
    {
      table: 'orglife.entry_organizations',
      columns: ['entry_no', 'organization_no', 'held_on'],
      key: ['entry_no', 'organization_no'],
      rows: (span) => sql`t.entry_no in (${meant(span)})`,
    },
    {
      table: 'orglife.entry_persons',
      columns: ['entry_no', 'person_no', 'role', 'held_on'],
      key: ['entry_no', 'person_no', 'role'],
      rows: (span) => sql`t.entry_no in (${meant(span)})`,
    },
  )
}
