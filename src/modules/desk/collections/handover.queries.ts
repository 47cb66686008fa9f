import { sql } from 'kysely'
import { reading } from '../../../kernel/database/handles.ts'
import { declareSection } from '../../../kernel/papers/collections.ts'
import { said, tabled } from '../../../kernel/papers/paper-blocks.ts'
import { type ItemStage, itemStages } from '../../../kernel/work-items/owned-items.contract.ts'
import { ownedItemSources } from '../../../kernel/work-items/owned-items.ts'
import { workItemsOf } from '../../../kernel/work-items/registry.ts'
import { type ItemSchemas, itemTable, underId } from '../items/items-from.queries.ts'

interface OpenItem {
  readonly kind: string
  readonly title: string
  readonly organization: string
  readonly stage: ItemStage
  readonly due: string | null
  readonly waiting: boolean
}

declareSection({
  in: ['handover'],
  order: 20,
  title: '督办、任务、问题：没有办结的',
  blocks: async (read, { actor, organization, today }) => {
    const { rows } = await sql<OpenItem>`select i.kind, i.title, n.name as organization, i.stage, i.due_on::text as due, i.waiting
      from ${itemTable({ actor, today })} join directory.organization_names n on n.organization_no = i.organization_no and upper_inf(n.valid)
      where i.stage <> 'closed' and ${underId(organization.id)} order by i.due_on nulls last, i.no limit 400`.execute(
      reading<ItemSchemas>(read),
    )
    const lines = new Map(ownedItemSources().map(({ kind, line }) => [kind, line]))
    return tabled(
      [
        ['种类', 14],
        ['事项', 44],
        ['组织', 20],
        ['办到哪一步', 12],
        ['期限', 12],
      ],
      rows.map((row) => [
        lines.get(row.kind) ?? row.kind,
        row.title,
        row.organization,
        row.waiting ? '等上级' : itemStages[row.stage],
        row.due ?? '未定',
      ]),
    )
  },
})

declareSection({
  in: ['handover'],
  order: 50,
  title: '等着本人办和本人在等的',
  blocks: async (read, { actor, today }) =>
    (await workItemsOf(read, actor, today)).map((item) =>
      said(`${item.title}${item.count ? `（${item.count} 件）` : ''}。${item.detail}${item.due ? `，期限 ${item.due}` : ''}`),
    ),
})

/** Where in the site everything is kept. */
const places = [
  ['会议和组织生活', '“组织生活”，预定的和记过的都在'],
  ['工作纪实和其他活动', '“组织生活”页内“工作纪实”'],
  ['一年要办的事和期限', '“待办”页内“日历”，可订阅到手机'],
  ['党员、班子、职务', '“组织”，点开本组织'],
  ['学时和培训', '“培训”'],
  ['督办、问题、任务、公文', '“督办”及其页内各标签'],
  ['制度依据', '“制度”，每条要求都写着怎么算'],
  ['找以前的记录', '右上角放大镜，输入两个字以上'],
] as const

declareSection({
  in: ['handover'],
  order: 90,
  title: '东西在哪里',
  blocks: async () =>
    tabled(
      [
        ['找什么', 40],
        ['到哪里', 60],
      ],
      places,
    ),
})
