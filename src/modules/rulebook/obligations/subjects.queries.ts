import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'

/** A subject of duties: an organization, or a person where posts and membership bring duties. */
export interface Subject {
  readonly kind: 'o' | 'p'
  readonly no: number
  readonly id: string
  readonly name: string
  /** Organizations at which the duties stand. */
  readonly organizations: readonly number[]
  /** What kind of organization it is; left out for a person. */
  readonly organizationKind?: string
}

/** The subject behind a public id, as far as the reader may see it. */
export async function subjectOf(read: Read, id: string): Promise<Subject> {
  const db = reading<'directory'>(read)
  if (id.startsWith('per_')) {
    const person = await db.selectFrom('directory.persons').select(['no', 'id', 'name']).where('id', '=', id).executeTakeFirst()
    if (!person) throw new Problem('rulebook.subject_not_found')
    return withPlaces(read, person)
  }
  const organization = await db
    .selectFrom('directory.organizations_now')
    .select(['no', 'name', 'kind'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!organization?.no || !organization.name || !organization.kind) throw new Problem('rulebook.subject_not_found')
  const { no, name, kind } = organization
  return { kind: 'o', no, id, name, organizations: [no], organizationKind: kind }
}

/** A person by number: the one who asks. Null when nobody is registered under it. */
export async function personSubject(read: Read, no: number): Promise<Subject | null> {
  const person = await reading<'directory'>(read)
    .selectFrom('directory.persons')
    .select(['no', 'id', 'name'])
    .where('no', '=', no)
    .executeTakeFirst()
  return person ? withPlaces(read, person) : null
}

/** A person with the organizations of all posts and memberships, past ones too. */
async function withPlaces(read: Read, { no, id, name }: { no: number; id: string; name: string }): Promise<Subject> {
  const db = reading<'directory'>(read)
  const places = await db
    .selectFrom('directory.posts')
    .select('organization_no')
    .where('person_no', '=', no)
    .union(db.selectFrom('directory.memberships').select('organization_no').where('person_no', '=', no))
    .execute()
  return { kind: 'p', no, id, name, organizations: places.map((row) => row.organization_no) }
}

/** The groups that stand under an organization today, in the tree's order. */
export async function groupsUnder(read: Read, { no }: Subject): Promise<Subject[]> {
  const { rows } = await sql<{ no: number; id: string; name: string }>`select o.no, o.id, o.name
    from directory.organization_ancestry a join directory.organizations_now o on o.no = a.organization_no
    where a.ancestor_no = ${no} and a.depth > 0 and upper_inf(a.valid) and o.kind = 'group' and o.dissolved_on is null
    order by o.position, o.no`.execute(reading<'directory'>(read))
  return rows.map((row): Subject => ({ ...row, kind: 'o', organizations: [row.no], organizationKind: 'group' }))
}

/** Those directly above some organizations today; whoever decides for one must hold the permission there. */
export async function standingAbove(read: Read, organizations: readonly number[]): Promise<number[]> {
  const rows = await sql<{ no: number }>`select distinct e.parent_no as no from directory.organization_edges e
    where e.organization_no = any (${`{${organizations.join(',')}}`}::bigint[]) and upper_inf(e.valid)`.execute(
    reading<'directory'>(read),
  )
  return rows.rows.map((row) => row.no)
}
