import { paperOf, saidWhole } from '../../../kernel/papers/paper-blocks.ts'
import type { OfficialPaper } from '../../../kernel/papers/paper.contract.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import type { RequestPage } from './request-reports.contract.ts'
import { paperTitle } from './request-reports.rules.ts'

const closing = { request: '妥否，请批示。', report: '特此报告。' } as const
const paragraphs = (text: string): string[] =>
  text
    .split(/\n+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

const standingOf = ({ state, sentOn }: RequestPage): string | null =>
  state === 'withdrawn' ? '已撤回' : sentOn === null ? '草稿，未报送' : null

/** A request or report as the paper that goes up (上行文): addressed to one superior, with the signer at its head. */
export function requestPaperOf(page: RequestPage): OfficialPaper {
  const name = page.organization.name
  const own = paragraphs(page.content)
  const last = own.at(-1)?.endsWith(closing[page.kind]) ? [] : [closing[page.kind]]
  const after = page.afterAct && page.afterReason ? [`本件为事后报送：${page.afterReason}`] : []
  return paperOf(name, {
    mark: `${name}文件`.slice(0, 60),
    title: paperTitle(page.kind, page.title),
    to: [page.to.name],
    blocks: [...own, ...after, ...last].flatMap(saidWhole),
    remark: page.meeting ? `经“${page.meeting.title}”研究` : page.circulated ? '经传批审定' : null,
    copies: page.copies.map((copy) => copy.name),
    number: page.documentNumber,
    signedOn: page.sentOn,
    standing: standingOf(page),
    ...(page.urgent && { urgency: '加急' as const }),
    ...(page.signer !== null && { signers: [page.signer] }),
  })
}

/** The name of its file. */
export const requestPaperName = (page: RequestPage): string =>
  `${page.sentOn === null ? '草稿 ' : `${inChinese(page.sentOn)} `}${paperTitle(page.kind, page.title)}`
