/** 认定: stated → objected to once → upheld or changed by another person; corrected or withdrawn by whoever stated it. */
export const determinationStates = {
  stated: '已认定',
  objected: '有异议，等决定',
  upheld: '异议已决定：维持',
  changed: '异议已决定：改变',
  withdrawn: '已撤回',
} as const
export type DeterminationState = keyof typeof determinationStates
export const determinationActions = { correct: '更正', withdraw: '撤回', object: '提出异议', decide: '决定异议' } as const
export type DeterminationAction = keyof typeof determinationActions

/** A decision ends it: what another person decided is not undone by whoever was objected to. */
export const determinationLifecycle: Readonly<
  Record<DeterminationState, Partial<Record<DeterminationAction, DeterminationState>>>
> = {
  stated: { correct: 'stated', withdraw: 'withdrawn', object: 'objected' },
  objected: { withdraw: 'withdrawn', decide: 'upheld' },
  upheld: {},
  changed: {},
  withdrawn: {},
}
