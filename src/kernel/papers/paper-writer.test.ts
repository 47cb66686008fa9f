import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { openWorkbookArchive } from '../files/workbook-archive.ts'
import { defaultWorkbookLimits } from '../files/workbook-limits.ts'
import { zipStream } from '../files/zip-stream.ts'
import type { OfficialPaper } from './paper.contract.ts'
import { compareNumbers } from './paper-compare.ts'
import { chineseNumber } from './chinese-number.ts'
import { signatureIndents } from './paper-foot.ts'
import { readPaper } from './paper-reader.ts'
import { writePaper } from './paper-writer.ts'

const note = '应召开支委会的支部数。依据T1:D3-2；计入46条记录；出处/indicators'
const golden: OfficialPaper = {
  form: 'document',
  mark: '中共示例市直属机关工作委员会文件',
  number: '示直督〔2026〕12号',
  title: '关于督促第一局第二支部按时召开十月支部委员会会议并补报会议记录的通知',
  to: ['第一局机关党委', '第二局机关党委'],
  blocks: [
    { kind: 'text', runs: ['应办', { figure: '46', note }, '项，已办', { figure: '41', note: '已办的支部数。' }, '项。'] },
    { kind: 'heading', level: 1, text: '基本情况' },
    { kind: 'heading', level: 2, text: '存在问题' },
    { kind: 'heading', level: 3, text: '会议次数' },
    { kind: 'heading', level: 4, text: '细目' },
    { kind: 'heading', level: 1, text: '有关要求' },
    {
      kind: 'table',
      columns: [
        { title: '单位', share: 2 },
        { title: '应办', share: 1 },
      ],
      rows: [
        ['第一局', { figure: '46', note }],
        ['第二局', '7'],
      ],
    },
  ],
  annexes: [
    { title: '督办事项清单', blocks: [{ kind: 'text', runs: ['见系统。'] }] },
    { title: '整改措施表', blocks: [] },
  ],
  signer: '中共示例市直属机关工作委员会',
  signedOn: '2026-07-01',
  standing: null,
  remark: '联系人：张某',
  copies: ['市纪委监委机关', '市委组织部'],
  people: [],
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'paper-'))
})

async function written(
  paper: OfficialPaper,
  name = 'paper.docx',
): Promise<{ file: string; part: (name: string) => Promise<string> }> {
  const file = path.join(folder, name)
  await writeFile(file, await writePaper(paper))
  return {
    file,
    part: async (part) => {
      const archive = await openWorkbookArchive(file, defaultWorkbookLimits)
      try {
        let text = ''
        for await (const chunk of archive.read(part)) text += String(chunk)
        return text
      } finally {
        archive.close()
      }
    },
  }
}

/** Paragraphs of a part that hold a text. */
const holding = (xml: string, text: string) =>
  (xml.match(/<w:p>.*?<\/w:p>|<w:p .*?<\/w:p>/gs) ?? []).filter((one) => one.replace(/<[^>]+>/g, '').includes(text))

