import type { OutCell, OutSheet } from '../../../kernel/files/workbook-writer.ts'
import type { EntryLine } from './entry-endpoints.contract.ts'
import { type EntryKind, inWords, titleOfField } from './entry-kind.contract.ts'
import { entryStates } from './entries.lifecycle.ts'

function rowOf(kind: EntryKind, entry: EntryLine): OutCell[] {
  return [
    entry.title,
    ...kind.columns.map((field) => inWords(kind, field, entry.content[field])),
    entry.organization.name,
    entry.together,
    ...(kind.place === 'never' ? [] : [entry.place]),
    entry.heldOn,
    entry.recordedOn,
    entry.late ? '补记' : '',
    entry.persons,
    entryStates[entry.state],
  ]
}

/** The list of a kind as a sheet, the day of the act and the day of the record side by side; what did not fit is said on a line of its own. */
export function entrySheet(kind: EntryKind, entries: readonly EntryLine[], total: number): OutSheet {
  const rows = entries.map((entry) => rowOf(kind, entry))
  if (total > entries.length) rows.push([`共 ${total} 条，只导出前 ${entries.length} 条，请缩小筛选范围后再导出其余的。`])
  return {
    name: kind.noun,
    columns: [
      { title: '标题', width: 36 },
      ...kind.columns.map((field) => ({ title: titleOfField(kind, field), width: 20 })),
      { title: '组织', width: 28 },
      { title: '组织数', width: 8, format: 'integer' as const },
      ...(kind.place === 'never' ? [] : [{ title: '地点', width: 20 }]),
      { title: '日期', width: 12 },
      { title: '记录日期', width: 12 },
      { title: '补记', width: 8 },
      { title: '人数', width: 8, format: 'integer' as const },
      { title: '状态', width: 10 },
    ],
    rows,
  }
}
