import { addDays, addMonths, type CivilDate } from '../../kernel/time/civil-date.ts'
import { largeCity, smallCity } from './city-shape.ts'
import { monthStart } from './draw.ts'
import { foundBranch, type MadeBranch } from './made-branches.ts'
import { foundUnit, type MadeUnit } from './made-units.ts'
import { type MadeOrganization, type MadePerson, Register } from './register.ts'

/** The whole made-up city before it is written. */
export interface MadeCity {
  readonly register: Register
  readonly committee: MadeOrganization
  /** The working committee's own branch, where its officers keep their party life. */
  readonly ownBranch: MadeBranch
  readonly units: readonly MadeUnit[]
  readonly branches: readonly MadeBranch[]
  /** The branch whose secretary signs in as `zhibu`. */
  readonly shown: MadeBranch
  /** First day for which figures are kept. */
  readonly since: CivilDate
}

/** Makes the city of a scale as it stands on a day. The same day and seed give the same city. */
export function makeCity(scale: 'small' | 'city', today: CivilDate): MadeCity {
  const register = new Register(`biaoshuai-demonstration-${scale}`, today)
  const committee = register.organization('working_committee', null, {
    name: '示例市直机关工委',
    shortName: '工委',
    establishedOn: '2014-01-02',
  })
  const own = register.draw.of('工委')
  const ownBranch = foundBranch(
    register,
    { unit: committee, parent: committee },
    { name: '示例市直机关工委机关党支部', shortName: '机关党支部', size: 9, draw: own },
  )
  const shapes = scale === 'small' ? smallCity : largeCity(register.draw.of('units'))
  const units = shapes.map((shape) => foundUnit(register, committee, shape))
  const officer = ownBranch.organization.members[2]?.person
  if (officer) register.appoint(officer, committee, { post: 'working_committee_officer', from: addMonths(today, -20) })
  const shown = units[0]?.branches[0]
  if (!shown) throw new RangeError('a city has at least one branch')
  shown.reliability = 1
  ownBranch.reliability = 0.99
  const since = addMonths(monthStart(today), scale === 'small' ? -13 : -35)
  const founded = changeTree(register, units, today)
  const branches = [ownBranch, ...units.flatMap((unit) => unit.branches), ...founded]
  setTerms(register, units, today)
  return { register, committee, ownBranch, units, branches, shown, since }
}

/** What happens to trees: one branch moved, one renamed, one merged, one dissolved, one founded two months ago. */
function changeTree(register: Register, units: readonly MadeUnit[], today: CivilDate): MadeBranch[] {
  const month = (back: number) => addMonths(monthStart(today), -back)
  const branchOf = (unit: number, index: number) => units[unit]?.branches.at(index)?.organization
  move(branchOf(2, 3), units[0]?.body, month(5))
  rename(branchOf(1, 4), units[1]?.organization.names[0]?.name ?? '', month(8))
  dissolve(register, branchOf(6, 6), { into: [branchOf(6, 7)], on: month(6) })
  dissolve(register, branchOf(4, -1), { into: [branchOf(4, 1), branchOf(4, 2)], on: month(4) })
  const unit = units[7]
  if (!unit) return []
  const name = `${unit.organization.names[0]?.name}新设信息化`
  const is = {
    name: `${name}党支部`,
    shortName: '新设信息化党支部',
    size: 8,
    draw: register.draw.of(name),
    establishedOn: month(2),
  }
  return [foundBranch(register, { unit: unit.organization, parent: unit.body }, is)]
}

/** In a larger city a unit may have fewer branches than the change asks for; then there is none. */
type Perhaps = MadeOrganization | undefined

function move(branch: Perhaps, parent: Perhaps, on: CivilDate): void {
  if (!branch || !parent) return
  const last = branch.parents.at(-1)
  if (last) last.to = on
  branch.parents.push({ parent, from: on, to: null })
}

function rename(branch: Perhaps, unitName: string, on: CivilDate): void {
  if (!branch) return
  const last = branch.names.at(-1)
  if (last) last.to = on
  branch.names.push({ name: `${unitName}综合改革处党支部`, shortName: '综合改革处党支部', from: on, to: null })
}

