/** 检查 (D5.4): planned → announced where it is an open one → started on the spot → signed by both sides → closed. */
export const inspectionStates = {
  planned: '已安排',
  announced: '已通知',
  started: '检查中',
  signed: '已签字',
  closed: '已办结',
  cancelled: '已取消',
} as const
export type InspectionState = keyof typeof inspectionStates

export const inspectionActions = {
  announce: '发通知',
  edit: '改检查清单',
  start: '开始检查',
  answer: '记清单结果',
  sign: '双方签字',
  remark: '被检查方说明',
  close: '办结',
  cancel: '取消',
  resume: '恢复',
} as const
export type InspectionAction = keyof typeof inspectionActions

export const manners = { open: '公开检查', unannounced: '暗访' } as const
export type Manner = keyof typeof manners

/**
 * What may happen next. A second sheet may be signed: in a joint visit each device brings its own. What was cancelled or closed while a
 * device was without network can be resumed, so that nothing recorded on the spot is lost.
 */
export const inspectionLifecycle: Readonly<Record<InspectionState, Partial<Record<InspectionAction, InspectionState>>>> = {
  planned: { announce: 'announced', edit: 'planned', start: 'started', cancel: 'cancelled' },
  announced: { edit: 'announced', start: 'started', cancel: 'cancelled' },
  started: { edit: 'started', answer: 'started', sign: 'signed', cancel: 'cancelled' },
  signed: { answer: 'signed', sign: 'signed', remark: 'signed', close: 'closed' },
  closed: { remark: 'closed', resume: 'signed' },
  cancelled: { resume: 'started' },
}

export const findingStates = {
  noted: '已记录',
  proposed: '已建议立项',
  listed: '已列入问题清单',
  handed_over: '已移交纪检',
  withdrawn: '已撤回',
} as const
export type FindingState = keyof typeof findingStates
export const findingActions = {
  amend: '更正',
  withdraw: '撤回',
  propose: '建议立项',
  list: '列入问题清单',
  clue: '作为线索移交纪检',
  hand_over: '移交纪检',
} as const
export type FindingAction = keyof typeof findingActions
export const findingLifecycle: Readonly<Record<FindingState, Partial<Record<FindingAction, FindingState>>>> = {
  noted: {
    amend: 'noted',
    withdraw: 'withdrawn',
    propose: 'proposed',
    list: 'listed',
    clue: 'handed_over',
    hand_over: 'handed_over',
  },
  proposed: {},
  listed: {},
  handed_over: {},
  withdrawn: {},
}
