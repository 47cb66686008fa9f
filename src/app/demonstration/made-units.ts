import { addDays, addMonths } from '../../kernel/time/civil-date.ts'
import type { UnitShape } from './city-shape.ts'
import type { Draw } from './draw.ts'
import { foundBranch, type MadeBranch } from './made-branches.ts'
import { departments, madeName } from './made-names.ts'
import type { MadeOrganization, MadePerson, Register } from './register.ts'

/** A unit with its bodies and branches. */
export interface MadeUnit {
  readonly shape: UnitShape
  readonly organization: MadeOrganization
  /** What the branches stand under: party committee, general branch, or the unit itself. */
  readonly body: MadeOrganization
  readonly generalBranches: readonly MadeOrganization[]
  readonly branches: readonly MadeBranch[]
  readonly leadingGroup: MadeOrganization | null
  /** Leading group: secretary first, the deputy in charge second. */
  readonly leaders: readonly MadePerson[]
  readonly discipline: MadeOrganization | null
  readonly temporary: MadeOrganization | null
}

const founded = '2015-03-02'

/** Founds a unit after its shape: bodies, branches, leading group, discipline committee, other staff. */
export function foundUnit(register: Register, committee: MadeOrganization, shape: UnitShape): MadeUnit {
  const draw = register.draw.of(shape.name)
  const organization = register.organization('unit', committee, {
    name: shape.name,
    shortName: shape.name.replace('示例', ''),
    establishedOn: founded,
  })
  const body = foundBody(register, organization, shape)
  const namer = branchNamer(shape, draw)
  const found = (parent: MadeOrganization, size: number, joint = false) =>
    foundBranch(
      register,
      { unit: organization, parent },
      {
        ...namer(joint),
        size,
        draw: draw.of(`${parent.names[0]?.name}/${namer.count()}`),
        kind: joint ? 'joint_branch' : 'branch',
      },
    )
  const direct = shape.branches.map((size) => found(body, size))
  const generalBranches = shape.generalBranches.map((_, index) =>
    foundGeneralBranch(register, body, { unit: shape.name, shortName: `业务第${'一二三四五'[index]}党总支` }),
  )
  const below = shape.generalBranches.flatMap((sizes, index) => sizes.map((size) => found(generalBranches[index] ?? body, size)))
  const joint = shape.joint === null ? [] : [found(body, shape.joint, true)]
  const branches = [...direct, ...below, ...joint]
  const leaders = leadersFrom(branches)
  const leadingGroup = shape.form === 'branch' ? null : foundLeadingGroup(register, organization, leaders)
  staffBodies(register, { body, generalBranches, branches, deputy: leaders[1] })
  const discipline = shape.form === 'party_committee' ? foundDiscipline(register, body, { name: shape.name, branches }) : null
  hireStaff(register, organization, { count: shape.staff, draw })
  const temporary = shape.temporary ? foundTemporary(register, body, { name: shape.name, branches }) : null
  return { shape, organization, body, generalBranches, branches, leadingGroup, leaders, discipline, temporary }
}

function foundBody(register: Register, unit: MadeOrganization, { name, form }: UnitShape): MadeOrganization {
  if (form === 'branch') return unit
  const title = form === 'party_committee' ? '机关党委' : '机关党总支'
  return register.organization(form, unit, { name: name + title, shortName: title, establishedOn: founded })
}

function foundGeneralBranch(
  register: Register,
  under: MadeOrganization,
  is: { unit: string; shortName: string },
): MadeOrganization {
  const { unit, shortName } = is
  return register.organization('general_branch', under, { name: unit + shortName, shortName, establishedOn: founded })
}

function branchNamer({ name, form }: UnitShape, draw: Draw) {
  let used = 0
  const first = draw.between(0, departments.length - 1)
  const next = (joint: boolean) => {
    const department = form === 'branch' ? '' : joint ? '直属机构联合' : (departments[(first + used) % departments.length] ?? '')
    used += 1
    const round = used > departments.length ? `第${used}` : ''
    return { name: `${name}${department}${round}党支部`, shortName: `${department}${round}党支部` }
  }
  return Object.assign(next, { count: () => used })
}

/** Leaders keep their party life in ordinary branches (double organization life). */
function leadersFrom(branches: readonly MadeBranch[]): MadePerson[] {
  const first = branches[0]?.organization.members.filter((each) => each.standing === 'full' && each.to === null) ?? []
  return first.slice(5, 10).map((each) => each.person)
}

function foundLeadingGroup(register: Register, unit: MadeOrganization, leaders: readonly MadePerson[]): MadeOrganization {
  const name = unit.names[0]?.name ?? ''
  const group = register.organization('leading_group', unit, { name: `${name}党组`, shortName: '党组', establishedOn: founded })
  const work = register.organization('work_leading_group', unit, {
    name: `${name}机关党建工作领导小组`,
    shortName: '党建工作领导小组',
    establishedOn: founded,
  })
  leaders.forEach((person, index) => {
    const from = addMonths(register.today, -30 - index)
    const post = index === 0 ? 'leading_group_secretary' : index === 1 ? 'leading_group_deputy' : 'leading_group_member'
    register.appoint(person, group, { post, from })
    const duty = index === 0 ? 'first' : index === 1 ? 'direct' : 'member'
    for (const organization of [unit, work]) register.responsibilities.push({ person, organization, duty, from, to: null })
  })
  return group
}

