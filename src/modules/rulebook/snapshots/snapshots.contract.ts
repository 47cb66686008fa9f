import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { periodName } from '../../../kernel/time/period.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { replayFound } from './replay.contract.ts'

const tag = '冻结与复核'
const named = z.object({ id: z.string(), name: z.string() })
const snapshotId = z.strictObject({ id: z.string().max(60) })

export const snapshotStates = { freezing: '正在冻结', frozen: '已冻结', failed: '没有冻结成' } as const
export const replayOutcomes = {
  same: '逐字节一致',
  differs: '不一致',
  version_differs: '程序版本不同',
  refused: '签名或内容不符',
} as const

const replay = z.object({
  /** `none`: never replayed. */
  state: z.enum(['none', 'running', 'done', 'failed']),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  job: z.string().nullable(),
  result: replayFound.nullable(),
})

const snapshot = z.object({
  id: z.string(),
  organization: named,
  period: z.string(),
  state: z.enum(['freezing', 'frozen', 'failed']),
  asOf: z.string(),
  note: z.string().nullable(),
  requestedAt: z.string(),
  requestedBy: z.string(),
  frozenAt: z.string().nullable(),
  failure: z.string().nullable(),
  job: z.string().nullable(),
  bytes: z.number().int().nullable(),
  supersedes: z.object({ id: z.string(), reason: z.string() }).nullable(),
  supersededBy: z.string().nullable(),
  replay: z.object({ state: replay.shape.state, outcome: replayFound.shape.outcome.nullable() }),
})
export type SnapshotRow = z.infer<typeof snapshot>

export const listSnapshots = endpoint({
  method: 'GET',
  path: '/api/v1/snapshots',
  tag,
  summary: '冻结的期间：每一次冻结，连同最近一次复核的结果',
  query: pageQuery.extend({ organization: organizationId.optional(), period: periodName.optional() }),
  reply: listOf(snapshot),
})

const warning = z.object({ code: z.string(), says: z.string(), count: z.number().int() })
export const previewSnapshot = endpoint({
  method: 'GET',
  path: '/api/v1/snapshot-preview',
  tag,
  summary: '冻结之前：会装进多少组织、事项和记录，有什么要先处理',
  query: z.strictObject({ organization: organizationId, period: periodName }),
  reply: z.object({
    organization: named,
    period: z.string(),
    asOf: z.string(),
    organizations: z.number().int(),
    requirements: z.number().int(),
    obligations: z.number().int(),
    records: z.number().int(),
    lateRecords: z.number().int(),
    warnings: z.array(warning),
    /** The snapshot that stands already; another one would supersede it. */
    standing: z.string().nullable(),
  }),
})

export const freezePeriod = endpoint({
  method: 'POST',
  path: '/api/v1/snapshots',
  tag,
  summary: '冻结一个组织的一个期间：签名保存事实修订、规则、建制、口径版本和结果',
  body: z.strictObject({
    organization: organizationId.meta({ title: '组织', help: '连同它的全部下级' }),
    period: periodName,
    note: z.string().trim().max(300).optional().meta({ title: '说明' }),
  }),
  reply: z.object({ id: z.string(), job: z.string().nullable() }),
  status: 201,
})

export const supersedeSnapshot = endpoint({
  method: 'POST',
  path: '/api/v1/snapshots/:id/supersede',
  tag,
  summary: '重新冻结并写明理由；原来的冻结保留，新的指明它',
  params: snapshotId,
  body: z.strictObject({
    reason: z.string().trim().min(4, { error: '请写明为什么要重新冻结。' }).max(300).meta({ title: '理由' }),
  }),
  reply: z.object({ id: z.string(), job: z.string().nullable() }),
  status: 201,
})

const section = z.object({ section: z.string(), name: z.string(), rows: z.number().int(), sha256: z.string() })
export const showSnapshot = endpoint({
  method: 'GET',
  path: '/api/v1/snapshots/:id',
  tag,
  summary: '一次冻结：摘要、签名、各版本和各部分的行数',
  params: snapshotId,
  reply: snapshot.extend({
    fileSha256: z.string().nullable(),
    contentSha256: z.string().nullable(),
    signature: z.string().nullable(),
    treeVersion: z.string().nullable(),
    schema: z.string().nullable(),
    measures: z.array(z.object({ name: z.string(), version: z.number().int(), title: z.string() })),
    rules: z.array(z.object({ code: z.string(), version: z.number().int() })),
    sections: z.array(section),
    abilities: z.array(z.enum(['supersede', 'replay', 'download'])),
  }),
})

export const showReplay = endpoint({
  method: 'GET',
  path: '/api/v1/snapshots/:id/replay',
  tag,
  summary: '最近一次复核办到哪里、结果如何；冻结之后会自动复核一次',
  params: snapshotId,
  query: z.strictObject({
    wait: z.coerce.number().int().min(0).max(30).default(0).meta({ title: '最多等几秒', help: '正在复核时等它办完再答' }),
  }),
  reply: replay,
})

