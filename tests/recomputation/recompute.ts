import type { Facts, Meeting, Organization, Rule, WorkRecord } from './facts.ts'

/** One natural period, worked out here again. */
export interface Span {
  readonly name: string
  readonly starts: string
  readonly ends: string
}

/** Status of one subject in one period: 1 met, 2 late, 3 unmet, 4 not reported, 5 exempt. */
export interface Duty {
  readonly rule: Rule
  readonly organization: number
  readonly span: Span
  readonly status: number
  readonly numerator: number
  readonly denominator: number
}

const monthsOf = { month: 1, quarter: 3, half: 6, year: 12 } as const
type Cadence = keyof typeof monthsOf

const two = (n: number) => String(n).padStart(2, '0')
const plus = (day: string, days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)

export function spansOf(cadence: Cadence, year: number): Span[] {
  const length = monthsOf[cadence]
  return Array.from({ length: 12 / length }, (_, index) => {
    const [first, last] = [index * length + 1, index * length + length]
    const name = {
      month: `${year}-${two(first)}`,
      quarter: `${year}Q${index + 1}`,
      half: `${year}H${index + 1}`,
      year: `${year}`,
    }[cadence]
    const ends = new Date(Date.UTC(year, last, 0)).toISOString().slice(0, 10)
    return { name, starts: `${year}-${two(first)}-01`, ends }
  })
}

const holds = ({ from, to }: { from: string | null; to: string | null }, day: string) =>
  (from === null || from <= day) && (to === null || to > day)

/** What of the facts is asked over and over. */
class City {
  readonly facts: Facts
  readonly #edges: Map<number, Facts['edges'][number][]>

  constructor(facts: Facts) {
    this.facts = facts
    this.#edges = Map.groupBy(facts.edges, (edge) => edge.org)
  }

  /** An organization and all above it on a day. */
  above(org: number, day: string): number[] {
    const edge = this.#edges.get(org)?.find((each) => holds(each, day))
    return [org, ...(edge ? this.above(edge.parent, day) : [])]
  }

  fullMembers(org: number, day: string): number {
    return this.facts.memberships.filter((each) => each.org === org && each.standing === 'full' && holds(each, day)).length
  }

  fits(rule: Rule, org: Organization, day: string): boolean {
    const where = rule.subject.where ?? {}
    const full = this.fullMembers(org.no, day)
    const committee = this.facts.committees.some(
      (each) => each.org === org.no && each.elected <= day && (each.ended === null || each.ended > day),
    )
    const kindOf = new Map(this.facts.organizations.map((each) => [each.no, each.kind]))
    const groups = this.facts.edges.some((each) => each.parent === org.no && kindOf.get(each.org) === 'group' && holds(each, day))
    if (where.has_committee !== undefined && where.has_committee !== (full >= 7 && committee)) return false
    if (where.has_groups !== undefined && where.has_groups !== groups) return false
    if (where.min_full_members !== undefined && full < Number(where.min_full_members)) return false
    return where.max_full_members === undefined || full <= Number(where.max_full_members)
  }

  /** Organizations whose records another may count as its own. */
  bodies(organizer: unknown, org: number, day: string): Set<number> {
    if (organizer !== 'unit' && organizer !== 'below') return new Set([org])
    const under = this.facts.organizations.filter((each) => this.above(each.no, day).includes(org))
    const own = ['unit', 'leading_group', 'party_committee']
    return new Set(under.filter((each) => organizer === 'below' || own.includes(each.kind)).map((each) => each.no))
  }
}

interface Asked {
  readonly city: City
  readonly rule: Rule
  readonly org: Organization
  readonly person: number | null
  readonly span: Span
  readonly day: string
}

interface Found {
  readonly recorded: string
  readonly counts: boolean
}

const inside = ({ starts, ends }: Span, day: string) => day >= starts && day <= ends
const shares = (one: readonly string[], other: unknown) => one.some((each) => (other as readonly string[]).includes(each))

