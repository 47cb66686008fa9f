import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'

const tag = '党员请示'
problems({
  'orglife.member_request_not_found': { status: 404, title: '没有找到这件请示，或不是报给您的。' },
  'orglife.member_request_not_allowed_now': { status: 409, title: '这件请示现在的状态不能这样办。' },
  'orglife.asker_without_branch': { status: 422, title: '您的组织关系不在任何支部，不能向支部请示。请先请管理员核对名册。' },
})

/** 党员请示的事项 (QB7). */
export const matters = {
  assigned_work: '分配工作中的重要问题',
  speak_for: '代表组织表态',
  foreign_contact: '涉外交往',
  transfer: '转移组织关系',
  other: '其他事项',
} as const
export type Matter = keyof typeof matters
const matter = z
  .enum(Object.keys(matters) as [Matter, ...Matter[]], { error: '请选请示什么事。' })
  .meta({ title: '请示什么事', titles: matters })

export const memberStates = { sent: '等支部答复', passed: '已转报上级', answered: '已答复', withdrawn: '已撤回' } as const
export type MemberState = keyof typeof memberStates
export const memberActions = { answer: '答复', tell_delay: '说明延期', pass_up: '转报上级', withdraw: '撤回' } as const
export type MemberAction = keyof typeof memberActions

/** What may happen next: state × action → state. What is not here answers 409. */
export const memberLifecycle: Readonly<Record<MemberState, Partial<Record<MemberAction, MemberState>>>> = {
  sent: { answer: 'answered', tell_delay: 'sent', pass_up: 'passed', withdraw: 'withdrawn' },
  passed: { answer: 'answered', tell_delay: 'passed', pass_up: 'passed' },
  answered: {},
  withdrawn: {},
}

const written = (what: string, most: number) =>
  z
    .string({ error: `请写${what}。` })
    .trim()
    .min(2, { error: `请写${what}。` })
    .max(most, { error: `${what}不超过 ${most} 个字。` })
    .meta({ title: what })
const ofOne = z.strictObject({ id: z.string().max(60).meta({ title: '请示' }) })
const named = z.object({ id: z.string(), name: z.string() })

export const memberRequestLine = z.object({
  id: z.string(),
  matter,
  content: z.string(),
  state: z.enum(['sent', 'passed', 'answered', 'withdrawn']),
  asker: z.string(),
  mine: z.boolean(),
  branch: named,
  /** With whom it lies, or who answered it. */
  at: named,
  sentOn: civilDate,
  /** By when an answer is due where it lies; null when nothing is owed any more. */
  dueOn: civilDate.nullable(),
  overdueDays: z.number().int(),
  /** What was said, in order: the answer, why it takes longer, the opinion with which it was passed on. */
  steps: z.array(z.object({ action: z.string(), organization: z.string(), on: civilDate, said: z.string() })),
  abilities: z.array(z.enum(['answer', 'tell_delay', 'pass_up', 'withdraw'])),
})
export type MemberRequest = z.infer<typeof memberRequestLine>

export const listMemberRequests = endpoint({
  method: 'GET',
  path: '/api/v1/member-requests',
  tag,
  summary: '我向支部请示的事；支部书记和转报到的上级还看得到报给自己的',
  query: pageQuery.extend({ whose: z.enum(['mine', 'asked']).optional().meta({ title: '谁的' }) }),
  reply: listOf(memberRequestLine),
})
export const showMemberRequest = endpoint({
  method: 'GET',
  path: '/api/v1/member-requests/:id',
  tag,
  summary: '一件党员请示：内容、在谁那里、期限和答复',
  params: ofOne,
  reply: memberRequestLine,
})
const reply = z.object({ id: z.string() })
export const askBranch = endpoint({
  method: 'POST',
  path: '/api/v1/member-requests',
  tag,
  summary: '向所在支部请示一件事；只有支部书记和转报到的上级看得到',
  body: z.strictObject({ matter, content: written('请示的内容', 2000) }),
  reply,
  status: 201,
})
const step = <Body extends z.ZodObject>(verb: string, summary: string, body: Body) =>
  endpoint({ method: 'POST', path: `/api/v1/member-requests/:id/${verb}`, tag, summary, params: ofOne, body, reply })
export const withdrawMemberRequest = step('withdraw', '答复之前撤回自己的请示', z.strictObject({}))
export const answerMemberRequest = step('answer', '答复本人', z.strictObject({ answer: written('答复内容', 2000) }))
export const passMemberRequest = step('pass-up', '转报上一级党组织，附上意见', z.strictObject({ opinion: written('意见', 2000) }))
export const delayMemberRequest = step(
  'tell-delay',
  '期满之前说明不能按期答复的理由和答复日期',
  z.strictObject({ until: civilDate.meta({ title: '答复日期' }), reason: written('理由', 500) }),
)
