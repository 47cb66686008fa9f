import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../organizations/organizations.contract.ts'

export const personCategories = {
  full_member: '正式党员',
  probationary_member: '预备党员',
  development_target: '发展对象',
  activist: '入党积极分子',
  applicant: '入党申请人',
  staff: '其他工作人员',
} as const
export type PersonCategory = keyof typeof personCategories
export const personCategory = z
  .enum(Object.keys(personCategories) as [PersonCategory, ...PersonCategory[]])
  .meta({ title: '人员类别' })
export const personId = z
  .string()
  .regex(/^per_[0-9a-z]{4,40}$/, { error: '人员编号不对，请从名单中选择。' })
  .meta({ title: '人员' })

/** A line of a list of persons: no ID number, no phone. */
export const personLine = z.object({
  id: personId,
  name: z.string(),
  category: personCategory,
  sex: z.enum(['male', 'female']).nullable(),
  organization: z.object({ id: z.string(), name: z.string() }),
  groupName: z.string().nullable(),
  posts: z.array(z.string()),
  joinedOn: civilDate.nullable(),
  exempt: z.boolean(),
})
export type PersonLine = z.infer<typeof personLine>

export const listPersons = endpoint({
  method: 'GET',
  path: '/api/v1/persons',
  tag: '人员',
  summary: '人员名册；按姓名或拼音查找，按姓氏笔画或拼音排序',
  query: pageQuery.extend({
    under: organizationId.optional(),
    organization: organizationId.optional().meta({ title: '所在支部' }),
    category: personCategory.optional(),
    text: z.string().trim().max(50).optional().meta({ title: '姓名或拼音' }),
    order: z.enum(['pinyin', 'strokes']).default('pinyin').meta({ title: '排序' }),
  }),
  reply: listOf(personLine),
})

/** Personal numbers are masked; `reveal` opens one of them, with a reason, and is recorded. */
export const personPage = personLine.extend({
  birthOn: z.string().nullable(),
  ethnicity: z.string().nullable(),
  education: z.string().nullable(),
  job: z.string().nullable(),
  fullSince: civilDate.nullable(),
  idNumberMasked: z.string().nullable(),
  phoneMasked: z.string().nullable(),
  isMobile: z.boolean(),
  isLost: z.boolean(),
  memberships: z.array(z.object({ organization: z.string(), standing: z.string(), from: civilDate, to: civilDate.nullable() })),
  postHistory: z.array(z.object({ organization: z.string(), postName: z.string(), from: civilDate, to: civilDate.nullable() })),
  revision: z.number().int(),
  abilities: z.array(z.string()),
})
export type PersonPage = z.infer<typeof personPage>

export const showPerson = endpoint({
  method: 'GET',
  path: '/api/v1/persons/:id',
  tag: '人员',
  summary: '一个人的档案；查看本身记入审计',
  params: z.strictObject({ id: personId }),
  reply: personPage,
})

export const revealBody = z.strictObject({
  field: z.enum(['idNumber', 'phone', 'landline', 'address']).meta({ title: '要看的内容' }),
  reason: z.string().trim().min(2, { error: '请写明为什么要看，例如“核对转接介绍信”。' }).max(200).meta({ title: '理由' }),
})
export const revealPerson = endpoint({
  method: 'POST',
  path: '/api/v1/persons/:id/reveal',
  tag: '人员',
  summary: '凭理由查看一项完整的个人信息；记入审计',
  params: z.strictObject({ id: personId }),
  body: revealBody,
  reply: z.object({ value: z.string().nullable() }),
})

export const personBody = z.strictObject({
  name: z.string().trim().min(2, { error: '姓名至少两个字。' }).max(50).meta({ title: '姓名' }),
  sex: z.enum(['male', 'female']).optional().meta({ title: '性别' }),
  idNumber: z.string().trim().max(20).optional().meta({ title: '公民身份号码' }),
  category: personCategory,
  organizationId: organizationId.meta({ title: '所在党支部' }),
  groupId: organizationId.optional().meta({ title: '所在党小组' }),
  birthOn: civilDate.optional().meta({ title: '出生日期' }),
  ethnicity: z.string().trim().max(20).optional().meta({ title: '民族' }),
  education: z.string().trim().max(30).optional().meta({ title: '学历' }),
  job: z.string().trim().max(60).optional().meta({ title: '工作岗位' }),
  phone: z.string().trim().max(20).optional().meta({ title: '联系电话' }),
  joinedOn: civilDate.optional().meta({ title: '加入党组织日期' }),
  fullSince: civilDate.optional().meta({ title: '转为正式党员日期' }),
  exempt: z
    .boolean()
    .default(false)
    .meta({ title: '免除硬性要求', help: '年老体弱、行动不便、重病、失能（教育管理条例第二十三条）' }),
})
export const createPerson = endpoint({
  method: 'POST',
  path: '/api/v1/persons',
  tag: '人员',
  summary: '登记人员',
  body: personBody,
  reply: z.object({ id: personId }),
  status: 201,
})
export const correctPerson = endpoint({
  method: 'POST',
  path: '/api/v1/persons/:id/correct',
  tag: '人员',
  summary: '更正档案；原值留存',
  params: z.strictObject({ id: personId }),
  body: personBody
    .omit({ organizationId: true, groupId: true, exempt: true })
    .partial()
    .extend({
      exempt: z.boolean().optional().meta({ title: '免除硬性要求' }),
      revision: z.number().int().meta({ title: '所改的版本' }),
      reason: z.string().trim().min(2, { error: '请写明更正理由。' }).max(200).meta({ title: '更正理由' }),
    }),
  reply: z.object({ id: personId, revision: z.number().int() }),
})
export const movePerson = endpoint({
  method: 'POST',
  path: '/api/v1/persons/:id/move',
  tag: '人员',
  summary: '自某天起转到另一支部（本市机关之内）',
  params: z.strictObject({ id: personId }),
  body: z.strictObject({
    toId: organizationId.meta({ title: '转入支部' }),
    groupId: organizationId.optional().meta({ title: '党小组' }),
    on: civilDate.meta({ title: '自哪一天起' }),
    reason: z.string().trim().min(2).max(200).meta({ title: '依据' }),
  }),
  reply: z.object({ id: personId }),
})

problems({
  'directory.person_not_found': { status: 404, title: '没有找到这个人，或不在您的管理范围内。' },
  'directory.home_does_not_fit': {
    status: 422,
    title: '党员和申请入党的人编入党支部，其他工作人员编入单位或党支部；党小组须在所选支部之下。请重新选择。',
  },
  'directory.id_number_wrong': { status: 422, title: '公民身份号码不对，请核对 18 位号码。' },
  'directory.id_number_taken': { status: 409, title: '这个身份号码已在册。如人员已调入，请办理组织关系转接，不要重复登记。' },
})
