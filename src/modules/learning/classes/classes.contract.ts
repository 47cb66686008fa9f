import { z } from 'zod'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { personId } from '../../directory/persons/persons.contract.ts'
import { satisfied } from '../../orglife/meetings/meetings.contract.ts'
import './class-problems.contract.ts'

const tag = '培训班'
const reason = (what: string) =>
  z
    .string()
    .trim()
    .min(2, { error: `请写明${what}。` })
    .max(300)
    .meta({ title: what })
export const ofClass = z.strictObject({ id: z.string().max(60).meta({ title: '培训班' }) })

/** For whom a class is; the first six are those of D3.4. */
export const targetGroups = {
  branch_secretary: '支部书记',
  committee_secretary: '机关党委书记',
  full_time_deputy: '专职副书记',
  discipline_secretary: '机关纪委书记',
  new_member: '新党员',
  activist: '入党积极分子',
  new_secretary: '新任支部书记',
  branch_committee: '支部班子成员',
  development_target: '发展对象',
  party_member: '党员',
  cadre: '干部',
} as const
export type TargetGroup = keyof typeof targetGroups
export const targetGroup = z
  .enum(Object.keys(targetGroups) as [TargetGroup, ...TargetGroup[]], { error: '请选择培训对象。' })
  .meta({ title: '培训对象', titles: targetGroups })

export const hoursOf = (most: number) =>
  z
    .number({ error: '请填学时，如 2 或 1.5。' })
    .gt(0, { error: '学时要大于 0。' })
    .max(most, { error: `学时不超过 ${most}。` })
    .multipleOf(0.5, { error: '学时以半小时为单位，如 1.5。' })
    .meta({ title: '学时', help: '可填半个，如 1.5' })

export const session = z.strictObject({
  title: z.string().trim().min(1, { error: '请写课程名称。' }).max(100).meta({ title: '课程' }),
  heldOn: civilDate.meta({ title: '日期' }),
  hours: hoursOf(24),
  category: z.string({ error: '请选类别。' }).min(1, { error: '请选类别。' }).max(60).meta({ title: '类别' }),
  teacher: z.string().trim().max(60).optional().meta({ title: '授课人' }),
  place: z.string().trim().max(100).optional().meta({ title: '地点' }),
})

export const classBody = z.strictObject({
  title: z.string().trim().min(1, { error: '请写班次名称。' }).max(100).meta({ title: '班次名称' }),
  organizationId,
  targetGroup,
  sessions: z.array(session).min(1, { error: '请至少排一课。' }).max(100).meta({ title: '课程' }),
  offDuty: z.boolean().default(false).meta({ title: '脱产培训' }),
  seats: z.number().int().min(1, { error: '名额至少为 1。' }).max(5000).optional().meta({ title: '名额', help: '不限可不填' }),
  registersUntil: civilDate
    .optional()
    .meta({ title: '下级报名截止', help: '填了日期，下级党组织在此之前自己报名；不填由办班组织报名' }),
  planId: z.string().max(60).optional().meta({ title: '年度计划' }),
  planItem: z.string().max(40).optional().meta({ title: '计划中的班次' }),
  exceptionReason: z
    .string()
    .trim()
    .min(4, { error: '请写明理由，至少四个字。' })
    .max(300)
    .optional()
    .meta({ title: '不到七成的理由', help: '写明后可以办班，但首要培训制一项计为未达到' }),
})
export type ClassInput = z.output<typeof classBody>
export const createClassBody = classBody.extend({
  personIds: z.array(personId).max(5000).default([]).meta({ title: '报名人员' }),
})
export const createClass = endpoint({
  method: 'POST',
  path: '/api/v1/training-classes',
  tag,
  summary: '办培训班；政治理论课时不到七成的，写明理由才能创建，并计为未达到',
  body: createClassBody,
  reply: z.object({ id: z.string(), theoryShare: z.number(), theoryMet: z.boolean() }),
  status: 201,
})
export const correctClass = endpoint({
  method: 'POST',
  path: '/api/v1/training-classes/:id/correct',
  tag,
  summary: '更正培训班；原记录留存，已登记的出勤按新课程重新计学时',
  params: ofClass,
  body: classBody.extend({ revision: z.number().int().meta({ title: '所改的版本' }), reason: reason('更正理由') }),
  reply: z.object({ id: z.string(), revision: z.number().int(), theoryShare: z.number(), theoryMet: z.boolean() }),
})
export const registerPeople = endpoint({
  method: 'POST',
  path: '/api/v1/training-classes/:id/participants',
  tag,
  summary: '改报名名单（整份换下）；登记出勤之后改名单，随出勤一起更正',
  params: ofClass,
  body: z.strictObject({
    personIds: z.array(personId).min(1, { error: '请至少选一人。' }).max(5000).meta({ title: '报名人员' }),
  }),
  reply: z.object({ id: z.string(), participants: z.number().int() }),
})
const chosenPeople = z.array(personId).min(1, { error: '请至少选一人。' }).max(500).meta({ title: '报名人员' })
export const enrolPeople = endpoint({
  method: 'POST',
  path: '/api/v1/training-classes/:id/registrations',
  tag,
  summary: '下级党组织给自己的人报名；名额满了按先后候补',
  params: ofClass,
  body: z.strictObject({ personIds: chosenPeople }),
  reply: z.object({ id: z.string(), registered: z.number().int(), waiting: z.number().int() }),
})
export const cancelEnrolment = endpoint({
  method: 'POST',
  path: '/api/v1/training-classes/:id/registrations/cancel',
  tag,
  summary: '取消自己的人的报名；空出的名额由候补依次递补',
  params: ofClass,
  body: z.strictObject({ personIds: chosenPeople, reason: reason('取消理由') }),
  reply: z.object({ id: z.string(), cancelled: z.number().int(), movedUp: z.number().int() }),
})
const absence = z.strictObject({
  personId,
  /** Of the session, from 1; left out when nothing of the class was attended. */
  session: z.number().int().min(1).max(100).optional().meta({ title: '第几课', help: '不写则全部课程' }),
  reason: z.string().trim().min(1, { error: '请写缺课原因。' }).max(100).meta({ title: '缺课原因' }),
})
export const attendClass = endpoint({
  method: 'POST',
  path: '/api/v1/training-classes/:id/attendance',
  tag,
  summary: '办班组织登记出勤：报了名的都到，除非写明缺课；学时按整课计入',
  params: ofClass,
  body: z.strictObject({
    absent: z.array(absence).max(20_000).default([]).meta({ title: '缺课' }),
    personIds: z.array(personId).min(1).max(5000).optional().meta({ title: '实际参训名单', help: '与报名一致的不填' }),
    lateReason: z.string().trim().min(2).max(300).optional().meta({ title: '补记理由', help: '过了期限才记的，请说明原因' }),
    reason: reason('更正理由').optional(),
    revision: z.number().int().meta({ title: '所改的版本' }),
  }),
  reply: z.object({
    id: z.string(),
    revision: z.number().int(),
    credited: z.number(),
    satisfied: z.array(satisfied),
    hints: z.array(z.string()),
  }),
})
export const withdrawClass = endpoint({
  method: 'POST',
  path: '/api/v1/training-classes/:id/withdraw',
  tag,
  summary: '撤回误建的培训班；记录仍在，不再计入',
  params: ofClass,
  body: z.strictObject({ reason: reason('撤回理由') }),
  reply: z.object({ id: z.string() }),
})

