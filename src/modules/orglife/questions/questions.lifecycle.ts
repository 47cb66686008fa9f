/** 疑问: asked, then answered in words by whoever keeps the records. An answer closes it for good. */
export const questionStates = { open: '待答复', answered: '已答复' } as const
export type QuestionState = keyof typeof questionStates
export type QuestionAction = 'answer'

export const questionLifecycle: Readonly<Record<QuestionState, Partial<Record<QuestionAction, QuestionState>>>> = {
  open: { answer: 'answered' },
  answered: {},
}
