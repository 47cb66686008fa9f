import type { CivilDate } from '../../kernel/time/civil-date.ts'
import type { AgendaCategory, MeetingKind } from '../../modules/orglife/meetings/meetings.contract.ts'
import { type Draw, madeId } from './draw.ts'
import { madeHours, madeMinutes } from './made-minutes.ts'
import { absenceReasons, affairsTitles, businessTitles, places, resolutionTexts, theoryTitles } from './made-names.ts'
import { committeeOn, heldOn, type MadeCommittee, type MadeOrganization, type MadePerson, type Register } from './register.ts'

/** Somebody who was expected, with what the quorums ask. */
export interface Seat {
  readonly person: MadePerson
  readonly organization: MadeOrganization
  readonly eligible: boolean
  readonly onCommittee: boolean
  readonly reason: string | null
}

interface MadeVote {
  readonly matter: string
  readonly yes: number
  readonly no: number
  readonly abstained: number
}

export interface MadeMeeting {
  no: number
  readonly id: string
  readonly hosts: readonly MadeOrganization[]
  readonly kinds: readonly MeetingKind[]
  readonly title: string
  readonly heldOn: CivilDate
  readonly place: string | null
  readonly startsAt: string | null
  readonly endsAt: string | null
  readonly minutes: string | null
  readonly chair: MadePerson | null
  readonly speaker: MadePerson | null
  readonly agenda: readonly { readonly title: string; readonly category: AgendaCategory }[]
  readonly seats: readonly Seat[]
  readonly sittingIn: readonly MadePerson[]
  readonly votes: readonly MadeVote[]
  readonly resolutions: readonly { readonly content: string; readonly owner: MadePerson; readonly dueOn: CivilDate }[]
  readonly recordedOn: CivilDate | null
  readonly lateReason: string | null
  state: 'planned' | 'recorded' | 'withdrawn'
  /** A second revision: the reason of a correction, or of the withdrawal. */
  changedFor: string | null
}

/** What a meeting is made of; everything else is drawn. */
export interface MeetingPlan {
  readonly hosts: readonly MadeOrganization[]
  readonly kinds: readonly MeetingKind[]
  readonly title: string
  readonly heldOn: CivilDate
  readonly draw: Draw
  readonly chair: MadePerson | null
  readonly speaker?: MadePerson | null
  readonly recorded: { readonly on: CivilDate; readonly lateReason: string | null } | null
  /** Theory comes first, as D1.2 asks. */
  readonly theoryFirst: boolean
  /** Who sits in without being expected, beside the speaker. */
  readonly sittingIn?: readonly MadePerson[]
  /** How many of a hundred come. */
  readonly attendance: number
}

/** What is needed to know who belongs where on a day. */
export interface Rolls {
  readonly register: Register
  readonly committees: ReadonlyMap<MadeOrganization, readonly MadeCommittee[]>
}

/** Groups the committees by their organization. */
export function rollsOf(register: Register): Rolls {
  return { register, committees: Map.groupBy(register.committees, (each) => each.organization) }
}

/** Fills a plan with people and an agenda. Everybody is given a seat but who is exempt and stays away. */
export function makeMeeting(rolls: Rolls, plan: MeetingPlan, key: string): MadeMeeting {
  const { draw, hosts, kinds, title, heldOn: day, chair, speaker = null, recorded } = plan
  const meeting: MadeMeeting = {
    no: 0,
    id: madeId('mtg', `${rolls.register.seed}/${key}`),
    hosts,
    kinds,
    title,
    heldOn: day,
    chair,
    speaker,
    place: draw.one(places),
    ...madeHours(draw.of('hours'), kinds),
    minutes: null,
    agenda: agendaFor(plan),
    seats: [],
    sittingIn: [],
    votes: [],
    resolutions: [],
    recordedOn: null,
    lateReason: null,
    state: 'planned',
    changedFor: null,
  }
  return recorded ? { ...meeting, ...recordOf(plan, recorded, seatsFor(rolls, plan)) } : meeting
}

/** What only a meeting that was held has. */
function recordOf(plan: MeetingPlan, recorded: NonNullable<MeetingPlan['recorded']>, seats: readonly Seat[]) {
  const { draw, kinds, chair, speaker = null } = plan
  const others = (plan.sittingIn ?? []).filter((person) => person !== speaker && !seats.some((seat) => seat.person === person))
  const eligible = seats.filter((seat) => seat.eligible && seat.reason === null).length
  const votes = kinds.includes('members_meeting') && eligible > 6 && draw.chance(0.25)
  const sitsIn = speaker !== null && !seats.some((seat) => seat.person === speaker)
  const resolved = chair !== null && draw.chance(0.2)
  return {
    state: 'recorded' as const,
    minutes: madeMinutes(draw.of('minutes'), plan.heldOn),
    seats,
    sittingIn: [...(sitsIn ? [speaker] : []), ...others],
    votes: votes ? [votedBy(eligible, draw)] : [],
    resolutions: resolved ? [{ content: draw.one(resolutionTexts), owner: chair, dueOn: recorded.on }] : [],
    recordedOn: recorded.on,
    lateReason: recorded.lateReason,
  }
}