export const startReplay = endpoint({
  method: 'POST',
  path: '/api/v1/snapshots/:id/replay',
  tag,
  summary: '复核：只用冻结文件，在空库中重算，与冻结结果逐字节比对',
  params: snapshotId,
  body: z.strictObject({}).optional(),
  reply: z.object({ id: z.string(), job: z.string().nullable() }),
  status: 201,
})

export const downloadSnapshot = endpoint({
  method: 'GET',
  path: '/api/v1/snapshots/:id/file',
  tag,
  summary: '下载冻结文件，供别处复核',
  params: snapshotId,
  reply: z.undefined(),
})

export const causes = {
  recorded_late: '冻结之后才记录',
  corrected: '记录更正或撤回',
  decided: '豁免、未开展等决定有变',
  rule_changed: '规则有变',
  time_passed: '期限已过',
  follows: '随所计的要求或下级变化',
  tree_or_people: '建制或人员有变',
} as const
export type Cause = keyof typeof causes

const statusOrNone = z.string().nullable()
const difference = z.object({
  requirement: z.object({ code: z.string(), title: z.string(), version: z.number().int() }),
  organization: named,
  subject: z.object({ id: z.string(), name: z.string(), kind: z.enum(['organization', 'person']) }),
  period: z.string(),
  frozen: z.object({ status: statusOrNone, numerator: z.number(), denominator: z.number() }),
  now: z.object({ status: statusOrNone, numerator: z.number(), denominator: z.number() }),
  cause: z.enum(Object.keys(causes) as [Cause, ...Cause[]]),
  records: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      title: z.string(),
      recordedOn: z.string(),
      change: z.enum(['added', 'gone', 'changed']),
    }),
  ),
})
export type Difference = z.infer<typeof difference>
export const listDifferences = endpoint({
  method: 'GET',
  path: '/api/v1/snapshots/:id/differences',
  tag,
  summary: '冻结之后有变的事项：当时与现在，原因，涉及的记录',
  params: snapshotId,
  query: pageQuery,
  reply: listOf(difference).extend({ cells: z.number().int().meta({ title: '有变的指标格' }) }),
})

/** What the seal shows: nothing of the business. */
const sealShape = z.object({
  id: z.string(),
  frozenAt: z.string(),
  bytes: z.number().int(),
  fileSha256: z.string(),
  key: z.string(),
})
export const listSeals = endpoint({
  method: 'GET',
  path: '/api/v1/snapshot-seals',
  tag,
  summary: '冻结文件的封签，供审计核验；不含业务数据',
  query: pageQuery,
  reply: listOf(sealShape),
})
export const checkSeal = endpoint({
  method: 'GET',
  path: '/api/v1/snapshots/:id/seal',
  tag,
  summary: '核验封签：重读文件，核对摘要和签名',
  params: snapshotId,
  reply: z.object({ id: z.string(), whole: z.boolean(), says: z.string(), fileSha256: z.string(), publicKey: z.string() }),
})

export const auditSeal = endpoint({
  method: 'GET',
  path: '/api/v1/snapshot-seals/:id',
  tag,
  summary: '审计核验封签：重读文件，核对摘要和签名；不含业务数据',
  params: snapshotId,
  reply: checkSeal.reply,
})

export const frozenNotice = endpoint({
  method: 'GET',
  path: '/api/v1/frozen',
  tag,
  summary: '这一期在这里是否已经冻结，之后有几处变化',
  query: z.strictObject({ organization: organizationId, period: periodName }),
  reply: z.object({
    frozen: z
      .object({ on: civilDate, organization: z.string(), changed: z.number().int(), id: z.string().nullable() })
      .nullable(),
  }),
})

problems({
  'rulebook.snapshot_not_found': { status: 404, title: '没有找到这次冻结，或不在您的管理范围内。' },
  'rulebook.period_not_begun': { status: 422, title: '这一期还没有开始，没有可以冻结的内容。请选择已经开始的期间。' },
  'rulebook.period_before_figures': { status: 422, title: '系统没有这一期的数字。请选择较近的期间。' },
  'rulebook.already_frozen': {
    status: 409,
    title: '这个组织的这一期已经冻结。如确需重新冻结，请打开那次冻结，写明理由后“重新冻结”。',
  },
  'rulebook.not_yet_frozen': { status: 409, title: '这次冻结还没有办完，请稍候再试。' },
  'rulebook.already_superseded': { status: 409, title: '这次冻结已被后来的冻结取代，请在最新的一次上办理。' },
  'rulebook.replay_running': { status: 409, title: '正在复核，请等这一次办完。' },
})
