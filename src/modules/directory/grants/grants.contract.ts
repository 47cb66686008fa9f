import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../organizations/organizations.contract.ts'
import { personId } from '../persons/persons.contract.ts'
import { type Role, roles } from './roles.contract.ts'

export const grantStates = { proposed: '待批准', approved: '已批准', refused: '未批准', ended: '已终止' } as const
const grantState = z.enum(['proposed', 'approved', 'refused', 'ended']).meta({ title: '状态' })
const role = z.enum(Object.keys(roles) as [Role, ...Role[]]).meta({ title: '角色' })
const grantId = z.string().regex(/^grt_[0-9a-z]{4,40}$/, { error: '权限编号不对，请从列表中选择。' })
const reason = z.string().trim().min(2, { error: '请写明依据或理由。' }).max(200).meta({ title: '依据或理由' })

export const grantLine = z.object({
  id: z.string(),
  account: z.object({ id: z.string(), username: z.string(), name: z.string() }),
  role: z.string(),
  roleName: z.string(),
  organization: z.object({ id: z.string(), name: z.string() }),
  from: civilDate.nullable(),
  to: civilDate.nullable(),
  state: grantState,
  postName: z.string().nullable(),
  proposedBy: z.string().nullable(),
  decidedBy: z.string().nullable(),
  reason: z.string().nullable(),
})

export const listGrants = endpoint({
  method: 'GET',
  path: '/api/v1/grants',
  tag: '权限',
  summary: '权限列表：谁在哪个组织有什么角色，待批准的在内',
  query: pageQuery.extend({
    state: grantState.optional(),
    role: role.optional(),
    text: z.string().trim().max(50).optional().meta({ title: '姓名或用户名' }),
  }),
  reply: listOf(grantLine),
})
export const proposeGrant = endpoint({
  method: 'POST',
  path: '/api/v1/grants',
  tag: '权限',
  summary: '提出给某人某组织的角色（例如检查、评审）；送安全管理员批准',
  body: z.strictObject({
    personId,
    role,
    organizationId,
    from: civilDate.meta({ title: '自哪一天起' }),
    to: civilDate.optional().meta({ title: '至哪一天前' }),
    reason,
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
})
export const decideGrants = endpoint({
  method: 'POST',
  path: '/api/v1/grants/decide',
  tag: '权限',
  summary: '批准或不批准，一次可多项；有一项不能办则全部不办',
  body: z.strictObject({
    ids: z.array(grantId).min(1, { error: '请至少选一项。' }).max(500),
    decision: z.enum(['approve', 'refuse']).meta({ title: '决定' }),
    reason: reason.optional(),
  }),
  reply: z.object({ decided: z.number().int() }),
})
export const endGrant = endpoint({
  method: 'POST',
  path: '/api/v1/grants/:id/end',
  tag: '权限',
  summary: '自某天起终止权限',
  params: z.strictObject({ id: grantId }),
  body: z.strictObject({ on: civilDate.meta({ title: '自哪一天起' }), reason }),
  reply: z.object({ id: z.string() }),
})

problems({
  'directory.grant_not_found': { status: 404, title: '没有找到这项权限，请刷新列表后再选。' },
  'directory.grant_state': { status: 409, title: '其中有已经办理过的权限，请刷新后再选。' },
  'directory.grant_exists': { status: 409, title: '此人在该组织已有这个角色，或已在待批准中。' },
  'directory.grant_no_account': { status: 422, title: '此人还没有账号，请先由系统管理员建账号。' },
  'directory.grant_dates': { status: 422, title: '终止日期须晚于起始日期，请核对。' },
})
