import { z } from 'zod'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'

const id = z.string().trim().min(1).max(60)
export const auditOutcome = z.enum(['done', 'denied', 'failed', 'viewed']).meta({ title: '结果' })
export const auditOutcomeNames = { done: '已办', denied: '被拒', failed: '失败', viewed: '查看' } as const

/** What the ledger can be searched by. */
export const auditFilters = z.strictObject({
  from: civilDate.optional().meta({ title: '从' }),
  to: civilDate.optional().meta({ title: '到' }),
  action: z.string().trim().min(1).max(100).optional().meta({ title: '动作', description: '动作名或其开头，如 orglife.meeting' }),
  outcome: auditOutcome.optional(),
  account: id.optional().meta({ title: '账号' }),
  object: id.optional().meta({ title: '对象编号' }),
})
export type AuditFilters = z.output<typeof auditFilters>

const named = z.object({ id: z.string(), name: z.string() })

/** One entry as the auditor sees it: who, what, when, on which objects; of fields only their names. */
export const auditEntry = z.object({
  id: z.string(),
  /** Place in the ledger; null until the sequencer has numbered it, within a second. */
  seq: z.number().int().nullable(),
  at: z.string(),
  action: z.string(),
  actionName: z.string(),
  outcome: auditOutcome,
  account: named.nullable(),
  actorKind: z.string(),
  objects: z.array(z.object({ kind: z.string(), id: z.string() })),
  organizations: z.array(named),
  fields: z.array(z.string()),
  requestId: z.string().nullable(),
})
export type AuditEntry = z.infer<typeof auditEntry>

export const listAuditEntries = endpoint({
  method: 'GET',
  path: '/api/v1/audit/entries',
  tag: '审计',
  summary: '检索台账：谁、何时、对什么做了什么、结果如何（不含业务内容）',
  query: pageQuery.extend(auditFilters.shape),
  reply: listOf(auditEntry),
})

export const exportAuditEntries = endpoint({
  method: 'GET',
  path: '/api/v1/audit/entries/export',
  tag: '审计',
  summary: '导出检索结果：Excel 供阅读，NDJSON 供独立核验程序',
  query: auditFilters.extend({ format: z.enum(['xlsx', 'ndjson']).default('xlsx') }),
  reply: z.unknown(),
})

export const listCheckpoints = endpoint({
  method: 'GET',
  path: '/api/v1/audit/checkpoints',
  tag: '审计',
  summary: '签名点：每一处的条数、根和签名全文，新的在前',
  query: pageQuery,
  reply: listOf(z.object({ size: z.number().int(), root: z.string(), signedAt: z.string(), note: z.string() })),
})

export const verifyAudit = endpoint({
  method: 'POST',
  path: '/api/v1/audit/verify',
  tag: '审计',
  summary: '核验整个台账：从头重算，与签名点和导出的文件对照',
  body: z.strictObject({}),
  reply: z.object({
    whole: z.boolean(),
    verdict: z.string(),
    entries: z.number().int(),
    checkpoints: z.number().int(),
    files: z.number().int(),
    vouched: z.number().int(),
    waiting: z.number().int(),
    root: z.string(),
    findings: z.array(z.object({ seq: z.number().int().nullable(), says: z.string() })),
  }),
})
