import { z } from 'zod'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { periodName } from '../../../kernel/time/period.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { counts, tree } from '../indicators/indicators.contract.ts'

const interval = z.object({ low: z.number(), high: z.number() })

export const differences = endpoint({
  method: 'GET',
  path: '/api/v1/indicators/differences',
  tag: '要求与指标',
  summary: '直接下级之间的差别是否超出偶然：按组织序列出比率和区间；只看“应当”类要求',
  query: z.strictObject({
    organization: organizationId.optional(),
    period: periodName,
    dimension: z.enum(['D1', 'D2', 'D3', 'D4', 'D5', 'D6']).optional(),
    requirement: z.string().max(40).optional(),
    tree,
  }),
  reply: z.object({
    organization: z.object({ id: z.string(), name: z.string(), kind: z.string() }),
    period: z.string(),
    /** What the page as a whole allows to be said. */
    sentence: z.string(),
    /** How the verdicts are found, in words. */
    method: z.string(),
    total: z.object({ counts, ratio: z.number().nullable(), interval: interval.nullable() }),
    rows: z.array(
      z.object({
        organization: z.object({ id: z.string(), name: z.string(), kind: z.string() }),
        counts,
        ratio: z.number().nullable(),
        /** 95 in 100: where the share would lie for an organization that works like this one. */
        interval: interval.nullable(),
        verdict: z.enum(['as_others', 'below', 'above', 'too_few', 'nothing_due']),
        words: z.string(),
      }),
    ),
  }),
})
