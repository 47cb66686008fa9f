import { AlignmentType, Document, Packer, PageBreak, Paragraph, TextRun } from 'docx'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import type { ClassPage } from './classes.contract.ts'

const [heading, text] = [44, 32]
const run = (words: string, size = text, bold = false) => new TextRun({ text: words, size, bold, font: '仿宋' })

function certificate(page: ClassPage, name: string, last: boolean): Paragraph[] {
  const days = page.startsOn === page.endsOn ? inChinese(page.startsOn) : `${inChinese(page.startsOn)}至${inChinese(page.endsOn)}`
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { before: 2400, after: 1200 },
      children: [run('结业证明', heading, true)],
    }),
    new Paragraph({ spacing: { line: 580 }, children: [run(`${name} 同志：`)] }),
    new Paragraph({
      indent: { firstLine: 640 },
      spacing: { line: 580 },
      children: [
        run(
          `于${days}参加“${page.title}”，修完全部课程，计 ${page.hours} 学时，其中政治理论 ${page.theoryHours} 学时，准予结业。`,
        ),
      ],
    }),
    new Paragraph({
      alignment: AlignmentType.RIGHT,
      spacing: { before: 1200, line: 580 },
      children: [run(page.organization.name)],
    }),
    new Paragraph({
      alignment: AlignmentType.RIGHT,
      children: [run(inChinese(page.endsOn)), ...(last ? [] : [new PageBreak()])],
    }),
  ]
}

/** Those who came to every session, by name. */
export const graduates = (page: ClassPage): ClassPage['people'] =>
  page.people.filter((person) => person.hours !== null && person.missed.length === 0)

/** One page for each who came to every session. */
export async function certificates(page: ClassPage): Promise<Buffer> {
  const names = graduates(page)
  const children = names.flatMap(({ name }, index) => certificate(page, name, index === names.length - 1))
  return Packer.toBuffer(new Document({ sections: [{ children }] }))
}