/** Ends a branch: its people go on elsewhere, its facts stay; the first of the others takes over what is open. */
function dissolve(register: Register, branch: Perhaps, is: { into: readonly Perhaps[]; on: CivilDate }): void {
  const { on } = is
  const into = is.into.filter((each) => each !== undefined)
  if (!branch || into.length < is.into.length || into.includes(branch)) return
  branch.dissolvedOn = on
  branch.successor = into[0] ?? null
  const going = branch.members.filter((each) => each.to === null || each.to > on)
  going.forEach((membership, index) => {
    const target = into[index % into.length]
    if (!target) return
    const from = membership.from > on ? membership.from : on
    register.belong(membership.person, target, { standing: membership.standing, from, to: membership.to })
    membership.person.home = target
    membership.to = from
  })
  const started = branch.members.filter((each) => each.to === null || each.from < each.to)
  branch.members.splice(0, branch.members.length, ...started)
  endOffices(register, branch, on)
}

/** Posts and committees end with the branch; what would have begun later had begun before. */
function endOffices(register: Register, branch: MadeOrganization, on: CivilDate): void {
  const own = register.posts.filter((each) => each.organization === branch)
  for (const post of own) {
    if (post.to === null) {
      if (post.from >= on) post.from = addMonths(on, -24)
      post.to = on
    } else if (post.to > on || post.from >= on) [post.from, post.to] = [addMonths(on, -54), addMonths(on, -24)]
  }
  const kept = register.committees.filter((each) => each.organization !== branch || each.electedOn < on)
  register.committees.splice(0, register.committees.length, ...kept)
  for (const committee of kept) {
    if (committee.organization === branch && (committee.endedOn === null || committee.endedOn > on)) committee.endedOn = on
  }
}

/** Two branch committees whose election is overdue, and one that is due within half a year. */
function setTerms(register: Register, units: readonly MadeUnit[], today: CivilDate): void {
  const wanted: [number, number, CivilDate][] = [
    [1, 1, addDays(addMonths(today, -36), -75)],
    [4, 0, addDays(addMonths(today, -36), -20)],
    [7, 1, addDays(addMonths(today, -36), 110)],
  ]
  for (const [unit, index, electedOn] of wanted) {
    const organization = units[unit]?.branches[index]?.organization
    const last = register.committees.findLast((each) => each.organization === organization)
    if (!organization || !last) continue
    const kept = register.committees.filter((each) => each.organization !== organization)
    register.committees.splice(0, register.committees.length, ...kept)
    register.elect(organization, last.members, { electedOn, termYears: 3 })
    for (const post of register.posts) {
      if (post.organization !== organization) continue
      if (post.to === null) post.from = electedOn
      else [post.from, post.to] = [addMonths(electedOn, -36), electedOn]
    }
  }
}

/** The people behind the demonstration's accounts. */
export function shownPeople(
  city: MadeCity,
): Record<'gongwei' | 'lingdao' | 'danwei' | 'jiwei' | 'zhibu' | 'dangyuan' | 'jiancha', MadePerson> {
  const first = city.units[0]
  const holder = (organization: MadeOrganization | null | undefined, post: string): MadePerson => {
    const found = city.register.posts.find((each) => each.organization === organization && each.post === post)
    if (!found) throw new RangeError(`nobody holds ${post}`)
    return found.person
  }
  const member = (branch: MadeBranch, index: number): MadePerson => {
    const found = branch.organization.members.filter((each) => each.standing === 'full' && each.to === null)[index]
    if (!found) throw new RangeError('the branch is too small')
    return found.person
  }
  return {
    gongwei: holder(city.committee, 'working_committee_officer'),
    lingdao: holder(first?.leadingGroup, 'leading_group_secretary'),
    danwei: holder(first?.body, 'full_time_deputy'),
    jiwei: holder(first?.discipline, 'discipline_secretary'),
    zhibu: city.shown.secretary,
    dangyuan: member(city.shown, 14),
    jiancha: member(city.ownBranch, 5),
  }
}
