import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Problem } from '../errors/problem.ts'
import { type HandPart, honestParts, packByHand, writeByHand } from './hand-made-workbook.fixture.ts'
import type { WorkbookRow } from './workbook-cells.ts'
import type { WorkbookLimits } from './workbook-limits.ts'
import { readWorkbook } from './workbook-reader.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'workbook-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function rowsOf(path: string, limits: Partial<WorkbookLimits> = {}): Promise<WorkbookRow[]> {
  const rows: WorkbookRow[] = []
  await readWorkbook(path, { onRows: (batch) => void rows.push(...batch), limits })
  return rows
}

async function refusal(path: string, limits: Partial<WorkbookLimits> = {}): Promise<Problem> {
  const answer = await rowsOf(path, limits).catch((error: unknown) => error)
  if (!(answer instanceof Problem)) throw new Error(`not refused: ${String(answer)}`)
  return answer
}

let count = 0
function made(parts: readonly HandPart[], overlapping = false): Promise<string> {
  count += 1
  return writeByHand(join(folder, `made-${count}.xlsx`), parts, overlapping)
}

const cell = (address: string, text: string) => `<c r="${address}" t="inlineStr"><is><t>${text}</t></is></c>`
const oneRow = `<row r="1">${cell('A1', '姓名')}</row>`
const replaced = (name: string, content: string | Buffer) =>
  honestParts(oneRow).map((part) => (part.name === name ? { name, content } : part))

describe('reading an honest workbook', () => {
  it('gives texts, numbers, truth values and the gaps between them by row number', async () => {
    const rows =
      `<row r="2">${cell('B2', '张 &amp; 王')}<c r="D2"><v>46204</v></c><c r="E2" t="b"><v>1</v></c></row>` +
      '<row r="3"><c r="A3" s="1"/></row><row><c t="s"><v>0</v></c></row>'
    const strings = '<si><r><t>岳</t></r><r><t>小样_x0041_</t></r><rPh sb="0" eb="1"><t>yuè</t></rPh></si>'
    expect(await rowsOf(await made(honestParts(rows, { sharedStrings: strings })))).toEqual([
      { row: 2, cells: [null, '张 & 王', null, 46204, true] },
      { row: 4, cells: ['岳小样A'] },
    ])
  })

  it('says from which year serial dates count', async () => {
    const path = await made(honestParts(oneRow, { workbookPr: '<workbookPr date1904="1"/>' }))
    expect(await readWorkbook(path, { onRows: () => undefined })).toMatchObject({ name: '表', date1904: true, rows: 1 })
  })

  it('waits for whoever takes the rows, and reports how far it is', async () => {
    const many = Array.from(
      { length: 6000 },
      (_, i) => `<row r="${i + 1}">${cell(`A${i + 1}`, `第${i + 1}行的一些文字`)}</row>`,
    ).join('')
    const path = await made(honestParts(many))
    const shares: number[] = []
    let busy = 0
    let rows = 0
    await readWorkbook(path, {
      async onRows(batch) {
        busy += 1
        expect(busy).toBe(1)
        await new Promise((resolve) => setTimeout(resolve, 1))
        rows += batch.length
        busy -= 1
      },
      onProgress: ({ fraction }) => void shares.push(fraction),
    })
    expect(rows).toBe(6000)
    expect(shares.length).toBeGreaterThan(2)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  })

  it('stops when the taker fails and when it is called off', async () => {
    const path = await made(honestParts(oneRow))
    await expect(
      readWorkbook(path, {
        onRows: () => {
          throw new Error('disk full')
        },
      }),
    ).rejects.toThrow('disk full')
    await expect(readWorkbook(path, { onRows: () => undefined, signal: AbortSignal.abort(new Error('left')) })).rejects.toThrow(
      'left',
    )
  })
})

