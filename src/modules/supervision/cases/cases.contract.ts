import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { personId } from '../../directory/persons/persons.contract.ts'
import { caseStates, type CaseState } from './cases.lifecycle.ts'

export const caseState = z.enum(Object.keys(caseStates) as [CaseState, ...CaseState[]]).meta({ title: '状态' })

export const caseLine = z.object({
  id: z.string(),
  number: z.string().nullable(),
  title: z.string(),
  state: caseState,
  organization: z.object({ id: z.string(), name: z.string() }),
  unit: z.object({ id: z.string(), name: z.string() }).nullable(),
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  dueOn: civilDate.nullable(),
  /** Days past due, waiting above not counted; 0 when in time. */
  overdueDays: z.number().int(),
  waiting: z.boolean(),
  proposedOn: civilDate,
  requirement: z.string().nullable(),
  period: z.string().nullable(),
  /** How the obligation behind it stands now, so that nobody chases what has been made good. */
  obligationStatus: z.string().nullable(),
})
export type CaseLine = z.infer<typeof caseLine>
const caseFilters = {
  under: organizationId.optional(),
  state: caseState.optional(),
  overdue: z.enum(['yes']).optional(),
  waiting: z.enum(['yes']).optional(),
  mine: z.enum(['to_act']).optional().meta({ title: '等我办理' }),
  text: z.string().trim().max(50).optional(),
  /** Proposals and cases whose obligation has been met or exempted since. */
  settled: z.enum(['yes']).optional().meta({ title: '已补上' }),
  sort: z.enum(['dueOn', '-dueOn', '-proposedOn']).default('-proposedOn'),
}
export const listCases = endpoint({
  method: 'GET',
  path: '/api/v1/cases',
  tag: '督办',
  summary: '督办事项',
  query: pageQuery.extend(caseFilters),
  reply: listOf(caseLine),
})
export const exportCases = endpoint({
  method: 'GET',
  path: '/api/v1/cases/export',
  tag: '督办',
  summary: '督办事项导出为 Excel，筛选与列表相同',
  query: z.strictObject(caseFilters),
  reply: z.undefined(),
})
export const caseStep = z.object({
  revision: z.number().int(),
  action: z.string(),
  actionName: z.string(),
  by: z.string(),
  at: z.string(),
  reason: z.string().nullable(),
  details: z.array(z.object({ label: z.string(), text: z.string() })),
})
export const casePage = caseLine.extend({
  revision: z.number().int(),
  source: z.string(),
  /** The problem that it was opened from. */
  problemId: z.string().nullable(),
  remedies: z.string().nullable(),
  report: z.string().nullable(),
  verification: z.string().nullable(),
  waitingFor: z.string().nullable(),
  waitingSince: civilDate.nullable(),
  waitedDays: z.number().int(),
  why: z.string(),
  clauses: z.array(z.object({ code: z.string(), title: z.string(), gist: z.string() })),
  steps: z.array(caseStep),
  /** Actions that the state allows and this reader may take. */
  abilities: z.array(z.string()),
  /** Why an action the state allows is not this reader's, such as that the verifier must be another. */
  notices: z.array(z.string()),
})
export type CasePage = z.infer<typeof casePage>
export const showCase = endpoint({
  method: 'GET',
  path: '/api/v1/cases/:id',
  tag: '督办',
  summary: '一个事项：来由、条文、经过、现在谁能做什么',
  params: z.strictObject({ id: z.string().max(60) }),
  reply: casePage,
})

