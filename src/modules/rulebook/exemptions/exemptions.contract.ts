import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'

/** Grounds on which a subject is relieved by decision, and of whom each can be said. */
export const grounds = {
  aged_or_infirm: { title: '年老体弱', of: 'person' },
  illness: { title: '重病', of: 'person' },
  long_leave: { title: '长期离岗或请假', of: 'person' },
  mobile_member: { title: '流动党员', of: 'person' },
  new_organization: { title: '新建组织', of: 'organization' },
  temporary_branch: { title: '临时党支部', of: 'organization' },
  other: { title: '其他', of: 'any' },
} as const
export type Ground = keyof typeof grounds
export const ground = z.enum(Object.keys(grounds) as [Ground, ...Ground[]]).meta({ title: '情形' })

/** Of whom no hard demand is made by regulation (JY6): the branch decides, those above see it. */
export const branchDecides: readonly Ground[] = ['aged_or_infirm', 'illness']

export const exemptionStates = { in_force: '生效中', future: '未到', ended: '已到期', revoked: '已撤销' } as const
export type ExemptionState = keyof typeof exemptionStates
const exemptionState = z.enum(Object.keys(exemptionStates) as [ExemptionState, ...ExemptionState[]]).meta({ title: '状态' })

const named = z.object({ id: z.string(), name: z.string() })

export const exemption = z.object({
  id: z.string(),
  subject: named.extend({ kind: z.enum(['organization', 'person']) }),
  organization: named,
  /** Null for all that the ground relieves. */
  requirement: z.string().nullable(),
  title: z.string().nullable(),
  ground,
  reason: z.string(),
  from: civilDate,
  /** Last day, inclusive. */
  to: civilDate,
  state: exemptionState,
  decidedOn: civilDate,
  decidedAt: z.string().nullable().meta({ title: '由哪里决定' }),
  revokedFrom: civilDate.nullable(),
  revokeReason: z.string().nullable(),
  abilities: z.array(z.enum(['revoke'])),
})
export type Exemption = z.infer<typeof exemption>

export const listExemptions = endpoint({
  method: 'GET',
  path: '/api/v1/exemptions',
  tag: '要求与指标',
  summary: '豁免决定：对谁、免哪条、依据什么、到哪天为止',
  query: pageQuery.extend({
    under: z.string().max(60).optional().meta({ title: '组织及其下级' }),
    subject: z.string().max(60).optional().meta({ title: '主体' }),
    requirement: z.string().max(40).optional().meta({ title: '要求' }),
    ground: ground.optional(),
    state: exemptionState.optional(),
  }),
  reply: listOf(exemption),
})

export const exportExemptions = endpoint({
  method: 'GET',
  path: '/api/v1/exemptions/export',
  tag: '要求与指标',
  summary: '豁免决定导出为表格，最多两万条',
  query: listExemptions.query.omit({ after: true, limit: true }),
  reply: z.undefined(),
})

const id = z.strictObject({ id: z.string().max(60) })

export const showExemption = endpoint({
  method: 'GET',
  path: '/api/v1/exemptions/:id',
  tag: '要求与指标',
  summary: '一项豁免决定',
  params: id,
  reply: exemption,
})

const why = z.string().trim().max(300)

export const exempt = endpoint({
  method: 'POST',
  path: '/api/v1/exemptions',
  tag: '要求与指标',
  summary: '决定豁免，写明情形、理由和截止日期；党员年老体弱、重病由支部决定，其余由上级决定',
  body: z.strictObject({
    subject: z.string().max(60).meta({ title: '主体', help: '组织或人员编号' }),
    ground: ground.default('other'),
    requirement: z.string().max(40).optional().meta({
      title: '要求',
      help: '不选，就是所有把这种情形列为豁免的要求；情形为“其他”时是全部要求。',
    }),
    from: civilDate.meta({ title: '自' }),
    to: civilDate.meta({ title: '至', help: '必须有截止日期；到期仍需要的，再作决定。' }),
    reason: why.min(4, { error: '请写明豁免理由。' }).meta({ title: '理由' }),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
})

export const revokeExemption = endpoint({
  method: 'POST',
  path: '/api/v1/exemptions/:id/revoke',
  tag: '要求与指标',
  summary: '撤销豁免：从哪天起不再豁免，写明理由；此前已结束的各期不变',
  params: id,
  body: z.strictObject({
    from: civilDate.optional().meta({ title: '自哪天起', help: '不填即今天。填豁免开始的那天，就是整个撤销。' }),
    reason: why.min(4, { error: '请写明撤销理由。' }).meta({ title: '理由' }),
  }),
  reply: z.object({ id: z.string() }),
})

problems({
  'rulebook.exemption_needs_superior': { status: 422, title: '豁免须由上级组织决定，请由上级党组织办理。' },
  'rulebook.exemption_of_self': { status: 403, title: '不能决定对本人的豁免，请由支部其他委员或上级办理。' },
  'rulebook.exemption_not_found': { status: 404, title: '没有找到这项豁免，或不在您的管理范围内。' },
  'rulebook.exemption_exists': { status: 409, title: '这段时间已有同样的豁免。要改日期，请先撤销原来的。' },
  'rulebook.exemption_over': { status: 409, title: '这项豁免已经撤销或到期，不用再撤。' },
})