describe('a paper after GB/T 9704-2012', () => {
  let xml: string
  let part: (name: string) => Promise<string>
  beforeAll(async () => {
    part = (await written(golden)).part
    xml = await part('word/document.xml')
  })
  const of = (text: string) => holding(xml, text)[0] ?? ''

  test('1–3: A4, 天头 37, 订口 28, text area 156 × 225; 22 lines of 28 characters', async () => {
    expect(xml).toMatch(/<w:pgSz [^>]*w:w="11906"[^>]*w:h="16838"/)
    for (const margin of ['top="2098"', 'bottom="1984"', 'left="1587"', 'right="1474"']) expect(xml).toContain(`w:${margin}`)
    expect(xml).toMatch(/<w:docGrid [^>]*w:type="lines"/)
    expect(xml).toMatch(/<w:docGrid [^>]*w:linePitch="579"/)
    expect(xml).not.toContain('w:charSpace')
    const styles = await part('word/styles.xml')
    expect(styles).toContain('w:eastAsia="仿宋_GB2312"')
    expect(styles).toContain('<w:spacing w:val="-5"/><w:sz w:val="32"/>')
    expect(of('应办')).toContain('w:line="579" w:lineRule="exact"')
    expect(of('应办')).toContain('<w:widowControl w:val="false"/>')
    expect(await part('word/fontTable.xml')).toContain('<w:altName w:val="仿宋,FangSong,STFangsong"/>')
  })
  test('4–6: no 份号 and no 密级; 紧急程度 flush left in 黑体 takes its line from the room above the mark', async () => {
    expect(xml).not.toMatch(/机密|秘密|绝密/)
    const urgent = await (await written({ ...golden, urgency: '特急' }, 'urgent.docx')).part('word/document.xml')
    expect(holding(urgent, '特急')[0]).toContain('w:eastAsia="黑体"')
    expect(Number(/w:before="(\d{3,})"/.exec(xml)?.[1]) - Number(/w:before="(\d{3,})"/.exec(urgent)?.[1])).toBe(579)
  })
  test('7: the mark is red, centred, in 小标宋, 35 mm below the upper edge of the text area', () => {
    const mark = of('工作委员会文件')
    for (const look of ['w:val="FF0000"', 'w:eastAsia="方正小标宋简体"', '<w:jc w:val="center"/>']) expect(mark).toContain(look)
    expect(Math.abs(Number(/w:before="(\d+)"/.exec(mark)?.[1]) - 1984)).toBeLessThan(80)
  })
  test('8–10: the number with 〔〕 two lines below, a red line 156 mm wide under it; signers of a paper upward on its right', async () => {
    expect('示直督〔2026〕12号').toMatch(/^[一-龥]+〔\d{4}〕[1-9]\d*号$/)
    const number = of('〔2026〕12号')
    expect(number).toMatch(/<w:bottom [^>]*w:color="FF0000"/)
    expect(number).not.toContain('<w:ind')
    const before = xml.slice(0, xml.indexOf('〔2026〕12号')).split('工作委员会文件')[1] ?? ''
    expect(before.match(/<w:p>/g)).toHaveLength(3)
    const upward = await (await written({ ...golden, signers: ['张某'] }, 'upward.docx')).part('word/document.xml')
    expect(holding(upward, '签发人：')[0]).toMatch(/签发人：.*w:eastAsia="楷体_GB2312".*张某/s)
  })
  test('11–12: title 2号 小标宋 centred in lines of about the same length; 主送 flush left with a full colon', () => {
    expect(of('按时召开')).toMatch(/w:eastAsia="方正小标宋简体".*w:sz w:val="44"/s)
    expect(of('按时召开')).toContain('<w:jc w:val="center"/>')
    expect(of('第一局机关党委、第二局机关党委：')).not.toContain('<w:ind')
  })
  test('13: 一、黑体，（一）楷体，1. and（1）仿宋, each two characters in', () => {
    for (const [text, font] of [
      ['一、基本情况', '黑体'],
      ['（一）存在问题', '楷体_GB2312'],
      ['1.会议次数', '仿宋_GB2312'],
      ['（1）细目', '仿宋_GB2312'],
      ['二、有关要求', '黑体'],
    ]) {
      expect(of(text ?? '')).toContain(`w:eastAsia="${font}"`)
      expect(of(text ?? '')).toMatch(/<w:ind [^>]*w:firstLineChars="200"/)
    }
  })
  test('14: annexes are named below the text, numbered, without a mark behind the name', () => {
    expect(of('附件：1. 督办事项清单')).toContain('w:hanging=')
    expect(of('2. 整改措施表')).not.toMatch(/整改措施表[。；]/)
  })
  test('15–17: signer centred above the day, day four characters in, Arabic without leading zeros; 附注 in brackets', () => {
    expect(xml).toContain('2026年7月1日</w:t>')
    expect(xml).not.toContain('07月')
    expect(signatureIndents('市直机关工委', '2026年7月1日')).toEqual({
      day: 4 * 315,
      signer: Math.round((4 + (6.0 - 6) / 2) * 315),
    })
    const long = signatureIndents('中共示例市直属机关工作委员会', '2026年7月1日')
    expect(long.day - long.signer).toBe(Math.round(((14 - 6) / 2) * 315))
    expect(long.signer).toBeGreaterThanOrEqual(0)
    expect(of('（联系人：张某）')).toContain('w:left="630"')
  })
  test('18: each annex on a new page, its word in 黑体', () => {
    const heads = holding(xml, '附件').filter((one) => one.includes('pageBreakBefore'))
    expect(heads).toHaveLength(2)
    expect(heads[0]).toContain('w:eastAsia="黑体"')
  })
  test('19–21: 版记 at the foot of the last page: thick, thin, thick; copies end with a stop; who printed it and when', () => {
    const table = xml.slice(xml.lastIndexOf('<w:tblpPr'))
    expect(table).toContain('w:vertAnchor="margin"')
    expect(table).toContain('抄送：市纪委监委机关，市委组织部。')
    expect(table).toMatch(/中共示例市直属机关工作委员会.*2026年7月1日印发/s)
    expect(table).toMatch(/<w:top [^>]*w:sz="8".*<w:bottom [^>]*w:sz="6".*<w:top [^>]*w:sz="6".*<w:bottom [^>]*w:sz="8"/s)
    expect(table).toContain('<w:sz w:val="28"/>')
  })
  test('22: — 1 — in 4号 宋体, right on odd pages and left on even ones', async () => {
    expect(await part('word/settings.xml')).toContain('<w:evenAndOddHeaders')
    const feet = await Promise.all(['word/footer1.xml', 'word/footer2.xml'].map(part))
    const [odd, even] = [feet.find((foot) => foot.includes('w:val="right"')), feet.find((foot) => foot.includes('w:val="left"'))]
    for (const foot of [odd, even]) expect(foot).toMatch(/w:eastAsia="宋体".*w:sz w:val="28".*— .*PAGE.* —/s)
    expect(odd).toContain('w:right="280"')
    expect(even).toContain('w:left="280"')
  })
  test('each figure has its footnote; the same sentence is printed once', async () => {
    const notes = await part('word/footnotes.xml')
    expect(notes.split(note)).toHaveLength(2)
    expect(notes).toContain('已办的支部数。')
    expect(xml.match(/<w:footnoteReference /g)).toHaveLength(2)
  })
})

