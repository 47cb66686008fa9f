/** An entry of any kind: recorded → corrected, or withdrawn with a reason. */
export const entryStates = { recorded: '已记录', withdrawn: '已撤回' } as const
export type EntryState = keyof typeof entryStates
export const entryActions = { correct: '更正', withdraw: '撤回' } as const
export type EntryAction = keyof typeof entryActions

export const entryLifecycle: Readonly<Record<EntryState, Partial<Record<EntryAction, EntryState>>>> = {
  recorded: { correct: 'recorded', withdraw: 'withdrawn' },
  withdrawn: {},
}
