/** 会议: planned → held and recorded → corrected, or withdrawn with a reason. */
export const meetingStates = { planned: '已预定', cancelled: '已取消', recorded: '已记录', withdrawn: '已撤回' } as const
export type MeetingState = keyof typeof meetingStates
export const meetingActions = { record: '记会议', cancel: '取消', correct: '更正', withdraw: '撤回' } as const
export type MeetingAction = keyof typeof meetingActions

/** What may happen next; a record is corrected in place of being rewritten, so it stays recorded. */
export const meetingLifecycle: Readonly<Record<MeetingState, Partial<Record<MeetingAction, MeetingState>>>> = {
  planned: { record: 'recorded', cancel: 'cancelled' },
  cancelled: {},
  recorded: { correct: 'recorded', withdraw: 'withdrawn' },
  withdrawn: {},
}
