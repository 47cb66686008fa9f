import { z } from 'zod'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import './request-problems.contract.ts'
import { requestStates, type RequestState } from './request-reports.lifecycle.ts'

const tag = '请示报告'
export const requestKinds = { request: '请示', report: '报告' } as const
export type RequestKind = keyof typeof requestKinds
const kind = z.enum(Object.keys(requestKinds) as [RequestKind, ...RequestKind[]]).meta({
  title: '文种',
  titles: requestKinds,
  help: '要上级答复的用请示；报告里不夹带请示，两样分开写',
})
export const requestState = z
  .enum(Object.keys(requestStates) as [RequestState, ...RequestState[]])
  .meta({ title: '状态', titles: requestStates })

export const returnGrounds = {
  several_matters: '一份写了几件事',
  report_with_request: '报告里夹带请示',
  wrong_superior: '不该报到这里',
  incomplete: '情况没有写全',
  other: '其他',
} as const
export type ReturnGround = keyof typeof returnGrounds

const words = (what: string, most: number) =>
  z
    .string({ error: `请写${what}。` })
    .trim()
    .min(2, { error: `请写${what}。` })
    .max(most, { error: `${what}不超过 ${most} 个字。` })
    .meta({ title: what })
export const ofRequest = z.strictObject({ id: z.string().max(60).meta({ title: '请示报告' }) })
const copies = z.array(organizationId).max(10).default([]).meta({ title: '抄送', help: '受双重领导的抄送另一方' })
const decided = {
  meetingId: z.string().max(60).optional().meta({ title: '研究的会议', help: '从本组织已记的会议中选，不用再写一遍' }),
  circulated: words('传批情况', 300).optional().meta({ title: '传批情况', help: '没有开会、传批审定的写这里' }),
  signer: z.string().trim().min(2).max(40).optional().meta({ title: '签发人', help: '主要负责同志' }),
}

/** What a paper says: one matter. */
export const requestBody = z.strictObject({
  kind,
  title: words('标题', 40).meta({ title: '事项', help: '只写一件事；成文时自动加“关于”和“的请示”' }),
  content: words('内容', 8000).meta({ title: '内容' }),
  urgent: z.boolean().default(false).meta({ title: '紧急或突发', help: '紧急的先处置后补报；突发事件及时报告并续报' }),
  toId: organizationId.meta({ title: '报给', help: '逐级报给直接上级' }),
  skipReason: words('越级理由', 300).optional().meta({ title: '越级理由', help: '报给直接上级的不填' }),
  copyIds: copies,
  actOn: civilDate.optional().meta({ title: '拟办理日期', help: '请示要早于这一天；还没有定的不填' }),
  afterReason: words('事后报送的理由', 500)
    .optional()
    .meta({ title: '事后报送的理由', help: '写明为什么没有事前报、已经怎样处置' }),
  ...decided,
  documentNumber: z.string().trim().max(40).optional().meta({ title: '文号' }),
  fileIds: z.array(z.string().max(60)).max(20).default([]).meta({ title: '附件', help: '不是必填' }),
})
export type RequestBody = z.output<typeof requestBody>
export const draftBody = requestBody.extend({ organizationId: organizationId.meta({ title: '由哪个组织报' }) })

const named = z.object({ id: z.string(), name: z.string() })
export const requestLine = z.object({
  id: z.string(),
  kind,
  title: z.string(),
  urgent: z.boolean(),
  state: requestState,
  organization: named,
  to: named,
  /** Where it lies now. */
  at: named,
  sentOn: civilDate.nullable(),
  /** By when an answer is due; null for a report, and when nothing is owed any more. */
  dueOn: civilDate.nullable(),
  overdueDays: z.number().int(),
  /** By when the sender reports how it went. */
  followDueOn: civilDate.nullable(),
  followOverdueDays: z.number().int(),
  afterAct: z.boolean(),
  direct: z.boolean(),
})
export type RequestLine = z.infer<typeof requestLine>

