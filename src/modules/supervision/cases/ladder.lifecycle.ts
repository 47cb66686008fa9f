/** The upper steps of the ladder 提醒 → 督办 → 约谈 → 黄牌 → 问责建议; the two lower ones are the case's own states. */
export const rungs = {
  supervised: '督办中，还没有约谈',
  talk_held: '已约谈，待对方确认',
  talked: '约谈已确认',
  card_proposed: '已建议黄牌',
  accountability: '已提问责建议',
} as const
export type Rung = keyof typeof rungs

export const ladderVerbs = {
  talk: '约谈',
  confirm_talk: '确认约谈记录',
  propose_card: '建议黄牌',
  propose_accountability: '提问责建议',
} as const
export type LadderVerb = keyof typeof ladderVerbs

/** Rung × verb → rung; only while the case is supervised and does not wait above. No step can be skipped. */
export const ladderTable: Readonly<Record<Rung, Partial<Record<LadderVerb, Rung>>>> = {
  supervised: { talk: 'talk_held' },
  talk_held: { confirm_talk: 'talked' },
  talked: { talk: 'talk_held', propose_card: 'card_proposed' },
  card_proposed: { propose_accountability: 'accountability' },
  accountability: {},
}

/** What must hold before the system proposes a step. Every condition that a row names must hold; people decide all the same. */
export interface LadderCondition {
  readonly step: 'supervise' | LadderVerb
  readonly overdueDays?: number
  readonly returned?: number
  readonly cardInForce?: true
}

/** Practice of several cities, not a regulation (RR6, RR9, DB4): what holds until the working committee sets its own. */
export const ladderConditions: readonly LadderCondition[] = [
  { step: 'supervise', overdueDays: 7 },
  { step: 'talk', overdueDays: 15 },
  { step: 'talk', returned: 2 },
  { step: 'propose_card', overdueDays: 30 },
  { step: 'propose_card', returned: 3 },
  { step: 'propose_accountability', overdueDays: 60, cardInForce: true },
]
