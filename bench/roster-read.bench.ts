import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readWorkbook } from '../src/kernel/files/workbook-reader.ts'
import { judgeRoster } from '../src/modules/directory/index.ts'
import { type Figure, load } from './measuring.ts'
import { writeRosterFile } from './roster-file.ts'

const mib = 1024 * 1024

/** Writes a roster of so many made-up rows, reads it back in its own thread and judges every row; no database. */
export async function measureRosterRead(rows = 50_000): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'biaoshuai-bench-roster-'))
  const path = join(folder, 'roster.xlsx')
  try {
    const started = performance.now()
    const branches = Array.from({ length: 900 }, (_, index) => `示例局第${index + 1}党支部`)
    await writeRosterFile(path, rows, branches)
    const between = performance.now()
    const judge = judgeRoster({ today: '2026-11-23' })
    let good = 0
    await readWorkbook(path, {
      onRows: (batch, sheet) => {
        for (const judged of judge.take(batch, sheet)) good += judged.person ? 1 : 0
      },
    })
    const seconds = (from: number, to: number) => `${((to - from) / 1000).toFixed(1)} s`
    const [read, size] = [seconds(between, performance.now()), (await stat(path)).size]
    const value = `写出 ${seconds(started, between)}（${(size / mib).toFixed(1)} MB），读入并逐行核对 ${read}，合格 ${good} 行，负载 ${load()}`
    return [{ name: `名册文件 ${rows.toLocaleString('en')} 行`, value, target: '全部合格', met: good === rows }]
  } finally {
    await rm(folder, { recursive: true })
  }
}
