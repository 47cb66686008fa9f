import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Workbook } from '@cj-tech-master/excelts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorkbookArchive } from './workbook-archive.ts'
import { defaultWorkbookLimits } from './workbook-limits.ts'
import { readWorkbook } from './workbook-reader.ts'
import { looksLikeFormula, type OutSheet, writeWorkbook } from './workbook-writer.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'written-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function written(sheets: readonly OutSheet[]): Promise<string> {
  const path = join(folder, `${Math.random()}.xlsx`)
  await pipeline(writeWorkbook({ sheets }), createWriteStream(path))
  return path
}

const dangerous = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1+1', '＋1', '－1', '＠a', ' =1', '\u0000=1']

describe('writing a workbook', () => {
  it('keeps every text a text, also one that looks like a formula, read by another library', async () => {
    const path = await written([{ name: '名单', columns: [{ title: '内容' }], rows: dangerous.map((text) => [text]) }])
    const workbook = new Workbook()
    await workbook.xlsx.load(await readFile(path))
    const cells = dangerous.map((_, index) => workbook.getWorksheet('名单')?.getCell(index + 2, 1))
    expect(cells.map((one) => one?.formula)).toEqual(dangerous.map(() => undefined))
    expect(cells.map((one) => typeof one?.value)).toEqual(dangerous.map(() => 'string'))
    expect(cells[0]?.value).toBe('=1+1')
  })

  it('marks such texts so that editing the cell does not make a formula of them', async () => {
    expect(dangerous.filter((text) => !looksLikeFormula(text))).toEqual([])
    expect(['张三', '2026-07-01', '430602', 'a=1'].filter(looksLikeFormula)).toEqual([])
    const path = await written([{ name: '名单', columns: [{ title: '甲' }, { title: '乙' }], rows: [['=1', '张三']] }])
    const archive = await openWorkbookArchive(path, defaultWorkbookLimits)
    const text = async (part: string) => {
      const chunks: Buffer[] = []
      for await (const chunk of archive.read(part)) chunks.push(chunk)
      return Buffer.concat(chunks).toString()
    }
    const [sheet, styles] = [await text('xl/worksheets/sheet1.xml'), await text('xl/styles.xml')]
    archive.close()
    const place = Number(/r="A2" s="(\d+)"/.exec(sheet)?.[1])
    const formats = [...(/<cellXfs.*<\/cellXfs>/.exec(styles)?.[0] ?? '').matchAll(/<xf[^>]*>/g)]
    expect(formats[place]?.[0]).toContain('quotePrefix="1"')
    expect(formats[Number(/r="B2" s="(\d+)"/.exec(sheet)?.[1])]?.[0]).not.toContain('quotePrefix')
  })

  it('is read back as it was given, from a source that is asked row by row', async () => {
    async function* rows() {
      for (let i = 0; i < 3000; i += 1) yield [`第${i}行 <&"> 𠮷 _x0041_`, i, null, i % 2 === 0]
    }
    const path = await written([
      {
        name: '表',
        columns: [{ title: '甲' }, { title: '乙', format: 'integer' }, { title: '丙' }, { title: '丁' }],
        rows: rows(),
      },
    ])
    const read: unknown[] = []
    await readWorkbook(path, { onRows: (batch) => void read.push(...batch.map((row) => row.cells)) })
    expect(read).toHaveLength(3001)
    expect(read[0]).toEqual(['甲', '乙', '丙', '丁'])
    expect(read[3000]).toEqual(['第2999行 <&"> 𠮷 _x0041_', 2999, null, '否'])
  })

  it('gives each sheet a name that Excel accepts', async () => {
    const sheet = (name: string): OutSheet => ({ name, columns: [{ title: '甲' }], rows: [] })
    const workbook = new Workbook()
    await workbook.xlsx.load(await readFile(await written([sheet('a/b:c'), sheet('很'.repeat(40)), sheet('')])))
    expect(workbook.worksheets.map((one) => one.name)).toEqual(['a b c', '很'.repeat(31), '表3'])
  })

  it('fails when its source fails', async () => {
    async function* rows(): AsyncGenerator<string[]> {
      yield ['a']
      throw new Error('connection lost')
    }
    await expect(written([{ name: '表', columns: [{ title: '甲' }], rows: rows() }])).rejects.toThrow('connection lost')
  })
})
