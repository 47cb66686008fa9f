import { z } from 'zod'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { personId } from '../../directory/persons/persons.contract.ts'
import { proceedings, proceedingsShown } from './meeting-hours.contract.ts'
import './meeting-problems.contract.ts'

export const meetingKinds = {
  members_meeting: '支部党员大会',
  committee_meeting: '支委会',
  group_meeting: '党小组会',
  theme_day: '主题党日',
  lecture: '党课',
  organization_life_meeting: '组织生活会',
  democratic_review: '民主评议党员',
  party_committee_meeting: '机关党委（总支）会议',
  leading_group_meeting: '党组（党委）会议',
  theory_study_group: '理论学习中心组学习',
  democratic_life_meeting: '民主生活会',
  staff_assembly: '机关党员干部大会',
} as const
export type MeetingKind = keyof typeof meetingKinds
export const meetingKind = z.enum(Object.keys(meetingKinds) as [MeetingKind, ...MeetingKind[]]).meta({ title: '会议类别' })

export const agendaCategories = {
  political_theory: '政治理论学习',
  party_discipline: '党规党纪学习',
  party_affairs: '党务工作',
  business: '业务工作',
  vote: '表决事项',
  other: '其他',
} as const
export type AgendaCategory = keyof typeof agendaCategories
export const agendaCategory = z
  .enum(Object.keys(agendaCategories) as [AgendaCategory, ...AgendaCategory[]])
  .meta({ title: '类别' })

export const agendaItem = z.strictObject({
  title: z.string().trim().min(1, { error: '请写明议题。' }).max(200, { error: '议题不超过 200 个字。' }).meta({ title: '议题' }),
  category: agendaCategory,
})
export const vote = z.strictObject({
  matter: z.string().trim().min(1, { error: '请写明表决事项。' }).max(200).meta({ title: '表决事项' }),
  yes: z.number().int().min(0).max(100_000).meta({ title: '赞成' }),
  no: z.number().int().min(0).max(100_000).meta({ title: '不赞成' }),
  abstained: z.number().int().min(0).max(100_000).meta({ title: '弃权' }),
})
export const resolution = z.strictObject({
  content: z.string().trim().min(1, { error: '请写明决议内容。' }).max(500).meta({ title: '决议' }),
  ownerId: personId.optional().meta({ title: '负责人' }),
  dueOn: civilDate.optional().meta({ title: '完成时限' }),
})
export const absence = z.strictObject({
  personId,
  reason: z.string().trim().min(1, { error: '请填缺席原因，如出差、病假。' }).max(100).meta({ title: '缺席原因' }),
})

const basics = {
  organizationIds: z
    .array(organizationId)
    .min(1, { error: '请选择召开会议的组织。' })
    .max(50)
    .meta({ title: '召开组织', help: '几个支部合开时都选上，第一个为主办' }),
  kinds: z
    .array(meetingKind)
    .min(1, { error: '请至少选一个会议类别。' })
    .max(6)
    .meta({ title: '会议类别', help: '同一次活动可选几类，一次记录，多处计入' }),
  title: z
    .string()
    .trim()
    .min(1, { error: '请填写会议名称。' })
    .max(100, { error: '名称不超过 100 个字。' })
    .meta({ title: '名称' }),
  heldOn: civilDate.meta({ title: '召开日期' }),
  place: z.string().trim().max(100).optional().meta({ title: '地点', help: '可不填' }),
  agenda: z.array(agendaItem).min(1, { error: '至少写一项议程。' }).max(30).meta({ title: '议程' }),
  chairId: personId.optional().meta({ title: '主持人' }),
  speakerId: personId.optional().meta({ title: '主讲人', help: '党课填讲课人' }),
}

