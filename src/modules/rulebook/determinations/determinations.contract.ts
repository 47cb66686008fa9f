import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { periodName } from '../../../kernel/time/period.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'

const tag = '认定'
/** Days within which the organization may object, counted from the day it was told. */
export const daysToObject = 15

export const manners = { on_the_spot: '实地查看', by_documents: '查阅资料' } as const
const manner = z.enum(Object.keys(manners) as [keyof typeof manners, ...(keyof typeof manners)[]]).meta({ title: '怎么看的' })
const text = (title: string, missing: string, most = 2000) =>
  z.string().trim().min(2, { error: missing }).max(most).meta({ title })
const reason = (what: string) => text(what, `请写明${what}。`, 500)

const seenOf = {
  met: z.boolean({ error: '请选做到或没有做到。' }).meta({ title: '做到没有' }),
  seen: text('看到了什么', '请写看到了什么，一句话也可以。'),
  seenOn: civilDate.meta({ title: '哪天看的' }),
  manner,
  fileIds: z.array(z.string().max(60)).max(20).default([]).meta({ title: '材料', help: '可不传' }),
  records: z
    .array(z.strictObject({ kind: z.string().min(1).max(40), id: z.string().min(1).max(60) }))
    .max(20)
    .default([])
    .meta({ title: '依据的记录', help: '可不填' }),
}
export const ofDetermination = z.strictObject({ id: z.string().max(60).meta({ title: '认定' }) })

export const makeDetermination = endpoint({
  method: 'POST',
  path: '/api/v1/determinations',
  tag,
  summary: '对一个组织某一期是否做到一条要求作出认定，写明看到了什么',
  body: z.strictObject({
    requirement: z.string().min(1).max(40).meta({ title: '要求' }),
    organizationId,
    period: periodName,
    ...seenOf,
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
})
export const correctDetermination = endpoint({
  method: 'POST',
  path: '/api/v1/determinations/:id/correct',
  tag,
  summary: '认定人更正自己的认定；原内容留存，重新告知并重新计算异议期限',
  params: ofDetermination,
  body: z.strictObject({ ...seenOf, revision: z.number().int().meta({ title: '所改的版本' }), reason: reason('更正理由') }),
  reply: z.object({ id: z.string(), revision: z.number().int() }),
})
export const withdrawDetermination = endpoint({
  method: 'POST',
  path: '/api/v1/determinations/:id/withdraw',
  tag,
  summary: '认定人撤回自己的认定；记录仍在，不再计入',
  params: ofDetermination,
  body: z.strictObject({ reason: reason('撤回理由') }),
  reply: z.object({ id: z.string() }),
})
export const objectToDetermination = endpoint({
  method: 'POST',
  path: '/api/v1/determinations/:id/object',
  tag,
  summary: '被认定的组织在期限内提出异议，只能提一次',
  params: ofDetermination,
  body: z.strictObject({ objection: text('异议', '请写明异议和理由。') }),
  reply: z.object({ id: z.string() }),
})
export const decideObjection = endpoint({
  method: 'POST',
  path: '/api/v1/determinations/:id/decide',
  tag,
  summary: '认定人以外的同志对异议作出决定；改变的，认定随之改变',
  params: ofDetermination,
  body: z.strictObject({
    outcome: z
      .enum(['upheld', 'changed'], { error: '请选维持或改变。' })
      .meta({ title: '决定', help: 'upheld 维持原认定，changed 改变原认定' }),
    decision: reason('决定理由'),
  }),
  reply: z.object({ id: z.string(), met: z.boolean() }),
})

export const listMatters = endpoint({
  method: 'GET',
  path: '/api/v1/determinations/matters',
  tag,
  summary: '现行要求中由人认定的',
  reply: z.object({
    items: z.array(
      z.object({ code: z.string(), title: z.string(), formula: z.string(), cadence: z.string(), kinds: z.array(z.string()) }),
    ),
    next: z.string().nullable(),
  }),
})

const state = z.enum(['stated', 'objected', 'upheld', 'changed', 'withdrawn'])
export const determinationLine = z.object({
  id: z.string(),
  requirement: z.object({ code: z.string(), title: z.string() }),
  organization: z.object({ id: z.string(), name: z.string() }),
  period: z.string(),
  met: z.boolean(),
  state,
  manner,
  seenOn: civilDate,
  statedOn: civilDate,
  by: z.string(),
  objectUntil: civilDate,
})
export type DeterminationLine = z.infer<typeof determinationLine>
export const listDeterminations = endpoint({
  method: 'GET',
  path: '/api/v1/determinations',
  tag,
  summary: '认定列表',
  query: pageQuery.extend({
    under: organizationId.optional(),
    requirement: z.string().max(40).optional(),
    period: periodName.optional(),
    state: state.optional(),
  }),
  reply: listOf(determinationLine),
})
export const determinationPage = determinationLine.extend({
  revision: z.number().int(),
  seen: z.string(),
  objection: z.string().nullable(),
  decision: z.string().nullable(),
  decidedBy: z.string().nullable(),
  stateReason: z.string().nullable(),
  files: z.array(z.object({ id: z.string(), name: z.string(), bytes: z.number() })),
  records: z.array(z.object({ kind: z.string(), id: z.string(), title: z.string().nullable() })),
  revisions: z.array(
    z.object({ revision: z.number(), state: z.string(), recordedAt: z.string(), by: z.string(), reason: z.string().nullable() }),
  ),
  abilities: z.array(z.string()),
})
export type DeterminationPage = z.infer<typeof determinationPage>
export const showDetermination = endpoint({
  method: 'GET',
  path: '/api/v1/determinations/:id',
  tag,
  summary: '一次认定的全部内容、材料、异议和决定',
  params: ofDetermination,
  reply: determinationPage,
})

problems({
  'rulebook.determination_not_found': { status: 404, title: '没有找到这次认定，或不在您的管理范围内。' },
  'rulebook.not_determined_by_hand': { status: 422, title: '这条要求按记录自动计算，不用人工认定。' },
  'rulebook.determined_already': { status: 409, title: '这一期已有认定。要改，请认定人更正；有异议，请被认定的组织提出。' },
  'rulebook.determination_needs_superior': { status: 422, title: '认定由上级组织作出；这个组织没有上级，不能认定。' },
  'rulebook.seen_outside': { status: 422, title: '看的日期不能早于这一期，也不能晚于今天。' },
  'rulebook.evidence_not_found': { status: 422, title: '材料或记录中有一件没有找到，请去掉它。' },
  'rulebook.not_own_determination': { status: 403, title: '只有作出认定的同志自己可以更正或撤回。' },
  'rulebook.own_objection': { status: 403, title: '认定人和提出异议的同志不能自己决定，请由别的同志办理。' },
  'rulebook.objection_too_late': { status: 409, title: '异议期限已过。有新情况，请直接向认定人反映。' },
})
