import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { periodName } from '../../../kernel/time/period.ts'

/** The seven statuses, never mixed in a sum, a colour or an export. */
export const statuses = {
  not_due: '未到期',
  met: '已办',
  met_late: '迟办',
  unmet: '未达标',
  not_reported: '未报',
  exempt: '豁免',
  not_applicable: '不适用',
} as const
export type Status = keyof typeof statuses
export const status = z.enum(Object.keys(statuses) as [Status, ...Status[]]).meta({ title: '状态' })
/** Numbers under which the stored five stand in the database. */
export const storedStatus = { met: 1, met_late: 2, unmet: 3, not_reported: 4, exempt: 5 } as const satisfies Partial<
  Record<Status, number>
>

/** The kind of work item that sums up what is owed below. */
export const owedBelow = 'rulebook.owed_below'

export const strengths = { hard: '应当', soft: '提示' } as const
export const dimensions = {
  D1: '政治建设',
  D2: '思想建设',
  D3: '基础建设',
  D4: '能力建设',
  D5: '作风建设',
  D6: '队伍建设',
} as const
export type Dimension = keyof typeof dimensions

export const value = z.object({ numerator: z.number(), denominator: z.number() })

export const obligation = z.object({
  requirement: z.string().meta({ title: '要求' }),
  title: z.string(),
  dimension: z.string(),
  subject: z.object({ id: z.string(), name: z.string(), kind: z.enum(['organization', 'person']) }),
  organization: z.object({ id: z.string(), name: z.string() }),
  period: z.string(),
  due: civilDate,
  /** Last day on which a record is not late. */
  lateAfter: civilDate,
  status,
  value,
  strength: z.enum(['hard', 'soft']),
  /** What to do about it, in words. */
  remedy: z.string(),
  /** What is counted, so that a page may offer the record that would count: `orglife.meetings_held` with its kinds. */
  measure: z.object({ name: z.string(), params: z.record(z.string(), z.unknown()) }),
  evidence: z.array(z.object({ id: z.string(), kind: z.string() })),
})
export type Obligation = z.infer<typeof obligation>

export const listObligations = endpoint({
  method: 'GET',
  path: '/api/v1/obligations',
  tag: '要求与指标',
  summary: '一个主体或一个组织以下的应办事项；period 内含的较短期间一并列出',
  query: pageQuery.extend({
    subject: z.string().max(60).optional().meta({ title: '主体', help: '组织或人员编号' }),
    /** With a branch as the subject: the duties of its groups along with its own. */
    groups: z.enum(['yes', 'no']).optional().meta({ title: '连同所设党小组' }),
    under: z.string().max(60).optional().meta({ title: '组织及其下级' }),
    period: periodName.optional(),
    requirement: z.string().max(40).optional(),
    dimension: z.enum(['D1', 'D2', 'D3', 'D4', 'D5', 'D6']).optional(),
    status: status.optional(),
    strength: z.enum(['hard', 'soft']).optional(),
  }),
  reply: listOf(obligation),
})

export const exportObligations = endpoint({
  method: 'GET',
  path: '/api/v1/obligations/export',
  tag: '要求与指标',
  summary: '应办事项导出为表格，最多两万条',
  query: listObligations.query.omit({ after: true, limit: true }),
  reply: z.undefined(),
})

export const declareNotDone = endpoint({
  method: 'POST',
  path: '/api/v1/obligations/declare-not-done',
  tag: '要求与指标',
  summary: '如实填报本期未开展，并说明理由',
  body: z.strictObject({
    requirement: z.string().max(40),
    subject: z.string().max(60),
    period: periodName,
    reason: z.string().trim().min(4, { error: '请说明未开展的理由。' }).max(300).meta({ title: '理由' }),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
})

problems({
  'rulebook.subject_not_found': { status: 404, title: '没有找到这个主体，或不在您的管理范围内。' },
  'rulebook.requirement_not_found': { status: 404, title: '没有这条要求，请从制度中选择。' },
  'rulebook.not_due_of_subject': { status: 422, title: '这条要求在该期不适用于所选主体，无需填报。' },
  'rulebook.already_met': { status: 409, title: '这项要求已有记录满足，不必再报未开展。' },
  'rulebook.already_declared': { status: 409, title: '这一期已报过未开展。如后来开展了，直接记会议即可。' },
  'rulebook.period_wrong': { status: 422, title: '期间与这条要求的周期不一致，请重新选择期间。' },
})
