import type { OfficialPaper, PaperBody } from '../../../kernel/papers/paper.contract.ts'
import { type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { type Composed, type PaperKindName, paperKinds } from './paper-kinds.rules.ts'
import { type PaperAction, paperActions, paperLifecycle, type PaperState, paperStates } from './papers.lifecycle.ts'

/** An organization as papers print it. */
export interface Printed {
  readonly name: string
  readonly kind: string
  /** The unit it belongs to, or itself. */
  readonly unit: string
  /** What stands for it in a number. */
  readonly word: string
}

const longestWord = 10

/** The series a paper is numbered in: the issuing organization's word and the kind's; a unit's party committee counts apart from the unit. */
export function seriesOf(issuer: Printed, kind: PaperKindName): string {
  const own = issuer.word.replace(/[^一-龥]/g, '').slice(0, longestWord)
  return `${own}${issuer.kind === 'unit' || issuer.kind === 'working_committee' ? '' : '党'}${paperKinds[kind].word}`
}

/** `工委督办〔2026〕1号`. */
export const paperNumber = (series: string, year: number, sequence: number): string => `${series}〔${year}〕${sequence}号`

const longest = (text: string, most: number) => [...text].slice(0, most).join('')

/** More addressees than these are printed together. */
const mostNamed = 8
const printedTo = (to: readonly Printed[]) => (to.length > mostNamed ? ['各有关单位'] : to.map((one) => longest(one.name, 60)))

/** The whole text of a paper, before it has a number and a day. */
export function bodyOf(
  kind: PaperKindName,
  composed: Composed,
  around: { issuer: Printed; to: readonly Printed[]; addition?: string | undefined; copies?: readonly string[] | undefined },
): PaperBody {
  const { form } = paperKinds[kind]
  const { issuer, to, addition, copies } = around
  return {
    form,
    mark: longest(form === 'minutes' ? `${issuer.name}${paperKinds[kind].name}` : `${issuer.name}文件`, 60),
    title: longest(composed.title, 60),
    to: form === 'minutes' ? [] : printedTo(to),
    blocks: [...composed.blocks, ...(addition ? [{ kind: 'text' as const, runs: [addition] }] : [])],
    annexes: [...(composed.annexes ?? [])],
    signer: longest(issuer.name, 60),
    remark: null,
    copies: [...(copies ?? [])],
    people: [...(composed.people ?? [])],
  }
}

/** A paper as it is to be written down: number and day where it has them, and at the head of each page what no longer stands. */
export function writtenOf(paper: {
  body: PaperBody
  state: PaperState
  number: string | null
  issuedOn: CivilDate | null
  withdrawnOn: CivilDate | null
}): OfficialPaper {
  const day = paper.withdrawnOn === null ? '' : inChinese(paper.withdrawnOn)
  const standing = { draft: '草稿，未签发', issued: null, withdrawn: `已撤销（${day}），不再有效` }[paper.state]
  return { ...paper.body, number: paper.number, signedOn: paper.issuedOn, standing }
}

/** The sentence of a refused act: how the paper stands and what can be done. */
export function refusal(state: PaperState, act: PaperAction): string {
  const possible = (Object.keys(paperLifecycle[state]) as PaperAction[]).map((one) => paperActions[one])
  return `文书现在是“${paperStates[state]}”，不能“${paperActions[act]}”。${possible.length > 0 ? `现在可以：${possible.join('、')}。` : ''}`
}
