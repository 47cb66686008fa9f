/** 通知: issued, then withdrawn or superseded; what is over by its days is over without an act. */
export const circularStates = { issued: '已发出', withdrawn: '已撤回', superseded: '已被新通知代替' } as const
export type CircularState = keyof typeof circularStates
export type CircularAction = 'withdraw' | 'supersede'

export const circularLifecycle: Readonly<Record<CircularState, Partial<Record<CircularAction, CircularState>>>> = {
  issued: { withdraw: 'withdrawn', supersede: 'superseded' },
  withdrawn: {},
  superseded: {},
}
