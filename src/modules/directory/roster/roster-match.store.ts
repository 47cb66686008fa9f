import { sql } from 'kysely'
import type { CryptoProvider } from '../../../kernel/crypto/provider.ts'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { OrganizationKind } from '../organizations/organizations.contract.ts'
import type { PersonCategory } from '../persons/persons.contract.ts'
import { placeOf, type SealedField } from '../persons/persons.store.ts'

/** An organization in which a roster's rows may have their home. */
export interface RosterPlace {
  readonly no: number
  readonly kind: OrganizationKind
  readonly establishedOn: CivilDate
  /** Nobody ever belonged here: this is its first roster. */
  readonly empty: boolean
}

/** Compares names of organizations as people write them: without spaces, full-width signs as half-width ones. */
export const comparedName = (name: string) => name.normalize('NFKC').replace(/\s/g, '').toUpperCase()

/** Branches and units under an organization today, by full and short name; several under one name where names repeat. */
export async function placesByName(read: Read, organizationNo: number): Promise<Map<string, RosterPlace[]>> {
  const { rows } = await sql<
    RosterPlace & { name: string; shortName: string | null }
  >`select o.no, o.kind, o.established_on as "establishedOn",
      o.name, o.short_name as "shortName",
      not exists (select 1 from directory.memberships m where m.organization_no = o.no and not isempty(m.valid)) as empty
    from directory.organization_ancestry a join directory.organizations_now o on o.no = a.organization_no
    where a.ancestor_no = ${organizationNo} and upper_inf(a.valid) and o.dissolved_on is null
      and o.kind in ('unit', 'branch', 'joint_branch', 'temporary_branch')`.execute(reading<'directory'>(read))
  const places = new Map<string, RosterPlace[]>()
  for (const { name, shortName, ...place } of rows) {
    for (const key of new Set([name, shortName ?? name].map(comparedName))) places.set(key, [...(places.get(key) ?? []), place])
  }
  return places
}

/** A person whose ID number stands in the roster already. */
export interface KnownPerson {
  readonly no: number
  readonly id: string
  readonly index: string
  readonly homeNo: number
  readonly revision: number
  /** On the roster of the importing organization today. */
  readonly within: boolean
  /** Holds a post in the organization that keeps the file. */
  readonly serves: boolean
  readonly name: string
  readonly sex: string | null
  readonly birth_on: CivilDate | null
  readonly ethnicity: string | null
  readonly education: string | null
  readonly category: PersonCategory
  readonly job: string | null
  readonly joined_on: CivilDate | null
  readonly full_since: CivilDate | null
  readonly membership_state: string
  readonly is_lost: boolean
  readonly is_mobile: boolean
  readonly phone_cipher: string | null
  readonly landline_cipher: string | null
  readonly address_cipher: string | null
}

/** Finds people by the blind index of their ID numbers, wherever they are: a number may stand on one roster only. */
export async function knownPersons(
  read: Read,
  indexes: readonly string[],
  organizationNo: number,
): Promise<Map<string, KnownPerson>> {
  const { rows } = await asEngine(read, () =>
    sql<KnownPerson>`select p.no, p.id, p.id_number_index as index, p.home_no as "homeNo", p.revision, p.left_on is null and exists (
        select 1 from directory.organization_ancestry a
        where a.organization_no = p.home_no and a.ancestor_no = ${organizationNo} and upper_inf(a.valid)) as within,
      exists (select 1 from directory.posts q where q.person_no = p.no and q.organization_no = p.home_no and upper_inf(q.valid)) as serves,
      p.name, p.sex, p.birth_on, p.ethnicity, p.education, p.category, p.job, p.joined_on, p.full_since, p.membership_state,
      p.is_lost, p.is_mobile, p.phone_cipher, p.landline_cipher, p.address_cipher
    from directory.persons p where p.id_number_index = any (${[...indexes]}::text[])`.execute(reading<'directory'>(read)),
  )
  return new Map(rows.map((row) => [row.index, row]))
}

/** The clear text of a sealed field of somebody known, to see whether the roster says something else. */
export function openedField(
  crypto: CryptoProvider,
  field: SealedField,
  of: { personId: string; sealed: string | null },
): string | null {
  return of.sealed === null ? null : crypto.open(of.sealed, placeOf(field, of.personId))
}
