import { z } from 'zod'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { counts } from '../indicators/indicators.contract.ts'

const year = z.coerce.number().int().min(2019).max(2045).meta({ title: '年度' })

export const standing = endpoint({
  method: 'GET',
  path: '/api/v1/standing',
  tag: '要求与指标',
  summary: '一个组织一年的履责情况，列出全部算式；只对组织，是否采用由工委决定',
  query: z.strictObject({ organization: organizationId.optional(), year }),
  reply: z.object({
    /** Whether the city makes use of it; when it doesn't, nothing is computed. */
    inUse: z.boolean(),
    decided: z.object({ on: z.string(), reason: z.string() }).nullable(),
    organization: z.object({ id: z.string(), name: z.string(), kind: z.string() }),
    year: z.number().int(),
    standing: z.number().nullable(),
    weightApplying: z.number(),
    formula: z.string(),
    lines: z.array(
      z.object({
        requirement: z.string(),
        title: z.string(),
        dimension: z.string(),
        weight: z.number(),
        counts,
        lateCredits: z.array(z.number()).meta({ title: '迟办计入' }),
        /** (met + credit × late) ÷ due; null when it does not apply. */
        credit: z.number().nullable(),
        share: z.number(),
      }),
    ),
    abilities: z.array(z.enum(['decide'])),
  }),
})

export const decideStandingBody = z.strictObject({
  inUse: z.boolean().meta({ title: '是否采用' }),
  reason: z.string().trim().min(4).max(200).meta({ title: '理由' }),
})
export const decideStanding = endpoint({
  method: 'POST',
  path: '/api/v1/standing/decide',
  tag: '要求与指标',
  summary: '决定本市是否采用年度履责情况',
  body: decideStandingBody,
  reply: z.object({ inUse: z.boolean() }),
})
