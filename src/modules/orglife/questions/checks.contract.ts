import { z } from 'zod'
import { endpoint, listOf } from '../../../kernel/http/endpoint.ts'
import { problems } from '../../../kernel/errors/problem.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'

problems({
  'orglife.check_not_found': { status: 404, title: '没有找到这次检查通知，或不在您的管理范围内。' },
  'orglife.check_order': { status: 422, title: '检查日期不能早于通知日期，请核对。' },
  'orglife.announced_check_ahead': { status: 422, title: '通知日期还没到。发出通知之后再登记。' },
})

const tag = '疑问'

export const announcedCheck = z.object({
  id: z.string(),
  title: z.string(),
  organization: z.object({ id: z.string(), name: z.string() }),
  announcedOn: civilDate,
  visitOn: civilDate,
  cancelReason: z.string().nullable(),
  abilities: z.array(z.literal('cancel')),
})
export type AnnouncedCheck = z.infer<typeof announcedCheck>

export const listChecks = endpoint({
  method: 'GET',
  path: '/api/v1/announced-checks',
  tag,
  summary: '已经通知下去的检查；被检查的组织也看得到',
  reply: listOf(announcedCheck),
})

export const noteCheck = endpoint({
  method: 'POST',
  path: '/api/v1/announced-checks',
  tag,
  summary: '登记一次检查通知：通知了谁、哪天通知、哪天去',
  body: z.strictObject({
    organizationId: organizationId.meta({ title: '被检查的组织', help: '含它的全部下级' }),
    title: z.string().trim().min(2, { error: '请写明是什么检查。' }).max(100).meta({ title: '检查名称' }),
    announcedOn: civilDate.meta({ title: '通知日期' }),
    visitOn: civilDate.meta({ title: '检查日期' }),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
})

export const cancelCheck = endpoint({
  method: 'POST',
  path: '/api/v1/announced-checks/:id/cancel',
  tag,
  summary: '取消登记错了或不再进行的检查',
  params: z.strictObject({ id: z.string().max(60) }),
  body: z.strictObject({ reason: z.string().trim().min(2, { error: '请写明取消理由。' }).max(300).meta({ title: '理由' }) }),
  reply: z.object({ id: z.string() }),
})
