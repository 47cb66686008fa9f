import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId, organizationKind } from '../../directory/organizations/organizations.contract.ts'
import { type RequestAction, requestActions, type RequestState, requestStates } from './data-requests.lifecycle.ts'

export const requestKinds = { form: '表格', report: '报告', figure: '数字' } as const
export const requestCadences = { once: '一次', month: '每月', quarter: '每季', half: '每半年', year: '每年' } as const
export const fieldKinds = { number: '数字', text: '文字', date: '日期', choice: '选项' } as const

const oneOf = <Titles extends Record<string, string>>(titles: Titles) =>
  z.enum(Object.keys(titles) as [keyof Titles & string, ...(keyof Titles & string)[]])
const tag = '专项填报'

export const requestField = z.strictObject({
  title: z.string().trim().min(2, { error: '请写清要填什么。' }).max(40).meta({ title: '填什么' }),
  kind: oneOf(fieldKinds).meta({ title: '填法' }),
  unit: z.string().trim().max(10).optional().meta({ title: '单位' }),
  choices: z.array(z.string().trim().min(1).max(40)).max(20).optional().meta({ title: '可选的值' }),
})
export type RequestField = z.output<typeof requestField>

export const requestBody = z.strictObject({
  issuerId: organizationId.meta({ title: '由哪里要求' }),
  title: z.string().trim().min(4).max(60).meta({ title: '名称' }),
  purpose: z.string().trim().min(4, { error: '请写明用来做什么，让填的人明白为什么要填。' }).max(400).meta({ title: '用途' }),
  kind: oneOf(requestKinds).meta({ title: '种类' }),
  fields: z.array(requestField).min(1, { error: '至少要有一项。' }).max(30).meta({ title: '要填的各项' }),
  recipientKinds: z.array(organizationKind).min(1, { error: '请选择由哪类组织填。' }).meta({ title: '由谁填' }),
  cadence: oneOf(requestCadences).meta({ title: '多久一次' }),
  firstDue: civilDate.meta({ title: '第一次截止日期' }),
  lastDay: civilDate.meta({ title: '终止日期', help: '必填，最长一年；到这天自动停止。' }),
  minutesEstimated: z
    .int()
    .min(1)
    .max(960)
    .meta({ title: '估计填一次要多少分钟', help: '有足够的人填过以后，改用他们所用时间的中位数。' }),
})
export type RequestBody = z.output<typeof requestBody>

export const cost = z.object({
  recipients: z.number().int(),
  rounds: z.number().int(),
  minutesEach: z.number(),
  basis: z.enum(['measured', 'estimated']),
  measuredFrom: z.number().int(),
  hours: z.number(),
})
const named = z.object({ id: z.string(), name: z.string() })

export const requestLine = z.object({
  id: z.string(),
  title: z.string(),
  issuer: named,
  kind: oneOf(requestKinds),
  cadence: oneOf(requestCadences),
  firstDue: civilDate,
  lastDay: civilDate,
  state: z.enum(Object.keys(requestStates) as [RequestState, ...RequestState[]]),
  fields: z.number().int(),
  /** Rounds that have fallen due or fall due within 30 days and are not answered, of those the reader may answer for. */
  waiting: z.number().int(),
})
export const listRequests = endpoint({
  method: 'GET',
  path: '/api/v1/data-requests',
  tag,
  summary: '专项填报：在记录之外另行要求的表格、报告和数字',
  query: pageQuery.extend({
    state: z.enum(Object.keys(requestStates) as [RequestState, ...RequestState[]]).optional(),
    text: z.string().trim().max(50).optional().meta({ title: '名称' }),
  }),
  reply: listOf(requestLine),
})

const values = z.record(z.string(), z.union([z.string().max(2000), z.number()]))
export const requestPage = requestLine.extend({
  purpose: z.string(),
  fieldList: z.array(requestField.extend({ key: z.string() })),
  recipientKinds: z.array(z.string()),
  minutesEstimated: z.number().int(),
  revision: z.number().int(),
  endedOn: civilDate.nullable(),
  endReason: z.string().nullable(),
  cost,
  rounds: z.array(z.object({ dueOn: civilDate, answered: z.number().int(), asked: z.number().int() })),
  /** What the reader may answer for: each organization and round with what stands there. */
  own: z.array(
    z.object({
      organization: named,
      dueOn: civilDate,
      answer: z
        .object({ values, minutes: z.number().int().nullable(), answeredOn: civilDate, revision: z.number().int() })
        .nullable(),
    }),
  ),
  abilities: z.array(z.enum(Object.keys(requestActions) as [RequestAction, ...RequestAction[]])),
})
export type RequestPage = z.infer<typeof requestPage>

const id = z.strictObject({ id: z.string().max(60) })
export const showRequest = endpoint({
  method: 'GET',
  path: '/api/v1/data-requests/:id',
  tag,
  summary: '一件专项填报：要填什么、代价、各次填报情况',
  params: id,
  reply: requestPage,
})

