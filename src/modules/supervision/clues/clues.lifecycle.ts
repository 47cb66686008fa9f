import type { Lifecycle } from '../records/records.rules.ts'

/** 线索 (D5.5): received, assessed, then verified, transferred or filed away with its reason, and concluded. */
export const clueStates = {
  received: '待评估',
  assessed: '已评估',
  verifying: '核实中',
  transferred: '已移送',
  filed: '已存查',
  concluded: '已办结',
} as const
export type ClueState = keyof typeof clueStates

export const clueVerbs = {
  assess: '评估',
  verify: '核实',
  extend: '延长核实期限',
  transfer: '移送',
  file: '存查',
  conclude: '办结',
  reopen: '重新评估',
  name: '补充被反映人',
} as const
export type ClueVerb = keyof typeof clueVerbs

export const clueLife: Lifecycle<ClueState, ClueVerb> = {
  noun: '这条线索',
  states: clueStates,
  verbs: clueVerbs,
  table: {
    received: { assess: 'assessed', name: 'received' },
    assessed: { verify: 'verifying', transfer: 'transferred', file: 'filed', name: 'assessed' },
    verifying: { extend: 'verifying', transfer: 'transferred', conclude: 'concluded', name: 'verifying' },
    transferred: { conclude: 'concluded', name: 'transferred' },
    filed: { conclude: 'concluded', reopen: 'assessed', name: 'filed' },
    concluded: { reopen: 'assessed' },
  },
}

export const clueSources = {
  report: '来信来访来电',
  superior: '上级交办',
  own: '工作中发现',
  finding: '检查发现',
  problem: '问题清单',
  key_project: '重点项目监督',
} as const
export type ClueSource = keyof typeof clueSources
