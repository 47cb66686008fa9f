/** 延期 and 停表: asked by the subject, decided above; a clock stop ends with the answer. */
export const reliefStates = {
  asked: '待决定',
  granted: '已同意',
  refused: '未同意',
  withdrawn: '已撤回',
  ended: '已结束',
} as const
export type ReliefState = keyof typeof reliefStates

export const reliefActions = { grant: '同意', refuse: '不同意', withdraw: '撤回', end: '结束停表' } as const
export type ReliefAction = keyof typeof reliefActions

export const reliefKinds = { extension: '延期', clock_stop: '停表' } as const
export type ReliefKind = keyof typeof reliefKinds

/** What may happen next: kind × state × action → state. What is not here answers 409. */
export const reliefLifecycle: Readonly<
  Record<ReliefKind, Partial<Record<ReliefState, Partial<Record<ReliefAction, ReliefState>>>>>
> = {
  extension: { asked: { grant: 'granted', refuse: 'refused', withdraw: 'withdrawn' } },
  clock_stop: { asked: { grant: 'granted', refuse: 'refused', withdraw: 'withdrawn' }, granted: { end: 'ended' } },
}
