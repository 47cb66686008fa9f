import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../organizations/organizations.contract.ts'
import { personId } from '../persons/persons.contract.ts'

/** Posts with their Chinese names and the role that is proposed for whoever takes one. */
export const posts = {
  working_committee_officer: { name: '工委工作人员', role: 'committee_officer' },
  leading_group_secretary: { name: '党组（党委）书记', role: 'unit_leader' },
  leading_group_deputy: { name: '分管负责人', role: 'unit_leader' },
  leading_group_member: { name: '党组（党委）成员', role: null },
  committee_secretary: { name: '机关党委书记', role: 'committee_secretary' },
  full_time_deputy: { name: '专职副书记', role: 'full_time_deputy' },
  committee_deputy: { name: '机关党委副书记', role: 'committee_secretary' },
  discipline_secretary: { name: '机关纪委书记', role: 'discipline_secretary' },
  general_branch_secretary: { name: '党总支书记', role: 'general_branch_secretary' },
  branch_secretary: { name: '党支部书记', role: 'branch_secretary' },
  branch_deputy: { name: '党支部副书记', role: 'branch_secretary' },
  branch_committee_member: { name: '支部委员', role: 'branch_committee_member' },
  group_leader: { name: '党小组组长', role: 'group_leader' },
} as const
export type PostCode = keyof typeof posts
export const postCode = z.enum(Object.keys(posts) as [PostCode, ...PostCode[]]).meta({ title: '职务' })

export const appoint = endpoint({
  method: 'POST',
  path: '/api/v1/posts',
  tag: '任职',
  summary: '任职；相应权限作为建议送安全管理员批准',
  body: z.strictObject({
    personId,
    organizationId,
    post: postCode,
    fullTime: z.boolean().default(false).meta({ title: '专职' }),
    on: civilDate.meta({ title: '任职日期' }),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
})
export const leavePost = endpoint({
  method: 'POST',
  path: '/api/v1/posts/:id/end',
  tag: '任职',
  summary: '免职；相应权限同日终止',
  params: z.strictObject({ id: z.string().max(60) }),
  body: z.strictObject({
    on: civilDate.meta({ title: '免职日期' }),
    reason: z.string().trim().min(2).max(200).meta({ title: '依据' }),
  }),
  reply: z.object({ id: z.string() }),
})
export const assignDuty = endpoint({
  method: 'POST',
  path: '/api/v1/organizations/:id/responsibilities',
  tag: '任职',
  summary: '登记责任链：第一责任、直接责任',
  params: z.strictObject({ id: organizationId }),
  body: z.strictObject({
    personId,
    duty: z.enum(['first', 'direct', 'deputy', 'member']).meta({ title: '责任' }),
    on: civilDate.meta({ title: '自哪一天起' }),
  }),
  reply: z.object({ id: organizationId }),
  status: 201,
})
export const electCommittee = endpoint({
  method: 'POST',
  path: '/api/v1/organizations/:id/committees',
  tag: '任职',
  summary: '登记新一届委员会及分工、任期',
  params: z.strictObject({ id: organizationId }),
  body: z.strictObject({
    electedOn: civilDate.meta({ title: '当选日期' }),
    termYears: z.number().int().min(1).max(5).meta({ title: '任期（年）' }),
    members: z
      .array(z.strictObject({ personId, duty: z.string().trim().min(2).max(20).meta({ title: '分工' }) }))
      .min(1)
      .max(21)
      .meta({ title: '委员' }),
  }),
  reply: z.object({ id: z.string(), hints: z.array(z.string()) }),
  status: 201,
})

problems({
  'directory.post_not_found': { status: 404, title: '没有找到这项任职，或不在您的管理范围内。' },
  'directory.post_taken': { status: 409, title: '这个职务在该日已有人担任，请先登记前任免职。' },
  'directory.post_ended': { status: 409, title: '这项任职已经结束，请刷新后再看。' },
  'directory.no_committee_here': { status: 422, title: '这类组织不选举委员会，请在机关党委、党总支或党支部登记。' },
  'directory.post_does_not_fit': { status: 422, title: '这类组织没有这个职务，请核对组织和职务。' },
})
