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
import { charactersWide, fonts, offGrid, textWidth } from './paper-page.ts'
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

interface InTable {
  readonly notes: Footnotes
  readonly heading: boolean
  readonly centred: boolean
  /** Stays on one page with what follows. */
  readonly kept: boolean
}

const textOf = (run: PaperRun): string => (typeof run === 'string' ? run : run.figure)
/** A column of short entries is centred as a whole; one long entry sets it flush left. */
const isShort = (run: PaperRun | undefined): boolean => charactersWide(textOf(run ?? '')) <= 8

function cell(run: PaperRun, share: number, at: InTable): TableCell {
  const look = { size: cellSize, characterSpacing: 0, font: at.heading ? fonts.black : fonts.song }
  return new TableCell({
    width: { size: share, type: WidthType.DXA },
    verticalAlign: VerticalAlign.CENTER,
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
    children: [
      new Paragraph({
        widowControl: false,
        style: offGrid,
        keepNext: at.kept,
        alignment: at.heading || at.centred ? AlignmentType.CENTER : AlignmentType.LEFT,
        spacing: { line: 320, lineRule: LineRuleType.EXACT },
        children: runsOf([run], at.notes, look),
      }),
    ],
  })
}

function tableOf(block: Extract<PaperBlock, { kind: 'table' }>, notes: Footnotes, kept: boolean): Table {
  const whole = block.columns.reduce((sum, column) => sum + column.share, 0)
  const widths = block.columns.map((column) => Math.floor((textWidth * column.share) / whole))
  const centred = block.columns.map((_, at) => block.rows.every((cells) => isShort(cells[at])))
  const row = (cells: readonly PaperRun[], heading: boolean, last = false) =>
    new TableRow({
      tableHeader: heading,
      cantSplit: true,
      children: widths.map((width, at) =>
        cell(cells[at] ?? '', width, { notes, heading, centred: centred[at] ?? true, kept: kept && last }),
      ),
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
      ...block.rows.map((cells, at) => row(cells, false, at === block.rows.length - 1)),
    ],
  })
}

/** The text of a paper: headings numbered, tables ruled, figures footnoted. With `keepEnd` its last line stays with what follows. */
export function blocksOf(blocks: readonly PaperBlock[], notes: Footnotes, keepEnd = false): (Paragraph | Table)[] {
  const outline = new Outline()
  return blocks.map((block, at) => {
    const kept = keepEnd && at === blocks.length - 1
    if (block.kind === 'table') return tableOf(block, notes, kept)
    if (block.kind === 'text') return bodyParagraph(runsOf(block.runs, notes), kept ? { keepNext: true } : {})
    const { text, font } = outline.next(block.level)
    return bodyParagraph(runsOf([text + block.text], notes, { font }), { keepNext: true })
  })
}
