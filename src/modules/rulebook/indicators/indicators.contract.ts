import { z } from 'zod'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { periodName } from '../../../kernel/time/period.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { value } from '../obligations/obligations.contract.ts'

export const counts = z.object({
  met: z.number().int(),
  met_late: z.number().int(),
  unmet: z.number().int(),
  not_reported: z.number().int(),
  exempt: z.number().int(),
  not_due: z.number().int(),
})
export type Counts = z.infer<typeof counts>

/** Which tree a figure is read by: that of each period's last day, or today's. */
export const tree = z.enum(['as_was', 'as_is']).default('as_was').meta({ title: '建制' })

export const indicator = z.object({
  requirement: z.string(),
  title: z.string(),
  dimension: z.string(),
  strength: z.enum(['hard', 'soft']),
  organization: z.object({ id: z.string(), name: z.string(), kind: z.string(), self: z.boolean() }),
  period: z.string(),
  counts,
  /** (met + met_late) ÷ (met + met_late + unmet + not_reported); null when nothing applies. */
  ratio: z.number().nullable(),
  value,
})

export const listIndicators = endpoint({
  method: 'GET',
  path: '/api/v1/indicators',
  tag: '要求与指标',
  summary: '一个组织和它直接下级的指标格：各状态的数目、比率、计量值',
  query: z.strictObject({
    organization: organizationId,
    period: periodName,
    requirement: z.string().max(40).optional(),
    tree,
  }),
  reply: z.object({ items: z.array(indicator), next: z.string().nullable() }),
})

/** Unit × dimension: hard requirements only; soft ones stand apart. */
export const cockpitCell = z.object({ dimension: z.string(), counts, soft: counts, ratio: z.number().nullable() })
export const cockpit = endpoint({
  method: 'GET',
  path: '/api/v1/cockpit',
  tag: '要求与指标',
  summary: '驾驶舱：直接下级 × 六个维度，按组织序，不排名',
  query: z.strictObject({ organization: organizationId.optional(), period: periodName, tree }),
  reply: z.object({
    organization: z.object({ id: z.string(), name: z.string(), kind: z.string() }),
    path: z.array(z.object({ id: z.string(), name: z.string() })),
    total: z.array(cockpitCell),
    rows: z.array(
      z.object({ organization: z.object({ id: z.string(), name: z.string(), kind: z.string() }), cells: z.array(cockpitCell) }),
    ),
    /** Seconds since the last change was taken into the figures; 0 when nothing is on its way. */
    freshness: z.object({ pending: z.number().int() }),
  }),
})
export const cockpitExport = endpoint({
  method: 'GET',
  path: '/api/v1/cockpit/export',
  tag: '要求与指标',
  summary: '驾驶舱导出为表格，各状态分列',
  query: cockpit.query,
  reply: z.undefined(),
})
export const trend = endpoint({
  method: 'GET',
  path: '/api/v1/indicators/trend',
  tag: '要求与指标',
  summary: '一个组织近若干期的走势',
  query: z.strictObject({
    organization: organizationId,
    dimension: z.enum(['D1', 'D2', 'D3', 'D4', 'D5', 'D6']).optional(),
    requirement: z.string().max(40).optional(),
    period: periodName.meta({ title: '最后一期' }),
    count: z.coerce.number().int().min(2).max(24).default(8),
  }),
  reply: z.object({ items: z.array(z.object({ period: z.string(), counts, ratio: z.number().nullable() })) }),
})

const traceRow = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  heldOn: z.string(),
  recordedOn: z.string(),
  organization: z.object({ id: z.string(), name: z.string() }),
  requirement: z.string(),
  period: z.string(),
})
const traced = pageQuery.extend({
  requirement: z.string().max(40).optional(),
  dimension: z.enum(['D1', 'D2', 'D3', 'D4', 'D5', 'D6']).optional(),
  organization: organizationId,
  period: periodName,
  tree,
})
export const trace = endpoint({
  method: 'GET',
  path: '/api/v1/indicators/trace',
  tag: '要求与指标',
  summary: '为什么是这个数：公式、条文、计入与未计入的记录及理由、欠办的事项',
  query: traced,
  reply: z.object({
    organization: z.object({ id: z.string(), name: z.string(), kind: z.string() }),
    period: z.string(),
    counts,
    soft: counts,
    ratio: z.number().nullable(),
    value: value.nullable(),
    formula: z.string(),
    requirements: z.array(
      z.object({
        code: z.string(),
        title: z.string(),
        formula: z.string(),
        strength: z.enum(['hard', 'soft']),
        counts,
        clauses: z.array(z.object({ document: z.string(), code: z.string(), title: z.string(), gist: z.string() })),
        source: z.string(),
      }),
    ),
    clauses: z.array(z.object({ document: z.string(), code: z.string(), title: z.string(), gist: z.string() })),
    /** Obligations that are short, not reported or late; hard ones first. */
    open: z.array(
      z.object({
        requirement: z.string(),
        title: z.string(),
        strength: z.enum(['hard', 'soft']),
        status: z.string(),
        period: z.string(),
        subject: z.object({ id: z.string(), name: z.string(), kind: z.enum(['organization', 'person']) }),
        organization: z.object({ id: z.string(), name: z.string() }),
        due: z.string(),
        why: z.string(),
        records: z.array(z.object({ id: z.string(), kind: z.string() })),
      }),
    ),
    openTotal: z.number().int(),
    counted: z.array(traceRow),
    /** Exact up to two hundred; `countedMore` says that there are more. The same of those not counted. */
    countedTotal: z.number().int(),
    countedMore: z.boolean(),
    notCounted: z.array(traceRow.extend({ reason: z.string() })),
    notCountedTotal: z.number().int(),
    notCountedMore: z.boolean(),
  }),
})
export type Trace = z.infer<(typeof trace)['reply']>

/** The records behind a figure, page by page; the trace itself holds only the first ones. */
export const traceRecords = endpoint({
  method: 'GET',
  path: '/api/v1/indicators/trace/records',
  tag: '要求与指标',
  summary: '一个数计入的记录，或没有计入的记录及理由',
  query: traced.extend({ counted: z.enum(['yes', 'no']).default('yes').meta({ title: '是否计入' }) }),
  reply: listOf(traceRow.extend({ reason: z.string() })),
})
