import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { personId } from '../../directory/persons/persons.contract.ts'
import { hoursOf } from '../classes/classes.contract.ts'

const tag = '学时'
problems({
  'learning.study_record_not_found': { status: 404, title: '没有找到这条学习记录，或不在您的管理范围内。' },
  'learning.study_in_future': { status: 422, title: '日期还没到，学完以后再记。' },
  'learning.conversion_off': { status: 422, title: '没有启用按天折算，请直接填学时；需要折算请工委启用学时规则。' },
  'learning.hours_or_days': { status: 422, title: '请填学时或天数，填一样就行。' },
  'learning.self_study_own': { status: 403, title: '自学由本人填报，党支部确认。' },
  'learning.confirm_own': { status: 409, title: '这条记录是您本人的或您填报的，请由支部其他同志确认。' },
  'learning.no_home': { status: 422, title: '这个人那天不在任何党支部，请核对日期。' },
  'learning.credited_too_much': { status: 422, title: '确认的学时不能多于填报的学时。' },
  'learning.correction_request_not_found': { status: 404, title: '没有找到这条更正申请，或不在您的管理范围内。' },
  'learning.not_a_person': { status: 422, title: '您的帐号没有对应的人员，没有个人学时。请选择要看的人。' },
})

const reason = (what: string) =>
  z
    .string()
    .trim()
    .min(2, { error: `请写明${what}。` })
    .max(300)
    .meta({ title: what })
export const ofRecord = z.strictObject({ id: z.string().max(60).meta({ title: '学习记录' }) })
export const studyKinds = { sent_out: '外派培训', self_study: '自学' } as const
export type StudyKind = keyof typeof studyKinds
export const levels = { unit: '本单位', county: '县级', city: '市级', province: '省级', national: '中央和国家' } as const
export type Level = keyof typeof levels
export const sources = { class: '培训班', ...studyKinds } as const

export const studyBody = z.strictObject({
  kind: z.enum(Object.keys(studyKinds) as [StudyKind, ...StudyKind[]]).meta({ title: '方式', titles: studyKinds }),
  personId: personId.optional().meta({ title: '人员', help: '本人填报自学的不选' }),
  title: z.string().trim().min(1, { error: '请写学了什么。' }).max(100).meta({ title: '内容' }),
  category: z.string().min(1, { error: '请选类别。' }).max(60).meta({ title: '类别' }),
  level: z
    .enum(Object.keys(levels) as [Level, ...Level[]])
    .default('unit')
    .meta({ title: '举办层级', titles: levels }),
  heldOn: civilDate.meta({ title: '日期', help: '学了几天的填最后一天' }),
  hours: hoursOf(1000).optional(),
  days: z.number().min(0.5).max(200).multipleOf(0.5).optional().meta({ title: '天数', help: '启用折算后可按天填' }),
})
export type StudyInput = z.output<typeof studyBody>
export const createStudy = endpoint({
  method: 'POST',
  path: '/api/v1/hours',
  tag,
  summary: '记一条外派培训，或本人填报自学；自学由党支部确认后计入',
  body: studyBody,
  reply: z.object({ id: z.string(), state: z.string(), credited: z.number().nullable() }),
  status: 201,
})
export const correctStudy = endpoint({
  method: 'POST',
  path: '/api/v1/hours/:id/correct',
  tag,
  summary: '更正学习记录；原记录留存，首次记录日期不变；自学更正后重新确认',
  params: ofRecord,
  body: studyBody
    .omit({ personId: true, kind: true })
    .extend({ revision: z.number().int().meta({ title: '所改的版本' }), reason: reason('更正理由') }),
  reply: z.object({ id: z.string(), revision: z.number().int() }),
})
export const withdrawStudy = endpoint({
  method: 'POST',
  path: '/api/v1/hours/:id/withdraw',
  tag,
  summary: '撤回学习记录；记录仍在，不再计入',
  params: ofRecord,
  body: z.strictObject({ reason: reason('撤回理由') }),
  reply: z.object({ id: z.string() }),
})
export const confirmStudy = endpoint({
  method: 'POST',
  path: '/api/v1/hours/:id/confirm',
  tag,
  summary: '党支部确认自学计入多少学时，或不计入并写明理由；不超过当年上限',
  params: ofRecord,
  body: z.strictObject({
    accepted: z.boolean().meta({ title: '计入' }),
    hours: hoursOf(1000).optional().meta({ title: '计入学时', help: '不填按填报的计入' }),
    reason: z.string().trim().max(300).optional().meta({ title: '说明', help: '不计入的须写理由' }),
  }),
  reply: z.object({ id: z.string(), state: z.string(), credited: z.number() }),
})

