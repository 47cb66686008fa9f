import {
  AlignmentType,
  FootnoteReferenceRun,
  type IParagraphOptions,
  LineRuleType,
  Paragraph,
  type ParagraphChild,
  TextRun,
} from 'docx'
import type { PaperRun } from './paper.contract.ts'
import { bodySpacing, em, fonts, line, offGrid } from './paper-page.ts'

/** Footnotes of one paper, numbered as they are met. The same sentence is printed once and pointed to again. */
export class Footnotes {
  readonly #numbers = new Map<string, number>()

  /** The mark behind a figure. */
  mark(note: string): ParagraphChild {
    const known = this.#numbers.get(note)
    if (known !== undefined) return new TextRun({ text: String(known), superScript: true })
    this.#numbers.set(note, this.#numbers.size + 1)
    return new FootnoteReferenceRun(this.#numbers.size)
  }

  /** All sentences by number, as the document takes them. */
  written(): Record<string, { children: Paragraph[] }> {
    const small = (text: string) =>
      new Paragraph({
        style: offGrid,
        spacing: { line: 240, lineRule: LineRuleType.EXACT },
        children: [new TextRun({ text: ` ${text}`, size: 18, characterSpacing: 0, font: fonts.song })],
      })
    return Object.fromEntries([...this.#numbers].map(([note, number]) => [String(number), { children: [small(note)] }]))
  }
}

type Look = {
  readonly font?: (typeof fonts)[keyof typeof fonts]
  readonly size?: number
  readonly characterSpacing?: number
  readonly color?: string
  readonly scale?: number
}

/** Runs of a paper as runs of Word, each figure followed by its footnote's mark. */
export function runsOf(runs: readonly PaperRun[], notes: Footnotes, look: Look = {}): ParagraphChild[] {
  const dressed = { font: fonts.song, characterSpacing: bodySpacing, ...look }
  return runs.flatMap((run) =>
    typeof run === 'string'
      ? [new TextRun({ ...dressed, text: run })]
      : [new TextRun({ ...dressed, text: run.figure }), notes.mark(run.note)],
  )
}

/** A run of plain words. */
export const words = (text: string, look: Look = {}) =>
  new TextRun({ font: fonts.song, characterSpacing: bodySpacing, ...look, text })

/** A paragraph that keeps to the page's lines. */
export function paragraph(children: readonly ParagraphChild[], more: IParagraphOptions = {}): Paragraph {
  return new Paragraph({
    widowControl: false,
    spacing: { line, lineRule: LineRuleType.EXACT, before: 0, after: 0 },
    ...more,
    children,
  })
}

/** 空行. */
export const emptyLines = (count: number, more: IParagraphOptions = {}) =>
  Array.from({ length: count }, () => paragraph([words('')], more))

/** The indent of a first line by two characters. */
export const twoIn = { firstLine: 2 * em, firstLineChars: 200 } as const

/** A paragraph of the text. */
export const bodyParagraph = (children: readonly ParagraphChild[], more: IParagraphOptions = {}) =>
  paragraph(children, { alignment: AlignmentType.BOTH, indent: twoIn, ...more })
