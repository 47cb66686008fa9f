/** 上级部署: recorded with its matters, closed when all of them are done. */
export const decisionStates = { recorded: '办理中', closed: '已办结', withdrawn: '已撤回' } as const
export type DecisionState = keyof typeof decisionStates

export const decisionActions = {
  break_down: '分解任务',
  correct: '更正',
  close: '办结',
  reopen: '重新办理',
  withdraw: '撤回',
} as const
export type DecisionAction = keyof typeof decisionActions

/** What may happen next: state × action → state. What is not here answers 409. */
export const decisionLifecycle: Readonly<Record<DecisionState, Partial<Record<DecisionAction, DecisionState>>>> = {
  recorded: { break_down: 'recorded', correct: 'recorded', close: 'closed', withdraw: 'withdrawn' },
  closed: { reopen: 'recorded' },
  withdrawn: {},
}

/** The sentence of a refused action: where the decision stands and what can be done instead. */
export function decisionRefusal(state: DecisionState, verb: DecisionAction): string {
  const possible = (Object.keys(decisionLifecycle[state]) as DecisionAction[]).map((one) => decisionActions[one])
  const instead = possible.length > 0 ? `现在可以：${possible.join('、')}。` : '已经不能再办，需要时另行登记。'
  return `部署现在是“${decisionStates[state]}”，不能“${decisionActions[verb]}”。${instead}`
}
