import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { circularStates, type CircularState } from './circulars.lifecycle.ts'

const tag = '通知'
export const circularKinds = {
  work: '工作安排',
  meeting: '会议活动',
  study: '学习培训',
  personnel: '人事组织',
  other: '其他',
} as const
export type CircularKind = keyof typeof circularKinds
const kind = z
  .enum(Object.keys(circularKinds) as [CircularKind, ...CircularKind[]])
  .meta({ title: '类别', titles: circularKinds })
const state = z
  .enum(Object.keys(circularStates) as [CircularState, ...CircularState[]])
  .meta({ title: '状态', titles: circularStates })
export const ofCircular = z.strictObject({ id: z.string().max(60).meta({ title: '通知' }) })
const named = z.object({ id: z.string(), name: z.string() })
const words = (what: string, most: number) =>
  z
    .string({ error: `请写${what}。` })
    .trim()
    .min(2, { error: `请写${what}。` })
    .max(most, { error: `${what}不超过 ${most} 个字。` })
    .meta({ title: what })

/** A notice asks for no answer: there is no field for one, and nobody is noted who opened it. */
export const circularBody = z.strictObject({
  organizationId: organizationId.meta({ title: '由哪个组织发' }),
  toIds: z
    .array(organizationId)
    .min(1, { error: '请选发给哪些组织。' })
    .max(200)
    .meta({ title: '发给', help: '所选组织连同它们的下级都看得到；不要求回复' }),
  kind,
  title: words('标题', 80),
  content: words('内容', 8000),
  validUntil: civilDate.meta({ title: '有效期到', help: '过了这一天不再列在下级的待办页' }),
  meetingId: z.string().max(60).optional().meta({ title: '相关会议', help: '预定的会议，打开通知可以直接请假' }),
  supersedesId: z.string().max(60).optional().meta({ title: '代替哪份通知', help: '原通知随即失效，两份互相看得到' }),
  fileIds: z.array(z.string().max(60)).max(20).default([]).meta({ title: '材料', help: '不是必填' }),
})

export const circularLine = z.object({
  id: z.string(),
  kind,
  title: z.string(),
  state,
  organization: named,
  issuedOn: civilDate,
  validUntil: civilDate,
  /** Issued and within its days. */
  inForce: z.boolean(),
})
export type CircularLine = z.infer<typeof circularLine>
export const listCirculars = endpoint({
  method: 'GET',
  path: '/api/v1/circulars',
  tag,
  summary: '通知列表：发给我的组织的，和我的组织发出的',
  query: pageQuery.extend({
    kind: kind.optional(),
    state: state.optional(),
    inForce: z.enum(['yes']).optional().meta({ title: '只看有效的' }),
    meetingId: z.string().max(60).optional().meta({ title: '相关会议' }),
    text: z.string().trim().max(50).optional(),
  }),
  reply: listOf(circularLine),
})
export const circularPage = circularLine.extend({
  content: z.string(),
  to: z.array(named),
  files: z.array(z.object({ id: z.string(), name: z.string() })),
  meeting: z.object({ id: z.string(), title: z.string() }).nullable(),
  supersedes: z.object({ id: z.string(), title: z.string() }).nullable(),
  supersededBy: z.object({ id: z.string(), title: z.string() }).nullable(),
  endedOn: civilDate.nullable(),
  endReason: z.string().nullable(),
  abilities: z.array(z.string()),
})
export type CircularPage = z.infer<typeof circularPage>
export const showCircular = endpoint({
  method: 'GET',
  path: '/api/v1/circulars/:id',
  tag,
  summary: '一份通知；谁看过不记',
  params: ofCircular,
  reply: circularPage,
})
export const issueCircular = endpoint({
  method: 'POST',
  path: '/api/v1/circulars',
  tag,
  summary: '向下级发通知；不要求回复',
  body: circularBody,
  reply: z.object({ id: z.string() }),
  status: 201,
})
export const withdrawCircular = endpoint({
  method: 'POST',
  path: '/api/v1/circulars/:id/withdraw',
  tag,
  summary: '撤回通知，写明理由；通知仍可查看',
  params: ofCircular,
  body: z.strictObject({ reason: words('理由', 300) }),
  reply: z.object({ id: z.string(), state }),
})

problems({
  'orglife.circular_not_found': { status: 404, title: '没有找到这份通知，或没有发到您这里。' },
  'orglife.circular_not_allowed_now': { status: 409, title: '这份通知已经失效，不能再撤回或代替。' },
  'orglife.circular_not_below': { status: 422, title: '通知只发给本组织和下级，请从下级中选。' },
  'orglife.circular_over': { status: 422, title: '有效期已经过了，请填今天或以后的日期。' },
  'orglife.circular_meeting_not_found': { status: 422, title: '没有找到相关的会议，请选预定的会议，或去掉它。' },
})
