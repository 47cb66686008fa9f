/** 学习计划: open → closed when its time is over, or withdrawn with a reason. */
export const studyPlanStates = { open: '学习中', closed: '已结束', withdrawn: '已撤回' } as const
export type StudyPlanState = keyof typeof studyPlanStates
export const studyPlanActions = { correct: '更正', questions: '编题库', test: '自测', close: '结束', withdraw: '撤回' } as const
export type StudyPlanAction = keyof typeof studyPlanActions

export const studyPlanLifecycle: Readonly<Record<StudyPlanState, Partial<Record<StudyPlanAction, StudyPlanState>>>> = {
  open: { correct: 'open', questions: 'open', test: 'open', close: 'closed', withdraw: 'withdrawn' },
  closed: { withdraw: 'withdrawn' },
  withdrawn: {},
}
