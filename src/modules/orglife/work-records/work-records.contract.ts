import { z } from 'zod'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { personId } from '../../directory/persons/persons.contract.ts'
import { satisfied } from '../meetings/meetings.contract.ts'
import './work-record-problems.contract.ts'

const tag = '工作纪实'
const code = z.string().min(1).max(60)
const reason = (what: string) =>
  z
    .string()
    .trim()
    .min(2, { error: `请写明${what}。` })
    .max(300)
    .meta({ title: what })
export const workRecordId = z.string().max(60).meta({ title: '工作纪实' })
export const ofWorkRecord = z.strictObject({ id: workRecordId })

export const linkedKinds = { meeting: '会议', work_record: '工作纪实' } as const
export type LinkedKind = keyof typeof linkedKinds
const linked = z.strictObject({
  kind: z.enum(Object.keys(linkedKinds) as [LinkedKind, ...LinkedKind[]]).meta({ title: '记录种类' }),
  id: z.string().min(1).max(60).meta({ title: '记录' }),
})

export const taggedWith = z.strictObject({
  tag: code.meta({ title: '标签' }),
  category: code.optional().meta({ title: '类别', help: '标签分类别的，选一类' }),
})

/** What a work record says; the tag says which of the rest is asked for. */
export const workRecordBody = z.strictObject({
  organizationIds: z
    .array(organizationId)
    .min(1, { error: '请选择是哪个组织做的。' })
    .max(50)
    .meta({ title: '组织', help: '几个组织一起做的都选上，第一个为主' }),
  tags: z
    .array(taggedWith)
    .min(1, { error: '请至少选一个标签。' })
    .max(10)
    .meta({ title: '标签', help: '可选几个，一次记录，多处计入' }),
  title: z.string().trim().min(1, { error: '请写个标题。' }).max(100, { error: '标题不超过 100 个字。' }).meta({ title: '标题' }),
  content: z
    .string()
    .trim()
    .min(1, { error: '请写做了什么，一句话也可以。' })
    .max(5000, { error: '内容不超过 5000 个字。' })
    .meta({ title: '做了什么', help: '一句话也可以' }),
  startedOn: civilDate.optional().meta({ title: '开始日期', help: '一天做完的不填' }),
  heldOn: civilDate.meta({ title: '日期', help: '做了几天的填最后一天，按这一天计入' }),
  hours: z
    .number({ error: '请填学时，如 2 或 1.5。' })
    .gt(0, { error: '学时要大于 0。' })
    .max(2000)
    .multipleOf(0.5, { error: '学时以半小时为单位，如 1.5。' })
    .optional()
    .meta({ title: '学时', help: '每人的学时，可记半个' }),
  quantity: z.number().int().min(1, { error: '数量至少为 1。' }).max(1_000_000).optional().meta({ title: '数量' }),
  place: z.string().trim().max(100).optional().meta({ title: '地点', help: '可不填' }),
  result: z.string().trim().max(2000).optional().meta({ title: '结果', help: '可不填' }),
  personIds: z.array(personId).max(5000).default([]).meta({ title: '参加人员' }),
  fileIds: z.array(z.string().max(60)).max(20).default([]).meta({ title: '附件', help: '可不传' }),
  links: z.array(linked).max(20).default([]).meta({ title: '相关记录', help: '可不填' }),
})
export type WorkRecordInput = z.output<typeof workRecordBody>

export const recordWorkBody = workRecordBody.extend({
  lateReason: z.string().trim().min(2).max(300).optional().meta({ title: '补记理由', help: '过了期限才记的，请说明原因' }),
})
export const recordWork = endpoint({
  method: 'POST',
  path: '/api/v1/work-records',
  tag,
  summary: '记一条工作纪实；一次记录，凡能计入的要求都计入',
  body: recordWorkBody,
  reply: z.object({ id: z.string(), satisfied: z.array(satisfied) }),
  status: 201,
})
export const correctWorkBody = workRecordBody.extend({
  revision: z.number().int().meta({ title: '所改的版本' }),
  reason: reason('更正理由'),
})
export const correctWork = endpoint({
  method: 'POST',
  path: '/api/v1/work-records/:id/correct',
  tag,
  summary: '更正工作纪实；原记录留存，首次记录日期不变',
  params: ofWorkRecord,
  body: correctWorkBody,
  reply: z.object({ id: z.string(), revision: z.number().int(), satisfied: z.array(satisfied) }),
})
export const withdrawWork = endpoint({
  method: 'POST',
  path: '/api/v1/work-records/:id/withdraw',
  tag,
  summary: '撤回误记的工作纪实；记录仍在，不再计入',
  params: ofWorkRecord,
  body: z.strictObject({ reason: reason('撤回理由') }),
  reply: z.object({ id: z.string() }),
})
export const confirmWork = endpoint({
  method: 'POST',
  path: '/api/v1/work-records/:id/confirm',
  tag,
  summary: '上级确认质量等次，写明理由；不能确认自己记的',
  params: ofWorkRecord,
  body: z.strictObject({
    tag: code.meta({ title: '标签' }),
    grade: code.meta({ title: '质量等次' }),
    reason: reason('确认理由'),
  }),
  reply: z.object({ id: z.string() }),
})

