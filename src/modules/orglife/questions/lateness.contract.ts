import { z } from 'zod'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { problems } from '../../../kernel/errors/problem.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { periodName } from '../../../kernel/time/period.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'

problems({
  'orglife.lateness_not_yet': { status: 403, title: '这一期还没结束，先由本组织自己看。到期后再来看。' },
  'orglife.lateness_not_found': { status: 404, title: '没有找到这个组织，或不在您的管理范围内。' },
})

/** Recorded in time, recorded late, corrected afterwards: of one organization in one period, compared with nobody. */
export const showLateness = endpoint({
  method: 'GET',
  path: '/api/v1/lateness',
  tag: '疑问',
  summary: '一个组织在一个期间按时记录的情况：本组织随时看，上级在期满和宽限期之后看；不与别的组织比',
  query: z.strictObject({ organization: organizationId, period: periodName }),
  reply: z.object({
    organization: z.object({ id: z.string(), name: z.string() }),
    period: z.string(),
    /** Whether the reader belongs to the organization itself. */
    own: z.boolean(),
    /** From this day on those above see it too. */
    aboveFrom: civilDate,
    recorded: z.number().int(),
    inTime: z.number().int(),
    late: z.number().int(),
    corrected: z.number().int(),
    /** Share of late records, in whole percent; null when nothing was recorded. */
    lateShare: z.number().int().nullable(),
    lateRecords: z.array(
      z.object({ id: z.string(), title: z.string(), heldOn: civilDate, recordedOn: civilDate, reason: z.string().nullable() }),
    ),
    /** What the rules that count these records say about a late one. */
    rules: z.array(
      z.object({ code: z.string(), title: z.string(), graceDays: z.number().int(), counts: z.string(), credit: z.number() }),
    ),
  }),
})
