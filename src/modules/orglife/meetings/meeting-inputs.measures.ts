import { sql } from 'kysely'
import { declareInputs, type InputTable } from '../../rulebook/index.ts'

/** Of a meeting that a snapshot may hold: held in the span, by an organization meant or with a lecture of somebody in post there. */
const meant = (alias: 'm' | 't') => sql`${sql.ref(`${alias}.state`)} = 'recorded'`

/** What the measures of meetings read: no minutes and no names. */
const inputs: readonly InputTable[] = [
  {
    table: 'orglife.meetings',
    columns: [
      'no',
      'id',
      'revision',
      'state',
      'organization_no',
      'kinds',
      'held_on',
      'first_category',
      'chair_no',
      'speaker_no',
      'recorded_on',
    ],
    key: ['no'],
    rows: ({ organizations, persons, since }) => sql`${meant('t')} and t.held_on >= ${since}::date
        and (t.speaker_no in (${persons}) or exists (select 1 from orglife.attendances y where y.meeting_no = t.no and y.person_no in (${persons}))
          or exists (select 1 from orglife.meeting_organizations h where h.meeting_no = t.no
          and h.organization_no in (${organizations})))`,
  },
  {
    table: 'orglife.meeting_organizations',
    columns: [
      'meeting_no',
      'organization_no',
      'held_on',
      'expected',
      'present',
      'eligible',
      'eligible_present',
      'committee_expected',
      'committee_present',
    ],
    key: ['meeting_no', 'organization_no'],
    rows: ({ organizations, since }) => sql`t.organization_no in (${organizations})
        and t.held_on >= ${since}::date
        and exists (select 1 from orglife.meetings m where m.no = t.meeting_no and ${meant('m')})`,
  },
  {
    table: 'orglife.attendances',
    columns: ['meeting_no', 'person_no', 'presence'],
    words: ['reason'],
    key: ['meeting_no', 'person_no'],
    rows: ({
      organizations,
      persons,
      since,
    }) => sql`exists (select 1 from orglife.meetings m where m.no = t.meeting_no and ${meant('m')}
        and m.held_on >= ${since}::date) and (t.person_no in (${persons}) or exists (select 1 from orglife.meeting_organizations h
          where h.meeting_no = t.meeting_no and h.organization_no in (${organizations})))`,
  },
  {
    table: 'orglife.agenda_items',
    columns: ['meeting_no', 'position', 'category'],
    words: ['title'],
    key: ['meeting_no', 'position'],
    rows: ({ organizations, since }) => sql`exists (select 1 from orglife.meetings m
        join orglife.meeting_organizations h on h.meeting_no = m.no and h.organization_no in (${organizations})
        where m.no = t.meeting_no and ${meant('m')} and m.held_on >= ${since}::date)`,
  },
]

const followed: readonly InputTable[] = [
  {
    table: 'orglife.resolutions',
    columns: ['no', 'meeting_no', 'content_key', 'owner_no', 'due_on'],
    key: ['no'],
    rows: ({ organizations, since }) => sql`exists (select 1 from orglife.meetings m
        join orglife.meeting_organizations h on h.meeting_no = m.no and h.organization_no in (${organizations})
        where m.no = t.meeting_no and ${meant('m')} and m.held_on >= ${since}::date)`,
  },
  {
    table: 'orglife.resolution_reports',
    columns: ['no', 'meeting_no', 'content_key', 'settled'],
    key: ['no'],
    rows: ({ organizations, since }) => sql`exists (select 1 from orglife.meetings m
        join orglife.meeting_organizations h on h.meeting_no = m.no and h.organization_no in (${organizations})
        where m.no = t.meeting_no and ${meant('m')} and m.held_on >= ${since}::date)`,
  },
  {
    table: 'orglife.theme_days',
    columns: ['no', 'organization_no', 'day', 'since'],
    key: ['no'],
    rows: ({ organizations }) => sql`t.organization_no in (${organizations})`,
  },
]

export function declareMeetingInputs(): void {
  declareInputs(...inputs, ...followed)
}
