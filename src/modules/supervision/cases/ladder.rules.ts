import { type CaseState, caseStates } from './cases.lifecycle.ts'
import { type LadderCondition, ladderTable, type LadderVerb, ladderVerbs, type Rung, rungs } from './ladder.lifecycle.ts'

/** Where a case stands on the ladder. */
export interface OnLadder {
  readonly state: CaseState
  readonly waiting: boolean
  readonly rung: Rung
  readonly overdueDays: number
  readonly returned: number
  /** The yellow card that this case led to is in force. */
  readonly cardInForce: boolean
}

/** The ladder's steps that are possible now. */
export function ladderPossible(at: Pick<OnLadder, 'state' | 'waiting' | 'rung' | 'cardInForce'>): LadderVerb[] {
  if (at.state !== 'supervised' || at.waiting) return []
  const verbs = Object.keys(ladderTable[at.rung]) as LadderVerb[]
  return verbs.filter((verb) => verb !== 'propose_accountability' || at.cardInForce)
}

export function ladderRefusal(at: Pick<OnLadder, 'state' | 'waiting' | 'rung' | 'cardInForce'>, verb: LadderVerb): string {
  const now = ladderPossible(at).map((one) => ladderVerbs[one])
  const stands = at.state === 'supervised' ? rungs[at.rung] : caseStates[at.state]
  const waiting = at.waiting ? '，正在等上级，时限停表' : ''
  const card = verb === 'propose_accountability' && !at.cardInForce ? '由本事项引起的黄牌还没有生效。' : ''
  return `事项现在是“${stands}”${waiting}，不能“${ladderVerbs[verb]}”。${card}${now.length > 0 ? `现在可以：${now.join('、')}。` : ''}`
}

const holdsFor = (condition: LadderCondition, at: OnLadder) =>
  at.overdueDays >= (condition.overdueDays ?? 0) &&
  at.returned >= (condition.returned ?? 0) &&
  (condition.cardInForce === undefined || at.cardInForce)

const stepNames = { supervise: '转督办', ...ladderVerbs } as const

/** The next step that the conditions propose, with the reason in words; null when none. Never taken by itself. */
export function proposedStep(
  at: OnLadder,
  conditions: readonly LadderCondition[],
): { step: LadderCondition['step']; why: string } | null {
  const possible: readonly string[] = at.state === 'reminded' && !at.waiting ? ['supervise'] : ladderPossible(at)
  const met = conditions.find((condition) => possible.includes(condition.step) && holdsFor(condition, at))
  if (!met) return null
  const because = [
    met.overdueDays !== undefined && `已超期 ${at.overdueDays} 天（满 ${met.overdueDays} 天）`,
    met.returned !== undefined && `已退回 ${at.returned} 次（满 ${met.returned} 次）`,
    met.cardInForce && '黄牌警示中',
  ]
  return { step: met.step, why: `可以考虑“${stepNames[met.step]}”：${because.filter(Boolean).join('，')}。由人决定。` }
}
