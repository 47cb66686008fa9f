/** 任务: from being given to verified closure. */
export const taskStates = {
  assigned: '办理中',
  extension_asked: '申请延期',
  waiting: '在等上级',
  reported: '待核验',
  closed: '已办结',
  cancelled: '已撤销',
} as const
export type TaskState = keyof typeof taskStates

export const taskActions = {
  delegate: '分解给下级',
  link: '关联记录',
  unlink: '去掉关联',
  report: '报告办理结果',
  verify: '核验办结',
  return: '退回',
  ask_extension: '申请延期',
  grant_extension: '同意延期',
  refuse_extension: '不同意延期',
  pause: '停表（等上级）',
  resume: '续表',
  change: '调整责任人、时限、标准',
  cancel: '撤销',
  reopen: '重新办理',
  urge: '催办',
} as const
export type TaskAction = keyof typeof taskActions

/** What may happen next: state × action → state. What is not here answers 409. */
export const taskLifecycle: Readonly<Record<TaskState, Partial<Record<TaskAction, TaskState>>>> = {
  assigned: {
    report: 'reported',
    link: 'assigned',
    unlink: 'assigned',
    delegate: 'assigned',
    ask_extension: 'extension_asked',
    pause: 'waiting',
    change: 'assigned',
    urge: 'assigned',
    cancel: 'cancelled',
  },
  extension_asked: {
    grant_extension: 'assigned',
    refuse_extension: 'assigned',
    link: 'extension_asked',
    unlink: 'extension_asked',
    cancel: 'cancelled',
  },
  waiting: { resume: 'assigned', report: 'reported', link: 'waiting', unlink: 'waiting', cancel: 'cancelled' },
  reported: { verify: 'closed', return: 'assigned' },
  closed: { reopen: 'assigned' },
  cancelled: {},
}
