import { z } from 'zod'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { periodName } from '../../../kernel/time/period.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { counts } from '../indicators/indicators.contract.ts'

const place = z.object({ id: z.string(), name: z.string() })

export const explain = endpoint({
  method: 'GET',
  path: '/api/v1/explain',
  tag: '要求与指标',
  summary: '一个组织一期的情况说明：到哪一步了，哪些事要紧，哪些在等上级',
  query: z.strictObject({ organization: organizationId.optional(), period: periodName }),
  reply: z.object({
    organization: place.extend({ kind: z.string() }),
    period: z.string(),
    /** One sentence that may be read aloud. */
    sentence: z.string(),
    counts,
    soft: counts,
    ratio: z.number().nullable(),
    dimensions: z.array(z.object({ dimension: z.string(), counts, ratio: z.number().nullable() })),
    before: z.object({ period: z.string(), counts, ratio: z.number().nullable(), sentence: z.string() }),
    /** Hard requirements with something open, the most open first; with the organizations where it is, in the tree's order; of a large place, its direct subordinates. */
    matters: z.array(
      z.object({
        requirement: z.string(),
        title: z.string(),
        dimension: z.string(),
        clauses: z.array(z.string()),
        remedy: z.string(),
        unmet: z.number().int(),
        notReported: z.number().int(),
        oldestDue: z.string(),
        places: z.array(place.extend({ open: z.number().int() })),
        placesTotal: z.number().int(),
      }),
    ),
    waiting: z.array(
      z.object({
        kind: z.string(),
        id: z.string(),
        organization: place,
        title: z.string(),
        waitsOn: z.string(),
        since: z.string(),
        days: z.number().int(),
      }),
    ),
    waitingTotal: z.number().int(),
  }),
})
