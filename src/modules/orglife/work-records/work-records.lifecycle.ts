/** 工作纪实: recorded → corrected, confirmed in quality from above, or withdrawn with a reason. */
export const workRecordStates = { recorded: '已记录', withdrawn: '已撤回' } as const
export type WorkRecordState = keyof typeof workRecordStates
export const workRecordActions = { correct: '更正', withdraw: '撤回', confirm: '确认质量' } as const
export type WorkRecordAction = keyof typeof workRecordActions

export const workRecordLifecycle: Readonly<Record<WorkRecordState, Partial<Record<WorkRecordAction, WorkRecordState>>>> = {
  recorded: { correct: 'recorded', withdraw: 'withdrawn', confirm: 'recorded' },
  withdrawn: {},
}
