import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { readWorkbook } from '../src/kernel/files/workbook-reader.ts'
import { writeWorkbook } from '../src/kernel/files/workbook-writer.ts'
import { idNumberCheckCharacter } from '../src/modules/directory/persons/id-number.rules.ts'
import { rosterColumns } from '../src/modules/directory/roster/roster-columns.contract.ts'
import { judgeRoster } from '../src/modules/directory/roster/roster-sheet.rules.ts'

/** What reading and judging a roster costs. RSS is the highest seen of the whole process, the reading thread included. */
export interface RosterReadMeasure {
  readonly rows: number
  readonly good: number
  readonly fileMb: number
  readonly writeSeconds: number
  readonly readSeconds: number
  readonly peakRssMb: number
}

const mib = 1024 * 1024

function* people(rows: number): Generator<string[]> {
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
      `示例局第${1 + (i % 900)}党支部`,
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

/** Writes a roster of so many made-up rows, reads it back and judges every row. */
export async function measureRosterRead(rows = 50_000): Promise<RosterReadMeasure> {
  const folder = await mkdtemp(join(tmpdir(), 'roster-bench-'))
  const path = join(folder, 'roster.xlsx')
  let peak = 0
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 20)
  try {
    const started = performance.now()
    const columns = rosterColumns.map((column) => ({ title: column.title, width: column.width }))
    await pipeline(writeWorkbook({ sheets: [{ name: '人员名册', columns, rows: people(rows) }] }), createWriteStream(path))
    const between = performance.now()
    const judge = judgeRoster({ today: '2026-11-23' })
    let good = 0
    await readWorkbook(path, {
      onRows: (batch, sheet) => {
        for (const judged of judge.take(batch, sheet)) good += judged.person ? 1 : 0
      },
    })
    const seconds = (from: number, to: number) => Math.round((to - from) / 10) / 100
    const [readSeconds, size] = [seconds(between, performance.now()), (await stat(path)).size]
    return {
      rows,
      good,
      fileMb: Math.round((size / mib) * 10) / 10,
      writeSeconds: seconds(started, between),
      readSeconds,
      peakRssMb: Math.round(peak / mib),
    }
  } finally {
    clearInterval(timer)
    await rm(folder, { recursive: true })
  }
}

if (import.meta.main) console.log(await measureRosterRead())
