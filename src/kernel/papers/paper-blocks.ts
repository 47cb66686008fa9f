import type { OfficialPaper, PaperBlock, PaperRun } from './paper.contract.ts'

/** A run of a paper bears no more characters. */
const longestRun = 4000

/** A paragraph of text. */
export const said = (...runs: PaperRun[]): PaperBlock => ({
  kind: 'text',
  runs: runs.map((run) => (typeof run === 'string' ? run.slice(0, longestRun) : run)),
})

/** Text of any length: as many paragraphs as it takes. */
export const saidWhole = (text: string): PaperBlock[] =>
  Array.from({ length: Math.ceil(text.length / longestRun) }, (_, at) => said(text.slice(at * longestRun, (at + 1) * longestRun)))

/** A heading; level 1 is 一、, level 2 （一）. */
export const headed = (text: string, level = 1): PaperBlock => ({ kind: 'heading', level, text: text.slice(0, 200) })

/** A table; without rows nothing. Shares are of the line. */
export function tabled(
  columns: readonly (readonly [title: string, share: number])[],
  rows: readonly (readonly PaperRun[])[],
): PaperBlock[] {
  if (rows.length === 0) return []
  return [{ kind: 'table', columns: columns.map(([title, share]) => ({ title, share })), rows: rows.map((row) => [...row]) }]
}

const longestName = 60

/** A paper of one organization: what is not said is empty, unsigned and without a number. */
export function paperOf(from: string, said: Pick<OfficialPaper, 'title' | 'blocks'> & Partial<OfficialPaper>): OfficialPaper {
  const name = from.slice(0, longestName)
  return {
    form: 'document',
    mark: name,
    to: [],
    annexes: [],
    signer: name,
    remark: null,
    copies: [],
    people: [],
    number: null,
    signedOn: null,
    standing: null,
    ...said,
    title: said.title.slice(0, longestName),
  }
}