export const recordMeetingBody = z.strictObject({
  ...basics,
  ...proceedings,
  absent: z.array(absence).max(5000).default([]).meta({ title: '缺席', help: '没有点到的都算到会' }),
  sittingIn: z.array(personId).max(500).default([]).meta({ title: '列席' }),
  votes: z.array(vote).max(20).default([]).meta({ title: '表决' }),
  resolutions: z.array(resolution).max(30).default([]).meta({ title: '决议' }),
  fileIds: z.array(z.string().max(60)).max(20).default([]).meta({ title: '附件', help: '可不传' }),
  lateReason: z.string().trim().min(2).max(300).optional().meta({ title: '补记理由', help: '过了期限才记的，请说明原因' }),
  /** The planned meeting that this record completes. */
  plannedId: z.string().max(60).optional().meta({ title: '对应的计划' }),
})
export type RecordMeetingInput = z.output<typeof recordMeetingBody>

export const satisfied = z.object({ requirement: z.string(), title: z.string(), period: z.string(), late: z.boolean() })
export const warning = z.object({ code: z.string(), message: z.string() })
export const recordMeeting = endpoint({
  method: 'POST',
  path: '/api/v1/meetings',
  tag: '会议',
  summary: '记一次会议；一次记录，凡能计入的要求都计入',
  body: recordMeetingBody,
  reply: z.object({ id: z.string(), satisfied: z.array(satisfied), warnings: z.array(warning) }),
  status: 201,
})

export const previewMeeting = endpoint({
  method: 'POST',
  path: '/api/v1/meetings/preview',
  tag: '会议',
  summary: '保存之前看一看：会满足哪些要求、有哪些提醒；不保存任何内容',
  body: z.strictObject({
    organizationIds: basics.organizationIds,
    kinds: basics.kinds,
    heldOn: basics.heldOn,
    firstCategory: agendaCategory.optional(),
    absentCount: z.number().int().min(0).max(100_000).default(0),
    absentIds: z.array(personId).max(5000).default([]),
  }),
  reply: z.object({
    satisfies: z.array(satisfied),
    warnings: z.array(warning),
    needsLateReason: z.boolean(),
    expected: z.number().int(),
    eligible: z.number().int(),
  }),
})

export const planMeetingBody = z.strictObject({
  ...basics,
  notice: z.string().trim().max(500).optional().meta({ title: '通知' }),
})
export const planMeeting = endpoint({
  method: 'POST',
  path: '/api/v1/meetings/plan',
  tag: '会议',
  summary: '预定会议并通知应到人员；首项不是政治理论学习时给出提醒',
  body: planMeetingBody,
  reply: z.object({ id: z.string(), warnings: z.array(warning) }),
  status: 201,
})
export const askLeave = endpoint({
  method: 'POST',
  path: '/api/v1/meetings/:id/leave',
  tag: '会议',
  summary: '会前请假',
  params: z.strictObject({ id: z.string().max(60) }),
  body: z.strictObject({ reason: z.string().trim().min(1, { error: '请填请假原因。' }).max(100).meta({ title: '请假原因' }) }),
  reply: z.object({ id: z.string() }),
})
export const takeLeaveBack = endpoint({
  method: 'POST',
  path: '/api/v1/meetings/:id/leave/withdraw',
  tag: '会议',
  summary: '会前取消自己的请假',
  params: z.strictObject({ id: z.string().max(60) }),
  reply: z.object({ id: z.string() }),
})
export const cancelMeeting = endpoint({
  method: 'POST',
  path: '/api/v1/meetings/:id/cancel',
  tag: '会议',
  summary: '取消预定的会议',
  params: z.strictObject({ id: z.string().max(60) }),
  body: z.strictObject({ reason: z.string().trim().min(2, { error: '请写明取消理由。' }).max(300).meta({ title: '理由' }) }),
  reply: z.object({ id: z.string() }),
})
export const correctMeeting = endpoint({
  method: 'POST',
  path: '/api/v1/meetings/:id/correct',
  tag: '会议',
  summary: '更正已记的会议；原记录留存，首次记录日期不变',
  params: z.strictObject({ id: z.string().max(60) }),
  body: recordMeetingBody.omit({ plannedId: true, lateReason: true }).extend({
    revision: z.number().int().meta({ title: '所改的版本' }),
    reason: z.string().trim().min(2, { error: '请写明更正理由。' }).max(300).meta({ title: '更正理由' }),
  }),
  reply: z.object({ id: z.string(), revision: z.number().int(), satisfied: z.array(satisfied), warnings: z.array(warning) }),
})
export const withdrawMeeting = endpoint({
  method: 'POST',
  path: '/api/v1/meetings/:id/withdraw',
  tag: '会议',
  summary: '撤回误记的会议；记录仍在，不再计入',
  params: z.strictObject({ id: z.string().max(60) }),
  body: z.strictObject({ reason: z.string().trim().min(2, { error: '请写明撤回理由。' }).max(300).meta({ title: '撤回理由' }) }),
  reply: z.object({ id: z.string() }),
})

