import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { hoursOf, targetGroup } from '../classes/classes.contract.ts'

const tag = '培训计划'
problems({
  'learning.plan_not_found': { status: 404, title: '没有找到这份培训计划，或不在您的管理范围内。' },
  'learning.plan_exists': { status: 409, title: '这个组织这一年已有培训计划，请打开它更正。' },
})
const reason = (what: string) =>
  z
    .string()
    .trim()
    .min(2, { error: `请写明${what}。` })
    .max(300)
    .meta({ title: what })
export const ofPlan = z.strictObject({ id: z.string().max(60).meta({ title: '培训计划' }) })

const item = z.strictObject({
  /** Of a line that stands already, by which its classes are found; left out for a new one. */
  key: z.string().max(40).optional(),
  title: z.string().trim().min(1, { error: '请写班次名称。' }).max(100).meta({ title: '班次' }),
  targetGroup,
  month: z.number().int().min(1).max(12).meta({ title: '月份' }),
  hours: hoursOf(500),
})
export const planBody = z.strictObject({
  organizationId,
  year: z.number().int().min(2000).max(2100).meta({ title: '年度' }),
  title: z.string().trim().min(1, { error: '请写计划名称。' }).max(100).meta({ title: '计划名称' }),
  note: z.string().trim().max(2000).optional().meta({ title: '说明' }),
  items: z.array(item).min(1, { error: '请至少列一个班次。' }).max(100).meta({ title: '班次' }),
})
export const createPlan = endpoint({
  method: 'POST',
  path: '/api/v1/training-plans',
  tag,
  summary: '记一份年度培训计划，一个组织一年一份',
  body: planBody,
  reply: z.object({ id: z.string() }),
  status: 201,
})
export const correctPlan = endpoint({
  method: 'POST',
  path: '/api/v1/training-plans/:id/correct',
  tag,
  summary: '更正年度培训计划；原计划留存',
  params: ofPlan,
  body: planBody
    .omit({ organizationId: true, year: true })
    .extend({ revision: z.number().int().meta({ title: '所改的版本' }), reason: reason('更正理由') }),
  reply: z.object({ id: z.string(), revision: z.number().int() }),
})
export const withdrawPlan = endpoint({
  method: 'POST',
  path: '/api/v1/training-plans/:id/withdraw',
  tag,
  summary: '撤回误记的培训计划；计划仍在',
  params: ofPlan,
  body: z.strictObject({ reason: reason('撤回理由') }),
  reply: z.object({ id: z.string() }),
})
export const planLine = z.object({
  id: z.string(),
  revision: z.number().int(),
  state: z.enum(['recorded', 'withdrawn']),
  organization: z.object({ id: z.string(), name: z.string() }),
  year: z.number().int(),
  title: z.string(),
  note: z.string().nullable(),
  /** Each planned class, and how many classes were held for it. */
  items: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      targetGroup,
      month: z.number().int(),
      hours: z.number(),
      held: z.number().int(),
    }),
  ),
})
export type PlanLine = z.infer<typeof planLine>
export type PlanPage = z.infer<(typeof showPlan)['reply']>
export const listPlans = endpoint({
  method: 'GET',
  path: '/api/v1/training-plans',
  tag,
  summary: '年度培训计划列表',
  query: pageQuery.extend({
    year: z.coerce.number().int().min(2000).max(2100).optional().meta({ title: '年度' }),
    under: organizationId.optional(),
    state: z.enum(['recorded', 'withdrawn']).optional(),
  }),
  reply: listOf(planLine),
})
export const showPlan = endpoint({
  method: 'GET',
  path: '/api/v1/training-plans/:id',
  tag,
  summary: '一份年度培训计划和办班进度',
  params: ofPlan,
  reply: planLine.extend({
    /** Classes of the organization in that year: `item` is the key of the line, null beyond the plan. */
    classes: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        item: z.string().nullable(),
        state: z.enum(['planned', 'held']),
        endsOn: civilDate,
        hours: z.number(),
        participants: z.number().int(),
      }),
    ),
    abilities: z.array(z.string()),
    revisions: z.array(
      z.object({
        revision: z.number(),
        state: z.string(),
        recordedAt: z.string(),
        by: z.string(),
        reason: z.string().nullable(),
      }),
    ),
  }),
})
