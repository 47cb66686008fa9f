import {
  AlignmentType,
  Document,
  DocumentGridType,
  Footer,
  Header,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  type Table,
  TextRun,
} from 'docx'
import type { OfficialPaper } from './paper.contract.ts'
import { inChinese } from '../time/civil-date.ts'
import { blocksOf } from './paper-body.ts'
import { annexList, imprint, signature } from './paper-foot.ts'
import { addressees, headOf, titleParagraphs } from './paper-head.ts'
import { letterFooter, letterHeader, letterNumber } from './paper-letter.ts'
import { em, fonts, fontTable, line, mm, page, stylesPart } from './paper-page.ts'
import { emptyLines, Footnotes, paragraph, words } from './paper-text.ts'

/** What Word calls a paper's file. */
export const paperType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** — 1 —, one character in: right on odd pages, left on even ones. */
function pageNumber(side: 'left' | 'right'): Footer {
  const look = { font: fonts.number, size: 28, characterSpacing: 0 }
  const number = new Paragraph({
    alignment: side === 'right' ? AlignmentType.RIGHT : AlignmentType.LEFT,
    indent: side === 'right' ? { right: 280 } : { left: 280 },
    spacing: { line: 280, lineRule: LineRuleType.EXACT },
    children: [new TextRun({ ...look, children: ['— ', PageNumber.CURRENT, ' —'] })],
  })
  return new Footer({ children: [number] })
}

const standingOf = (paper: OfficialPaper): Paragraph[] =>
  paper.standing === null
    ? []
    : [
        new Paragraph({
          alignment: AlignmentType.CENTER,
          children: [words(paper.standing, { font: fonts.black, size: 24, characterSpacing: 0, color: 'C00000' })],
        }),
      ]

/** 出席, 请假 and 列席 of minutes, one line below the text: the word in 黑体, names after it. */
const attendance = (paper: OfficialPaper): Paragraph[] =>
  paper.people.length === 0
    ? []
    : [
        ...emptyLines(1),
        ...paper.people.map(({ label, names }) =>
          paragraph([words(`${label}：`, { font: fonts.black }), words(names.join('　'))], {
            indent: { left: (2 + label.length + 1) * em, hanging: (label.length + 1) * em },
          }),
        ),
      ]

function annexes(paper: OfficialPaper, notes: Footnotes): (Paragraph | Table)[] {
  return paper.annexes.flatMap((annex, at) => [
    paragraph([words(`附件${paper.annexes.length > 1 ? at + 1 : ''}`, { font: fonts.black })], { pageBreakBefore: true }),
    ...emptyLines(1),
    ...titleParagraphs(annex.title),
    ...emptyLines(1),
    ...blocksOf(annex.blocks, notes),
  ])
}

/** Below the title of a plain paper: whose it is and of which day. */
function whose(paper: OfficialPaper): Paragraph[] {
  const text = [paper.signer, ...(paper.signedOn === null ? [] : [inChinese(paper.signedOn)])].join('　')
  return [paragraph([words(text, { font: fonts.kai })], { alignment: AlignmentType.CENTER })]
}

function plainChildrenOf(paper: OfficialPaper, notes: Footnotes): (Paragraph | Table)[] {
  return [
    ...titleParagraphs(paper.title),
    ...whose(paper),
    ...emptyLines(1),
    ...blocksOf(paper.blocks, notes),
    ...annexList(paper),
    ...annexes(paper, notes),
  ]
}

function childrenOf(paper: OfficialPaper, notes: Footnotes): (Paragraph | Table)[] {
  if (paper.form === 'plain') return plainChildrenOf(paper, notes)
  const head = paper.form === 'letter' ? letterNumber(paper) : [...headOf(paper), ...emptyLines(2)]
  const to = addressees(paper.to)
  return [
    ...head,
    ...titleParagraphs(paper.title),
    ...emptyLines(1),
    ...to,
    ...blocksOf(paper.blocks, notes, paper.form !== 'minutes'),
    ...attendance(paper),
    ...annexList(paper),
    ...(paper.form === 'minutes' ? [] : signature(paper)),
    ...annexes(paper, notes),
    ...imprint(paper),
  ]
}

function headersOf(paper: OfficialPaper) {
  const plain = () => new Header({ children: paper.standing === null ? [new Paragraph({})] : standingOf(paper) })
  return {
    headers: {
      default: plain(),
      even: plain(),
      ...(paper.form === 'letter' && { first: letterHeader(paper, standingOf(paper)) }),
    },
    footers: {
      default: pageNumber('right'),
      even: pageNumber('left'),
      ...(paper.form === 'letter' && { first: letterFooter() }),
    },
  }
}

const marginsOf = ({ form }: OfficialPaper) => ({
  top: page.top,
  bottom: page.bottom,
  left: page.left,
  right: page.right,
  // The name of a letter stands 30 mm below the sheet's upper edge, its lower line 20 mm above the other.
  header: form === 'letter' ? mm(30) : page.header,
  footer: form === 'letter' ? mm(20) : page.footer,
  gutter: 0,
})

/** An official paper in Word after GB/T 9704-2012, each figure with a footnote that says where it comes from. */
export async function writePaper(paper: OfficialPaper): Promise<Buffer> {
  const notes = new Footnotes()
  const children = childrenOf(paper, notes)
  const document = new Document({
    title: paper.title,
    creator: paper.signer,
    lastModifiedBy: paper.signer,
    evenAndOddHeaderAndFooters: true,
    footnotes: notes.written(),
    sections: [
      {
        properties: {
          titlePage: paper.form === 'letter',
          grid: { type: DocumentGridType.LINES, linePitch: line },
          page: { size: { width: page.width, height: page.height }, margin: marginsOf(paper) },
        },
        ...headersOf(paper),
        children,
      },
    ],
  })
  return Packer.toBuffer(document, undefined, [
    { path: 'word/fontTable.xml', data: fontTable() },
    { path: 'word/styles.xml', data: stylesPart() },
  ])
}
