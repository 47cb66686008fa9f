import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { personId } from '../../directory/persons/persons.contract.ts'
import { named, offer, reason, recordStep, verbOf, words } from '../records/records.contract.ts'
import { type CardState, cardStates, type ItemState, itemStates } from './cards.lifecycle.ts'

const keysOf = <Key extends string>(of: Record<Key, string>) => Object.keys(of) as [Key, ...Key[]]
export const cardState = z.enum(keysOf<CardState>(cardStates)).meta({ title: '状态' })

export const cardLine = z.object({
  id: z.string(),
  state: cardState,
  organization: named,
  grounds: z.string(),
  proposedOn: civilDate,
  decidedOn: civilDate.nullable(),
  liftedOn: civilDate.nullable(),
  isPublic: z.boolean(),
  items: z.number().int(),
  passed: z.number().int(),
})
export type CardLine = z.infer<typeof cardLine>
const filters = {
  under: organizationId.optional(),
  state: cardState.optional(),
  /** Lifted ones whose trace has expired, and revoked ones. */
  history: z.enum(['yes']).optional().meta({ title: '历史' }),
}
export const listCards = endpoint({
  method: 'GET',
  path: '/api/v1/yellow-cards',
  tag: '督办',
  summary: '黄牌警示；过了留痕期和已撤销的，只在历史里列出',
  query: pageQuery.extend(filters),
  reply: listOf(cardLine),
})
export const cardItem = z.object({
  id: z.string(),
  title: z.string(),
  owner: named.nullable(),
  dueOn: civilDate,
  state: z.enum(keysOf<ItemState>(itemStates)),
  result: z.string().nullable(),
  test: z.string().nullable(),
  /** What the reader may do with this item now. */
  abilities: z.array(z.string()),
})
export type CardItem = z.infer<typeof cardItem>
export const cardPage = cardLine.omit({ items: true, passed: true }).extend({
  revision: z.number().int(),
  caseId: z.string().nullable(),
  hearBy: civilDate,
  records: z.array(z.object({ requirement: z.string(), title: z.string(), periods: z.array(z.string()) })),
  statement: z.string().nullable(),
  decision: z.string().nullable(),
  shownUntil: civilDate.nullable(),
  items: z.array(cardItem),
  reports: z.array(z.object({ month: z.string(), report: z.string() })),
  steps: z.array(recordStep),
  ...offer,
})
export type CardPage = z.infer<typeof cardPage>
export const showCard = endpoint({
  method: 'GET',
  path: '/api/v1/yellow-cards/:id',
  tag: '督办',
  summary: '一张黄牌：依据、陈述、决定、清单、每月报告、经过',
  params: z.strictObject({ id: z.string().max(60) }),
  reply: cardPage,
})
export const proposeCard = endpoint({
  method: 'POST',
  path: '/api/v1/yellow-cards',
  tag: '督办',
  summary: '建议黄牌；先听本组织陈述，再由工委决定',
  body: z.strictObject({ organizationId, grounds: words('依据', 2000) }),
  reply: z.object({ id: z.string() }),
  status: 201,
})
const verb = verbOf('yellow-cards', cardState)
const item = z.strictObject({
  title: words('要整改什么', 300),
  ownerId: personId.meta({ title: '责任人' }),
  dueOn: civilDate.meta({ title: '完成时限' }),
})
export const urgeCard = verb('urge', '催办黄牌整改', z.strictObject({ reason }))
const itemId = z.string().max(60).meta({ title: '哪一条' })
export const stateOnCard = verb('state', '本组织陈述意见', z.strictObject({ statement: words('陈述意见', 3000) }))
export const passHearing = verb('pass-hearing', '过了陈述期没有意见，进入决定', z.strictObject({ reason }))
export const decideCard = verb(
  'decide',
  '工委决定警示，附整改清单；默认不公开',
  z.strictObject({
    reason,
    items: z.array(item).min(1, { error: '请至少列一条整改内容。' }).max(50).meta({ title: '整改清单' }),
    isPublic: z.boolean().default(false).meta({ title: '公开这张黄牌' }),
    traceMonths: z.number().int().min(1).max(60).default(12).meta({ title: '摘牌后留痕几个月' }),
  }),
)
export const declineCard = verb('decline', '不予警示', z.strictObject({ reason }))
export const addCardItem = verb('add-item', '补充一条整改', item.extend({ reason }))
export const reportOnCard = verb(
  'report',
  '每月报告整改情况，一月一次',
  z.strictObject({
    month: z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: '请填月份，格式如 2026-11。' })
      .meta({ title: '月份' }),
    report: words('整改情况', 3000),
  }),
)
export const finishCardItem = verb('finish-item', '报一条整改办完', z.strictObject({ itemId, result: words('办理结果', 2000) }))
export const passCardItem = verb(
  'pass-item',
  '一条整改核验通过；核验人不能是责任人或报告人。全部通过即自动摘牌',
  z.strictObject({ itemId, test: words('核验情况') }),
)
export const returnCardItem = verb('return-item', '一条整改退回', z.strictObject({ itemId, reason }))

export const cardConditions = z.object({
  entries: z.array(
    z.strictObject({
      requirement: z.string().trim().min(1).max(40).meta({ title: '要求编号' }),
      periods: z.number().int().min(2).max(24).meta({ title: '连续几期' }),
    }),
  ),
  hearingDays: z.number().int().min(1).max(30).meta({ title: '陈述期（工作日）' }),
})
export const showCardConditions = endpoint({
  method: 'GET',
  path: '/api/v1/yellow-cards/conditions',
  tag: '督办',
  summary: '黄牌的进入条件；工委没有设定时，系统不建议',
  reply: cardConditions.extend({ setOn: civilDate.nullable(), reason: z.string().nullable() }),
})
export const setCardConditions = endpoint({
  method: 'PUT',
  path: '/api/v1/yellow-cards/conditions',
  tag: '督办',
  summary: '工委设定黄牌的进入条件：哪些要求连续几期没有达到',
  body: z.strictObject({ ...cardConditions.shape, entries: cardConditions.shape.entries.max(30), reason }),
  reply: z.object({ proposed: z.number().int() }),
})
problems({
  'supervision.yellow_card_not_found': { status: 404, title: '没有找到这张黄牌，或不在您的管理范围内。' },
  'supervision.yellow_card_not_allowed_now': { status: 409, title: '黄牌现在的状态不能这样办。' },
  'supervision.card_item_not_allowed_now': { status: 409, title: '这一条现在不能这样办，请看最新情况。' },
  'supervision.card_test_by_another': { status: 403, title: '核验须由责任人和报告办完的人以外的人办理。' },
  'supervision.card_hearing_open': { status: 409, title: '陈述期还没有过，请等本组织陈述。' },
  'supervision.card_month_reported': { status: 409, title: '这个月已经报告过，请看每月报告。' },
  'supervision.card_month_ahead': { status: 422, title: '只能报告警示以来到本月的月份。' },
  'supervision.requirement_unknown': { status: 422, title: '没有这个编号的要求，请核对。' },
})
