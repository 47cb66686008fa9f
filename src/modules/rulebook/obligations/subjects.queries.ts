import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'

/** A subject of duties: an organization, or a person with the posts that bring duties. */
export interface Subject {
  readonly kind: 'o' | 'p'
  readonly no: number
  readonly id: string
  readonly name: string
  /** Organizations at which the duties stand. */
  readonly organizations: readonly number[]
}

/** The subject behind a public id, as far as the reader may see it. */
export async function subjectOf(read: Read, id: string): Promise<Subject> {
  const db = reading<'directory'>(read)
  if (id.startsWith('per_')) {
    const person = await db.selectFrom('directory.persons').select(['no', 'name']).where('id', '=', id).executeTakeFirst()
    if (!person) throw new Problem('rulebook.subject_not_found')
    const posts = await db.selectFrom('directory.posts').select('organization_no').where('person_no', '=', person.no).execute()
    return {
      kind: 'p',
      no: person.no,
      id,
      name: person.name,
      organizations: [...new Set(posts.map((row) => row.organization_no))],
    }
  }
  const organization = await db
    .selectFrom('directory.organizations_now')
    .select(['no', 'name'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!organization?.no || !organization.name) throw new Problem('rulebook.subject_not_found')
  return { kind: 'o', no: organization.no, id, name: organization.name, organizations: [organization.no] }
}
