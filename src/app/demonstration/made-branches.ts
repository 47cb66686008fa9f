import { addDays, addMonths, type CivilDate } from '../../kernel/time/civil-date.ts'
import type { Draw } from './draw.ts'
import { madeName } from './made-names.ts'
import type { MadeMembership, MadeOrganization, MadePerson, Register } from './register.ts'

/** A branch with what the meetings need to know of it. */
export interface MadeBranch {
  readonly organization: MadeOrganization
  readonly unit: MadeOrganization
  readonly groups: readonly MadeOrganization[]
  readonly secretary: MadePerson
  /** How surely it does in time what is due, 0 to 1. */
  reliability: number
}

const jobs = ['处长', '副处长', '一级主任科员', '二级主任科员', '三级主任科员', '四级主任科员', '一级科员', '工程师'] as const

/** Most branches are orderly, some have lapses, a few need help. */
function reliabilityOf(draw: Draw): number {
  const lot = draw.number()
  if (lot < 0.62) return 0.95 + draw.number() * 0.05
  return lot < 0.88 ? 0.85 + draw.number() * 0.08 : 0.6 + draw.number() * 0.2
}

/** Founds a branch with its groups, people, secretary and committee. */
export function foundBranch(
  register: Register,
  under: { unit: MadeOrganization; parent: MadeOrganization },
  is: { name: string; shortName: string; size: number; draw: Draw; kind?: 'branch' | 'joint_branch'; establishedOn?: CivilDate },
): MadeBranch {
  const { draw, size, kind = 'branch' } = is
  const establishedOn = is.establishedOn ?? addDays('2016-01-04', draw.between(0, 1500))
  const organization = register.organization(kind, under.parent, { name: is.name, shortName: is.shortName, establishedOn })
  const groups = size >= 20 && !is.establishedOn ? foundGroups(register, organization, Math.min(3, Math.floor(size / 9))) : []
  const people = enrol(register, organization, { groups, size, draw })
  const secretary = people[0]
  if (!secretary) throw new RangeError('a branch has at least one member')
  appointBranch(register, organization, { people, groups, draw })
  return { organization, unit: under.unit, groups, secretary, reliability: reliabilityOf(draw) }
}

function foundGroups(register: Register, branch: MadeOrganization, count: number): MadeOrganization[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `第${'一二三'[index]}党小组`
    return register.organization('group', branch, {
      name: branch.names[0]?.name + name,
      shortName: name,
      establishedOn: branch.establishedOn,
    })
  })
}

function enrol(
  register: Register,
  branch: MadeOrganization,
  is: { groups: readonly MadeOrganization[]; size: number; draw: Draw },
): MadePerson[] {
  const { groups, size, draw } = is
  const taken = new Set<string>()
  return Array.from({ length: size }, (_, index) => {
    const name = madeName(draw, taken)
    taken.add(name)
    const waiting = index >= 6 && draw.chance(0.035)
    const person = waiting
      ? activist(register, branch, { name, draw })
      : partyMember(register, branch, { name, draw, senior: index < 5 })
    const group = groups[index % Math.max(1, groups.length)]
    if (!waiting && group) {
      for (const one of membershipsOf(branch, person)) register.belong(person, group, one)
    }
    return person
  }).filter((person) => person.joinedOn !== null)
}

const membershipsOf = (organization: MadeOrganization, person: MadePerson): MadeMembership[] =>
  organization.members.filter((each) => each.person === person)

const sexOf = (draw: Draw) => (draw.chance(0.62) ? 'male' : 'female')

function activist(register: Register, branch: MadeOrganization, { name, draw }: { name: string; draw: Draw }): MadePerson {
  const standing = draw.chance(0.3) ? 'development_target' : 'activist'
  const person = register.person(branch, {
    name,
    sex: sexOf(draw),
    category: standing,
    job: '二级科员',
    joinedOn: null,
    fullSince: null,
    exempt: false,
    isMobile: false,
  })
  register.belong(person, branch, { standing, from: addDays(register.today, -draw.between(30, 500)) })
  return person
}

