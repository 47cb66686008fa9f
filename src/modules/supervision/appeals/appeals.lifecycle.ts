import type { Lifecycle } from '../records/records.rules.ts'

/** 申诉: against a measure, handled by another than whoever took it. */
export const appealStates = {
  filed: '待受理',
  taken: '复核中',
  upheld: '申诉成立',
  rejected: '维持原决定',
  withdrawn: '已撤回',
} as const
export type AppealState = keyof typeof appealStates

export const appealVerbs = {
  take: '受理复核',
  uphold: '申诉成立，撤销原决定',
  reject: '维持原决定',
  withdraw: '撤回申诉',
} as const
export type AppealVerb = keyof typeof appealVerbs

export const appealLife: Lifecycle<AppealState, AppealVerb> = {
  noun: '申诉',
  states: appealStates,
  verbs: appealVerbs,
  table: {
    filed: { take: 'taken', withdraw: 'withdrawn' },
    taken: { uphold: 'upheld', reject: 'rejected', withdraw: 'withdrawn' },
    upheld: {},
    rejected: {},
    withdrawn: {},
  },
}

export const measures = { case_step: '督办的一步', yellow_card: '黄牌', problem: '问题不予受理' } as const
export type Measure = keyof typeof measures

/** Steps of a case that weigh on somebody and can be appealed against. */
export const appealableSteps = ['open', 'remind', 'supervise', 'return', 'reopen', 'talk', 'propose_accountability'] as const

/** Working days to appeal after the measure, and to decide after the appeal. */
export const daysToAppeal = 10
export const daysToDecide = 20
