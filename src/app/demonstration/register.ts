import { addDays, addMonths, type CivilDate } from '../../kernel/time/civil-date.ts'
import type { OrganizationKind } from '../../modules/directory/organizations/organizations.contract.ts'
import { idNumberCheckCharacter } from '../../modules/directory/index.ts'
import type { PersonCategory } from '../../modules/directory/persons/persons.contract.ts'
import type { PostCode } from '../../modules/directory/posts/posts.contract.ts'
import { type Draw, drawFrom, madeId } from './draw.ts'

/** Something that holds from a day on, until another day or for ever. */
interface Lasting {
  from: CivilDate
  to: CivilDate | null
}

export interface MadeOrganization {
  /** Given by the database when it is written; 0 before. */
  no: number
  readonly id: string
  readonly kind: OrganizationKind
  readonly position: number
  readonly establishedOn: CivilDate
  dissolvedOn: CivilDate | null
  successor: MadeOrganization | null
  endsOn: CivilDate | null
  readonly names: (Lasting & { readonly name: string; readonly shortName: string | null })[]
  readonly parents: (Lasting & { readonly parent: MadeOrganization })[]
  readonly members: MadeMembership[]
}

export interface MadePerson {
  no: number
  readonly id: string
  readonly name: string
  readonly sex: 'male' | 'female'
  readonly birthOn: CivilDate
  readonly idNumber: string
  readonly phone: string
  readonly category: PersonCategory
  home: MadeOrganization
  readonly job: string
  readonly joinedOn: CivilDate | null
  readonly fullSince: CivilDate | null
  readonly exempt: boolean
  readonly isMobile: boolean
}

type MadeStanding = 'full' | 'probationary' | 'development_target' | 'activist' | 'staff'
export interface MadeMembership extends Lasting {
  readonly person: MadePerson
  readonly organization: MadeOrganization
  readonly standing: MadeStanding
}
interface MadePost extends Lasting {
  no: number
  readonly id: string
  readonly person: MadePerson
  readonly organization: MadeOrganization
  readonly post: PostCode
  readonly fullTime: boolean
}
export interface MadeCommittee {
  no: number
  readonly id: string
  readonly organization: MadeOrganization
  readonly kind: 'committee' | 'discipline_committee'
  readonly electedOn: CivilDate
  readonly termYears: number
  readonly dueOn: CivilDate
  endedOn: CivilDate | null
  readonly members: readonly { readonly person: MadePerson; readonly duty: string }[]
}
interface MadeResponsibility extends Lasting {
  readonly person: MadePerson
  readonly organization: MadeOrganization
  readonly duty: 'first' | 'direct' | 'deputy' | 'member'
}

const firstBirth = '1966-01-01'
const birthDays = 14_000

/** Everything of the made-up city that the directory keeps, held together by reference until it is written. */
export class Register {
  readonly seed: string
  readonly today: CivilDate
  readonly draw: Draw
  readonly organizations: MadeOrganization[] = []
  readonly persons: MadePerson[] = []
  readonly posts: MadePost[] = []
  readonly committees: MadeCommittee[] = []
  readonly responsibilities: MadeResponsibility[] = []
  private elections = 0

  constructor(seed: string, today: CivilDate) {
    this.seed = seed
    this.today = today
    this.draw = drawFrom(seed)
  }

  organization(
    kind: OrganizationKind,
    under: MadeOrganization | null,
    is: { name: string; shortName?: string; establishedOn: CivilDate; endsOn?: CivilDate },
  ): MadeOrganization {
    const made: MadeOrganization = {
      no: 0,
      id: madeId('org', `${this.seed}/${this.organizations.length}`),
      kind,
      position: this.organizations.length + 1,
      establishedOn: is.establishedOn,
      dissolvedOn: null,
      successor: null,
      endsOn: is.endsOn ?? null,
      names: [{ name: is.name, shortName: is.shortName ?? null, from: is.establishedOn, to: null }],
      parents: under ? [{ parent: under, from: is.establishedOn, to: null }] : [],
      members: [],
    }
    this.organizations.push(made)
    return made
  }

  person(home: MadeOrganization, is: Omit<MadePerson, 'no' | 'id' | 'birthOn' | 'idNumber' | 'phone' | 'home'>): MadePerson {
    const index = this.persons.length
    const birthOn = addDays(firstBirth, (index * 7919) % birthDays)
    const made: MadePerson = {
      ...is,
      no: 0,
      id: madeId('per', `${this.seed}/${index}`),
      birthOn,
      idNumber: plainlyInvalidIdNumber(birthOn, 2 * Math.floor(index / birthDays) + (is.sex === 'male' ? 1 : 0)),
      phone: `1990000${String(index % 10_000).padStart(4, '0')}`,
      home,
    }
    this.persons.push(made)
    return made
  }

  belong(
    person: MadePerson,
    organization: MadeOrganization,
    is: { standing: MadeStanding; from: CivilDate; to?: CivilDate | null },
  ): void {
    organization.members.push({ person, organization, standing: is.standing, from: is.from, to: is.to ?? null })
  }

  appoint(
    person: MadePerson,
    organization: MadeOrganization,
    is: { post: PostCode; from: CivilDate; fullTime?: boolean },
  ): MadePost {
    const id = madeId('pst', `${this.seed}/${this.posts.length}`)
    const made: MadePost = {
      no: 0,
      id,
      person,
      organization,
      post: is.post,
      fullTime: is.fullTime ?? false,
      from: is.from,
      to: null,
    }
    this.posts.push(made)
    return made
  }

  elect(
    organization: MadeOrganization,
    members: MadeCommittee['members'],
    is: { electedOn: CivilDate; termYears: number; endedOn?: CivilDate; kind?: MadeCommittee['kind'] },
  ): void {
    const id = madeId('cmt', `${this.seed}/${(this.elections += 1)}`)
    const dueOn = addMonths(is.electedOn, is.termYears * 12)
    const { electedOn, termYears, endedOn = null, kind = 'committee' } = is
    this.committees.push({ no: 0, id, organization, kind, electedOn, termYears, dueOn, endedOn, members })
  }
}

/** Area 990000 does not exist, so the number is nobody's; its check character is right. */
function plainlyInvalidIdNumber(birthOn: CivilDate, serial: number): string {
  const first17 = `990000${birthOn.replaceAll('-', '')}${String(serial).padStart(3, '0')}`
  return first17 + idNumberCheckCharacter(first17)
}

/** True when something held on a day. */
export function heldOn(lasting: Lasting, day: CivilDate): boolean {
  return lasting.from <= day && (lasting.to === null || lasting.to > day)
}

/** The committee in office on a day. */
export function committeeOn(committees: readonly MadeCommittee[], day: CivilDate): MadeCommittee | undefined {
  return committees.find(
    (each) => each.kind === 'committee' && each.electedOn <= day && (each.endedOn === null || each.endedOn > day),
  )
}