export const hoursLine = z.object({
  id: z.string(),
  source: z.enum(['class', 'sent_out', 'self_study']),
  state: z.enum(['held', 'submitted', 'confirmed', 'refused']),
  title: z.string(),
  personId: z.string(),
  person: z.string(),
  organization: z.string(),
  heldOn: civilDate,
  hours: z.number(),
  theoryHours: z.number(),
  /** Of self-study what is still to be confirmed counts nothing. */
  credited: z.number(),
})
export type HoursLine = z.infer<typeof hoursLine>
export const listHours = endpoint({
  method: 'GET',
  path: '/api/v1/hours',
  tag,
  summary: '学时明细：每人每次学了多少、从哪里来',
  query: pageQuery.extend({
    year: z.coerce.number().int().min(2000).max(2100).optional().meta({ title: '年度' }),
    under: organizationId.optional(),
    subject: personId.optional().meta({ title: '人员' }),
    source: z.enum(['class', 'sent_out', 'self_study']).optional().meta({ title: '来源' }),
    state: z.enum(['held', 'submitted', 'confirmed', 'refused']).optional(),
  }),
  reply: listOf(hoursLine),
})
const sums = z.object({
  total: z.number(),
  collective: z.number(),
  class: z.number(),
  sent_out: z.number(),
  self_study: z.number(),
  theory: z.number(),
})
export type Sums = z.infer<typeof sums>
export const showLedger = endpoint({
  method: 'GET',
  path: '/api/v1/hours/ledger',
  tag,
  summary: '一个人一年的学时账：合计、来源和每一笔；不写人就是本人',
  query: z.strictObject({
    year: z.coerce.number().int().min(2000).max(2100).optional().meta({ title: '年度' }),
    subject: personId.optional().meta({ title: '人员' }),
  }),
  reply: z.object({
    personId: z.string(),
    person: z.string(),
    year: z.number().int(),
    /** Hours asked for by the requirements, most first; empty where none applies. */
    asked: z.array(z.object({ title: z.string(), hours: z.number() })),
    sums,
    items: z.array(hoursLine),
    requests: z.array(
      z.object({ id: z.string(), about: z.string(), text: z.string(), state: z.string(), answer: z.string().nullable() }),
    ),
  }),
})
export const personSum = z.object({ personId: z.string(), person: z.string(), organization: z.string(), ...sums.shape })
export const sumHours = endpoint({
  method: 'GET',
  path: '/api/v1/hours/by-person',
  tag,
  summary: '一个组织每个人一年的学时，按姓名；不排先后',
  query: pageQuery.extend({
    year: z.coerce.number().int().min(2000).max(2100).optional().meta({ title: '年度' }),
    under: organizationId.optional(),
  }),
  reply: listOf(personSum),
})
export const exportHours = endpoint({
  method: 'GET',
  path: '/api/v1/hours/export',
  tag,
  summary: '每个人一年的学时导出为 Excel',
  query: sumHours.query.omit({ after: true, limit: true }),
  reply: z.unknown(),
})
export const studyPage = z.object({
  id: z.string(),
  kind: z.enum(['sent_out', 'self_study']),
  state: z.enum(['submitted', 'confirmed', 'refused', 'withdrawn']),
  revision: z.number().int(),
  title: z.string(),
  category: z.string(),
  level: z.enum(Object.keys(levels) as [Level, ...Level[]]),
  heldOn: civilDate,
  recordedOn: civilDate,
  hours: z.number(),
  credited: z.number().nullable(),
  stateReason: z.string().nullable(),
  personId: z.string(),
  person: z.string(),
  organization: z.string(),
  revisions: z.array(
    z.object({ revision: z.number(), state: z.string(), recordedAt: z.string(), by: z.string(), reason: z.string().nullable() }),
  ),
  abilities: z.array(z.string()),
})
export type StudyPage = z.infer<typeof studyPage>
export const showStudy = endpoint({
  method: 'GET',
  path: '/api/v1/hours/:id',
  tag,
  summary: '一条学习记录和它的修改经过',
  params: ofRecord,
  reply: studyPage,
})