/** Joined long ago, or within the last two years: then the year of probation is seen in the memberships. */
function partyMember(
  register: Register,
  branch: MadeOrganization,
  is: { name: string; draw: Draw; senior: boolean },
): MadePerson {
  const { draw, name, senior } = is
  const recent = !senior && draw.chance(0.06)
  const joinedOn = addDays(register.today, recent ? -draw.between(40, 700) : -draw.between(1500, 9000))
  const fullFrom = addMonths(joinedOn, 12)
  const full = fullFrom <= register.today
  const exempt = !senior && !recent && draw.chance(0.02)
  const person = register.person(branch, {
    name,
    sex: sexOf(draw),
    category: full ? 'full_member' : 'probationary_member',
    job: senior ? '处长' : draw.one(jobs),
    joinedOn,
    fullSince: full ? fullFrom : null,
    exempt,
    isMobile: !senior && draw.chance(0.01),
  })
  beginMemberships(register, branch, { person, joinedOn, fullFrom })
  return person
}

/** A year of probation, then full; nobody belongs to a branch before it was founded. */
function beginMemberships(
  register: Register,
  branch: MadeOrganization,
  { person, joinedOn, fullFrom }: { person: MadePerson; joinedOn: CivilDate; fullFrom: CivilDate },
): void {
  const full = fullFrom <= register.today
  const [from, changes] = [joinedOn, fullFrom].map((day) => (day > branch.establishedOn ? day : branch.establishedOn))
  if (!from || !changes) return
  if (from < changes) register.belong(person, branch, { standing: 'probationary', from, to: full ? changes : null })
  if (full) register.belong(person, branch, { standing: 'full', from: changes })
}

const duties = ['书记', '组织委员', '纪检委员', '宣传委员', '副书记'] as const
const officeOf = { 书记: 'branch_secretary', 副书记: 'branch_deputy' } as const

/** Seven full members and more: a committee of three, from fifteen on of five (ZB20); below that a secretary alone. */
function appointBranch(
  register: Register,
  branch: MadeOrganization,
  is: { people: readonly MadePerson[]; groups: readonly MadeOrganization[]; draw: Draw },
): void {
  const { people, groups, draw } = is
  const since = addDays(register.today, -draw.between(60, 840))
  const took = since > branch.establishedOn ? since : branch.establishedOn
  const full = people.filter((person) => person.fullSince !== null && person.fullSince < addMonths(register.today, -15)).length
  const seats = full < 7 ? 0 : full < 15 ? 3 : 5
  const members = people.slice(0, Math.max(1, seats)).map((person, index) => ({ person, duty: duties[index] ?? '委员' }))
  for (const { person, duty } of members) {
    const post = duty === '书记' || duty === '副书记' ? officeOf[duty] : 'branch_committee_member'
    register.appoint(person, branch, { post, from: took })
  }
  if (took > branch.establishedOn) precede(register, branch, { people, seats, took })
  if (seats > 0) electTwice(register, branch, { members, electedOn: took })
  groups.forEach((group, index) => {
    const leader = group.members[group.members.length > 1 ? 1 : 0]?.person ?? people[index]
    if (leader) register.appoint(leader, group, { post: 'group_leader', from: took })
  })
}

/** Who led the branch before; in a few branches the office stood empty for some weeks. */
function precede(
  register: Register,
  branch: MadeOrganization,
  { people, seats, took }: { people: readonly MadePerson[]; seats: number; took: CivilDate },
): void {
  const before = people[seats + 1] ?? people[1]
  if (!before) return
  const gap = people.length % 9 === 4 ? 50 : 0
  const to = addDays(took, -gap)
  const from = addMonths(to, -30)
  if (to <= branch.establishedOn) return
  const post = register.appoint(before, branch, {
    post: 'branch_secretary',
    from: from > branch.establishedOn ? from : branch.establishedOn,
  })
  post.to = to
}

/** The committee in office, and the one before it where the branch is old enough. */
function electTwice(
  register: Register,
  branch: MadeOrganization,
  is: { members: { person: MadePerson; duty: string }[]; electedOn: CivilDate },
): void {
  const before = addMonths(is.electedOn, -36)
  const first = before > branch.establishedOn ? before : branch.establishedOn
  if (first < is.electedOn) register.elect(branch, is.members, { electedOn: first, termYears: 3, endedOn: is.electedOn })
  register.elect(branch, is.members, { electedOn: is.electedOn, termYears: 3 })
}