function meetingsFound({ city, rule, org, span, day }: Asked): Found[] {
  const { kinds, quorum, organizer } = rule.params
  const bodies = city.bodies(organizer, org.no, day)
  const short = (at: Meeting['at'][number]) =>
    quorum === 'members_half'
      ? at.present * 2 < at.eligible
      : quorum === 'two_thirds'
        ? at.came * 3 < at.expected * 2
        : quorum === 'committee_half' && at.committeePresent * 2 < at.committee
  return city.facts.meetings.flatMap((meeting) => {
    const here = meeting.at.filter((at) => bodies.has(at.org))
    if (here.length === 0 || !inside(span, meeting.held) || !shares(meeting.kinds, kinds)) return []
    return [{ recorded: meeting.recorded, counts: !here.some(short) }]
  })
}

function firstItems({ city, rule, org, span }: Asked): Found[] {
  const { kinds, category = 'political_theory' } = rule.params
  return city.facts.meetings
    .filter((meeting) => inside(span, meeting.held) && shares(meeting.kinds, kinds) && meeting.at.some((at) => at.org === org.no))
    .map((meeting) => ({ recorded: meeting.recorded, counts: meeting.first === category }))
}

function lectures({ city, person, span }: Asked): Found[] {
  return city.facts.meetings
    .filter((meeting) => inside(span, meeting.held) && meeting.kinds.includes('lecture') && meeting.speaker === person)
    .map((meeting) => ({ recorded: meeting.recorded, counts: true }))
}

function worksFound({ city, rule, org, person, span, day }: Asked): Found[] {
  const { tags, categories, organizer } = rule.params
  const bodies = city.bodies(organizer, org.no, day)
  const meant = (work: WorkRecord) =>
    work.tags.some(
      ({ tag, category }) =>
        (tags as string[]).includes(tag) && (!categories || (categories as string[]).includes(category ?? '')),
    )
  const theirs = (work: WorkRecord) => (person === null ? work.at.some((at) => bodies.has(at)) : work.persons.includes(person))
  return city.facts.works
    .filter((work) => inside(span, work.held) && meant(work) && theirs(work))
    .map((work) => ({ recorded: work.recorded, counts: true }))
}

/** Entries of the kinds asked for, and older work records under the tags that count like them. */
function entriesFound(asked: Asked): Found[] {
  const { city, rule, org, person, span, day } = asked
  const { entries, labels, tags, organizer } = rule.params
  const bodies = city.bodies(organizer, org.no, day)
  const own = city.facts.entries
    .filter(
      (entry) =>
        inside(span, entry.held) &&
        shares([entry.kind], entries) &&
        (labels === undefined || shares(entry.labels, labels)) &&
        (person === null ? entry.at.some((at) => bodies.has(at)) : entry.persons.includes(person)),
    )
    .map((entry) => ({ recorded: entry.recorded, counts: true }))
  return tags === undefined ? own : [...own, ...worksFound({ ...asked, rule: { ...rule, params: { tags, organizer } } })]
}

const counting: Readonly<Record<string, (asked: Asked) => Found[]>> = {
  'orglife.meetings_held': meetingsFound,
  'orglife.first_agenda_item': firstItems,
  'orglife.lectures_given': lectures,
  'orglife.work_records': worksFound,
  'orglife.entries_made': entriesFound,
}

/** Rules that are worked out here again; quality from above and what members owe are left out. */
export const recomputable = (rule: Rule): boolean =>
  rule.measure in counting &&
  rule.cadence in monthsOf &&
  rule.params['quality'] === undefined &&
  (rule.subject.kinds !== undefined || rule.subject.post !== undefined) &&
  (rule.target.at_least !== undefined || rule.target.ratio_at_least !== undefined)

type Judged = Pick<Duty, 'status' | 'numerator' | 'denominator'>

