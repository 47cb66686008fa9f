import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { meetingKind } from '../meetings/meetings.contract.ts'
import { yearPlanStates, type YearPlanState } from './year-plans.lifecycle.ts'

const tag = '年度计划'
const year = z.coerce.number({ error: '请填年度。' }).int().min(2019).max(2045).meta({ title: '年度' })
const month = z.number({ error: '请选月份。' }).int().min(1).max(12).meta({ title: '月份' })
const state = z
  .enum(Object.keys(yearPlanStates) as [YearPlanState, ...YearPlanState[]])
  .meta({ title: '状态', titles: yearPlanStates })
const words = (what: string, most: number) =>
  z
    .string({ error: `请写${what}。` })
    .trim()
    .min(2, { error: `请写${what}。` })
    .max(most, { error: `${what}不超过 ${most} 个字。` })
    .meta({ title: what })
const reason = words('理由', 300)
export const ofYearPlan = z.strictObject({ id: z.string().max(60).meta({ title: '年度计划' }) })
const itemId = z.string().max(60).meta({ title: '计划中的一项' })
const named = z.object({ id: z.string(), name: z.string() })

export const yearPlanLine = z.object({
  id: z.string(),
  organization: named,
  year: z.number().int(),
  state,
  approvedOn: civilDate.nullable(),
  items: z.number().int(),
  held: z.number().int(),
  missed: z.number().int(),
})
export type YearPlanLine = z.infer<typeof yearPlanLine>
const filters = { under: organizationId.optional(), year: year.optional(), state: state.optional() }
export const listYearPlans = endpoint({
  method: 'GET',
  path: '/api/v1/year-plans',
  tag,
  summary: '支部年度计划列表；办了几项从会议记录里算，不另填',
  query: pageQuery.extend(filters),
  reply: listOf(yearPlanLine),
})

/** How an item stands: read from the records of meetings, never entered. */
export const itemStandings = {
  held: '已开',
  arranged: '已预定',
  due: '待办',
  missed: '当月没有记录',
  cancelled: '已取消',
} as const
export const yearPlanItem = z.object({
  id: z.string(),
  month: z.number().int(),
  kind: meetingKind,
  title: z.string(),
  requirements: z.array(z.string()),
  standing: z.enum(Object.keys(itemStandings) as [keyof typeof itemStandings, ...(keyof typeof itemStandings)[]]),
  reason: z.string().nullable(),
  meeting: z.object({ id: z.string(), title: z.string(), heldOn: civilDate }).nullable(),
})
export type YearPlanItem = z.infer<typeof yearPlanItem>
export const yearPlanPage = yearPlanLine.omit({ items: true }).extend({
  revision: z.number().int(),
  approval: z.string().nullable(),
  items: z.array(yearPlanItem),
  changes: z.array(z.object({ said: z.string(), reason: z.string().nullable(), by: z.string(), at: z.string() })),
  abilities: z.array(z.string()),
})
export type YearPlanPage = z.infer<typeof yearPlanPage>
export const showYearPlan = endpoint({
  method: 'GET',
  path: '/api/v1/year-plans/:id',
  tag,
  summary: '一个支部一年的计划：逐月各项、办到哪里、改过什么',
  params: ofYearPlan,
  reply: yearPlanPage,
})
export const exportYearPlan = endpoint({
  method: 'GET',
  path: '/api/v1/year-plans/:id/export',
  tag,
  summary: '一份年度计划导出为 Excel',
  params: ofYearPlan,
  reply: z.undefined(),
})
export const yearPlanPaper = endpoint({
  method: 'GET',
  path: '/api/v1/year-plans/:id/paper',
  tag,
  summary: '一份年度计划按公文格式成文的 Word',
  params: ofYearPlan,
  reply: z.undefined(),
})
export const proposeYearPlan = endpoint({
  method: 'POST',
  path: '/api/v1/year-plans',
  tag,
  summary: '按明年（或当年）到期的要求起草一份年度计划',
  body: z.strictObject({ organizationId: organizationId.meta({ title: '支部' }), year }),
  reply: z.object({ id: z.string(), items: z.number().int() }),
  status: 201,
})
const step = <Body extends z.ZodType>(verb: string, summary: string, body: Body) =>
  endpoint({
    method: 'POST',
    path: `/api/v1/year-plans/:id/${verb}`,
    tag,
    summary,
    params: ofYearPlan,
    body,
    reply: z.object({ id: z.string(), state, revision: z.number().int() }),
  })
export const addItem = step(
  'add',
  '加一项',
  z.strictObject({ month, kind: meetingKind, title: words('名称', 100).meta({ title: '名称' }), reason: reason.optional() }),
)
export const moveItem = step('move', '改到别的月份，写明理由', z.strictObject({ itemId, month, reason }))
export const cancelItem = step('cancel', '取消一项，写明理由；取消了要求也仍在', z.strictObject({ itemId, reason }))
export const restoreItem = step('restore', '恢复取消的一项', z.strictObject({ itemId }))
export const approveYearPlan = step(
  'approve',
  '支部研究通过',
  z.strictObject({ approval: words('怎样通过的', 200).meta({ title: '怎样通过的', help: '如“2026年12月支委会研究通过”' }) }),
)
export const planItemMeeting = endpoint({
  method: 'POST',
  path: '/api/v1/year-plans/:id/meetings',
  tag,
  summary: '把计划中的一项变成预定的会议并通知应到人员，名称、类别不用再填',
  params: ofYearPlan,
  body: z.strictObject({
    itemId,
    heldOn: civilDate.optional().meta({ title: '日期', help: '不填就定在那个月的主题党日常用的日子或月中' }),
  }),
  reply: z.object({ id: z.string(), meetingId: z.string(), heldOn: civilDate }),
  status: 201,
})

problems({
  'orglife.year_plan_not_found': { status: 404, title: '没有找到这份年度计划，或不在您的管理范围内。' },
  'orglife.year_plan_not_allowed_now': { status: 409, title: '年度计划现在的状态不能这样办。' },
  'orglife.year_plan_exists': { status: 409, title: '这个年度已经有计划，请打开它修改。' },
  'orglife.year_plan_of_branch': { status: 422, title: '年度计划由支部制定，请选择支部。' },
  'orglife.year_plan_far': { status: 422, title: '年度计划只按当年和明年到期的要求起草，请选这两年。' },
  'orglife.year_plan_item_not_found': { status: 422, title: '计划里没有这一项，请从计划中选。' },
  'orglife.year_plan_item_stands': { status: 409, title: '这一项现在不能这样改：已经开过、已经预定或已经取消的不动。' },
})
