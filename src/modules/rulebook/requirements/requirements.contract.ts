import { z } from 'zod'
import { endpoint } from '../../../kernel/http/endpoint.ts'

export const rulebookLine = z.object({
  id: z.string(),
  code: z.string(),
  title: z.string(),
  issuer: z.string(),
  kind: z.string(),
  issuedOn: z.string(),
  from: z.string(),
  to: z.string().nullable(),
  clauses: z.number().int(),
  requirements: z.number().int(),
})
export const listRulebooks = endpoint({
  method: 'GET',
  path: '/api/v1/rulebooks',
  tag: '制度',
  summary: '已载入的制度文件',
  reply: z.object({ items: z.array(rulebookLine), next: z.string().nullable() }),
})
export const requirementLine = z.object({
  code: z.string(),
  version: z.number().int(),
  title: z.string(),
  rulebook: z.string(),
  dimension: z.string(),
  clauses: z.array(z.string()),
  subject: z.string(),
  cadence: z.string(),
  measure: z.string(),
  target: z.string(),
  strength: z.enum(['hard', 'soft']),
  enabled: z.boolean(),
  reasonOff: z.string().nullable(),
  confidence: z.string(),
  source: z.string(),
  formula: z.string(),
  remedy: z.string(),
  from: z.string(),
  to: z.string().nullable(),
})
export type RequirementLine = z.infer<typeof requirementLine>
export const listRequirements = endpoint({
  method: 'GET',
  path: '/api/v1/requirements',
  tag: '制度',
  summary: '要求及其版本、主体、周期、计量和出处',
  query: z.strictObject({ rulebook: z.string().max(60).optional() }),
  reply: z.object({ items: z.array(requirementLine), next: z.string().nullable() }),
})
export const listClauses = endpoint({
  method: 'GET',
  path: '/api/v1/clauses',
  tag: '制度',
  summary: '条文（我们的转述）及各条下的要求',
  query: z.strictObject({ rulebook: z.string().max(60).optional() }),
  reply: z.object({
    items: z.array(
      z.object({
        rulebook: z.string(),
        code: z.string(),
        title: z.string(),
        gist: z.string(),
        dimension: z.string().nullable(),
        requirements: z.array(z.string()),
      }),
    ),
    next: z.string().nullable(),
  }),
})
