import { z } from 'zod'
import { endpoint } from '../../../kernel/http/endpoint.ts'

/** Why a clause has no figure of its own, or none yet. */
export const holeKinds = {
  awaits_module: '等待有模块提供数据',
  switched_off: '要求没有启用',
  not_yet: '要求还没有开始施行',
  ended: '要求已经停用',
  uncounted: '条款不宜计数',
  hole: '还没有写成要求',
} as const
const kinds = Object.keys(holeKinds) as [keyof typeof holeKinds, ...(keyof typeof holeKinds)[]]
export const dataSource = z.enum(['live', 'none']).meta({ title: '数据来源' })

export const coverageRequirement = z.object({
  code: z.string(),
  title: z.string(),
  /** The document that holds the requirement; it may be another than the clause's. */
  rulebook: z.string(),
  dataSource,
  why: z.enum(kinds).nullable(),
  reason: z.string().nullable(),
  strength: z.enum(['hard', 'soft']),
  measure: z.object({ name: z.string(), title: z.string() }),
  /** Records that bore on it in the last twelve months. */
  records: z.number().int(),
})

export const coverageLine = z.object({
  rulebook: z.string(),
  code: z.string(),
  title: z.string(),
  gist: z.string(),
  dimension: z.string().nullable(),
  article: z.string().nullable(),
  confidence: z.string(),
  dataSource,
  /** Null exactly where the source is live. */
  why: z.enum(kinds).nullable(),
  reason: z.string().nullable(),
  requirements: z.array(coverageRequirement),
  records: z.number().int(),
})
export type CoverageLine = z.infer<typeof coverageLine>

export const showCoverage = endpoint({
  method: 'GET',
  path: '/api/v1/coverage',
  tag: '制度',
  summary: '覆盖情况：每一条款由哪些要求计算，有没有数据来源，没有的写明缘由',
  query: z.strictObject({ rulebook: z.string().max(60).optional().meta({ title: '制度', help: '编号或代号，不填即全部' }) }),
  reply: z.object({
    items: z.array(coverageLine),
    next: z.string().nullable(),
    live: z.number().int(),
    none: z.number().int(),
  }),
})

export const exportCoverage = endpoint({
  method: 'GET',
  path: '/api/v1/coverage/export',
  tag: '制度',
  summary: '覆盖情况导出为表格：每一条款、要求、计量、记录，没有数据的写明缘由',
  query: showCoverage.query,
  reply: z.undefined(),
})

export const listMeasures = endpoint({
  method: 'GET',
  path: '/api/v1/measures',
  tag: '制度',
  summary: '可以用来计数的计量及其参数（JSON Schema，带中文名称和可选值）',
  reply: z.object({
    items: z.array(
      z.object({
        name: z.string(),
        version: z.number().int(),
        title: z.string(),
        /** JSON Schema with `title`; a choice carries its Chinese names as `titles: {value: name}` beside `enum`. */
        params: z.record(z.string(), z.unknown()),
        /** What one is called, such as 学时. */
        unit: z.string(),
        /** Enabled requirements that use it today. */
        usedBy: z.array(z.string()),
      }),
    ),
    next: z.string().nullable(),
  }),
})

export const showRulebook = endpoint({
  method: 'GET',
  path: '/api/v1/rulebooks/:id',
  tag: '制度',
  summary: '一份制度：文件信息、条款、要求（连同各版本和现有多少主体应办）、历次版本和草稿',
  params: z.strictObject({ id: z.string().max(60).meta({ title: '制度', help: '编号或代号' }) }),
  reply: z.object({
    id: z.string(),
    code: z.string(),
    title: z.string(),
    issuer: z.string(),
    kind: z.string(),
    issuedOn: z.string(),
    from: z.string(),
    to: z.string().nullable(),
    note: z.string().nullable(),
    edition: z.number().int(),
    clauses: z.array(
      z.object({
        code: z.string(),
        title: z.string(),
        gist: z.string(),
        dimension: z.string().nullable(),
        article: z.string().nullable(),
        confidence: z.string(),
        requirements: z.array(z.string()),
      }),
    ),
    requirements: z.array(
      z.object({
        code: z.string(),
        title: z.string(),
        clauses: z.array(z.string()),
        subject: z.string(),
        cadence: z.string(),
        measure: z.string(),
        target: z.string(),
        strength: z.enum(['hard', 'soft']),
        enabled: z.boolean(),
        reasonOff: z.string().nullable(),
        confidence: z.string(),
        /** The version valid today, or the next one, or the last. */
        version: z.number().int(),
        versions: z.array(
          z.object({
            version: z.number().int(),
            from: z.string(),
            to: z.string().nullable(),
            strength: z.enum(['hard', 'soft']),
            enabled: z.boolean(),
          }),
        ),
        /** How many subjects owe it in the period that runs today; null where nobody can. */
        owing: z.number().int().nullable(),
      }),
    ),
    editions: z.array(
      z.object({
        edition: z.number().int(),
        from: z.string(),
        by: z.string().nullable(),
        at: z.string(),
        reason: z.string().nullable(),
      }),
    ),
    drafts: z.array(z.object({ id: z.string(), version: z.number().int(), origin: z.string(), changedAt: z.string() })),
    abilities: z.object({ edit: z.boolean(), publish: z.boolean() }),
  }),
})