export const meetingLine = z.object({
  id: z.string(),
  title: z.string(),
  kinds: z.array(meetingKind),
  state: z.enum(['planned', 'cancelled', 'recorded', 'withdrawn']),
  heldOn: civilDate,
  recordedOn: civilDate.nullable(),
  late: z.boolean(),
  organization: z.object({ id: z.string(), name: z.string() }),
  together: z.number().int(),
  expected: z.number().int(),
  present: z.number().int(),
  firstIsTheory: z.boolean(),
})
export type MeetingLine = z.infer<typeof meetingLine>
export const listMeetings = endpoint({
  method: 'GET',
  path: '/api/v1/meetings',
  tag: '会议',
  summary: '会议记录列表',
  query: pageQuery.extend({
    under: organizationId.optional(),
    kind: meetingKind.optional(),
    state: z.enum(['planned', 'cancelled', 'recorded', 'withdrawn']).optional(),
    from: civilDate.optional(),
    to: civilDate.optional(),
    late: z.enum(['yes', 'no']).optional(),
    text: z.string().trim().max(50).optional(),
    sort: z.enum(['heldOn', '-heldOn', 'recordedOn', '-recordedOn']).default('-heldOn'),
  }),
  reply: listOf(meetingLine),
})

export const meetingPage = meetingLine.extend({
  ...proceedingsShown.shape,
  revision: z.number().int(),
  place: z.string().nullable(),
  lateReason: z.string().nullable(),
  stateReason: z.string().nullable(),
  /** Why this meeting cannot count as what it was called: too few came. */
  notValid: z.array(z.string()),
  organizations: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      expected: z.number(),
      present: z.number(),
      eligible: z.number(),
      eligiblePresent: z.number(),
    }),
  ),
  chair: z.object({ id: z.string(), name: z.string() }).nullable(),
  speaker: z.object({ id: z.string(), name: z.string() }).nullable(),
  agenda: z.array(z.object({ title: z.string(), category: agendaCategory })),
  attendance: z.array(
    z.object({
      personId: z.string(),
      name: z.string(),
      presence: z.enum(['present', 'absent', 'sitting_in']),
      reason: z.string().nullable(),
    }),
  ),
  votes: z.array(
    z.object({
      matter: z.string(),
      eligible: z.number(),
      present: z.number(),
      yes: z.number(),
      no: z.number(),
      abstained: z.number(),
      passed: z.boolean(),
    }),
  ),
  resolutions: z.array(
    z.object({
      content: z.string(),
      owner: z.object({ id: z.string(), name: z.string() }).nullable(),
      dueOn: civilDate.nullable(),
    }),
  ),
  files: z.array(z.object({ id: z.string(), name: z.string(), bytes: z.number() })),
  leave: z.array(z.object({ personId: z.string(), name: z.string(), reason: z.string() })),
  revisions: z.array(
    z.object({ revision: z.number(), state: z.string(), recordedAt: z.string(), by: z.string(), reason: z.string().nullable() }),
  ),
  /** Which requirements this record serves, and where it is not counted and why. */
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
export type MeetingPage = z.infer<typeof meetingPage>
export const showMeeting = endpoint({
  method: 'GET',
  path: '/api/v1/meetings/:id',
  tag: '会议',
  summary: '一次会议的全部内容、修改经过和计入情况',
  params: z.strictObject({ id: z.string().max(60) }),
  reply: meetingPage,
})
