import {
  AlignmentType,
  BorderStyle,
  LineRuleType,
  Paragraph,
  Table,
  TableAnchorType,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  WidthType,
} from 'docx'
import { inChinese } from '../time/civil-date.ts'
import type { OfficialPaper } from './paper.contract.ts'
import { charactersWide, em, fonts, offGrid, page, textWidth } from './paper-page.ts'
import { emptyLines, paragraph, words } from './paper-text.ts'

/** 附件说明: one line below the text, hanging to the first character of the name. */
export function annexList(paper: OfficialPaper): Paragraph[] {
  const { annexes } = paper
  if (annexes.length === 0) return []
  const numbered = annexes.length > 1
  const lines = annexes.map((annex, at) => {
    const label = at === 0 ? '附件：' : '　　　'
    const hanging = Math.round(em * (numbered ? 4 : 3))
    return paragraph([words(`${label}${numbered ? `${at + 1}. ` : ''}${annex.title}`)], {
      keepNext: true,
      indent: { left: 2 * em + hanging, hanging },
    })
  })
  return [...emptyLines(1, { keepNext: true }), ...lines]
}

/** Right indents of signer and day, so that a seal can stand over both: the day four characters in, the signer centred above it. */
export function signatureIndents(signer: string, day: string): { signer: number; day: number } {
  const [wide, dayWide] = [charactersWide(signer), charactersWide(day)]
  const fits = Math.max(4, (wide - dayWide) / 2 + 1)
  return { day: Math.round(fits * em), signer: Math.round((fits + (dayWide - wide) / 2) * em) }
}

/** 落款 and 成文日期; never alone on a page. */
export function signature(paper: OfficialPaper): Paragraph[] {
  const day = paper.signedOn === null ? '（签发日期）' : inChinese(paper.signedOn)
  const indent = signatureIndents(paper.signer, day)
  const right = { alignment: AlignmentType.RIGHT } as const
  const remark = paper.remark ? [paragraph([words(`（${paper.remark}）`)], { indent: { left: 2 * em } })] : []
  return [
    ...emptyLines(2, { keepNext: true }),
    paragraph([words(paper.signer)], { ...right, indent: { right: indent.signer }, keepNext: true }),
    paragraph([words(day)], { ...right, indent: { right: indent.day } }),
    ...remark,
  ]
}

const small = { size: 28, characterSpacing: 0, font: fonts.song }
const thick = { style: BorderStyle.SINGLE, size: 8, color: '000000' }
const thin = { style: BorderStyle.SINGLE, size: 6, color: '000000' }
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }

/** Height of a line of the 版记, and how many of its characters one holds beside its indents and 抄送：. */
const imprintHeight = 480
const perLine = Math.floor((textWidth - 5 * 280) / 280)

const imprintLine = (text: string, more: ConstructorParameters<typeof Paragraph>[0] & object) =>
  new Paragraph({
    widowControl: false,
    style: offGrid,
    spacing: { line: imprintHeight, lineRule: LineRuleType.EXACT },
    ...more,
    children: [words(text, small)],
  })

/** 版记 on the last lines of the last page: copies, then who printed it and when. */
export function imprint(paper: OfficialPaper): (Table | Paragraph)[] {
  if (paper.form === 'letter' && paper.copies.length === 0) return []
  const one = 280
  const listed = `${paper.copies.join('，')}。`
  const copies = paper.copies.length > 0 ? [`抄送：${listed}`] : []
  const printed = `${paper.signer}\t${paper.signedOn === null ? '（签发日期）' : inChinese(paper.signedOn)}印发`
  const lines = [
    ...copies.map((text) => imprintLine(text, { indent: { left: one * 4, right: one, hanging: one * 3 } })),
    ...(paper.form === 'letter'
      ? []
      : [
          imprintLine(printed, {
            indent: { left: one, right: one },
            tabStops: [{ type: TabStopType.RIGHT, position: textWidth - one }],
          }),
        ]),
  ]
  const ruled = paper.form !== 'letter'
  const height = (paper.form === 'letter' ? 0 : 1) + (copies.length > 0 ? Math.ceil(charactersWide(listed) / perLine) : 0)
  const rows = lines.map(
    (child, at) =>
      new TableRow({
        cantSplit: true,
        children: [
          new TableCell({
            width: { size: textWidth, type: WidthType.DXA },
            margins: { left: 0, right: 0 },
            borders: {
              top: !ruled ? none : at === 0 ? thick : thin,
              bottom: !ruled ? none : at === lines.length - 1 ? thick : thin,
              left: none,
              right: none,
            },
            children: [child],
          }),
        ],
      }),
  )
  const table = new Table({
    width: { size: textWidth, type: WidthType.DXA },
    columnWidths: [textWidth],
    layout: TableLayoutType.FIXED,
    float: {
      horizontalAnchor: TableAnchorType.MARGIN,
      verticalAnchor: TableAnchorType.MARGIN,
      absoluteHorizontalPosition: 0,
      absoluteVerticalPosition: page.height - page.top - page.bottom - height * imprintHeight - 20,
    },
    rows,
  })
  // Word wants a paragraph behind a table; this one takes no room, which on the grid of lines it would: a page of its own.
  const end = new Paragraph({
    style: offGrid,
    widowControl: false,
    spacing: { line: 20, lineRule: LineRuleType.EXACT },
    children: [],
  })
  return [table, end]
}
