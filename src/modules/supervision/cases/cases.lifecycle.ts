/** 督办: from the system's proposal to verified closure. */
export const caseStates = {
  proposed: '建议立项',
  dismissed: '不采纳',
  reminded: '已提醒',
  supervised: '督办中',
  reported: '待核验',
  closed: '已销号',
} as const
export type CaseState = keyof typeof caseStates

export const caseActions = {
  remind: '提醒',
  dismiss: '不采纳',
  supervise: '转督办',
  report: '报告办理结果',
  verify: '核验销号',
  return: '退回',
  pause: '停表（等上级）',
  resume: '续表',
  reopen: '重新立项',
  urge: '催办',
  put_off: '延期',
} as const
export type CaseAction = keyof typeof caseActions

/** What may happen next: state × action → state. What is not here answers 409. */
export const caseLifecycle: Readonly<Record<CaseState, Partial<Record<CaseAction, CaseState>>>> = {
  proposed: { remind: 'reminded', dismiss: 'dismissed', supervise: 'supervised' },
  dismissed: { reopen: 'supervised' },
  reminded: {
    supervise: 'supervised',
    report: 'reported',
    pause: 'reminded',
    resume: 'reminded',
    urge: 'reminded',
    put_off: 'reminded',
  },
  supervised: { report: 'reported', pause: 'supervised', resume: 'supervised', urge: 'supervised', put_off: 'supervised' },
  reported: { verify: 'closed', return: 'supervised' },
  closed: { reopen: 'supervised' },
}
