import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { writeWorkbook } from '../src/kernel/files/workbook-writer.ts'
import { idNumberCheckCharacter } from '../src/modules/directory/index.ts'
import { rosterColumns } from '../src/modules/directory/roster/roster-columns.contract.ts'

/** Made-up people, each with an ID number that is right in itself. */
function* people(rows: number, branches: readonly string[]): Generator<string[]> {
  for (let i = 0; i < rows; i += 1) {
    const [year, month, day] = [1960 + (i % 40), String(1 + (i % 12)).padStart(2, '0'), String(1 + (i % 28)).padStart(2, '0')]
    const first = `${430600 + Math.floor(i / 900)}${year}${month}${day}${String(i % 900).padStart(3, '0')}`
    yield [
      `岳${String.fromCodePoint(0x4e00 + (i % 5000))}样`,
      i % 2 === 1 ? '男' : '女',
      first + idNumberCheckCharacter(first),
      '汉族',
      `${year}-${month}-${day}`,
      '大学本科',
      '正式党员',
      branches[i % branches.length] ?? '',
      `${year + 25}-07-01`,
      `${year + 26}年7月1日`,
      '机关工作人员',
      `138${String(i).padStart(8, '0')}`,
      '0730-8880000',
      `示例市示例区示例路${i}号`,
      '正常',
      '否',
      '否',
    ]
  }
}

/** Writes a roster of so many made-up people, spread over the given branches. */
export async function writeRosterFile(path: string, rows: number, branches: readonly string[]): Promise<void> {
  const columns = rosterColumns.map((column) => ({ title: column.title, width: column.width }))
  const sheets = [{ name: '人员名册', columns, rows: people(rows, branches) }]
  await pipeline(writeWorkbook({ sheets }), createWriteStream(path))
}
