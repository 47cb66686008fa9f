import {
  AlignmentType,
  BorderStyle,
  LineRuleType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlign,
  WidthType,
} from 'docx'
import { chineseNumber } from './chinese-number.ts'
import type { PaperBlock, PaperRun } from './paper.contract.ts'
import { fonts, offGrid, textWidth } from './paper-page.ts'
import { bodyParagraph, type Footnotes, runsOf } from './paper-text.ts'

const levels = [
  { font: fonts.black, number: (count: number) => `${chineseNumber(count)}、` },
  { font: fonts.kai, number: (count: number) => `（${chineseNumber(count)}）` },
  { font: fonts.song, number: (count: number) => `${count}.` },
  { font: fonts.song, number: (count: number) => `（${count}）` },
] as const

/** Counts headings: a higher one starts those below it again. */
class Outline {
  readonly #counts = [0, 0, 0, 0]

  next(level: number): { text: string; font: (typeof levels)[number]['font'] } {
    const at = Math.min(level, levels.length) - 1
    this.#counts[at] = (this.#counts[at] ?? 0) + 1
    this.#counts.fill(0, at + 1)
    const kind = levels[at] ?? levels[3]
    return { text: kind.number(this.#counts[at] ?? 1), font: kind.font }
  }
}

const thin = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
const cellSize = 24

function cell(runs: readonly PaperRun[], share: number, at: { notes: Footnotes; heading: boolean }): TableCell {
  const look = { size: cellSize, characterSpacing: 0, font: at.heading ? fonts.black : fonts.song }
  const short = runs.map((run) => (typeof run === 'string' ? run : run.figure)).join('').length <= 8
  return new TableCell({
    width: { size: share, type: WidthType.DXA },
    verticalAlign: VerticalAlign.CENTER,
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
    children: [
      new Paragraph({
        widowControl: false,
        style: offGrid,
        alignment: at.heading || short ? AlignmentType.CENTER : AlignmentType.LEFT,
        spacing: { line: 320, lineRule: LineRuleType.EXACT },
        children: runsOf(runs, at.notes, look),
      }),
    ],
  })
}

function tableOf(block: Extract<PaperBlock, { kind: 'table' }>, notes: Footnotes): Table {
  const whole = block.columns.reduce((sum, column) => sum + column.share, 0)
  const widths = block.columns.map((column) => Math.floor((textWidth * column.share) / whole))
  const row = (cells: readonly PaperRun[], heading: boolean) =>
    new TableRow({
      tableHeader: heading,
      cantSplit: true,
      children: widths.map((width, at) => cell([cells[at] ?? ''], width, { notes, heading })),
    })
  const borders = { top: thin, bottom: thin, left: thin, right: thin, insideHorizontal: thin, insideVertical: thin }
  return new Table({
    width: { size: textWidth, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders,
    rows: [
      row(
        block.columns.map((column) => column.title),
        true,
      ),
      ...block.rows.map((cells) => row(cells, false)),
    ],
  })
}

/** The text of a paper: headings numbered, tables ruled, figures footnoted. */
export function blocksOf(blocks: readonly PaperBlock[], notes: Footnotes): (Paragraph | Table)[] {
  const outline = new Outline()
  return blocks.map((block) => {
    if (block.kind === 'table') return tableOf(block, notes)
    if (block.kind === 'text') return bodyParagraph(runsOf(block.runs, notes))
    const { text, font } = outline.next(block.level)
    return bodyParagraph(runsOf([text + block.text], notes, { font }), { keepNext: true })
  })
}
