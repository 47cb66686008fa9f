import type { Lifecycle } from '../records/records.rules.ts'

/** 问题清单 (M2): from whoever found it to the verification of somebody else and the word of whoever raised it. */
export const problemStates = {
  raised: '待受理',
  rejected: '不予受理',
  rectifying: '整改中',
  rectified: '待核验',
  verified: '待反映人确认',
  closed: '已销号',
} as const
export type ProblemState = keyof typeof problemStates

export const problemVerbs = {
  accept: '受理，列入清单',
  reject: '不予受理',
  report: '报告整改结果',
  verify: '核验通过',
  return: '退回继续整改',
  confirm: '确认已解决',
  dispute: '还没有解决',
  close: '不等确认，销号',
  reopen: '重新整改',
  link: '与以前的问题相连',
  urge: '催办',
  put_off: '延期',
  open_case: '立项督办',
  reinstate: '申诉成立，重新受理',
} as const
export type ProblemVerb = keyof typeof problemVerbs

export const problemLife: Lifecycle<ProblemState, ProblemVerb> = {
  noun: '问题',
  states: problemStates,
  verbs: problemVerbs,
  table: {
    raised: { accept: 'rectifying', reject: 'rejected', link: 'raised' },
    rejected: { reinstate: 'raised' },
    rectifying: { report: 'rectified', link: 'rectifying', urge: 'rectifying', put_off: 'rectifying', open_case: 'rectifying' },
    rectified: { verify: 'verified', return: 'rectifying', link: 'rectified' },
    verified: { confirm: 'closed', dispute: 'rectifying', close: 'closed' },
    closed: { reopen: 'rectifying' },
  },
}

export const sources = { self: '自己找', masses: '群众提', mutual: '相互帮', superior: '上级点' } as const
export type Source = keyof typeof sources
