/** 文书: from draft to issued; what is withdrawn keeps its number. */
export const paperStates = { draft: '草稿', issued: '已签发', withdrawn: '已撤销' } as const
export type PaperState = keyof typeof paperStates

export const paperActions = { issue: '签发', withdraw: '撤销' } as const
export type PaperAction = keyof typeof paperActions

/** What may happen next: state × action → state. What is not here answers 409. */
export const paperLifecycle: Readonly<Record<PaperState, Partial<Record<PaperAction, PaperState>>>> = {
  draft: { issue: 'issued', withdraw: 'withdrawn' },
  issued: { withdraw: 'withdrawn' },
  withdrawn: {},
}
