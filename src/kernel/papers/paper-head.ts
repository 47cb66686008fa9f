import { AlignmentType, BorderStyle, LineRuleType, type Paragraph, TabStopType } from 'docx'
import type { OfficialPaper } from './paper.contract.ts'
import { charactersWide, em, fonts, line, mm, offGrid, red, textWidth } from './paper-page.ts'
import { emptyLines, paragraph, words } from './paper-text.ts'
import { isCrowded, titleLines } from './title-lines.ts'

/** Largest size of the mark, in half points, and how narrow a long name is set before it is set smaller. */
const largestMark = 100
const narrowest = 60

/** Size and width of the mark's characters, so that it stands on one line. */
export function markLook(mark: string): { size: number; scale: number } {
  const room = textWidth / 10 / charactersWide(mark)
  const scale = Math.max(narrowest, Math.min(100, Math.floor((room / largestMark) * 100)))
  return { size: Math.min(largestMark, Math.floor((room * 100) / scale)), scale }
}

/** 发文机关标志, red, its upper edge 35 mm below the text area's; what stands above it takes its lines from that. */
export function markParagraph(mark: string, above: number): Paragraph {
  const { size, scale } = markLook(mark)
  const height = Math.round(size * 10 * 1.1)
  return paragraph([words(mark, { font: fonts.title, color: red, size, characterSpacing: 0, scale })], {
    alignment: AlignmentType.CENTER,
    style: offGrid,
    spacing: {
      before: Math.max(0, mm(35) - above * line - Math.round(height * 0.06)),
      after: 0,
      line: height,
      lineRule: LineRuleType.EXACT,
    },
  })
}

const numberOf = (paper: OfficialPaper) => paper.number ?? '（签发时编号）'

/** 发文字号 with the red line 4 mm below; with the signers on its right in a paper upward. */
function numberParagraph(paper: OfficialPaper): Paragraph {
  const border = { bottom: { style: BorderStyle.SINGLE, color: red, size: 18, space: 8 } }
  if (!paper.signers?.length) return paragraph([words(numberOf(paper))], { alignment: AlignmentType.CENTER, border })
  return paragraph([words(`　${numberOf(paper)}\t签发人：`), words(paper.signers.join('　'), { font: fonts.kai })], {
    border,
    tabStops: [{ type: TabStopType.RIGHT, position: textWidth - em }],
  })
}

/** Everything above the red line. */
export function headOf(paper: OfficialPaper): Paragraph[] {
  const urgency = paper.urgency ? [paragraph([words(paper.urgency, { font: fonts.black })])] : []
  return [...urgency, markParagraph(paper.mark, urgency.length), ...emptyLines(2), numberParagraph(paper)]
}

/** Lines of a title stand a little further apart than those of the text. */
const titleLine = 680

/** 标题 in one to three lines, 2号. */
export function titleParagraphs(title: string): Paragraph[] {
  return titleLines(title).map((one) =>
    paragraph([words(one, { font: fonts.title, size: 44, characterSpacing: isCrowded(one) ? -20 : 0 })], {
      alignment: AlignmentType.CENTER,
      keepNext: true,
      style: offGrid,
      spacing: { line: titleLine, lineRule: LineRuleType.EXACT, before: 0, after: 0 },
    }),
  )
}

/** 主送, flush left, with its full-width colon. */
export const addressees = (to: readonly string[]): Paragraph[] =>
  to.length === 0 ? [] : [paragraph([words(`${to.join('、')}：`)])]
