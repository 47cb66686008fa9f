import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'

export const organizationKinds = {
  working_committee: '工委',
  unit: '单位',
  party_committee: '机关党委',
  general_branch: '党总支',
  branch: '党支部',
  group: '党小组',
  leading_group: '党组（党委）',
  discipline_committee: '机关纪委',
  joint_branch: '联合党支部',
  temporary_branch: '临时党支部',
  work_leading_group: '工作领导小组',
} as const
export type OrganizationKind = keyof typeof organizationKinds
export const organizationKind = z
  .enum(Object.keys(organizationKinds) as [OrganizationKind, ...OrganizationKind[]])
  .meta({ title: '类别' })

/** Kinds that are branches of one sort or another. */
export const branchKinds = ['branch', 'joint_branch', 'temporary_branch'] as const satisfies readonly OrganizationKind[]

export const organizationId = z
  .string()
  .regex(/^org_[0-9a-z]{4,40}$/, { error: '组织编号不对，请从列表中选择。' })
  .meta({ title: '组织' })

export const organization = z.object({
  id: organizationId,
  name: z.string(),
  shortName: z.string().nullable(),
  kind: organizationKind,
  parentId: z.string().nullable(),
  position: z.number().int(),
  establishedOn: civilDate,
  dissolvedOn: civilDate.nullable(),
  endsOn: civilDate.nullable(),
})
export type Organization = z.infer<typeof organization>

const name = z
  .string()
  .trim()
  .min(2, { error: '名称至少两个字。' })
  .max(100, { error: '名称不超过 100 个字。' })
  .meta({ title: '名称' })
const on = civilDate.meta({ title: '自哪一天起' })
const reason = z
  .string()
  .trim()
  .min(2, { error: '请写明依据或理由。' })
  .max(500)
  .meta({ title: '依据或理由', help: '例如批复文号' })

export const listOrganizations = endpoint({
  method: 'GET',
  path: '/api/v1/organizations',
  tag: '组织',
  summary: '组织列表；asOf 给出某天的建制，under 只看某组织及其下级',
  query: pageQuery.extend({
    under: organizationId.optional(),
    kind: organizationKind.optional(),
    asOf: civilDate.optional(),
    text: z.string().trim().max(50).optional().meta({ title: '名称或拼音' }),
    dissolved: z.enum(['yes', 'no']).default('no').meta({ title: '含已撤销' }),
  }),
  reply: listOf(organization),
})

export const organizationPage = organization.extend({
  path: z.array(z.object({ id: z.string(), name: z.string() })),
  history: z.array(z.object({ on: civilDate, what: z.string() })),
  counts: z.object({
    fullMembers: z.number(),
    probationaryMembers: z.number(),
    others: z.number(),
    branches: z.number(),
    below: z.number(),
  }),
  committee: z
    .object({
      id: z.string(),
      electedOn: civilDate,
      termYears: z.number(),
      dueOn: civilDate,
      extendedTo: civilDate.nullable(),
      members: z.array(z.object({ personId: z.string(), name: z.string(), duty: z.string() })),
    })
    .nullable(),
  posts: z.array(
    z.object({
      id: z.string(),
      personId: z.string(),
      name: z.string(),
      post: z.string(),
      postName: z.string(),
      since: civilDate,
      fullTime: z.boolean(),
    }),
  ),
  responsibilities: z.array(
    z.object({ personId: z.string(), name: z.string(), duty: z.enum(['first', 'direct', 'deputy', 'member']), since: civilDate }),
  ),
  /** Rules of size and term as hints, never verdicts: JG1–JG3, ZB20–ZB22. */
  hints: z.array(z.object({ rule: z.string(), text: z.string() })),
  abilities: z.array(z.string()),
})
export type OrganizationPage = z.infer<typeof organizationPage>

export const showOrganization = endpoint({
  method: 'GET',
  path: '/api/v1/organizations/:id',
  tag: '组织',
  summary: '一个组织：现况、沿革、委员会、任职和提示',
  params: z.strictObject({ id: organizationId }),
  query: z.strictObject({ asOf: civilDate.optional() }),
  reply: organizationPage,
})

