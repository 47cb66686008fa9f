/** 支部年度计划: proposed, decided by the branch, then followed. */
export const yearPlanStates = { drafted: '起草中', approved: '已通过' } as const
export type YearPlanState = keyof typeof yearPlanStates

export const yearPlanActions = {
  add: '加一项',
  move: '改月份',
  cancel: '取消',
  restore: '恢复',
  approve: '支部通过',
  plan_meeting: '预定会议',
} as const
export type YearPlanAction = keyof typeof yearPlanActions

/** What may happen next: state × action → state. What is not here answers 409. */
export const yearPlanLifecycle: Readonly<Record<YearPlanState, Partial<Record<YearPlanAction, YearPlanState>>>> = {
  drafted: { add: 'drafted', move: 'drafted', cancel: 'drafted', restore: 'drafted', approve: 'approved' },
  approved: { add: 'approved', move: 'approved', cancel: 'approved', restore: 'approved', plan_meeting: 'approved' },
}

/** The sentence of a refused action: where the plan stands and what can be done instead. */
export function yearPlanRefusal(state: YearPlanState, verb: YearPlanAction): string {
  const possible = (Object.keys(yearPlanLifecycle[state]) as YearPlanAction[]).map((one) => yearPlanActions[one])
  return `年度计划现在是“${yearPlanStates[state]}”，不能“${yearPlanActions[verb]}”。现在可以：${possible.join('、')}。`
}
