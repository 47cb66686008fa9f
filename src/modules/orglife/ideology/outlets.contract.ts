import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { personId } from '../../directory/persons/persons.contract.ts'

const tag = '意识形态责任制'
export const outletKinds = {
  website: '网站',
  official_account: '公众号',
  short_video: '短视频账号',
  work_group: '工作群',
  publication: '内部刊物',
  board: '宣传栏、电子屏',
  venue: '讲坛、报告会',
  other: '其他',
} as const
export type OutletKind = keyof typeof outletKinds
const kind = z.enum(Object.keys(outletKinds) as [OutletKind, ...OutletKind[]]).meta({ title: '种类', titles: outletKinds })
export const outletStates = { open: '在用', closed: '已注销' } as const
const state = z.enum(['open', 'closed']).meta({ title: '状态', titles: outletStates })
const reason = z.string().trim().min(2, { error: '请写明理由。' }).max(300).meta({ title: '理由' })
export const ofOutlet = z.strictObject({ id: z.string().max(60).meta({ title: '阵地' }) })
const named = z.object({ id: z.string(), name: z.string() })

/** What the register keeps: who runs which outlet and who answers for it. There is no field for what is published there. */
export const outletBody = z.strictObject({
  kind,
  name: z.string().trim().min(2, { error: '请写名称。' }).max(80).meta({ title: '名称' }),
  address: z.string().trim().max(200).optional().meta({ title: '网址、账号或地点', help: '只登记，不抓取' }),
  keeperId: personId.meta({ title: '管理员' }),
  deputyId: personId.optional().meta({ title: '备岗', help: '管理员不在时由谁管' }),
  openedOn: civilDate.meta({ title: '启用日期' }),
  reviewOn: civilDate.meta({ title: '下次复核日期', help: '到时看是否还用、管理员是否还在岗' }),
})
export type OutletBody = z.output<typeof outletBody>

export const outletPage = z.object({
  id: z.string(),
  revision: z.number().int(),
  state,
  kind,
  name: z.string(),
  address: z.string().nullable(),
  organization: named,
  keeper: named,
  deputy: named.nullable(),
  openedOn: civilDate,
  reviewOn: civilDate,
  reviewDue: z.boolean(),
  closedOn: civilDate.nullable(),
  history: z.array(z.object({ action: z.string(), by: z.string(), at: z.string(), reason: z.string().nullable() })),
  abilities: z.array(z.string()),
})
export type OutletPage = z.infer<typeof outletPage>
export const outletLine = outletPage.omit({ history: true, abilities: true, revision: true })
export type OutletLine = z.infer<typeof outletLine>
const filters = {
  under: organizationId.optional(),
  kind: kind.optional(),
  state: state.optional(),
  review: z.enum(['due']).optional().meta({ title: '到复核日期的' }),
  text: z.string().trim().max(50).optional(),
}
export const listOutlets = endpoint({
  method: 'GET',
  path: '/api/v1/outlets',
  tag,
  summary: '阵地登记列表；注销的也在',
  query: pageQuery.extend(filters),
  reply: listOf(outletLine),
})
export const exportOutlets = endpoint({
  method: 'GET',
  path: '/api/v1/outlets/export',
  tag,
  summary: '阵地登记导出为 Excel',
  query: z.strictObject(filters),
  reply: z.undefined(),
})
export const showOutlet = endpoint({
  method: 'GET',
  path: '/api/v1/outlets/:id',
  tag,
  summary: '一个阵地的登记和修改经过',
  params: ofOutlet,
  reply: outletPage,
})
export const registerOutlet = endpoint({
  method: 'POST',
  path: '/api/v1/outlets',
  tag,
  summary: '登记一个阵地和管它的人；只登记责任，不看内容',
  body: outletBody.extend({ organizationId: organizationId.meta({ title: '主办组织' }) }),
  reply: z.object({ id: z.string() }),
  status: 201,
})
const step = <Body extends z.ZodType>(verb: string, summary: string, body: Body) =>
  endpoint({
    method: 'POST',
    path: `/api/v1/outlets/:id/${verb}`,
    tag,
    summary,
    params: ofOutlet,
    body,
    reply: z.object({ id: z.string(), state, revision: z.number().int() }),
  })
export const correctOutlet = step(
  'correct',
  '更正登记，如换管理员；原来的留存',
  outletBody.extend({ revision: z.number().int().meta({ title: '所改的版本' }), reason }),
)
export const reviewOutlet = step(
  'review',
  '复核：还在用、管理员在岗，定下次复核日期',
  z.strictObject({ reviewOn: outletBody.shape.reviewOn, reason: reason.meta({ title: '复核情况' }) }),
)
export const closeOutlet = step('close', '注销；登记留存', z.strictObject({ on: civilDate.meta({ title: '注销日期' }), reason }))

problems({
  'orglife.outlet_not_found': { status: 404, title: '没有找到这个阵地，或不在您的管理范围内。' },
  'orglife.outlet_closed': { status: 409, title: '这个阵地已经注销，不能再改。现在可以：另行登记。' },
  'orglife.outlet_keepers_same': { status: 422, title: '管理员和备岗不能是同一个人。' },
  'orglife.outlet_days_wrong': { status: 422, title: '日期不对：复核日期要在今天以后，注销日期不能早于启用、不能晚于今天。' },
})
