/** Where an item stands on its way, the same for every kind: entered, being worked on, reported to be verified, over. */
export const itemStages = { opened: '待受理', working: '办理中', reported: '待核验', closed: '已办结' } as const
export type ItemStage = keyof typeof itemStages

/** What can be done with several items at once. Each kind says which of them its own lifecycle has. */
export const bulkActs = { remind: '催办', assign: '交办', put_off: '延期' } as const
export type BulkAct = keyof typeof bulkActs
