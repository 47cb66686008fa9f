import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { expectedAt } from '../meetings/expected.queries.ts'
import { chosenOrganizations } from '../meetings/meeting-body.queries.ts'
import type { EntryForm } from './entry-endpoints.contract.ts'
import type { EntryKind, EntryRole } from './entry-kind.contract.ts'

const secretaries = [
  'branch_secretary',
  'group_leader',
  'general_branch_secretary',
  'committee_secretary',
  'leading_group_secretary',
]

type Named = EntryForm['usual'][string][number]

async function secretaryOf(read: Read, organizationNo: number, day: CivilDate): Promise<Named[]> {
  const holder = await reading<'directory'>(read)
    .selectFrom('directory.posts as t')
    .innerJoin('directory.persons as p', 'p.no', 't.person_no')
    .select(['p.id', 'p.name'])
    .where('t.organization_no', '=', organizationNo)
    .where('t.post', 'in', secretaries)
    .where(sql<boolean>`t.valid @> ${day}::date`)
    .orderBy('t.no')
    .executeTakeFirst()
  return holder ? [holder] : []
}

async function selfOf(read: Read, actor: Actor): Promise<Named[]> {
  if (actor.personNo === null) return []
  return reading<'directory'>(read)
    .selectFrom('directory.persons')
    .select(['id', 'name'])
    .where('no', '=', actor.personNo)
    .execute()
}

/** Whoever acts for a unit enters what its committee does: the body directly under it that makes such entries, where there is but one. */
async function bodyUnder(read: Read, kind: EntryKind, organizationNo: number) {
  const { rows } = await sql<{
    no: number
    id: string
    name: string
  }>`select o.no::int as no, o.id, o.name from directory.organizations_now o
    where o.parent_no = ${organizationNo} and o.dissolved_on is null and o.kind = any (${[...kind.heldBy]}::text[]) limit 2`.execute(
    reading<'directory'>(read),
  )
  return rows.length === 1 ? rows[0] : undefined
}

/** What the form begins with: the people of the organization, and whom each role usually falls to. */
export async function entryFormOf(
  read: Read,
  kind: EntryKind,
  asked: { organization: string; actor: Actor; today: CivilDate },
): Promise<EntryForm> {
  const [named] = await chosenOrganizations(read, [asked.organization])
  if (!named) throw new RangeError('no organization asked')
  const organization = kind.heldBy.includes(named.kind) ? named : ((await bodyUnder(read, kind, named.no)) ?? named)
  const expected = await expectedAt(read, [organization.no], asked.today)
  const everybody = expected.filter(({ exempt }) => !exempt).map(({ personId, name }) => ({ id: personId, name }))
  const offered: Readonly<Record<NonNullable<EntryRole['usual']>, () => Promise<Named[]>>> = {
    everybody: () => Promise.resolve(everybody),
    secretary: () => secretaryOf(read, organization.no, asked.today),
    self: () => selfOf(read, asked.actor),
  }
  const usual: Record<string, Named[]> = {}
  for (const role of kind.roles) if (role.usual) usual[role.field] = await offered[role.usual]()
  return {
    organization: { id: organization.id, name: organization.name },
    heldOn: asked.today,
    people: expected.map(({ personId, name }) => ({ personId, name })),
    usual,
  }
}
