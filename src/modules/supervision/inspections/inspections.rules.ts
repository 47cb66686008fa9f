import {
  type FindingAction,
  findingActions,
  findingLifecycle,
  type FindingState,
  findingStates,
  type InspectionAction,
  inspectionActions,
  inspectionLifecycle,
  type InspectionState,
  inspectionStates,
  type Manner,
} from './inspections.lifecycle.ts'

/** How an inspection stands. */
export interface Standing {
  readonly state: InspectionState
  readonly manner: Manner
  /** Already remarked on: the visited may do so once. */
  readonly remarked: boolean
}

/** Verbs possible now: an open visit is announced before it starts, an unannounced one never; the visited remark once. */
export function possibleNow({ state, manner, remarked }: Standing): InspectionAction[] {
  return (Object.keys(inspectionLifecycle[state]) as InspectionAction[]).filter((verb) => {
    if (verb === 'announce') return manner === 'open'
    if (verb === 'start' && state === 'planned') return manner === 'unannounced'
    return verb !== 'remark' || !remarked
  })
}

/** The sentence of a refused verb: where it stands and what is possible instead. */
export function refusal(standing: Standing, verb: InspectionAction): string {
  const possible = possibleNow(standing).map((one) => inspectionActions[one])
  const instead = possible.length > 0 ? `现在可以：${possible.join('、')}。` : ''
  return `这次检查现在是“${inspectionStates[standing.state]}”，不能“${inspectionActions[verb]}”。${instead}`
}

export function findingRefusal(state: FindingState, verb: FindingAction): string {
  const possible = (Object.keys(findingLifecycle[state]) as FindingAction[]).map((one) => findingActions[one])
  const instead = possible.length > 0 ? `现在可以：${possible.join('、')}。` : ''
  return `这条发现现在是“${findingStates[state]}”，不能“${findingActions[verb]}”。${instead}`
}

/** Findings are recorded from the start until it is closed. */
export const takesFindings = (state: InspectionState): boolean => state === 'started' || state === 'signed'

export const findingKinds = {
  requirement: '没有做到要求',
  unlawful_fee: '违规收费',
  solicitation: '吃拿卡要',
  buck_passing: '推诿扯皮',
  bad_attitude: '态度恶劣',
  falsification: '弄虚作假',
  other: '其他',
} as const
export type FindingKind = keyof typeof findingKinds

/** `第二支部 检查发现：违规收费`: names the organization and the matter, never a person. */
export function caseTitle(of: { organization: string; kind: FindingKind; requirement: string | null }): string {
  return `${of.organization} 检查发现：${of.requirement ?? findingKinds[of.kind]}`.slice(0, 100)
}

export const answers = { good: '做到', short: '没有做到', not_looked: '没有看' } as const
export type Answer = keyof typeof answers

/** One line that a checklist is made of. */
export interface SuggestedLine {
  readonly kind: 'requirement' | 'weak' | 'case' | 'fixed' | 'own'
  readonly requirement: string | null
  readonly clause: string | null
  readonly question: string
  /** Why it is asked, with its figure; empty where the clause says it all. */
  readonly why: string
}

/** What D5.4 asks of every window and every visit, whatever the figures say. */
export const fixedLines: readonly SuggestedLine[] = [
  ['窗口党员是否佩戴标志、亮明身份', ''],
  ['有没有违规收费', ''],
  ['有没有吃拿卡要', ''],
  ['有没有推诿扯皮', '看最近办件的受理和办结时间'],
  ['服务态度如何', '可以问一两位来办事的群众'],
  ['记录与实际是否一致', '抽一两次会议，问参加过的同志'],
].map(([question = '', why = '']) => ({ kind: 'fixed', requirement: null, clause: 'D5.4', question, why }))

/** A requirement that was short at the organization within the last year. */
export interface WeakPoint {
  readonly code: string
  readonly title: string
  readonly clause: string | null
  readonly short: number
  readonly due: number
}

export function weakLine(weak: WeakPoint): SuggestedLine {
  return {
    kind: 'weak',
    requirement: weak.code,
    clause: weak.clause,
    question: weak.title,
    why: `近一年应办 ${weak.due} 项，其中 ${weak.short} 项没有办成或没有报`,
  }
}