export const createOrganizationBody = z.strictObject({
  kind: organizationKind,
  name,
  shortName: z.string().trim().max(30).optional().meta({ title: '简称' }),
  parentId: organizationId.meta({ title: '上级组织' }),
  on,
  endsOn: civilDate.optional().meta({ title: '存续至', help: '临时党支部必填' }),
  position: z.number().int().min(0).max(9999).optional().meta({ title: '组织序' }),
  reason,
})
export const createOrganization = endpoint({
  method: 'POST',
  path: '/api/v1/organizations',
  tag: '组织',
  summary: '设立组织',
  body: createOrganizationBody,
  reply: z.object({ id: organizationId }),
  status: 201,
})

export const renameBody = z.strictObject({
  name,
  shortName: z.string().trim().max(30).optional().meta({ title: '简称' }),
  on,
  reason,
})
export const moveBody = z.strictObject({ parentId: organizationId.meta({ title: '新的上级组织' }), on, reason })
export const mergeBody = z.strictObject({ intoId: organizationId.meta({ title: '并入' }), on, reason })
export const splitBody = z.strictObject({
  name: name.meta({ title: '分出的新组织名称' }),
  personIds: z.array(z.string()).max(500).meta({ title: '划入新组织的人员' }),
  childIds: z.array(organizationId).max(200).default([]).meta({ title: '划入新组织的下级组织' }),
  on,
  reason,
})
export const dissolveBody = z.strictObject({
  successorId: organizationId.optional().meta({ title: '承接组织', help: '未了事项和人员转到这里' }),
  on,
  reason,
})

const change = <Body extends z.ZodType>(verb: string, summary: string, body: Body) =>
  endpoint({
    method: 'POST',
    path: `/api/v1/organizations/:id/${verb}`,
    tag: '组织',
    summary,
    params: z.strictObject({ id: organizationId }),
    body,
    reply: z.object({ id: organizationId }),
  })
export const renameOrganization = change('rename', '自某天起更名', renameBody)
export const moveOrganization = change('move', '自某天起改隶', moveBody)
export const mergeOrganization = change('merge', '自某天起并入另一组织', mergeBody)
export const splitOrganization = change('split', '自某天起分出新组织', splitBody)
export const dissolveOrganization = change('dissolve', '自某天起撤销', dissolveBody)

problems({
  'directory.organization_not_found': { status: 404, title: '没有找到这个组织，或不在您的管理范围内。请从组织树中选择。' },
  'directory.organization_dissolved': { status: 409, title: '这个组织在该日已撤销，不能再变动。请核对日期。' },
  'directory.organization_not_yet': { status: 422, title: '该日这个组织还没有设立，请把日期改到设立之后。' },
  'directory.tree_cycle': { status: 422, title: '不能把组织放到它自己或它的下级之下，请另选上级。' },
  'directory.parent_cannot_hold': { status: 422, title: '所选上级下面不能设这一类组织，请另选上级或类别。' },
  'directory.has_active_children': { status: 409, title: '下面还有未撤销的组织或在册人员，请先指定承接组织。' },
  'directory.change_before_last': { status: 422, title: '日期早于上一次变动，请改为上一次变动之后的日期。' },
  'directory.change_not_yet': { status: 422, title: '日期晚于今天。请在变动当天或之后登记。' },
  'directory.successor_does_not_fit': { status: 422, title: '所选组织不能承接，请选同类的、该日未撤销的组织。' },
  'directory.not_its_own': { status: 422, title: '所列人员或下级组织不在原组织之内，请刷新后重新选择。' },
  'directory.temporary_needs_end': { status: 422, title: '临时党支部须填写存续至哪一天。' },
  'directory.not_a_temporary_branch': { status: 422, title: '所选组织不是临时党支部，请从临时党支部中选。' },
})