function votedBy(eligible: number, draw: Draw): MadeVote {
  const [no, abstained] = [draw.chance(0.1) ? 1 : 0, draw.chance(0.15) ? 1 : 0]
  return { matter: '表决接收预备党员（演示）', yes: eligible - no - abstained, no, abstained }
}

function agendaFor({ draw, kinds, title, theoryFirst }: MeetingPlan): MadeMeeting['agenda'] {
  const theory = { title: draw.one(theoryTitles), category: 'political_theory' as const }
  const affairs = { title: draw.one(affairsTitles), category: 'party_affairs' as const }
  const business = { title: draw.one(businessTitles), category: 'business' as const }
  if (kinds.length === 1 && kinds[0] === 'lecture') return [{ title, category: 'political_theory' }]
  const discipline = { title: '学习党规党纪（演示）', category: 'party_discipline' as const }
  const items = title.includes('廉洁') ? [theory, discipline] : theoryFirst ? [theory, affairs] : [business, theory]
  return draw.chance(0.4) && theoryFirst ? [...items, business] : items
}

const committeeOnly: readonly MeetingKind[] = ['committee_meeting', 'party_committee_meeting']

function seatsFor(rolls: Rolls, plan: MeetingPlan): Seat[] {
  const onlyCommittee = plan.kinds.every((kind) => committeeOnly.includes(kind))
  const seen = new Set<MadePerson>()
  return plan.hosts.flatMap((organization) =>
    expectedOf(rolls, organization, plan.heldOn)
      .filter((each) => !seen.has(each.person) && (!onlyCommittee || each.onCommittee))
      .flatMap((each) => {
        seen.add(each.person)
        const came = each.person === plan.chair || plan.draw.number() * 100 < plan.attendance
        if (each.person.exempt && !(came && plan.draw.chance(0.15))) return []
        return [{ ...each, organization, reason: came ? null : plan.draw.one(absenceReasons) }]
      }),
  )
}

type Expected = Pick<Seat, 'person' | 'eligible' | 'onCommittee'>

/** Who is expected of one organization: its members; a leading group's holders of posts; a unit's whole staff. */
function expectedOf(rolls: Rolls, organization: MadeOrganization, day: CivilDate): Expected[] {
  if (organization.kind === 'leading_group') return leadersOf(rolls, organization, day)
  if (organization.kind === 'unit') return staffOf(rolls, organization, day)
  const committee = new Set(committeeOn(rolls.committees.get(organization) ?? [], day)?.members.map((each) => each.person))
  const own = organization.members.filter(
    (each) => (each.standing === 'full' || each.standing === 'probationary') && heldOn(each, day),
  )
  const people = own.map(({ person, standing }) => ({
    person,
    eligible: standing === 'full',
    onCommittee: committee.has(person),
  }))
  const known = new Set(people.map((each) => each.person))
  const others = [...committee].filter((person) => !known.has(person))
  return [...people, ...others.map((person) => ({ person, eligible: true, onCommittee: true }))]
}

function leadersOf({ register }: Rolls, group: MadeOrganization, day: CivilDate): Expected[] {
  const held = register.posts.filter((each) => each.organization === group && heldOn(each, day))
  return [...new Set(held.map((each) => each.person))].map((person) => ({ person, eligible: true, onCommittee: true }))
}

const branchKinds = ['branch', 'joint_branch'] as const satisfies readonly string[]
const isBranch = ({ kind }: MadeOrganization) => branchKinds.some((each) => each === kind)

function staffOf({ register }: Rolls, unit: MadeOrganization, day: CivilDate): Expected[] {
  const found = new Map<MadePerson, Expected>()
  for (const organization of register.organizations) {
    if (organization !== unit && !(isBranch(organization) && standsUnder(organization, unit, day))) continue
    for (const each of organization.members) {
      const counts = each.standing === 'staff' || each.standing === 'full' || each.standing === 'probationary'
      if (counts && heldOn(each, day))
        found.set(each.person, { person: each.person, eligible: each.standing === 'full', onCommittee: false })
    }
  }
  return [...found.values()]
}

/** True when an organization stood under another on a day. */
function standsUnder(organization: MadeOrganization, above: MadeOrganization, day: CivilDate): boolean {
  const parent = organization.parents.find((each) => heldOn(each, day))?.parent
  return parent !== undefined && (parent === above || standsUnder(parent, above, day))
}
