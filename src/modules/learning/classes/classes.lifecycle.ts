/** 培训班: planned → held once attendance is entered → corrected (a new revision) or withdrawn with a reason. */
export const classStates = { planned: '计划中', held: '已办', withdrawn: '已撤回' } as const
export type ClassState = keyof typeof classStates
export const classActions = { correct: '更正', register: '改报名名单', attend: '登记出勤', withdraw: '撤回' } as const
export type ClassAction = keyof typeof classActions

export const classLifecycle: Readonly<Record<ClassState, Partial<Record<ClassAction, ClassState>>>> = {
  planned: { correct: 'planned', register: 'planned', attend: 'held', withdraw: 'withdrawn' },
  held: { correct: 'held', attend: 'held', withdraw: 'withdrawn' },
  withdrawn: {},
}