function exemptAt({ city, rule, org, day }: Asked): boolean {
  const grounds = rule.subject.exempt ?? []
  const temporary = grounds.includes('temporary_branch') && org.kind === 'temporary_branch'
  return temporary || (grounds.includes('no_full_members') && city.fullMembers(org.no, day) === 0)
}

function ratioStatus(rule: Rule, found: readonly Found[], lateAfter: string): number | null {
  if (found.length === 0) return null
  if (found.filter((each) => each.counts).length < (rule.target.ratio_at_least ?? 0) * found.length) return 3
  return found.some((each) => each.recorded <= lateAfter) ? 1 : lateStatus(rule)
}

const lateStatus = (rule: Rule) => (rule.late === 'unmet' ? 3 : 2)

function countStatus(
  rule: Rule,
  found: readonly Found[],
  { lateAfter, asOf }: { lateAfter: string; asOf: string },
): number | null {
  const least = rule.target.at_least ?? 1
  const counted = found.filter((each) => each.counts)
  if (counted.filter((each) => each.recorded <= lateAfter).length >= least) return 1
  if (counted.length >= least) return lateStatus(rule)
  if (asOf <= lateAfter) return null
  return found.length > 0 ? 3 : 4
}

function judged(asked: Asked & { asOf: string }): Judged | null {
  const { rule, span, asOf } = asked
  const found = counting[rule.measure]?.(asked) ?? []
  const numbers = { numerator: found.filter((each) => each.counts).length, denominator: rule.target.at_least ?? found.length }
  if (exemptAt(asked)) return { status: 5, ...numbers }
  const lateAfter = plus(span.ends, rule.offset + rule.grace)
  const status =
    rule.target.at_least === undefined ? ratioStatus(rule, found, lateAfter) : countStatus(rule, found, { lateAfter, asOf })
  return status === null ? null : { status, ...numbers }
}

function appliesTo(rule: Rule, span: Span, { since, asOf }: { since: string; asOf: string }): boolean {
  const open = rule.to === null || span.starts < rule.to
  return open && span.starts <= asOf && span.starts >= since && span.starts >= rule.from
}

/** Who owes a rule in a period: the organizations, or the holders of its post there. */
function owing(
  city: City,
  rule: Rule,
  { span, day }: { span: Span; day: string },
): { org: Organization; person: number | null }[] {
  const { post, kinds = [] } = rule.subject
  const fitting = city.facts.organizations.filter(
    (org) =>
      (post?.at ?? kinds).includes(org.kind) &&
      org.established <= span.starts &&
      (org.ended === null || org.ended > span.ends) &&
      city.fits(rule, org, day),
  )
  if (!post) return fitting.map((org) => ({ org, person: null }))
  return fitting.flatMap((org) =>
    city.facts.posts
      .filter((each) => each.org === org.no && each.code === post.code && holds(each, day))
      .map(({ person }) => ({ org, person })),
  )
}

/** Every duty of the recomputable rules in a year, and how many owed each, from raw rows and plain loops. */
export function dutiesOf(facts: Facts, year: number, asOf: string) {
  const city = new City(facts)
  const duties: Duty[] = []
  const subjects: { rule: Rule; span: Span; count: number }[] = []
  for (const rule of facts.rules.filter(recomputable)) {
    for (const span of spansOf(rule.cadence as Cadence, year)) {
      if (!appliesTo(rule, span, { since: facts.since, asOf })) continue
      const day = span.ends < asOf ? span.ends : asOf
      const owed = owing(city, rule, { span, day })
      subjects.push({ rule, span, count: owed.length })
      for (const { org, person } of owed) {
        const found = judged({ city, rule, org, person, span, day, asOf })
        if (found) duties.push({ rule, organization: org.no, span, ...found })
      }
    }
  }
  return { duties, subjects, above: (org: number, day: string): number[] => city.above(org, day) }
}
