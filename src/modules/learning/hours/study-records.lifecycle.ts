/** 学习记录: sent out is confirmed as entered by its keeper; self-study is submitted → confirmed or refused by the branch. */
export const studyStates = { submitted: '待确认', confirmed: '已计入', refused: '不计入', withdrawn: '已撤回' } as const
export type StudyState = keyof typeof studyStates
export const studyActions = { correct: '更正', withdraw: '撤回', confirm: '确认' } as const
export type StudyAction = keyof typeof studyActions

export const studyLifecycle: Readonly<Record<StudyState, readonly StudyAction[]>> = {
  submitted: ['correct', 'withdraw', 'confirm'],
  confirmed: ['correct', 'withdraw'],
  refused: ['correct', 'withdraw'],
  withdrawn: [],
}
