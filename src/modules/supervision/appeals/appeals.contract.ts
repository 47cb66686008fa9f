import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { named, offer, recordStep, verbOf, words } from '../records/records.contract.ts'
import { type AppealState, appealStates, type Measure, measures } from './appeals.lifecycle.ts'

const keysOf = <Key extends string>(of: Record<Key, string>) => Object.keys(of) as [Key, ...Key[]]
export const appealState = z.enum(keysOf<AppealState>(appealStates)).meta({ title: '状态' })
const measure = z.enum(keysOf<Measure>(measures)).meta({ title: '对什么申诉' })

export const appealLine = z.object({
  id: z.string(),
  state: appealState,
  measure,
  measureId: z.string(),
  measureTitle: z.string(),
  measureOn: civilDate,
  organization: named,
  filedOn: civilDate,
  decideBy: civilDate,
  overdue: z.boolean(),
})
export type AppealLine = z.infer<typeof appealLine>
export const listAppeals = endpoint({
  method: 'GET',
  path: '/api/v1/appeals',
  tag: '督办',
  summary: '申诉',
  query: pageQuery.extend({ under: organizationId.optional(), state: appealState.optional() }),
  reply: listOf(appealLine),
})
export const appealPage = appealLine.extend({
  revision: z.number().int(),
  reasons: z.string(),
  measureBy: z.string(),
  handler: z.string().nullable(),
  decision: z.string().nullable(),
  steps: z.array(recordStep),
  ...offer,
})
export type AppealPage = z.infer<typeof appealPage>
export const showAppeal = endpoint({
  method: 'GET',
  path: '/api/v1/appeals/:id',
  tag: '督办',
  summary: '一件申诉：对什么、理由、谁复核、结果',
  params: z.strictObject({ id: z.string().max(60) }),
  reply: appealPage,
})
export const fileAppeal = endpoint({
  method: 'POST',
  path: '/api/v1/appeals',
  tag: '督办',
  summary: '对一项措施提出申诉，措施作出后十个工作日内',
  body: z.strictObject({
    measure,
    measureId: z.string().max(60).meta({ title: '事项、黄牌或问题' }),
    /** For a step of a case: which one. */
    revision: z.number().int().min(1).optional().meta({ title: '哪一步' }),
    reasons: words('申诉理由', 3000),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
})
const verb = verbOf('appeals', appealState)
export const takeAppeal = verb('take', '受理复核；作出原决定的人不能受理', z.strictObject({}))
export const upholdAppeal = verb(
  'uphold',
  '申诉成立：撤销原决定，由它引起的一并重新计算，经过保留',
  z.strictObject({ decision: words('复核意见', 2000) }),
)
export const rejectAppeal = verb('reject', '维持原决定，说明理由', z.strictObject({ decision: words('复核意见', 2000) }))
export const withdrawAppeal = verb('withdraw', '申诉人撤回申诉', z.strictObject({}))

problems({
  'supervision.appeal_not_found': { status: 404, title: '没有找到这件申诉，或不在您的管理范围内。' },
  'supervision.appeal_not_allowed_now': { status: 409, title: '申诉现在的状态不能这样办。' },
  'supervision.measure_not_found': { status: 404, title: '没有找到要申诉的措施，或不在您的管理范围内。' },
  'supervision.measure_not_appealable': { status: 409, title: '这项措施现在不能申诉：没有生效，或已经撤销。' },
  'supervision.appeal_too_late': { status: 409, title: '已经过了申诉期。' },
  'supervision.appeal_open_already': { status: 409, title: '对这项措施已经有一件申诉在办，请等复核结果。' },
  'supervision.appeal_by_those_concerned': { status: 403, title: '申诉由被措施涉及的组织提出。' },
  'supervision.appeal_handler_must_be_another': { status: 403, title: '复核须由作出原决定的人和申诉人以外的人办理。' },
})
