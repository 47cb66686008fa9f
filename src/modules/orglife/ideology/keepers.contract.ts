import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { personId } from '../../directory/persons/persons.contract.ts'

const tag = '意识形态责任制'
export const ideologyDuties = { first: '第一责任人', direct: '直接责任人' } as const
export type IdeologyDuty = keyof typeof ideologyDuties
const duty = z
  .enum(Object.keys(ideologyDuties) as [IdeologyDuty, ...IdeologyDuty[]])
  .meta({ title: '责任', titles: ideologyDuties })
/** The three levels of the network. */
export const levels = { committee: '工委', party_committee: '机关党委', branch: '总支、支部' } as const
const level = z
  .enum(Object.keys(levels) as [keyof typeof levels, ...(keyof typeof levels)[]])
  .meta({ title: '层级', titles: levels })
const named = z.object({ id: z.string(), name: z.string() })

export const keeperLine = z.object({
  id: z.string(),
  organization: named,
  level,
  keepers: z.array(z.object({ id: z.string(), person: named, duty, from: civilDate })),
  past: z.array(z.object({ person: named, duty, from: civilDate, to: civilDate, reason: z.string().nullable() })),
  /** Since when nobody is named; null where somebody is. */
  gapSince: civilDate.nullable(),
  mayName: z.boolean(),
})
export type KeeperLine = z.infer<typeof keeperLine>
const filters = {
  under: organizationId.optional(),
  level: level.optional(),
  gaps: z.enum(['yes']).optional().meta({ title: '只看缺责任人的' }),
}
export const listKeepers = endpoint({
  method: 'GET',
  path: '/api/v1/ideology-keepers',
  tag,
  summary: '三级意识形态责任人，按组织次序；缺的列出组织和从哪天起缺',
  query: pageQuery.extend(filters),
  reply: listOf(keeperLine),
})
export const exportKeepers = endpoint({
  method: 'GET',
  path: '/api/v1/ideology-keepers/export',
  tag,
  summary: '三级意识形态责任人导出为 Excel，缺的也在内',
  query: z.strictObject(filters),
  reply: z.undefined(),
})
export const nameKeeper = endpoint({
  method: 'POST',
  path: '/api/v1/ideology-keepers',
  tag,
  summary: '登记一个组织的意识形态责任人；同一责任换人时，前一位到前一天为止',
  body: z.strictObject({
    organizationId: organizationId.meta({ title: '组织' }),
    personId: personId.meta({ title: '责任人' }),
    duty,
    from: civilDate.meta({ title: '自哪天起' }),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
})
export const endKeeper = endpoint({
  method: 'POST',
  path: '/api/v1/ideology-keepers/:id/end',
  tag,
  summary: '责任人离任，写明日期和理由；原来的登记留存',
  params: z.strictObject({ id: z.string().max(60) }),
  body: z.strictObject({
    on: civilDate.meta({ title: '到哪天止' }),
    reason: z.string().trim().min(2, { error: '请写明理由。' }).max(300).meta({ title: '理由' }),
  }),
  reply: z.object({ id: z.string() }),
})

problems({
  'orglife.ideology_keeper_not_found': { status: 404, title: '没有找到这条责任人登记，或不在您的管理范围内。' },
  'orglife.ideology_level_unfit': { status: 422, title: '意识形态责任人在工委、机关党委、总支和支部三级登记，请选这些组织。' },
  'orglife.ideology_days_reversed': { status: 422, title: '日期不对：不能晚于今天，也不能早于前一位责任人开始的日期。' },
  'orglife.ideology_keeper_ended': { status: 409, title: '这条登记已经结束，不用再结束。现在可以：登记新的责任人。' },
})
