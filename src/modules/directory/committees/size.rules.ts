import { addMonths, type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { isBranch } from '../organizations/placement.rules.ts'
import type { OrganizationKind } from '../organizations/organizations.contract.ts'

/** A rule of size or term, said as a hint: people decide, and exceptions approved above are not known here. */
export interface Hint {
  readonly rule: string
  readonly text: string
}

export interface SizeFacts {
  readonly kind: OrganizationKind
  readonly fullMembers: number
  /** Full and probationary, with all that stands below. */
  readonly members: number
  /** Kinds that stand directly below. */
  readonly kindsBelow: readonly OrganizationKind[]
  readonly committee: {
    readonly size: number
    readonly electedOn: CivilDate
    readonly termYears: number
    readonly dueOn: CivilDate
    readonly extendedTo: CivilDate | null
  } | null
  readonly today: CivilDate
}

/** From seven full members on a branch has a committee (branch regulation, article 21). */
export const committeeFromFullMembers = 7

function unitHints({ kind, members, kindsBelow }: SizeFacts): Hint[] {
  if (kind !== 'unit' || kindsBelow.includes('party_committee')) return []
  if (members >= 100) return [{ rule: 'JG1', text: `党员 ${members} 名，已达 100 名，一般应设党的基层委员会。` }]
  const enough = members >= 50 && !kindsBelow.includes('general_branch')
  return enough ? [{ rule: 'JG2', text: `党员 ${members} 名，已达 50 名，一般应设党的总支部。` }] : []
}

function committeeKindHints({ kind, members }: SizeFacts): Hint[] {
  if (kind === 'party_committee' && members < 100) {
    return [{ rule: 'JG1', text: `党员 ${members} 名，不足 100 名设机关党委须经上级党组织批准，请留存批准件。` }]
  }
  const small = kind === 'general_branch' && members < 50
  return small ? [{ rule: 'JG2', text: `党员 ${members} 名，不足 50 名设总支部须经上级党组织批准，请留存批准件。` }] : []
}

function branchHints({ kind, fullMembers, committee }: SizeFacts): Hint[] {
  if (!isBranch(kind)) return []
  if (fullMembers < 3) return [{ rule: 'JG3', text: `正式党员 ${fullMembers} 名，不足 3 名，可考虑与邻近组织联合设立支部。` }]
  if (kind === 'temporary_branch') return []
  if (fullMembers >= committeeFromFullMembers && !committee) {
    return [{ rule: 'ZB20', text: `正式党员 ${fullMembers} 名，已达 7 名，应设支部委员会；如已选举，请登记本届委员会。` }]
  }
  if (fullMembers < committeeFromFullMembers && committee) {
    return [{ rule: 'ZB20', text: `正式党员 ${fullMembers} 名，不足 7 名，一般设书记 1 名，必要时设副书记 1 名，不设委员会。` }]
  }
  return []
}

function seatHints({ kind, committee }: SizeFacts): Hint[] {
  if (!isBranch(kind) || !committee) return []
  const { size } = committee
  if (size < 3 || size > 7) return [{ rule: 'ZB20', text: `本届委员 ${size} 名，支部委员会一般为 3 至 5 名，最多不超过 7 名。` }]
  return size > 5 ? [{ rule: 'ZB20', text: `本届委员 ${size} 名，支部委员会一般为 3 至 5 名。` }] : []
}

const usualTerm: Partial<Record<OrganizationKind, { years: number; rule: string }>> = {
  party_committee: { years: 5, rule: 'JG1' },
  general_branch: { years: 3, rule: 'JG2' },
  branch: { years: 3, rule: 'ZB21' },
  joint_branch: { years: 3, rule: 'ZB21' },
}

function termHints({ kind, committee, today }: SizeFacts): Hint[] {
  if (!committee) return []
  const { termYears, dueOn, extendedTo } = committee
  const usual = usualTerm[kind]
  const hints: Hint[] = []
  if (usual && usual.years !== termYears) {
    hints.push({ rule: usual.rule, text: `本届任期登记为 ${termYears} 年，这类组织一般为 ${usual.years} 年，请核对。` })
  }
  if (extendedTo && extendedTo > addMonths(dueOn, 12)) {
    hints.push({ rule: 'ZB22', text: `延期至${inChinese(extendedTo)}，超过一年；延期或提前一般不超过一年，且须经上级批准。` })
  }
  const end = extendedTo ?? dueOn
  if (today >= end) hints.push({ rule: 'ZB22', text: `任期已于${inChinese(end)}届满，请换届，或登记经批准的延期。` })
  else if (today >= addMonths(end, -6))
    hints.push({ rule: 'ZB22', text: `任期将于${inChinese(end)}届满，不足六个月，请提前准备换届。` })
  return hints
}

/** Hints on size and term of an organization: JG1–JG3, ZB20–ZB22. Never verdicts. */
export function sizeHints(facts: SizeFacts): Hint[] {
  return [unitHints, committeeKindHints, branchHints, seatHints, termHints].flatMap((judge) => judge(facts))
}
