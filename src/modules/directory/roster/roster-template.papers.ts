import type { OutSheet } from '../../../kernel/files/workbook-writer.ts'
import { rosterColumns } from './roster-columns.contract.ts'

/** The sheets of the template that is handed out: an empty roster, and how to fill it. For `writeWorkbook`. */
export function rosterTemplateSheets(): OutSheet[] {
  const choices = new Map(rosterColumns.flatMap((column, index) => (column.choices ? [[index, column.choices] as const] : [])))
  return [
    {
      name: '人员名册',
      columns: rosterColumns.map((column) => ({
        title: column.required ? `${column.title}（必填）` : column.title,
        width: column.width,
      })),
      rows: [],
      choices,
    },
    {
      name: '填写说明',
      columns: [
        { title: '列', width: 20 },
        { title: '是否必填', width: 10 },
        { title: '怎样填写', width: 60 },
        { title: '示例（虚构）', width: 28 },
        { title: '也可写作', width: 50 },
      ],
      rows: rosterColumns.map((column) => [
        column.title,
        column.required ? '必填' : '选填',
        column.choices ? `${column.help}。可填：${column.choices.join('、')}` : column.help,
        column.example,
        column.aliases.join('、'),
      ]),
    },
  ]
}