/** Committees of the bodies: secretary, a full-time deputy at a party committee, members; terms of five and three years. */
function staffBodies(
  register: Register,
  is: {
    body: MadeOrganization
    generalBranches: readonly MadeOrganization[]
    branches: readonly MadeBranch[]
    deputy: MadePerson | undefined
  },
): void {
  const from = addMonths(register.today, -26)
  const bodies = is.body.kind === 'unit' ? [] : [is.body, ...is.generalBranches]
  for (const body of bodies) {
    const below = is.branches.filter(
      (branch) => body === is.body || branch.organization.parents.some((each) => each.parent === body),
    )
    const committee = body.kind === 'party_committee'
    const people = [...new Set([...(committee ? headsOf(below, is.deputy) : []), ...below.map((branch) => branch.secretary)])]
    const members = people.slice(0, committee ? 7 : 5).map((person, index) => ({ person, duty: bodyDuty(index, committee) }))
    register.elect(body, members, { electedOn: from, termYears: committee ? 5 : 3 })
    for (const { person, duty } of members) {
      if (duty === '书记')
        register.appoint(person, body, { post: committee ? 'committee_secretary' : 'general_branch_secretary', from })
      if (duty === '专职副书记') register.appoint(person, body, { post: 'full_time_deputy', from, fullTime: true })
    }
  }
}

/** JG8: the secretary is the party member who answers for the unit's work, here the deputy in charge; beside him one full-time. */
function headsOf(branches: readonly MadeBranch[], deputy: MadePerson | undefined): MadePerson[] {
  const [first, second] = branches.map((branch) => branch.organization.members[4]?.person)
  return [deputy, second ?? first].filter((person) => person !== undefined)
}

function bodyDuty(index: number, committee: boolean): string {
  if (index === 0) return '书记'
  if (index === 1) return committee ? '专职副书记' : '副书记'
  return index === 2 && !committee ? '纪检委员' : '委员'
}

function foundDiscipline(
  register: Register,
  body: MadeOrganization,
  is: { name: string; branches: readonly MadeBranch[] },
): MadeOrganization {
  const discipline = register.organization('discipline_committee', body, {
    name: `${is.name}机关纪委`,
    shortName: '机关纪委',
    establishedOn: founded,
  })
  const from = addMonths(register.today, -26)
  const people = is.branches
    .slice(0, 5)
    .map((branch) => branch.organization.members.filter((each) => each.to === null)[2]?.person)
  const members = people
    .filter((person) => person !== undefined)
    .map((person, index) => ({ person, duty: index === 0 ? '书记' : '委员' }))
  register.elect(discipline, members, { electedOn: from, termYears: 5, kind: 'discipline_committee' })
  if (members[0]) {
    register.appoint(members[0].person, discipline, { post: 'discipline_secretary', from })
    // JG9: a deputy secretary of the committee leads it; one unit has yet to see to that.
    if (is.name !== '示例交通局') register.appoint(members[0].person, body, { post: 'committee_deputy', from })
  }
  return discipline
}

function hireStaff(register: Register, unit: MadeOrganization, { count, draw }: { count: number; draw: Draw }): void {
  const taken = new Set<string>()
  for (let index = 0; index < count; index += 1) {
    const name = madeName(draw, taken)
    taken.add(name)
    const person = register.person(unit, {
      name,
      sex: draw.chance(0.5) ? 'male' : 'female',
      category: 'staff',
      job: '工作人员',
      joinedOn: null,
      fullSince: null,
      exempt: false,
      isMobile: false,
    })
    register.belong(person, unit, { standing: 'staff', from: addDays(register.today, -draw.between(450, 4000)) })
  }
}

/** ZB8: a temporary branch with an end; its people stay members of their own branches. */
function foundTemporary(
  register: Register,
  body: MadeOrganization,
  is: { name: string; branches: readonly MadeBranch[] },
): MadeOrganization {
  const [establishedOn, endsOn] = [addMonths(register.today, -4), addMonths(register.today, 5)]
  const temporary = register.organization('temporary_branch', body, {
    name: `${is.name}示范项目临时党支部`,
    shortName: '示范项目临时党支部',
    establishedOn,
    endsOn,
  })
  const people = is.branches.slice(1, 6).flatMap((branch) => {
    const full = branch.organization.members.filter((each) => each.standing === 'full' && each.to === null)
    return full.slice(5, 7).map((each) => each.person)
  })
  for (const person of people) register.belong(person, temporary, { standing: 'full', from: establishedOn, to: endsOn })
  if (people[0]) register.appoint(people[0], temporary, { post: 'branch_secretary', from: establishedOn })
  return temporary
}