const problem = z.object({ code: z.string(), field: z.string().nullable(), sentence: z.string(), link: z.string().nullable() })
export const weighing = z.object({
  cost,
  dueOn: z.array(civilDate),
  /** Hours that all published requests of the year ask for, with this one. */
  yearHours: z.number(),
  ceiling: z.number().int(),
  /** The most that any recipient would be asked for in a year, with this one. */
  most: z.number().int(),
  /** What keeps it from being published. */
  problems: z.array(problem),
})
export type Weighing = z.infer<typeof weighing>
export const weighRequest = endpoint({
  method: 'POST',
  path: '/api/v1/data-requests/weigh',
  tag,
  summary: '发布之前算一算：多少人填、要多少小时、是否超过上限、哪些数据已经有了；不保存',
  body: requestBody,
  reply: weighing,
})

const change = z.object({ id: z.string() })
export const draftRequest = endpoint({
  method: 'POST',
  path: '/api/v1/data-requests',
  tag,
  summary: '起草专项填报',
  body: requestBody,
  reply: change,
  status: 201,
})
export const editRequest = endpoint({
  method: 'PUT',
  path: '/api/v1/data-requests/:id',
  tag,
  summary: '修改草稿',
  params: id,
  body: requestBody.extend({ revision: z.int().min(1) }),
  reply: change,
})
const step = (verb: string, summary: string) => ({
  method: 'POST' as const,
  path: `/api/v1/data-requests/:id/${verb}`,
  tag,
  summary,
  params: id,
  reply: change,
})
const reason = z.string().trim().min(4, { error: '请写明理由。' }).max(300).meta({ title: '理由' })
export const publishRequest = endpoint({ ...step('publish', '发布；已有的数据、超过上限的不能发布'), body: z.strictObject({}) })
export const discardRequest = endpoint({ ...step('discard', '作废草稿'), body: z.strictObject({}) })
export const endRequest = endpoint({ ...step('end', '提前停止，以后各次不再填'), body: z.strictObject({ reason }) })

export const answerBody = z.strictObject({
  organizationId: organizationId.meta({ title: '哪个组织' }),
  dueOn: civilDate.meta({ title: '哪一次' }),
  values: values.meta({ title: '填报内容' }),
  minutes: z.int().min(1).max(960).optional().meta({ title: '填了多少分钟', help: '可不填；只用来算这件填报的代价，不看是谁。' }),
})
export const answerRequest = endpoint({
  ...step('answers', '填报，或更正填过的'),
  body: answerBody,
})
export const answerLine = z.object({
  organization: named,
  dueOn: civilDate,
  values: values.nullable(),
  answeredOn: civilDate.nullable(),
  late: z.boolean(),
})
const answersQuery = z.strictObject({ dueOn: civilDate })
export const listAnswers = endpoint({
  method: 'GET',
  path: '/api/v1/data-requests/:id/answers',
  tag,
  summary: '某一次填报的结果，按组织序',
  params: id,
  query: answersQuery,
  reply: z.object({ items: z.array(answerLine), next: z.string().nullable() }),
})
export const exportAnswers = endpoint({
  method: 'GET',
  path: '/api/v1/data-requests/:id/answers/export',
  tag,
  summary: '某一次填报的结果导出为表格',
  params: id,
  query: answersQuery,
  reply: z.undefined(),
})

export const showBurden = endpoint({
  method: 'GET',
  path: '/api/v1/burden',
  tag,
  summary: '一个组织一年里在记录之外被要求填报的全部事项和所占时间',
  query: z.strictObject({
    organization: organizationId.optional(),
    year: z.coerce.number().int().min(2019).max(2045).meta({ title: '年度' }),
  }),
  reply: z.object({
    organization: named.extend({ kind: z.string() }),
    year: z.number().int(),
    ceiling: z.number().int(),
    /** The most that one organization at or under it is asked for. */
    most: z.number().int(),
    hours: z.number(),
    items: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        issuer: z.string(),
        rounds: z.number().int(),
        recipients: z.number().int(),
        minutesEach: z.number(),
        hours: z.number(),
      }),
    ),
  }),
})

problems({
  'rulebook.data_request_not_found': { status: 404, title: '没有找到这件专项填报，或不在您的管理范围内。' },
  'rulebook.data_request_state': { status: 409, title: '这件专项填报的情况已经变了，请看最新情况再办。' },
  'rulebook.data_request_refused': { status: 422, title: '这件专项填报还不能发布，请按提示修改。' },
  'rulebook.data_request_changed': { status: 409, title: '别人已经改过这份草稿，请看最新内容再改。' },
  'rulebook.data_request_not_asked': { status: 422, title: '这一次没有要求这个组织填报，请核对组织和截止日期。' },
})
