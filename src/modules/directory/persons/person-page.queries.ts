import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { permissionRule } from '../../../kernel/access/permissions.ts'
import type { CryptoProvider } from '../../../kernel/crypto/provider.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { type PostCode, posts } from '../posts/posts.contract.ts'
import { maskIdNumber, maskPhone } from './mask.rules.ts'
import type { PersonPage } from './persons.contract.ts'
import { lineColumns, lineOf, type PersonRow } from './persons.queries.ts'
import { placeOf } from './persons.store.ts'

/** Roles that the actor holds over an organization to which the person belongs today. */
export async function rolesOverPerson(read: Read, actor: Actor, personNo: number): Promise<Set<string>> {
  const { rows } = await sql<{ no: number }>`select distinct a.ancestor_no as no from directory.memberships m
    join directory.organization_ancestry a on a.organization_no = m.organization_no and upper_inf(a.valid)
    where m.person_no = ${personNo} and upper_inf(m.valid)`.execute(reading<'directory'>(read))
  const above = new Set(rows.map(({ no }) => no))
  return new Set(actor.grants.filter((grant) => above.has(grant.organizationNo)).map((grant) => grant.role))
}

/** True when one of the roles gives the permission. */
export function rolesGive(roles: ReadonlySet<string>, permission: string): boolean {
  return permissionRule(permission).roles?.some((role) => roles.has(role)) ?? false
}

type FullRow = PersonRow & {
  readonly birthOn: CivilDate | null
  readonly ethnicity: string | null
  readonly education: string | null
  readonly job: string | null
  readonly fullSince: CivilDate | null
  readonly isMobile: boolean
  readonly isLost: boolean
  readonly revision: number
  readonly idNumberCipher: string | null
  readonly phoneCipher: string | null
}

interface Shown {
  readonly personNo: number
  /** Birth date and masked numbers: for the person, and for whoever keeps the file. */
  readonly personal: boolean
  readonly abilities: readonly string[]
}

/** The page of a person. Numbers leave only masked. */
export async function personPageOf(read: Read, crypto: CryptoProvider, shown: Shown): Promise<PersonPage> {
  const db = reading<'directory'>(read)
  const { rows } = await sql<FullRow>`select ${lineColumns}, p.birth_on as "birthOn", p.ethnicity, p.education, p.job,
      p.full_since as "fullSince", p.is_mobile as "isMobile", p.is_lost as "isLost", p.revision,
      p.id_number_cipher as "idNumberCipher", p.phone_cipher as "phoneCipher"
    from directory.persons p join directory.organizations_now h on h.no = p.home_no where p.no = ${shown.personNo}`.execute(db)
  const row = rows[0]
  if (!row) throw new Error('the person was there a moment ago')
  const { idNumberCipher, phoneCipher, birthOn, ethnicity, education, job, fullSince, isMobile, isLost, revision, ...line } = row
  const open = (field: 'idNumber' | 'phone', sealed: string | null, mask: (text: string) => string) =>
    shown.personal && sealed ? mask(crypto.open(sealed, placeOf(field, row.id))) : null
  return {
    ...lineOf(line),
    birthOn: shown.personal ? birthOn : null,
    ethnicity,
    education,
    job,
    fullSince,
    idNumberMasked: open('idNumber', idNumberCipher, maskIdNumber),
    phoneMasked: open('phone', phoneCipher, maskPhone),
    isMobile,
    isLost,
    memberships: await membershipsOf(read, shown.personNo),
    postHistory: await postsOf(read, shown.personNo),
    revision,
    abilities: [...shown.abilities],
  }
}

async function membershipsOf(read: Read, personNo: number): Promise<PersonPage['memberships']> {
  const { rows } = await sql<
    PersonPage['memberships'][number]
  >`select o.name as organization, m.standing, lower(m.valid) as "from", upper(m.valid) as "to"
    from directory.memberships m join directory.organizations_now o on o.no = m.organization_no
    where m.person_no = ${personNo} order by lower(m.valid), m.no`.execute(reading<'directory'>(read))
  return rows
}

async function postsOf(read: Read, personNo: number): Promise<PersonPage['postHistory']> {
  const { rows } = await sql<{
    organization: string
    post: PostCode
    from: CivilDate
    to: CivilDate | null
  }>`select o.name as organization, q.post,
      lower(q.valid) as "from", upper(q.valid) as "to"
    from directory.posts q join directory.organizations_now o on o.no = q.organization_no
    where q.person_no = ${personNo} order by lower(q.valid), q.no`.execute(reading<'directory'>(read))
  return rows.map(({ post, ...rest }) => ({ ...rest, postName: posts[post]?.name ?? post }))
}