describe('a hostile or foreign file is refused before its rows are read', () => {
  it.each([
    ['html renamed to xlsx', '<html><table><tr><td>姓名</td></tr></table></html>', 'files.workbook_not_xlsx'],
    ['csv renamed to xlsx', '姓名,性别\n张三,男\n', 'files.workbook_not_xlsx'],
    ['an empty file', '', 'files.workbook_not_xlsx'],
    ['an old or encrypted workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'files.workbook_old_or_locked'],
    ['a cut-off workbook', packByHand(honestParts(oneRow)).subarray(0, 900), 'files.workbook_broken'],
    ['another kind of zip', packByHand([{ name: 'a.txt', content: 'a' }]), 'files.workbook_not_xlsx'],
  ])('%s', async (name, content, code) => {
    const path = join(folder, `${name}.xlsx`)
    await writeFile(path, content)
    expect((await refusal(path)).code).toBe(code)
  })

  it.each<[string, HandPart, string]>([
    ['macros', { name: 'xl/vbaProject.bin', content: 'x' }, 'files.workbook_active_content'],
    [
      'an external link',
      { name: 'xl/externalLinks/externalLink1.xml', content: '<externalLink/>' },
      'files.workbook_active_content',
    ],
    ['an embedded object', { name: 'xl/embeddings/oleObject1.bin', content: 'x' }, 'files.workbook_active_content'],
    [
      'a nested archive',
      { name: 'xl/media/image1.png', content: packByHand([{ name: 'a', content: 'a' }]) },
      'files.workbook_bomb',
    ],
    [
      'a DOCTYPE',
      {
        name: 'docProps/core.xml',
        content: '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
      },
      'files.workbook_doctype',
    ],
    [
      'a DOCTYPE far behind the start',
      { name: 'docProps/app.xml', content: `<!--${'x'.repeat(16_375)}--><!DOCTYPE a><a/>` },
      'files.workbook_doctype',
    ],
    [
      'a DOCTYPE in UTF-16',
      { name: 'docProps/core.xml', content: Buffer.from('\ufeff<!DOCTYPE a><a/>', 'utf16le') },
      'files.workbook_doctype',
    ],
    [
      'an encoding of its own',
      { name: 'docProps/core.xml', content: '<?xml version="1.0" encoding="UTF-7"?><a/>' },
      'files.workbook_doctype',
    ],
    [
      'a remote image',
      {
        name: 'xl/drawings/_rels/drawing1.xml.rels',
        content:
          '<Relationships><Relationship Id="a" Type="http://x/image" Target="http://evil/" TargetMode="External"/></Relationships>',
      },
      'files.workbook_active_content',
    ],
    ['the same part twice', { name: 'XL/workbook.xml', content: '<a/>' }, 'files.workbook_broken'],
  ])('with %s', async (_what, part, code) => {
    expect((await refusal(await made([...honestParts(oneRow), part]))).code).toBe(code)
  })

  it('accepts a link in a cell, which is only text to us', async () => {
    const part = {
      name: 'xl/worksheets/_rels/sheet1.xml.rels',
      content:
        '<Relationships><Relationship Id="a" Type="http://x/hyperlink" Target="mailto:a@b.cn" TargetMode="External"/></Relationships>',
    }
    expect(await rowsOf(await made([...honestParts(oneRow), part]))).toHaveLength(1)
  })

  it('with a declared macro type although the name says xlsx', async () => {
    const types =
      '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    expect((await refusal(await made(replaced('[Content_Types].xml', types)))).code).toBe('files.workbook_active_content')
  })
})

describe('a zip bomb', () => {
  const blank = Buffer.alloc(30 * 1024 * 1024, ' ')
  const bomb = Buffer.concat([Buffer.from('<a>'), blank, Buffer.from('</a>')])

  it('that declares its size is refused by the directory', async () => {
    expect((await refusal(await made(replaced('xl/worksheets/sheet1.xml', bomb)))).code).toBe('files.workbook_bomb')
  })

  it('that forges a small size is stopped while it inflates', async () => {
    const parts = honestParts(oneRow).map((part) =>
      part.name.endsWith('sheet1.xml') ? { ...part, content: bomb, claims: 900 } : part,
    )
    expect((await refusal(await made(parts))).code).toBe('files.workbook_bomb')
  })

  it('whose entries share the same bytes is refused', async () => {
    expect((await refusal(await made(honestParts(oneRow), true))).code).toBe('files.workbook_bomb')
  })

  it('of very many entries is refused', async () => {
    const many = Array.from({ length: 2001 }, (_, i) => ({ name: `xl/x${i}.xml`, content: '<a/>' }))
    expect((await refusal(await made([...honestParts(oneRow), ...many]))).code).toBe('files.workbook_bomb')
  })
})

describe('limits inside the sheet', () => {
  it('refuses a formula and names its cell', async () => {
    const problem = await refusal(await made(honestParts('<row r="7"><c r="C7"><f>HYPERLINK("http://x")</f><v>1</v></c></row>')))
    expect(problem.code).toBe('files.workbook_formula')
    expect(problem.detail).toContain('C7')
  })

  it('refuses 50 columns too many, long texts and too many rows', async () => {
    const wide = await refusal(await made(honestParts(`<row r="1">${cell('DF1', '多')}</row>`)))
    expect([wide.code, wide.detail.includes('DF1')]).toEqual(['files.workbook_too_many_columns', true])
    expect((await refusal(await made(honestParts(`<row r="1">${cell('A1', '长'.repeat(2001))}</row>`)))).code).toBe(
      'files.workbook_cell_too_long',
    )
    const rows = await made(honestParts(`<row r="1">${cell('A1', 'a')}</row><row r="2">${cell('A2', 'b')}</row>`))
    expect((await refusal(rows, { maxRows: 1 })).code).toBe('files.workbook_too_many_rows')
    expect((await refusal(await made(honestParts('<row r="1"><c r="A1"/></row>')))).code).toBe('files.workbook_empty')
  })

  it('refuses broken XML and stops at its time', async () => {
    expect((await refusal(await made(replaced('xl/worksheets/sheet1.xml', '<worksheet><row>')))).code).toBe(
      'files.workbook_broken',
    )
    expect((await refusal(await made(honestParts(oneRow)), { timeoutMs: 1 })).code).toBe('files.workbook_timeout')
  })

  it('ends the reading thread when its memory is used up', async () => {
    const many = Array.from({ length: 120_000 }, (_, i) => `<si><t>${String(i).padStart(9, '0')}${Math.sin(i)}</t></si>`).join('')
    const path = await made(honestParts(oneRow, { sharedStrings: many }))
    expect((await refusal(path, { maxHeapMb: 8 })).code).toBe('files.workbook_too_large')
  })
})
