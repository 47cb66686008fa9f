import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'

/** Since the day compared with: came, went on, stands as it stood, was closed. */
export const changes = { came: '新增', moved: '有进展', same: '无变化', closed: '已办结' } as const
export type Change = keyof typeof changes

const counts = z.object({
  open: z.number().int(),
  came: z.number().int(),
  closed: z.number().int(),
  overdue: z.number().int(),
  waiting: z.number().int(),
})
export type DispatchCounts = z.infer<typeof counts>

export const dispatchKinds = {
  case: '督办',
  task: '任务',
  problem: '问题',
  finding: '检查发现',
  yellow_card: '黄牌',
  key_project: '重点项目',
} as const
export type DispatchKind = keyof typeof dispatchKinds

export const dispatchItem = z.object({
  kind: z.enum(Object.keys(dispatchKinds) as [DispatchKind, ...DispatchKind[]]),
  id: z.string(),
  number: z.string().nullable(),
  title: z.string(),
  unit: z.object({ id: z.string(), name: z.string() }),
  organization: z.string(),
  line: z.string(),
  state: z.string(),
  change: z.enum(Object.keys(changes) as [Change, ...Change[]]),
  dueOn: civilDate.nullable(),
  overdue: z.boolean(),
  waiting: z.boolean(),
  /** Address in the site of where it stands. */
  link: z.string(),
})
export type DispatchItem = z.infer<typeof dispatchItem>

const asked = z.strictObject({
  quarter: z
    .string()
    .regex(/^\d{4}Q[1-4]$/, { error: '季度请写成 2026Q4。' })
    .meta({ title: '季度' }),
  since: civilDate.optional().meta({ title: '与哪一天相比', help: '不填就是上季度最后一天。' }),
  under: organizationId.optional().meta({ title: '组织及其下级' }),
})
export const showDispatch = endpoint({
  method: 'GET',
  path: '/api/v1/dispatch',
  tag: '督办',
  summary: '季度调度：未销号的事项、任务、问题、检查发现、黄牌、重点项目，按单位和条线，与某日相比的变化',
  query: asked,
  reply: z.object({
    quarter: z.string(),
    since: civilDate,
    until: civilDate,
    totals: counts,
    units: z.array(z.object({ organization: z.object({ id: z.string(), name: z.string() }), counts })),
    lines: z.array(z.object({ line: z.string(), counts })),
    items: z.array(dispatchItem),
    /** The page holds the first ones; the export holds all. */
    itemsTotal: z.number().int(),
  }),
})
export const exportDispatch = endpoint({
  method: 'GET',
  path: '/api/v1/dispatch/export',
  tag: '督办',
  summary: '季度调度台账导出为 Excel',
  query: asked,
  reply: z.undefined(),
})

problems({
  'supervision.quarter_not_begun': { status: 422, title: '这个季度还没有开始，没有可调度的内容。请选已经开始的季度。' },
  'supervision.baseline_too_late': { status: 422, title: '比较的日期须早于调度截止的日期。请另选一天。' },
})
