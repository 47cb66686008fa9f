import { sql } from 'kysely'
import { declareInputs, type FrozenSpan, type InputTable } from '../engine/inputs.measures.ts'

const within = ({ organizations }: FrozenSpan) => sql`t.organization_no in (${organizations})`
/** Of the organizations, and of their people wherever else: a clock goes with the person. */
const withPeople = ({ organizations, persons }: FrozenSpan) =>
  sql`(t.organization_no in (${organizations}) or t.person_no in (${persons}))`

/** The directory as judgement reads it: numbers, kinds, states and days; names only word reasons. */
const directory: readonly InputTable[] = [
  {
    table: 'directory.organizations',
    columns: ['no', 'id', 'kind', 'established_on', 'dissolved_on'],
    key: ['no'],
    rows: ({ tree }) => sql`t.no in (${tree})`,
  },
  {
    table: 'directory.organization_names',
    columns: ['organization_no', 'valid'],
    words: ['name'],
    key: ['organization_no', 'valid'],
    rows: ({ tree }) => sql`t.organization_no in (${tree})`,
  },
  {
    table: 'directory.organization_edges',
    columns: ['organization_no', 'parent_no', 'valid'],
    key: ['organization_no', 'valid'],
    rows: ({ tree }) => sql`t.organization_no in (${tree})`,
  },
  {
    table: 'directory.organization_ancestry',
    columns: ['organization_no', 'ancestor_no', 'depth', 'valid'],
    key: ['organization_no', 'ancestor_no', 'valid'],
    rows: 'made_again',
  },
  {
    table: 'directory.persons',
    columns: ['no', 'exempt_from_duties', 'full_since'],
    words: ['name'],
    key: ['no'],
    rows: ({ persons }) => sql`t.no in (${persons})`,
  },
  {
    table: 'directory.memberships',
    columns: ['no', 'person_no', 'organization_no', 'standing', 'valid'],
    key: ['no'],
    rows: withPeople,
  },
  {
    table: 'directory.posts',
    columns: ['no', 'person_no', 'organization_no', 'post', 'full_time', 'valid'],
    key: ['no'],
    rows: withPeople,
  },
  {
    table: 'directory.responsibilities',
    columns: ['no', 'organization_no', 'person_no', 'duty', 'valid'],
    key: ['no'],
    rows: within,
  },
  {
    table: 'directory.committees',
    columns: ['no', 'id', 'organization_no', 'kind', 'elected_on', 'term_years', 'due_on', 'extended_to', 'ended_on'],
    key: ['no'],
    rows: within,
  },
  {
    table: 'directory.committee_members',
    columns: ['committee_no', 'person_no', 'duty', 'valid'],
    key: ['committee_no', 'person_no', 'duty'],
    rows: ({ organizations }) =>
      sql`t.committee_no in (select c.no from directory.committees c where c.organization_no in (${organizations}))`,
  },
]

const rulebook: readonly InputTable[] = [
  {
    table: 'kernel.settings',
    columns: ['name', 'value'],
    key: ['name'],
    rows: () => sql`t.name = 'rulebook.figures_from'`,
  },
  {
    table: 'rulebook.requirements',
    columns: [
      'no',
      'id',
      'code',
      'version',
      'title',
      'dimension',
      'strength',
      'enabled',
      'subject',
      'cadence',
      'due_offset_days',
      'grace_days',
      'measure',
      'params',
      'target',
      'valid',
      'period_cadence',
      'due_by',
      'event',
      'late_counts',
      'awaits',
    ],
    key: ['no'],
    rows: () => sql`true`,
  },
  {
    table: 'rulebook.exemptions',
    columns: ['no', 'id', 'requirement_code', 'subject_kind', 'subject_no', 'organization_no', 'valid', 'ground', 'revoked_from'],
    key: ['no'],
    rows: ({ organizations, persons }) =>
      sql`(t.organization_no in (${organizations}) or (t.subject_kind = 'p' and t.subject_no in (${persons})))`,
  },
  {
    table: 'rulebook.reliefs',
    columns: [
      'no',
      'id',
      'kind',
      'state',
      'requirement_code',
      'subject_kind',
      'subject_no',
      'organization_no',
      'period_no',
      'until',
      'stopped_from',
      'begun_late',
      'ended_on',
    ],
    key: ['no'],
    rows: (span) => sql`${within(span)} and t.state in ('granted', 'ended')`,
  },
  {
    table: 'rulebook.declarations',
    columns: ['no', 'id', 'requirement_code', 'subject_kind', 'subject_no', 'organization_no', 'period_no', 'withdrawn_at'],
    key: ['no'],
    rows: within,
  },
  {
    table: 'rulebook.determinations',
    columns: ['no', 'id', 'organization_no', 'period_no', 'matter', 'met', 'state', 'stated_on'],
    words: ['seen'],
    key: ['no'],
    rows: within,
  },
  { table: 'rulebook.tags', columns: [], words: ['code', 'grades', 'title'], key: ['code'], rows: 'words_only' },
  // What a derived requirement counts is judged again before it.
  {
    table: 'rulebook.obligations',
    columns: [
      'year',
      'requirement_no',
      'period_no',
      'subject_kind',
      'subject_no',
      'organization_no',
      'status',
      'numerator',
      'denominator',
      'due_on',
    ],
    key: ['organization_no', 'period_no', 'requirement_no', 'subject_kind', 'subject_no'],
    rows: 'made_again',
  },
  { table: 'rulebook.periods', columns: ['no', 'name', 'cadence', 'starts', 'ends', 'year'], key: ['no'], rows: 'made_again' },
  { table: 'rulebook.period_nesting', columns: ['period_no', 'outer_no'], key: ['period_no', 'outer_no'], rows: 'made_again' },
]

/** What the engine itself reads for every requirement, and the measures of registers. Called once when the program starts. */
export function declareOwnInputs(): void {
  declareInputs(...directory, ...rulebook)
}