test('a letter has its red double lines and no number on its first page; minutes name who was there', async () => {
  const letter = await written({ ...golden, form: 'letter', annexes: [] }, 'letter.docx')
  expect(await letter.part('word/document.xml')).toContain('<w:titlePg')
  const minutes = { ...golden, form: 'minutes' as const, people: [{ label: '出席', names: ['张某', '李某'] }] }
  const xml = await (await written(minutes, 'minutes.docx')).part('word/document.xml')
  expect(holding(xml, '出席：')[0]).toMatch(/w:eastAsia="黑体".*出席：.*张某　李某/s)
})

test('a plain list has no red head, number and imprint; a column is centred or flush left as a whole', async () => {
  const rows = [
    ['2026-10-09', '甲班'],
    ['2026-10-10', '机关基层组织工作条例学习'],
  ]
  const columns = ['日期', '课程'].map((title) => ({ title, share: 50 }))
  const paper: OfficialPaper = { ...golden, form: 'plain', annexes: [], blocks: [{ kind: 'table', columns, rows }] }
  const xml = await (await written(paper, 'plain.docx')).part('word/document.xml')
  expect(xml).not.toContain('w:val="FF0000"')
  for (const word of ['签发时编号', '印发', golden.mark])
    expect(holding(xml, word).filter((one) => !one.includes(golden.signer))).toEqual([])
  const aligned = (word: string) => /<w:jc w:val="(\w+)"/.exec(holding(xml, word)[0] ?? '')?.[1]
  expect(['2026-10-09', '甲班', '机关基层'].map(aligned)).toEqual(['center', 'left', 'left'])
})

test('what was withdrawn says so at the head of each page', async () => {
  const { part } = await written({ ...golden, standing: '已撤销：2026年7月9日' }, 'withdrawn.docx')
  for (const name of ['word/header1.xml', 'word/header2.xml']) expect(await part(name)).toContain('已撤销：2026年7月9日')
})

test('text from people stays text', async () => {
  const { part } = await written({ ...golden, title: '<w:br/>&甲"乙' }, 'marked.docx')
  expect(await part('word/document.xml')).toContain('&lt;w:br/&gt;&amp;甲')
})

test('a file loaded back as it was issued differs in nothing; edited numbers are found where they stand', async () => {
  const issued = await readPaper((await written(golden, 'issued.docx')).file)
  expect(issued.map((place) => place.text)).toContain('应办46项，已办41项。')
  expect(compareNumbers(issued, await readPaper((await written(golden, 'again.docx')).file))).toEqual([])
  const [first, ...others] = golden.blocks
  const edited: OfficialPaper = {
    ...golden,
    blocks: [
      { kind: 'text', runs: ['现补充：另有3项。'] },
      { kind: 'text', runs: ['应办46项，现在已经办了４４项。'] },
      ...others.map((block) => (block.kind === 'table' ? { ...block, rows: [['第一局', '45']] } : block)),
    ],
  }
  expect(first).toBeDefined()
  const found = compareNumbers(issued, await readPaper((await written(edited, 'edited.docx')).file))
  expect(found.map(({ kind, issued: was, edited: is }) => [kind, was, is])).toEqual([
    ['changed', '41', '44'],
    ['changed', '46', '45'],
    ['removed', '7', null],
    ['added', null, '3'],
  ])
  expect(found[1]?.where).toBe('表1第2行')
})

test('what is no docx, or is cut off, is refused with the remedy', async () => {
  const text = path.join(folder, 'a.docx')
  await writeFile(text, 'not a document')
  await expect(readPaper(text)).rejects.toMatchObject({ code: 'files.paper_not_docx' })
  const bytes = await readFile((await written(golden, 'cut.docx')).file)
  await writeFile(text, bytes.subarray(0, bytes.length / 2))
  await expect(readPaper(text)).rejects.toMatchObject({ code: 'files.paper_broken' })
})

test('a DOCTYPE inside is refused before anything is parsed', async () => {
  const file = path.join(folder, 'doctype.docx')
  const parts = ['[Content_Types].xml', '_rels/.rels', 'word/document.xml'].map((name) => ({
    name,
    content: ['<!DOCTYPE a [<!ENTITY b "c">]><a/>'],
  }))
  await writeFile(file, zipStream(parts))
  await expect(readPaper(file)).rejects.toMatchObject({ code: 'files.paper_refused' })
})

test('numbers of headings in Chinese', () => {
  expect([1, 9, 10, 11, 20, 21, 99].map(chineseNumber)).toEqual(['一', '九', '十', '十一', '二十', '二十一', '九十九'])
})
