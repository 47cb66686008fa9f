type State = 'pending' | 'active' | 'disabled'

/**
 * What may happen to an account in which state, and the state after it. Whatever gives access back ends in `pending`, so that it
 * takes the system administrator and the security administrator both.
 */
export const accountLifecycle = {
  approve: { from: ['pending'], to: 'active' },
  disable: { from: ['pending', 'active'], to: 'disabled' },
  enable: { from: ['disabled'], to: 'pending' },
  resetPassword: { from: ['pending', 'active'], to: 'pending' },
  unlock: { from: ['active'], to: 'active' },
  resetSecondFactor: { from: ['active'], to: 'active' },
} as const satisfies Record<string, { from: readonly State[]; to: State }>
export type AccountVerb = keyof typeof accountLifecycle

/** The state after a verb; null when it is not allowed now. */
export function stateAfter(verb: AccountVerb, state: string): State | null {
  const { from, to } = accountLifecycle[verb]
  return from.some((one) => one === state) ? to : null
}
