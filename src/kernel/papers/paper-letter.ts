import { AlignmentType, BorderStyle, Footer, Header, LineRuleType, Paragraph } from 'docx'
import type { OfficialPaper } from './paper.contract.ts'
import { markLook } from './paper-head.ts'
import { emptyLines, paragraph, words } from './paper-text.ts'
import { fonts, mm, page, red } from './paper-page.ts'

/** Both double lines of a letter are 170 mm, centred on the sheet. */
const beyond = { left: mm(20) - page.left, right: mm(20) - page.right }

/** The first page's head of a letter (信函): name, thick line over thin. */
export function letterHeader(paper: OfficialPaper, standing: readonly Paragraph[]): Header {
  const { size, scale } = markLook(paper.mark)
  const name = new Paragraph({
    alignment: AlignmentType.CENTER,
    indent: beyond,
    spacing: { line: Math.round(size * 11), lineRule: LineRuleType.EXACT },
    border: { bottom: { style: BorderStyle.THICK_THIN_SMALL_GAP, color: red, size: 24, space: 11 } },
    children: [words(paper.mark, { font: fonts.title, color: red, size, characterSpacing: 0, scale })],
  })
  return new Header({ children: [name, ...standing] })
}

/** The first page's foot of a letter: thin line over thick, 20 mm from the edge, no page number. */
export function letterFooter(): Footer {
  const line = new Paragraph({
    indent: beyond,
    spacing: { line: 20, lineRule: LineRuleType.EXACT },
    border: { bottom: { style: BorderStyle.THIN_THICK_SMALL_GAP, color: red, size: 24, space: 1 } },
    children: [],
  })
  return new Footer({ children: [line] })
}

/** The number of a letter stands on the right, one line below the upper line; the title two lines below it. */
export function letterNumber(paper: OfficialPaper): Paragraph[] {
  return [paragraph([words(paper.number ?? '（签发时编号）')], { alignment: AlignmentType.RIGHT }), ...emptyLines(2)]
}
