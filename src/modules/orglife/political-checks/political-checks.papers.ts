import type { OutSheet } from '../../../kernel/files/workbook-writer.ts'
import { headed, paperOf, said } from '../../../kernel/papers/paper-blocks.ts'
import type { OfficialPaper, PaperBlock } from '../../../kernel/papers/paper.contract.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { noSource } from './checklist.contract.ts'
import { type CheckedQuestion, type CheckPage, verdicts } from './political-checks.contract.ts'
import { checkStates } from './political-checks.lifecycle.ts'

/** Counts of a question in one line; where nothing is kept here that is said. */
export const figuresInWords = ({ figures }: Pick<CheckedQuestion, 'figures'>): string =>
  figures.length === 0 ? noSource : figures.map(({ label, value }) => `${label} ${value}`).join('；')

const titles = [
  '被考察的组织',
  '由谁考察',
  '从哪天',
  '到哪天',
  '状态',
  '问题',
  '记录里的数',
  '看到的情况',
  '说明',
  '结论',
  '回复',
]

/** Checks with a line for each question. */
export function checksSheet(pages: readonly CheckPage[]): OutSheet {
  return {
    name: '专项考察',
    columns: titles.map((title) => ({ title, width: title.length > 3 ? 30 : 14 })),
    rows: pages.flatMap((page) =>
      page.questions.map((question) => [
        page.organization.name,
        page.by.name,
        page.from,
        page.to,
        checkStates[page.state],
        question.question,
        figuresInWords(question),
        question.verdict && verdicts[question.verdict],
        question.finding,
        page.conclusion,
        page.answer,
      ]),
    ),
  }
}

const standings = { started: '考察中，还没有结论', concluded: null, answered: null, withdrawn: '已撤回，不再计入' } as const

/** A check as a paper: what records say, what was found, the conclusion and the answer. */
export function checkPaperOf(page: CheckPage): OfficialPaper {
  const { name } = page.organization
  const asked = page.questions.flatMap((question): PaperBlock[] => [
    headed(question.question, 2),
    said(`记录：${figuresInWords(question)}。`),
    ...(question.verdict ? [said(`情况：${verdicts[question.verdict]}。${question.finding ?? ''}`)] : []),
  ])
  const told = (title: string, words: string | null) => (words === null ? [] : [headed(title), said(words)])
  return paperOf(page.by.name, {
    mark: `${page.by.name}文件`.slice(0, 60),
    title: `关于对${name}专项考察的情况`,
    to: [name.slice(0, 60)],
    blocks: [
      said(
        `考察${inChinese(page.from)}至${inChinese(page.to)}的情况，记录取到${inChinese(page.filledOn)}。考察的是组织，不评价个人，不打分。`,
      ),
      headed('逐项情况'),
      ...asked,
      ...told('结论', page.conclusion),
      ...told('被考察组织的回复', page.answer),
    ],
    signedOn: page.concludedOn,
    standing: standings[page.state],
  })
}
