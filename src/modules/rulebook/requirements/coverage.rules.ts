import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { holeKinds } from './coverage.contract.ts'

type Hole = keyof typeof holeKinds

/** Whether figures flow, and where not, why. */
export interface Feed {
  readonly dataSource: 'live' | 'none'
  readonly why: Hole | null
  readonly reason: string | null
}

/** What decides whether a requirement has figures. */
export interface RequirementStanding {
  readonly enabled: boolean
  readonly reasonOff: string | null
  readonly awaits: string | null
  /** A module counts it. */
  readonly held: boolean
  readonly moduleName: string
  readonly from: CivilDate
  readonly to: CivilDate | null
}

const live: Feed = { dataSource: 'live', why: null, reason: null }
const none = (why: Hole, reason: string | null): Feed => ({ dataSource: 'none', why, reason })

/** A requirement is live when it is on, valid today and counted by a module; all three. */
export function feedOf(one: RequirementStanding, words: { today: CivilDate; dayInWords: (day: CivilDate) => string }): Feed {
  const { today, dayInWords } = words
  if (one.awaits !== null || !one.held) {
    const off = one.enabled ? '' : `；没有启用：${one.reasonOff ?? ''}`
    return none('awaits_module', `等待“${one.moduleName}”提供数据${off}`)
  }
  if (!one.enabled) return none('switched_off', one.reasonOff)
  if (one.from > today) return none('not_yet', `${dayInWords(one.from)}起施行`)
  if (one.to !== null && one.to <= today) return none('ended', `${dayInWords(one.to)}起停用`)
  return live
}

/** A clause is live when one of its requirements is; otherwise it tells the first reason, or that nothing was written for it. */
export function clauseStanding(requirements: readonly Feed[], uncounted: string | null): Feed {
  if (requirements.some(({ dataSource }) => dataSource === 'live')) return live
  const [first] = requirements
  if (first) return none(first.why ?? 'hole', first.reason)
  return uncounted === null ? none('hole', '还没有写成要求，请补上要求，或写明不宜计数的缘由') : none('uncounted', uncounted)
}
