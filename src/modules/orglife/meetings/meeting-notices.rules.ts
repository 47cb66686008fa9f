/** What those expected are told of a planned meeting: the writer's own words, the place, the agenda in order. */
export function planNotice(plan: {
  readonly notice: string | undefined
  readonly place: string | null
  readonly agenda: readonly { readonly title: string }[]
}): string {
  return [
    plan.notice,
    plan.place && `地点：${plan.place}`,
    `议程：${plan.agenda.map(({ title }, at) => `${at + 1}. ${title}`).join('；')}`,
    '不能参加的，请会前请假。',
  ]
    .filter(Boolean)
    .join('\n')
}

/** What the keepers are told when somebody asks for leave or takes it back; who and why is read at the meeting alone. */
export function leaveNotice(change: 'asked' | 'taken_back', meeting: { readonly title: string }) {
  if (change === 'asked') return { title: `有人请假：${meeting.title}`, body: '谁请假、什么原因，点开会议看。' }
  return { title: `有人取消请假：${meeting.title}`, body: '现在还有谁请假，点开会议看。' }
}
