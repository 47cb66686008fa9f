/** 专项考察 (D1.4): from its start to the answer of the organization that was checked. */
export const checkStates = { started: '考察中', concluded: '已反馈', answered: '已回复', withdrawn: '已撤回' } as const
export type CheckState = keyof typeof checkStates

export const checkActions = {
  fill: '重新取数',
  find: '写考察情况',
  conclude: '作出结论并反馈',
  answer: '回复',
  withdraw: '撤回',
} as const
export type CheckAction = keyof typeof checkActions

/** What may happen next: state × action → state. What is not here answers 409. */
export const checkLifecycle: Readonly<Record<CheckState, Partial<Record<CheckAction, CheckState>>>> = {
  started: { fill: 'started', find: 'started', conclude: 'concluded', withdraw: 'withdrawn' },
  concluded: { answer: 'answered', withdraw: 'withdrawn' },
  answered: { withdraw: 'withdrawn' },
  withdrawn: {},
}

/** The sentence of a refused action: where the check stands and what can be done instead. */
export function checkRefusal(state: CheckState, verb: CheckAction): string {
  const possible = (Object.keys(checkLifecycle[state]) as CheckAction[]).map((one) => checkActions[one])
  const instead = possible.length > 0 ? `现在可以：${possible.join('、')}。` : '现在可以：另外开始一次考察。'
  return `这次专项考察现在是“${checkStates[state]}”，不能“${checkActions[verb]}”。${instead}`
}