const named = z.object({ id: z.string(), name: z.string() })
export const classLine = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(['planned', 'held', 'withdrawn']),
  organization: named,
  targetGroup,
  startsOn: civilDate,
  endsOn: civilDate,
  hours: z.number(),
  theoryHours: z.number(),
  theoryMet: z.boolean(),
  participants: z.number().int(),
  seats: z.number().int().nullable(),
  recordedOn: civilDate.nullable(),
  late: z.boolean(),
})
export type ClassLine = z.infer<typeof classLine>
export const listClasses = endpoint({
  method: 'GET',
  path: '/api/v1/training-classes',
  tag,
  summary: '培训班列表',
  query: pageQuery.extend({
    under: organizationId.optional(),
    state: z.enum(['planned', 'held', 'withdrawn']).optional(),
    targetGroup: targetGroup.optional(),
    theory: z.enum(['met', 'unmet']).optional().meta({ title: '政治理论比重' }),
    from: civilDate.optional(),
    to: civilDate.optional(),
    text: z.string().trim().max(50).optional(),
  }),
  reply: listOf(classLine),
})
export const exportClasses = endpoint({
  method: 'GET',
  path: '/api/v1/training-classes/export',
  tag,
  summary: '培训班列表导出为 Excel；筛选与列表相同',
  query: listClasses.query.omit({ after: true, limit: true }),
  reply: z.unknown(),
})
const participant = z.object({
  personId: z.string(),
  name: z.string(),
  organization: z.string(),
  hours: z.number().nullable(),
  missed: z.array(z.object({ session: z.number().int(), reason: z.string() })),
})
export const classPage = classLine.extend({
  revision: z.number().int(),
  offDuty: z.boolean(),
  registersUntil: civilDate.nullable(),
  plan: z.object({ id: z.string(), title: z.string(), item: z.string() }).nullable(),
  waiting: z.array(z.object({ personId: z.string(), name: z.string(), organization: z.string() })),
  exceptionReason: z.string().nullable(),
  lateReason: z.string().nullable(),
  stateReason: z.string().nullable(),
  sessions: z.array(
    z.object({
      title: z.string(),
      heldOn: civilDate,
      hours: z.number(),
      category: z.string(),
      categoryTitle: z.string(),
      theory: z.boolean(),
      teacher: z.string().nullable(),
      place: z.string().nullable(),
    }),
  ),
  people: z.array(participant),
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
export type ClassPage = z.infer<typeof classPage>
export const showClass = endpoint({
  method: 'GET',
  path: '/api/v1/training-classes/:id',
  tag,
  summary: '一个培训班的课程、名单、出勤、学时和修改经过',
  params: ofClass,
  reply: classPage,
})
export const classCandidates = endpoint({
  method: 'GET',
  path: '/api/v1/training-classes/candidates',
  tag,
  summary: '办班组织之下属于培训对象的人；本年还没有培训过的在前',
  query: z.strictObject({ organization: organizationId, targetGroup }),
  reply: z.object({
    items: z.array(z.object({ personId: z.string(), name: z.string(), organization: z.string(), trained: z.number().int() })),
    next: z.string().nullable(),
  }),
})
export const classCertificates = endpoint({
  method: 'GET',
  path: '/api/v1/training-classes/:id/certificates',
  tag,
  summary: '结业证明（Word），每人一页；只有全部课程都到的人',
  params: ofClass,
  reply: z.unknown(),
})
