/** 调研文章: drafted by the author → handed in → looked at by two → sent back for another round, or accepted → published. */
export const articleStates = {
  drafted: '起草中',
  submitted: '待送评审',
  in_review: '评审中',
  returned: '退回修改',
  accepted: '已定稿',
  published: '已发表',
  withdrawn: '已撤回',
} as const
export type ArticleState = keyof typeof articleStates

export const articleActions = {
  correct: '修改',
  submit: '提交',
  assign: '送评审',
  review: '写评审意见',
  return: '退回修改',
  accept: '定稿',
  publish: '发表',
  withdraw: '撤回',
} as const
export type ArticleAction = keyof typeof articleActions

/** What may happen next: state × action → state. What is not here answers 409. */
export const articleLifecycle: Readonly<Record<ArticleState, Partial<Record<ArticleAction, ArticleState>>>> = {
  drafted: { correct: 'drafted', submit: 'submitted', withdraw: 'withdrawn' },
  submitted: { assign: 'in_review', return: 'returned', withdraw: 'withdrawn' },
  in_review: { assign: 'in_review', review: 'in_review', return: 'returned', accept: 'accepted', withdraw: 'withdrawn' },
  returned: { correct: 'returned', submit: 'submitted', withdraw: 'withdrawn' },
  accepted: { publish: 'published', withdraw: 'withdrawn' },
  published: { withdraw: 'withdrawn' },
  withdrawn: {},
}

/** The sentence of a refused action: where the article stands and what can be done instead. */
export function articleRefusal(state: ArticleState, verb: ArticleAction): string {
  const possible = (Object.keys(articleLifecycle[state]) as ArticleAction[]).map((one) => articleActions[one])
  const next = possible.length === 0 ? '它已经办结，需要的请另写一篇。' : `现在可以：${possible.join('、')}。`
  return `文章现在是“${articleStates[state]}”，不能“${articleActions[verb]}”。${next}`
}