const reason = z.string().trim().min(2, { error: '请写明理由。' }).max(500).meta({ title: '理由' })
export const openCase = endpoint({
  method: 'POST',
  path: '/api/v1/cases',
  tag: '督办',
  summary: '直接立项（不由系统建议）',
  body: z.strictObject({
    organizationId,
    title: z.string().trim().min(4, { error: '请写明督办什么事。' }).max(100).meta({ title: '事项' }),
    reason,
    ownerId: personId.meta({ title: '责任人' }),
    dueOn: civilDate.meta({ title: '完成时限' }),
    remedies: z.string().trim().min(4, { error: '请写明整改措施。' }).max(1000).meta({ title: '整改措施' }),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
})
const transition = <Body extends z.ZodType>(verb: string, summary: string, body: Body) =>
  endpoint({
    method: 'POST',
    path: `/api/v1/cases/:id/${verb}`,
    tag: '督办',
    summary,
    params: z.strictObject({ id: z.string().max(60) }),
    body,
    reply: z.object({ id: z.string(), state: caseState, revision: z.number().int() }),
  })
export const remindCase = transition(
  'remind',
  '采纳建议，发提醒',
  z.strictObject({ reason: reason.optional(), dueOn: civilDate.meta({ title: '请于此日前办理' }) }),
)
export const dismissCase = transition('dismiss', '不采纳建议', z.strictObject({ reason }))
export const dismissCases = endpoint({
  method: 'POST',
  path: '/api/v1/cases/dismissals',
  tag: '督办',
  summary: '一并不采纳多条建议；已不是建议的不动，列在 left 里',
  body: z.strictObject({
    ids: z.array(z.string().max(60)).min(1, { error: '请至少选一条。' }).max(500).meta({ title: '事项' }),
    reason,
  }),
  reply: z.object({ dismissed: z.number().int(), left: z.array(z.string()) }),
})
export const superviseCase = transition(
  'supervise',
  '转督办：责任人、时限、措施',
  z.strictObject({
    ownerId: personId.meta({ title: '责任人' }),
    dueOn: civilDate.meta({ title: '完成时限' }),
    remedies: z.string().trim().min(4, { error: '请写明整改措施。' }).max(1000).meta({ title: '整改措施' }),
    reason,
  }),
)
export const reportCase = transition(
  'report',
  '责任人报告办理结果',
  z.strictObject({ report: z.string().trim().min(4, { error: '请写明办理结果。' }).max(2000).meta({ title: '办理结果' }) }),
)
export const verifyCase = transition(
  'verify',
  '核验通过并销号；核验人不能是报告人或责任人',
  z.strictObject({
    verification: z.string().trim().min(4, { error: '请写明核验情况。' }).max(1000).meta({ title: '核验情况' }),
    onSite: z.boolean().default(false).meta({ title: '到现场核验' }),
  }),
)
export const returnCase = transition(
  'return',
  '退回继续整改',
  z.strictObject({ reason, dueOn: civilDate.optional().meta({ title: '新的时限' }) }),
)
export const pauseCase = transition(
  'pause',
  '在等上级：停表',
  z.strictObject({ waitingFor: z.string().trim().min(2).max(200).meta({ title: '在等什么' }) }),
)
export const resumeCase = transition('resume', '上级已办：续表', z.strictObject({}))
export const reopenCase = transition(
  'reopen',
  '重新立项',
  z.strictObject({ reason, dueOn: civilDate.meta({ title: '完成时限' }) }),
)

export const urgeCase = transition('urge', '催办：到了日子还没有回音的，按责任链逐级提醒', z.strictObject({ reason }))
export const putOffCase = transition(
  'put-off',
  '延期：写明理由，另定时限',
  z.strictObject({ reason, dueOn: civilDate.meta({ title: '新的时限' }) }),
)

export const funnel = endpoint({
  method: 'GET',
  path: '/api/v1/cases/funnel',
  tag: '督办',
  summary: '督办漏斗：建议、提醒、督办、待核验、销号各多少',
  query: z.strictObject({ under: organizationId.optional(), from: civilDate.optional(), to: civilDate.optional() }),
  reply: z.object({
    stages: z.array(z.object({ state: caseState, name: z.string(), count: z.number().int() })),
    overdue: z.number().int(),
    waiting: z.number().int(),
    longestWait: z.number().int(),
    toVerify: z.number().int(),
  }),
})

problems({
  'supervision.case_not_found': { status: 404, title: '没有找到这个事项，或不在您的管理范围内。' },
  'supervision.case_not_allowed_now': { status: 409, title: '事项现在的状态不能这样办。' },
  'supervision.verifier_must_be_another': { status: 403, title: '核验须由责任人和报告人以外的人办理。' },
  'supervision.due_in_past': { status: 422, title: '完成时限已经过去，请填今天或以后的日期。' },
  'supervision.owner_not_of_organization': { status: 422, title: '责任人不在该组织的单位之内，请另选。' },
})
