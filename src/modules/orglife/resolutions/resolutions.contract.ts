import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'

problems({
  'orglife.resolution_not_found': { status: 404, title: '没有找到这件议定事项，或不在您的管理范围内。' },
  'orglife.resolution_settled': { status: 409, title: '这件议定事项已经办结，不用再报。' },
})

const tag = '议定事项'
const named = z.object({ id: z.string(), name: z.string() })

export const resolutionLine = z.object({
  /** Number of the resolution within its meeting, from 1. */
  id: z.string(),
  meeting: z.object({ id: z.string(), title: z.string(), heldOn: civilDate, kinds: z.array(z.string()) }),
  organization: named,
  content: z.string(),
  owner: named.nullable(),
  dueOn: civilDate.nullable(),
  settled: z.boolean(),
  overdue: z.boolean(),
  note: z.string().nullable(),
  reportedOn: civilDate.nullable(),
  reportedBy: z.string().nullable(),
  /** Whether the reader may report on it: its keepers and its owner. */
  mayReport: z.boolean(),
})
export type ResolutionLine = z.infer<typeof resolutionLine>

export const listResolutions = endpoint({
  method: 'GET',
  path: '/api/v1/resolutions',
  tag,
  summary: '会议议定的事项和整改事项，及其落实情况',
  query: pageQuery.extend({
    under: organizationId.optional(),
    standing: z.enum(['open', 'overdue', 'settled']).optional().meta({ title: '落实情况' }),
    mine: z.enum(['yes']).optional().meta({ title: '只看我负责的' }),
    text: z.string().trim().max(50).optional(),
  }),
  reply: listOf(resolutionLine),
})
export type ResolutionsAsked = z.output<(typeof listResolutions)['query']>

export const reportResolution = endpoint({
  method: 'POST',
  path: '/api/v1/meetings/:id/resolutions/report',
  tag,
  summary: '报一件议定事项的落实情况；办结的写明结果',
  params: z.strictObject({ id: z.string().max(60) }),
  body: z.strictObject({
    content: z.string().trim().min(1).max(500).meta({ title: '议定事项' }),
    settled: z.boolean().meta({ title: '已经办结' }),
    note: z.string().trim().min(1, { error: '请写一句落实得怎样。' }).max(500).meta({ title: '落实情况' }),
  }),
  reply: z.object({ id: z.string() }),
})

export const themeDay = z.object({ organization: named, day: z.number().int().nullable(), since: civilDate.nullable() })
export const showThemeDay = endpoint({
  method: 'GET',
  path: '/api/v1/theme-days',
  tag: '主题党日',
  summary: '一个支部的主题党日固定在每月哪一天',
  query: z.strictObject({ organization: organizationId }),
  reply: themeDay,
})
export const fixThemeDay = endpoint({
  method: 'POST',
  path: '/api/v1/theme-days',
  tag: '主题党日',
  summary: '定下主题党日固定在每月哪一天，从今天起算',
  body: z.strictObject({
    organizationId,
    day: z
      .number({ error: '请填每月几日，如 5。' })
      .int()
      .min(1, { error: '请填 1 到 31。' })
      .max(31, { error: '请填 1 到 31。' })
      .meta({ title: '每月几日', help: '小月没有这一天的，按月末算' }),
  }),
  reply: z.object({ day: z.number().int() }),
})
