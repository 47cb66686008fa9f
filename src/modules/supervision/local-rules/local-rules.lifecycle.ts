import type { Lifecycle } from '../records/records.rules.ts'

/** 制度 (R3, 建章立制): in force until it is repealed; looked at again by a day that each review sets anew. */
export const localRuleStates = { in_force: '有效', repealed: '已废止' } as const
export type LocalRuleState = keyof typeof localRuleStates

export const localRuleVerbs = { review: '复核，继续有效', revise: '修订', amend: '更正登记', repeal: '废止' } as const
export type LocalRuleVerb = keyof typeof localRuleVerbs

export const localRuleLife: Lifecycle<LocalRuleState, LocalRuleVerb> = {
  noun: '制度',
  states: localRuleStates,
  verbs: localRuleVerbs,
  table: {
    in_force: { review: 'in_force', revise: 'in_force', amend: 'in_force', repeal: 'repealed' },
    repealed: {},
  },
}

/** What a rule is about; the first five are those that 工作制度体系化 asks of a branch. */
export const localRuleKinds = {
  deliberation: '议事决策',
  service: '联系服务群众',
  supervision: '监督管理',
  funds: '经费保障',
  review: '双述双评',
  other: '其他',
} as const
export type LocalRuleKind = keyof typeof localRuleKinds

export const originKinds = { problem: '问题', decision: '上级部署', case: '督办事项', example: '好做法' } as const
export type OriginKind = keyof typeof originKinds