const filters = {
  kind: kind.optional(),
  state: requestState.optional(),
  under: organizationId.optional(),
  overdue: z.enum(['yes']).optional().meta({ title: '超期' }),
  text: z.string().trim().max(50).optional(),
}
export const listRequests = endpoint({
  method: 'GET',
  path: '/api/v1/request-reports',
  tag,
  summary: '请示报告列表：本组织报出的、收到的和抄送的，两边都看得到超期',
  query: pageQuery.extend(filters),
  reply: listOf(requestLine),
})
export const exportRequests = endpoint({
  method: 'GET',
  path: '/api/v1/request-reports/export',
  tag,
  summary: '请示报告列表导出为 Excel；筛选与列表相同',
  query: z.strictObject(filters),
  reply: z.undefined(),
})
const meetingChoice = z.object({ id: z.string(), title: z.string(), heldOn: civilDate })
export const requestForm = endpoint({
  method: 'GET',
  path: '/api/v1/request-reports/form',
  tag,
  summary: '起草时的上级（逐级）、该抄送的另一方、可关联的会议和答复期限',
  query: z.strictObject({ organization: organizationId }),
  reply: z.object({
    organization: named,
    /** The direct superior first. */
    superiors: z.array(named),
    copyOwed: named.nullable(),
    meetings: z.array(meetingChoice),
    answerDays: z.number().int(),
    followDays: z.number().int(),
  }),
})
export const requestPage = requestLine.extend({
  revision: z.number().int(),
  content: z.string(),
  documentNumber: z.string().nullable(),
  actOn: civilDate.nullable(),
  afterReason: z.string().nullable(),
  skipReason: z.string().nullable(),
  returnGround: z.enum(Object.keys(returnGrounds) as [ReturnGround, ...ReturnGround[]]).nullable(),
  stateReason: z.string().nullable(),
  copies: z.array(named),
  copyOwed: named.nullable(),
  meeting: z.object({ id: z.string(), title: z.string() }).nullable(),
  circulated: z.string().nullable(),
  signer: z.string().nullable(),
  answeredOn: civilDate.nullable(),
  files: z.array(z.object({ id: z.string(), name: z.string() })),
  stations: z.array(
    z.object({
      organization: named,
      arrivedOn: civilDate,
      receivedOn: civilDate.nullable(),
      dueOn: civilDate.nullable(),
      toldOn: civilDate.nullable(),
      toldUntil: civilDate.nullable(),
      toldReason: z.string().nullable(),
      doneOn: civilDate.nullable(),
      outcome: z.string().nullable(),
      overdueDays: z.number().int(),
    }),
  ),
  steps: z.array(
    z.object({
      action: z.string(),
      actionName: z.string(),
      organization: named,
      by: z.string(),
      at: z.string(),
      said: z.string().nullable(),
    }),
  ),
  abilities: z.array(z.string()),
})
export type RequestPage = z.infer<typeof requestPage>
export const showRequest = endpoint({
  method: 'GET',
  path: '/api/v1/request-reports/:id',
  tag,
  summary: '一份请示报告：内容、在每一级的办理时间、答复和续报',
  params: ofRequest,
  reply: requestPage,
})
export const requestPaper = endpoint({
  method: 'GET',
  path: '/api/v1/request-reports/:id/paper',
  tag,
  summary: '按公文格式成文的 Word',
  params: ofRequest,
  reply: z.undefined(),
})
export const draftRequest = endpoint({
  method: 'POST',
  path: '/api/v1/request-reports',
  tag,
  summary: '起草一份请示或报告，一文一事',
  body: draftBody,
  reply: z.object({ id: z.string() }),
  status: 201,
})

const step = <Body extends z.ZodType>(verb: string, summary: string, body: Body) =>
  endpoint({
    method: 'POST',
    path: `/api/v1/request-reports/:id/${verb}`,
    tag,
    summary,
    params: ofRequest,
    body,
    reply: z.object({ id: z.string(), state: requestState, revision: z.number().int() }),
  })
const reason = words('理由', 500)
export const editRequest = step(
  'edit',
  '修改起草中或退回的请示报告',
  requestBody.extend({ revision: z.number().int().meta({ title: '修改次数' }) }),
)
export const sendRequest = step(
  'send',
  '报送；过了办理日期的请示标明事后，要写理由',
  z.strictObject({ afterReason: requestBody.shape.afterReason }),
)
export const withdrawRequest = step('withdraw', '上级签收之前撤回', z.strictObject({ reason }))
export const supplementRequest = step(
  'supplement',
  '报送以后补抄送、补写研究情况和签发人',
  z.strictObject({ copyIds: copies, ...decided }),
)
export const receiveRequest = step('receive', '签收', z.strictObject({}))
export const tellDelay = step(
  'tell-delay',
  '期满之前说明不能按期答复的理由和答复日期',
  z.strictObject({ until: civilDate.meta({ title: '答复日期' }), reason }),
)
export const returnRequest = step(
  'return',
  '退回，写明缘由',
  z.strictObject({
    ground: z
      .enum(Object.keys(returnGrounds) as [ReturnGround, ...ReturnGround[]])
      .meta({ title: '退回缘由', titles: returnGrounds }),
    reason,
  }),
)
export const passUpRequest = step('pass-up', '转报上一级，附上意见', z.strictObject({ opinion: words('意见', 2000) }))
export const answerRequest = step('answer', '答复', z.strictObject({ answer: words('答复内容', 8000) }))
export const followUpRequest = step(
  'follow-up',
  '续报：办理结果，或突发事件的后续',
  z.strictObject({ report: words('续报内容', 8000) }),
)
export const closeRequest = step('close', '办结；请示先答复再办结', z.strictObject({ note: words('说明', 500).optional() }))
