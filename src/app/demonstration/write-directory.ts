import { sql } from 'kysely'
import { reading, type Tx } from '../../kernel/database/handles.ts'
import type { Platform } from '../../kernel/platform.ts'
import { organizationPinyin } from '../../modules/directory/index.ts'
import { deriveWholeAncestry } from '../../modules/directory/index.ts'
import { type NamePinyin, namePinyin } from '../../modules/directory/index.ts'
import { giveNumbers, insertRows, span } from './bulk.ts'
import type { MadePerson, Register } from './register.ts'

/** Writes organizations, persons, memberships, posts and terms, and derives the ancestry. */
export async function writeDirectory(tx: Tx, platform: Platform, register: Register): Promise<void> {
  await writeOrganizations(tx, register)
  await writePersons(tx, platform, register)
  await writeMemberships(tx, register)
  await writePosts(tx, register)
  await writeCommittees(tx, register)
  await deriveWholeAncestry(tx)
}

async function writeOrganizations(tx: Tx, { organizations }: Register): Promise<void> {
  await giveNumbers(tx, 'directory.organizations', organizations)
  const columns = {
    no: 'bigint',
    id: 'text',
    kind: 'text',
    position: 'int',
    established_on: 'date',
    dissolved_on: 'date',
    successor_no: 'bigint',
    approved_by_no: 'bigint',
    ends_on: 'date',
  }
  const root = organizations[0]
  await insertRows(
    tx,
    { table: 'directory.organizations', columns },
    organizations.map((each) => [
      each.no,
      each.id,
      each.kind,
      each.position,
      each.establishedOn,
      each.dissolvedOn,
      each.successor?.no ?? null,
      each === root || !root ? null : root.no,
      each.endsOn,
    ]),
  )
  await insertRows(
    tx,
    {
      table: 'directory.organization_names',
      columns: { organization_no: 'bigint', name: 'text', short_name: 'text', pinyin: 'text', valid: 'daterange' },
    },
    organizations.flatMap((each) =>
      each.names.map(({ name, shortName, from, to }) => [each.no, name, shortName, organizationPinyin(name), span(from, to)]),
    ),
  )
  await insertRows(
    tx,
    { table: 'directory.organization_edges', columns: { organization_no: 'bigint', parent_no: 'bigint', valid: 'daterange' } },
    organizations.flatMap((each) => each.parents.map(({ parent, from, to }) => [each.no, parent.no, span(from, to)])),
  )
}

const personColumns = {
  no: 'bigint',
  id: 'text',
  name: 'text',
  pinyin: 'text',
  initials: 'text',
  sex: 'text',
  birth_on: 'date',
  ethnicity: 'text',
  education: 'text',
  category: 'text',
  home_no: 'bigint',
  id_number_cipher: 'text',
  id_number_index: 'text',
  phone_cipher: 'text',
  job: 'text',
  joined_on: 'date',
  full_since: 'date',
  membership_state: 'text',
  is_mobile: 'boolean',
  exempt_from_duties: 'boolean',
} as const
const educations = ['大学本科', '硕士研究生', '大学专科'] as const

async function writePersons(tx: Tx, platform: Platform, { persons, today }: Register): Promise<void> {
  await giveNumbers(tx, 'directory.persons', persons)
  const spelled = new Map<string, NamePinyin>()
  const spell = (name: string) => {
    const known = spelled.get(name) ?? namePinyin(name)
    spelled.set(name, known)
    return known
  }
  const rows = persons.map((person) => personRow(person, platform, spell(person.name)))
  await insertRows(tx, { table: 'directory.persons', columns: personColumns }, rows)
  await sql`insert into directory.person_revisions (person_no, revision, body, recorded_at, recorded_by, reason)
    select no, revision, to_jsonb(p) - 'no' - 'revision', ${`${today}T00:00:00+08:00`}::timestamptz, 0, '演示数据' from directory.persons p`.execute(
    reading<'directory'>(tx),
  )
}

function personRow(
  person: MadePerson,
  { crypto }: Platform,
  { full, initials }: NamePinyin,
): (string | number | boolean | null)[] {
  const sealed = (column: string, value: string) => crypto.seal(value, { column: `directory.persons.${column}`, row: person.id })
  const member = person.joinedOn !== null
  return [
    person.no,
    person.id,
    person.name,
    full,
    initials,
    person.sex,
    person.birthOn,
    '汉族',
    educations[person.no % 3] ?? null,
    person.category,
    person.home.no,
    sealed('id_number_cipher', person.idNumber),
    crypto.blindIndex(person.idNumber, 'id_number'),
    sealed('phone_cipher', person.phone),
    person.job,
    person.joinedOn,
    person.fullSince,
    member ? 'normal' : 'none',
    person.isMobile,
    person.exempt,
  ]
}

async function writeMemberships(tx: Tx, { organizations }: Register): Promise<void> {
  await insertRows(
    tx,
    {
      table: 'directory.memberships',
      columns: { person_no: 'bigint', organization_no: 'bigint', standing: 'text', valid: 'daterange' },
    },
    organizations.flatMap((each) =>
      each.members.map(({ person, standing, from, to }) => [person.no, each.no, standing, span(from, to)]),
    ),
  )
}

async function writePosts(tx: Tx, { posts, responsibilities }: Register): Promise<void> {
  await giveNumbers(tx, 'directory.posts', posts)
  const columns = {
    no: 'bigint',
    id: 'text',
    person_no: 'bigint',
    organization_no: 'bigint',
    post: 'text',
    full_time: 'boolean',
    valid: 'daterange',
  }
  await insertRows(
    tx,
    { table: 'directory.posts', columns },
    posts.map((each) => [
      each.no,
      each.id,
      each.person.no,
      each.organization.no,
      each.post,
      each.fullTime,
      span(each.from, each.to),
    ]),
  )
  await insertRows(
    tx,
    {
      table: 'directory.responsibilities',
      columns: { organization_no: 'bigint', person_no: 'bigint', duty: 'text', valid: 'daterange' },
    },
    responsibilities.map(({ organization, person, duty, from, to }) => [organization.no, person.no, duty, span(from, to)]),
  )
}

async function writeCommittees(tx: Tx, { committees }: Register): Promise<void> {
  await giveNumbers(tx, 'directory.committees', committees)
  const columns = {
    no: 'bigint',
    id: 'text',
    organization_no: 'bigint',
    kind: 'text',
    elected_on: 'date',
    term_years: 'int',
    due_on: 'date',
    ended_on: 'date',
  }
  await insertRows(
    tx,
    { table: 'directory.committees', columns },
    committees.map((each) => [
      each.no,
      each.id,
      each.organization.no,
      each.kind,
      each.electedOn,
      each.termYears,
      each.dueOn,
      each.endedOn,
    ]),
  )
  await insertRows(
    tx,
    {
      table: 'directory.committee_members',
      columns: { committee_no: 'bigint', person_no: 'bigint', duty: 'text', valid: 'daterange' },
    },
    committees.flatMap((each) =>
      each.members.map(({ person, duty }) => [each.no, person.no, duty, span(each.electedOn, each.endedOn)]),
    ),
  )
}
