import type { Read } from '../../../kernel/database/handles.ts'
import type { OutSheet } from '../../../kernel/files/workbook-writer.ts'
import type { ItemsAsked } from '../../../kernel/work-items/owned-items.ts'
import { itemStages } from '../../../kernel/work-items/owned-items.contract.ts'
import type { OwnedItem } from './items.contract.ts'
import { type ItemsPage, itemsAsked } from './items.queries.ts'

/** A list longer than this is to be narrowed first. */
const most = 20_000
const atATime = 500

const columns = [
  { title: '类别', width: 12 },
  { title: '事项', width: 48 },
  { title: '状态', width: 14 },
  { title: '阶段', width: 10 },
  { title: '单位', width: 24 },
  { title: '组织', width: 28 },
  { title: '责任人', width: 10 },
  { title: '提出日期', width: 12 },
  { title: '完成时限', width: 12 },
  { title: '逾期天数', width: 10, format: 'integer' },
  { title: '在等上级', width: 10 },
  { title: '等我办', width: 10 },
  { title: '已历天数', width: 10, format: 'integer' },
] as const

const cells = (item: OwnedItem) => [
  item.line,
  item.title,
  item.stateName,
  itemStages[item.stage],
  item.unit?.name,
  item.organization.name,
  item.owner?.name,
  item.openedOn,
  item.dueOn,
  item.overdueDays,
  item.waiting,
  item.mine,
  item.ageDays,
]

/** The asked items as a sheet, up to 20,000 lines. */
export async function itemSheet(read: Read, page: Omit<ItemsPage, 'after' | 'limit'>, asked: ItemsAsked): Promise<OutSheet> {
  const lines: OwnedItem[] = []
  let after: string | undefined
  do {
    const found = await itemsAsked(read, { ...page, after, limit: atATime }, asked)
    lines.push(...found.items)
    after = found.next ?? undefined
  } while (after !== undefined && lines.length < most)
  return { name: '督办台', columns, rows: lines.map(cells) }
}
