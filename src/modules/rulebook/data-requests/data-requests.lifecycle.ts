/** 专项填报: from draft to its last day. */
export const requestStates = { draft: '草稿', published: '已发布', ended: '已停止', discarded: '已作废' } as const
export type RequestState = keyof typeof requestStates

export const requestActions = { edit: '修改', publish: '发布', discard: '作废', answer: '填报', end: '提前停止' } as const
export type RequestAction = keyof typeof requestActions

/** What may happen next: state × action → state. What is not here answers 409. */
export const requestLifecycle: Readonly<Record<RequestState, Partial<Record<RequestAction, RequestState>>>> = {
  draft: { edit: 'draft', publish: 'published', discard: 'discarded' },
  published: { answer: 'published', end: 'ended' },
  ended: {},
  discarded: {},
}
