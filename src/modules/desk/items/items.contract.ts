import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { type BulkAct, bulkActs, type ItemStage, itemStages } from '../../../kernel/work-items/owned-items.contract.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { personId } from '../../directory/persons/persons.contract.ts'

const keysOf = <Key extends string>(of: Record<Key, string>) => Object.keys(of) as [Key, ...Key[]]

/** The four heaps of the desk; an item may stand in several. */
export const heaps = { today: '今天到期', overdue: '已逾期', mine: '等我办', others: '等别人' } as const
export type Heap = keyof typeof heaps

const stage = z.enum(keysOf<ItemStage>(itemStages)).meta({ title: '阶段' })
const verb = z.enum(keysOf<BulkAct>(bulkActs)).meta({ title: '怎么办' })
const kind = z.string().max(40).meta({ title: '类别' })

export const ownedItem = z.object({
  kind,
  id: z.string(),
  /** The line in words: 督办事项, 任务 … */
  line: z.string(),
  title: z.string(),
  state: z.string(),
  stateName: z.string(),
  stage,
  organization: z.object({ id: z.string(), name: z.string() }),
  unit: z.object({ id: z.string(), name: z.string() }).nullable(),
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  openedOn: civilDate,
  dueOn: civilDate.nullable(),
  /** Days past due while it lies with whoever is to act; 0 when in time, waiting above, or reported. */
  overdueDays: z.number().int(),
  waiting: z.boolean(),
  mine: z.boolean(),
  ageDays: z.number().int(),
  link: z.string(),
  /** What can be done with several at once as this one stands; whether the reader may is asked when it is done. */
  acts: z.array(verb),
})
export type OwnedItem = z.infer<typeof ownedItem>

export const itemFilters = {
  heap: z.enum(keysOf<Heap>(heaps)).optional().meta({ title: '哪一堆' }),
  kind: kind.optional(),
  stage: stage.optional(),
  under: organizationId.optional(),
  waiting: z.enum(['yes']).optional().meta({ title: '在等上级' }),
  text: z.string().trim().max(50).optional().meta({ title: '标题' }),
}
const sorted = { ...itemFilters, sort: z.enum(['dueOn', 'openedOn']).default('dueOn').meta({ title: '次序' }) }

export const listItems = endpoint({
  method: 'GET',
  path: '/api/v1/desk/items',
  tag: '工作台',
  summary: '督办台：有人负责、还没办结的事项，各类合在一处；选阶段“已办结”时列出今年办结的',
  query: pageQuery.extend(sorted),
  reply: listOf(ownedItem),
})
export const countItems = endpoint({
  method: 'GET',
  path: '/api/v1/desk/items/counts',
  tag: '工作台',
  summary: '督办台四堆各多少，及各类的名称',
  query: z.strictObject({ under: organizationId.optional(), kind: kind.optional() }),
  reply: z.object({
    open: z.number().int(),
    today: z.number().int(),
    overdue: z.number().int(),
    mine: z.number().int(),
    others: z.number().int(),
    kinds: z.array(z.object({ kind: z.string(), line: z.string() })),
  }),
})
export const exportItems = endpoint({
  method: 'GET',
  path: '/api/v1/desk/items/export',
  tag: '工作台',
  summary: '督办台导出为 Excel，筛选与列表相同',
  query: z.strictObject(sorted),
  reply: z.undefined(),
})

const ages = {
  open: z.number().int(),
  overdue: z.number().int(),
  closed: z.number().int(),
  /** Days that open ones have stood: half are not older, nine of ten are not older, the oldest. */
  median: z.number().int().nullable(),
  ninetieth: z.number().int().nullable(),
  oldest: z.number().int().nullable(),
}
export const itemFunnel = endpoint({
  method: 'GET',
  path: '/api/v1/desk/items/funnel',
  tag: '工作台',
  summary: '督办漏斗和办理时长：按阶段、按类别、按单位；办结的从指定日期算起，没有指定从年初算起',
  query: z.strictObject({ under: organizationId.optional(), kind: kind.optional(), since: civilDate.optional() }),
  reply: z.object({
    since: civilDate,
    stages: z.array(z.object({ stage, name: z.string(), count: z.number().int() })),
    lines: z.array(z.object({ kind: z.string(), line: z.string(), ...ages })),
    units: z.array(z.object({ id: z.string().nullable(), name: z.string(), ...ages })),
  }),
})
export type ItemFunnel = z.infer<typeof itemFunnel.reply>

export const mostAtOnce = 200
export const actOnItems = endpoint({
  method: 'POST',
  path: '/api/v1/desk/items/acts',
  tag: '工作台',
  summary: '一并催办、交办或延期：逐项按各自的规矩办，逐项答复办成了还是没有办成、为什么',
  body: z.strictObject({
    act: verb,
    items: z
      .array(z.strictObject({ kind, id: z.string().max(60) }))
      .min(1, { error: '请至少选一项。' })
      .max(mostAtOnce, { error: `一次最多 ${mostAtOnce} 项，请分几次办。` })
      .meta({ title: '事项' }),
    reason: z
      .string()
      .trim()
      .min(2, { error: '请写明理由。' })
      .max(500)
      .meta({ title: '理由', help: '选中的各项用同一个理由，逐项留存' }),
    ownerId: personId.optional().meta({ title: '责任人' }),
    dueOn: civilDate.optional().meta({ title: '时限' }),
    remedies: z.string().trim().min(4, { error: '请写明整改措施。' }).max(1000).optional().meta({ title: '整改措施' }),
    /** The same for every try of the same act, so that what was done is not done again. */
    batch: z
      .string()
      .regex(/^[\w-]{8,80}$/)
      .meta({ title: '批次' }),
  }),
  reply: z.object({
    results: z.array(
      z.object({
        kind: z.string(),
        id: z.string(),
        outcome: z.enum(['done', 'refused']),
        /** Why it was refused, and what can be done instead. */
        sentence: z.string().nullable(),
      }),
    ),
  }),
})
export type ActResult = z.infer<typeof actOnItems.reply>['results'][number]

problems({
  'desk.item_not_found': { status: 404, title: '没有找到这一项，或不在您的管理范围内。' },
  'desk.cursor_stale': { status: 400, title: '翻页位置已失效，请从第一页重新查看。' },
})