const named = z.object({ id: z.string(), name: z.string() })
const wordPair = z.object({ code: z.string(), title: z.string() })

/** A tag as the form and the list show it. */
export const tagShown = z.object({
  code: z.string(),
  title: z.string(),
  hint: z.string(),
  document: z.string(),
  fields: z.array(z.enum(['hours', 'persons', 'quantity', 'place'])),
  unit: z.string().nullable(),
  categories: z.array(wordPair),
  grades: z.array(wordPair),
  kinds: z.array(z.string()),
})
export type TagShown = z.infer<typeof tagShown>

export const listTags = endpoint({
  method: 'GET',
  path: '/api/v1/work-records/tags',
  tag,
  summary: '制度文件定义的标签：记什么做法、要填什么',
  reply: z.object({ items: z.array(tagShown), next: z.string().nullable() }),
})
export const workRecordForm = endpoint({
  method: 'GET',
  path: '/api/v1/work-records/form',
  tag,
  summary: '记工作纪实时的标签、人员和默认日期',
  query: z.strictObject({ organization: organizationId }),
  reply: z.object({
    organization: named,
    heldOn: civilDate,
    /** Tags that organizations of this kind usually record come first. */
    tags: z.array(tagShown.extend({ usual: z.boolean() })),
    people: z.array(z.object({ personId: z.string(), name: z.string() })),
  }),
})

const tagOn = z.object({ code: z.string(), title: z.string(), category: z.string().nullable(), grade: z.string().nullable() })
export const workRecordLine = z.object({
  id: z.string(),
  title: z.string(),
  tags: z.array(tagOn),
  state: z.enum(['recorded', 'withdrawn']),
  startedOn: civilDate.nullable(),
  heldOn: civilDate,
  recordedOn: civilDate,
  late: z.boolean(),
  organization: named,
  together: z.number().int(),
  hours: z.number().nullable(),
  quantity: z.number().int().nullable(),
  persons: z.number().int(),
})
export type WorkRecordLine = z.infer<typeof workRecordLine>
export const listWorkRecords = endpoint({
  method: 'GET',
  path: '/api/v1/work-records',
  tag,
  summary: '工作纪实列表',
  query: pageQuery.extend({
    under: organizationId.optional(),
    tag: code.optional(),
    state: z.enum(['recorded', 'withdrawn']).optional(),
    from: civilDate.optional(),
    to: civilDate.optional(),
    late: z.enum(['yes', 'no']).optional(),
    graded: z.enum(['yes', 'no']).optional().meta({ title: '质量已确认' }),
    text: z.string().trim().max(50).optional(),
    sort: z.enum(['heldOn', '-heldOn', 'recordedOn', '-recordedOn']).default('-heldOn'),
  }),
  reply: listOf(workRecordLine),
})
export const exportWorkRecords = endpoint({
  method: 'GET',
  path: '/api/v1/work-records/export',
  tag,
  summary: '工作纪实列表导出为 Excel；筛选与列表相同',
  query: listWorkRecords.query.omit({ after: true, limit: true }),
  reply: z.unknown(),
})

export const workRecordPage = workRecordLine.extend({
  revision: z.number().int(),
  content: z.string(),
  result: z.string().nullable(),
  place: z.string().nullable(),
  lateReason: z.string().nullable(),
  stateReason: z.string().nullable(),
  organizations: z.array(named),
  people: z.array(z.object({ personId: z.string(), name: z.string() })),
  files: z.array(z.object({ id: z.string(), name: z.string(), bytes: z.number() })),
  links: z.array(z.object({ kind: z.string(), id: z.string(), title: z.string().nullable() })),
  grades: z.array(
    z.object({
      tag: z.string(),
      grade: z.string(),
      reason: z.string(),
      on: civilDate,
      by: z.string(),
      /** The record was corrected after this. */
      correctedSince: z.boolean(),
    }),
  ),
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
export type WorkRecordPage = z.infer<typeof workRecordPage>
export const showWorkRecord = endpoint({
  method: 'GET',
  path: '/api/v1/work-records/:id',
  tag,
  summary: '一条工作纪实的全部内容、质量确认、修改经过和计入情况',
  params: ofWorkRecord,
  reply: workRecordPage,
})
