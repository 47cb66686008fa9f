/** 实施方案: written, submitted, reviewed, published, amended. */
export const planStates = {
  drafted: '起草中',
  submitted: '待审核',
  returned: '已退回',
  approved: '已审定',
  published: '已印发',
  amended: '修订中',
} as const
export type PlanState = keyof typeof planStates

export const planActions = {
  edit: '修改',
  submit: '报送审核',
  take_back: '撤回报送',
  return: '退回',
  approve: '审定',
  publish: '印发所属组织',
  amend: '修订',
  drop: '放弃修订',
} as const
export type PlanAction = keyof typeof planActions

/** What may happen next: state × action → state. What is not here answers 409. */
export const planLifecycle: Readonly<Record<PlanState, Partial<Record<PlanAction, PlanState>>>> = {
  drafted: { edit: 'drafted', submit: 'submitted' },
  submitted: { take_back: 'returned', return: 'returned', approve: 'approved' },
  returned: { edit: 'returned', submit: 'submitted' },
  approved: { publish: 'published' },
  published: { amend: 'amended' },
  amended: { edit: 'amended', submit: 'submitted', drop: 'published' },
}

/** The sentence of a refused action: where the plan stands and what can be done instead. */
export function planRefusal(state: PlanState, verb: PlanAction): string {
  const possible = (Object.keys(planLifecycle[state]) as PlanAction[]).map((one) => planActions[one])
  return `方案现在是“${planStates[state]}”，不能“${planActions[verb]}”。现在可以：${possible.join('、')}。`
}
