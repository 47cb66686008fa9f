import type { Lifecycle } from '../records/records.rules.ts'

/** 黄牌警示 (D3.5): proposed from records, heard, decided by people, worked off item by item, lifted when all have passed. */
export const cardStates = {
  proposed: '建议，待本组织陈述',
  heard: '已听陈述，待决定',
  declined: '不予警示',
  in_force: '警示中',
  lifted: '已摘牌',
  revoked: '已撤销',
} as const
export type CardState = keyof typeof cardStates

export const cardVerbs = {
  state: '陈述意见',
  pass_hearing: '逾期未陈述，进入决定',
  decide: '决定警示',
  decline: '不予警示',
  add_item: '补充清单',
  report: '每月报告',
  finish_item: '报一条办完',
  pass_item: '一条核验通过',
  return_item: '一条退回',
  urge: '催办',
  revoke: '申诉成立，撤销',
} as const
export type CardVerb = keyof typeof cardVerbs

export const cardLife: Lifecycle<CardState, CardVerb> = {
  noun: '黄牌',
  states: cardStates,
  verbs: cardVerbs,
  table: {
    proposed: { state: 'heard', pass_hearing: 'heard', decline: 'declined' },
    heard: { decide: 'in_force', decline: 'declined' },
    declined: {},
    in_force: {
      add_item: 'in_force',
      report: 'in_force',
      finish_item: 'in_force',
      // The last item that passes lifts the card.
      pass_item: 'in_force',
      return_item: 'in_force',
      urge: 'in_force',
      revoke: 'revoked',
    },
    lifted: { revoke: 'revoked' },
    revoked: {},
  },
}

export const itemStates = { open: '整改中', done: '待核验', passed: '已销号' } as const
export type ItemState = keyof typeof itemStates
