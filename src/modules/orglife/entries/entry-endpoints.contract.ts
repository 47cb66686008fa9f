import { z } from 'zod'
import { type Endpoint, endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { satisfied } from '../meetings/meetings.contract.ts'
import type { CommonShape, CorrectionShape, LateShape } from './entry-fields.contract.ts'
import './entry-problems.contract.ts'

const named = z.object({ id: z.string(), name: z.string() })
const person = z.object({ personId: z.string(), name: z.string() })
export const ofEntry = z.strictObject({ id: z.string().max(60).meta({ title: '记录' }) })

export const entryLine = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(['recorded', 'withdrawn']),
  heldOn: civilDate,
  recordedOn: civilDate,
  late: z.boolean(),
  organization: named,
  together: z.number().int(),
  persons: z.number().int(),
  place: z.string().nullable(),
  /** Fields of the kind, as they were entered. */
  content: z.record(z.string(), z.unknown()),
})
export type EntryLine = z.infer<typeof entryLine>

export const entryPage = entryLine.extend({
  revision: z.number().int(),
  lateReason: z.string().nullable(),
  stateReason: z.string().nullable(),
  organizations: z.array(named),
  people: z.array(person.extend({ role: z.string() })),
  files: z.array(z.object({ id: z.string(), name: z.string(), bytes: z.number() })),
  revisions: z.array(
    z.object({ revision: z.number(), state: z.string(), recordedAt: z.string(), by: z.string(), reason: z.string().nullable() }),
  ),
  serves: z.array(
    z.object({
      requirement: z.string(),
      title: z.string(),
      period: z.string(),
      organization: z.string(),
      reason: z.string().nullable(),
    }),
  ),
  abilities: z.array(z.string()),
})
export type EntryPage = z.infer<typeof entryPage>

export const entryForm = z.object({
  organization: named,
  heldOn: civilDate,
  people: z.array(person),
  /** Whom the form offers first, by field. */
  usual: z.record(z.string(), z.array(named)),
})
export type EntryForm = z.infer<typeof entryForm>

const listQuery = pageQuery.extend({
  under: organizationId.optional(),
  person: z.string().max(60).optional().meta({ title: '参加的人' }),
  label: z.string().max(60).optional().meta({ title: '类别' }),
  state: z.enum(['recorded', 'withdrawn']).optional(),
  from: civilDate.optional(),
  to: civilDate.optional(),
  late: z.enum(['yes', 'no']).optional(),
  text: z.string().trim().max(50).optional(),
  sort: z.enum(['heldOn', '-heldOn', 'recordedOn', '-recordedOn']).default('-heldOn'),
})
export type EntriesAsked = z.output<typeof listQuery>
const exportQuery = listQuery.omit({ after: true, limit: true })
const recorded = z.object({ id: z.string(), satisfied: z.array(satisfied) })
const corrected = recorded.extend({ revision: z.number().int() })
const listed = listOf(entryLine)
const withdrawal = z.strictObject({
  reason: z.string().trim().min(2, { error: '请写明撤回理由。' }).max(300).meta({ title: '撤回理由' }),
})
const formQuery = z.strictObject({ organization: organizationId })
const gone = z.object({ id: z.string() })
const nothing = z.strictObject({})

type Nothing = typeof nothing
type None = z.ZodUndefined

/** The operations that every kind has. */
export interface EntryEndpoints {
  readonly form: Endpoint<Nothing, typeof formQuery, None, typeof entryForm>
  readonly list: Endpoint<Nothing, typeof listQuery, None, typeof listed>
  readonly sheet: Endpoint<Nothing, typeof exportQuery, None, z.ZodUnknown>
  readonly record: Endpoint<Nothing, Nothing, z.ZodObject<CommonShape & LateShape>, typeof recorded>
  readonly show: Endpoint<typeof ofEntry, Nothing, None, typeof entryPage>
  readonly paper: Endpoint<typeof ofEntry, Nothing, None, z.ZodUnknown>
  readonly correct: Endpoint<typeof ofEntry, Nothing, z.ZodObject<CommonShape & CorrectionShape>, typeof corrected>
  readonly withdraw: Endpoint<typeof ofEntry, Nothing, typeof withdrawal, typeof gone>
}

interface Described {
  readonly noun: string
  readonly collection: string
  readonly recordBody: z.ZodObject<CommonShape & LateShape>
  readonly correctBody: z.ZodObject<CommonShape & CorrectionShape>
}

/** One resource in the interface for each kind. */
export const entryEndpoints = (described: Described): EntryEndpoints => ({ ...reads(described), ...acts(described) })

function reads({ noun, collection }: Described) {
  const at = `/api/v1/${collection}`
  const get = { method: 'GET', tag: noun } as const
  return {
    form: endpoint({ ...get, path: `${at}/form`, summary: `记${noun}时的人员和默认值`, query: formQuery, reply: entryForm }),
    list: endpoint({ ...get, path: at, summary: `${noun}列表`, query: listQuery, reply: listed }),
    sheet: endpoint({
      ...get,
      path: `${at}/export`,
      summary: `${noun}列表导出为 Excel；筛选与列表相同`,
      query: exportQuery,
      reply: z.unknown(),
    }),
    show: endpoint({
      ...get,
      path: `${at}/:id`,
      summary: `一次${noun}的全部内容、修改经过和计入情况`,
      params: ofEntry,
      reply: entryPage,
    }),
    paper: endpoint({
      ...get,
      path: `${at}/:id/paper`,
      summary: `一次${noun}的记录，Word 文件`,
      params: ofEntry,
      reply: z.unknown(),
    }),
  }
}

function acts({ noun, collection, recordBody, correctBody }: Described) {
  const at = `/api/v1/${collection}`
  const post = { method: 'POST', tag: noun } as const
  return {
    record: endpoint({
      ...post,
      path: at,
      summary: `记一次${noun}；一次记录，凡能计入的要求都计入`,
      body: recordBody,
      reply: recorded,
      status: 201,
    }),
    correct: endpoint({
      ...post,
      path: `${at}/:id/correct`,
      summary: `更正${noun}记录；原记录留存，首次记录日期不变`,
      params: ofEntry,
      body: correctBody,
      reply: corrected,
    }),
    withdraw: endpoint({
      ...post,
      path: `${at}/:id/withdraw`,
      summary: `撤回误记的${noun}；记录仍在，不再计入`,
      params: ofEntry,
      body: withdrawal,
      reply: gone,
    }),
  }
}
