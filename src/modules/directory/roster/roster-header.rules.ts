import { Problem } from '../../../kernel/errors/problem.ts'
import { columnLetters, type RawCell, type WorkbookRow } from '../../../kernel/files/workbook-cells.ts'
import { type RosterColumn, rosterColumns } from './roster-columns.contract.ts'

/** Where each column stands, and what the user should know about the heading. */
export interface RosterHeader {
  /** Row number of the heading as Excel counts. */
  readonly row: number
  /** From the index of a cell (0 is column A) to the column it holds. */
  readonly places: ReadonlyMap<number, RosterColumn>
  /** Required columns that are not there, by title. */
  readonly missing: readonly string[]
  /** Columns that stand there twice, with the addresses of the headings. */
  readonly duplicates: readonly { readonly title: string; readonly cells: readonly string[] }[]
  /** Headings that mean nothing to a roster; their cells are not read. */
  readonly ignored: readonly string[]
  /** Headings with a slip of one character, and what they were taken for. */
  readonly guessed: readonly { readonly found: string; readonly title: string }[]
}

/** A heading is looked for in so many rows from the top: registers put a title and a date above it. */
export const headerSearchRows = 10

/** Fewer known headings make no heading row. */
const fewestKnown = 3

function bare(heading: string): string {
  return heading
    .normalize('NFKC')
    .replace(/[\s*:：、,，。.\u200b\ufeff]/g, '')
    .toUpperCase()
}

/** As it stands without marks, then without what brackets hold, such as （必填）. */
function spellings(heading: string): string[] {
  const plain = bare(heading)
  const withoutBrackets = plain.replace(/\([^()]*\)|\[[^[\]]*\]|【[^【】]*】|〔[^〔〕]*〕/g, '')
  return [...new Set([plain, withoutBrackets])].filter((spelling) => spelling !== '')
}

const known = new Map(
  rosterColumns.flatMap((column) => [column.title, ...column.aliases].map((name) => [bare(name), column] as const)),
)

/** True when one character more, less or other makes the texts equal. */
export function withinOneEdit(a: string, b: string): boolean {
  const [short, long] = [Array.from(a), Array.from(b)].sort((x, y) => x.length - y.length) as [string[], string[]]
  if (long.length - short.length > 1) return false
  let start = 0
  while (start < short.length && short[start] === long[start]) start += 1
  const rest = short.slice(short.length === long.length ? start + 1 : start).join('')
  return rest === long.slice(start + 1).join('')
}

/** Only words of four and more, and only when a single column is that near. */
function guess(spelling: string): RosterColumn | undefined {
  if (Array.from(spelling).length < 4) return undefined
  const near = new Set<RosterColumn>()
  for (const [name, column] of known) if (name.length >= 4 && withinOneEdit(name, spelling)) near.add(column)
  return near.size === 1 ? [...near][0] : undefined
}

function recognise(heading: string): { column: RosterColumn; guessed: boolean } | undefined {
  const forms = spellings(heading)
  for (const form of forms) {
    const column = known.get(form)
    if (column) return { column, guessed: false }
  }
  for (const form of forms) {
    const column = guess(form)
    if (column) return { column, guessed: true }
  }
  return undefined
}

const headingOf = (cell: RawCell): string => (typeof cell === 'string' ? cell.trim() : '')

function knownHeadings(row: WorkbookRow): number {
  return new Set(row.cells.flatMap((cell) => recognise(headingOf(cell))?.column ?? [])).size
}

/** Reads one row as a heading. A slip gives way to a heading that is spelled right. */
export function readHeader(row: WorkbookRow): RosterHeader {
  const found = row.cells.flatMap((cell, index) => {
    const heading = headingOf(cell)
    return heading === '' ? [] : [{ index, heading, match: recognise(heading) }]
  })
  const exact = new Set(found.flatMap(({ match }) => (match && !match.guessed ? [match.column] : [])))
  const places = new Map<number, RosterColumn>()
  const cells = new Map<RosterColumn, string[]>()
  const ignored: string[] = []
  const guessed: { found: string; title: string }[] = []
  for (const { index, heading, match } of found) {
    if (!match || (match.guessed && exact.has(match.column))) {
      ignored.push(heading)
      continue
    }
    if (match.guessed) guessed.push({ found: heading, title: match.column.title })
    places.set(index, match.column)
    cells.set(match.column, [...(cells.get(match.column) ?? []), `${columnLetters(index + 1)}${row.row}`])
  }
  return {
    row: row.row,
    places,
    missing: rosterColumns.filter((column) => column.required && !cells.has(column)).map((column) => column.title),
    duplicates: [...cells].filter(([, at]) => at.length > 1).map(([column, at]) => ({ title: column.title, cells: at })),
    ignored,
    guessed,
  }
}

/** The row with the most known headings among those given; undefined when none is a heading. */
export function findHeader(rows: readonly WorkbookRow[]): RosterHeader | undefined {
  const top = rows.filter((row) => row.row <= (rows[0]?.row ?? 1) + headerSearchRows - 1).slice(0, headerSearchRows)
  const counted = top.map((row) => ({ row, count: knownHeadings(row) }))
  const best = counted.reduce((a, b) => (b.count > a.count ? b : a), {
    row: undefined as WorkbookRow | undefined,
    count: fewestKnown - 1,
  })
  return best.row && readHeader(best.row)
}

/** Answers the heading when a roster can be read by it; throws `directory.roster_header_…` with what to change. */
export function requireHeader(header: RosterHeader | undefined): RosterHeader {
  if (!header) throw new Problem('directory.roster_header_missing')
  if (header.missing.length === 0 && header.duplicates.length === 0) return header
  const lacking = header.missing.length > 0 ? [`缺少必填的列：${header.missing.join('、')}`] : []
  const twice = header.duplicates.map(({ title, cells }) => `“${title}”重复出现在 ${cells.join('、')}`)
  throw new Problem('directory.roster_header_wrong', {
    detail: `${[...lacking, ...twice].join('；')}。请对照模板改正表头后再上传。`,
    errors: [
      ...header.missing.map((title) => ({ field: title, message: '缺少这一列。' })),
      ...header.duplicates.map(({ title, cells }) => ({ field: title, message: `重复出现在 ${cells.join('、')}，请只留一列。` })),
    ],
  })
}
