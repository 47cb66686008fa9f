/** 请示报告: from its draft to the answer and what was reported after it. */
export const requestStates = {
  drafted: '起草中',
  sent: '已报送',
  received: '上级已签收',
  returned: '已退回',
  passed: '已转报上一级',
  answered: '已答复',
  followed_up: '已报结果',
  closed: '已办结',
  withdrawn: '已撤回',
} as const
export type RequestState = keyof typeof requestStates

export const requestActions = {
  edit: '修改',
  send: '报送',
  withdraw: '撤回',
  supplement: '补充抄送、研究情况和签发人',
  receive: '签收',
  tell_delay: '说明延期',
  return: '退回',
  pass_up: '转报上一级',
  answer: '答复',
  follow_up: '续报',
  close: '办结',
} as const
export type RequestAction = keyof typeof requestActions

/** What may happen next: state × action → state. What is not here answers 409. */
export const requestLifecycle: Readonly<Record<RequestState, Partial<Record<RequestAction, RequestState>>>> = {
  drafted: { edit: 'drafted', send: 'sent', withdraw: 'withdrawn' },
  sent: { supplement: 'sent', receive: 'received', withdraw: 'withdrawn', follow_up: 'sent' },
  received: {
    answer: 'answered',
    tell_delay: 'received',
    return: 'returned',
    pass_up: 'passed',
    follow_up: 'received',
    supplement: 'received',
    close: 'closed',
  },
  returned: { edit: 'returned', send: 'sent', withdraw: 'withdrawn' },
  passed: { receive: 'received', follow_up: 'passed', supplement: 'passed' },
  answered: { follow_up: 'followed_up', supplement: 'answered', close: 'closed' },
  followed_up: { follow_up: 'followed_up', supplement: 'followed_up', close: 'closed' },
  closed: {},
  withdrawn: {},
}

/** Taken by the organization where the paper lies; the others by the sender. */
export const takenAbove = ['receive', 'tell_delay', 'return', 'pass_up', 'answer', 'close'] as const satisfies RequestAction[]

/** The sentence of a refused action: where the paper stands and what can be done instead. */
export function requestRefusal(state: RequestState, verb: RequestAction): string {
  const possible = (Object.keys(requestLifecycle[state]) as RequestAction[]).map((one) => requestActions[one])
  const instead = possible.length > 0 ? `现在可以：${possible.join('、')}。` : '现在可以：另行起草一份。'
  return `这份请示报告现在是“${requestStates[state]}”，不能“${requestActions[verb]}”。${instead}`
}
