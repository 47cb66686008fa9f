import { columnLetters, type WorkbookRow } from '../../../kernel/files/workbook-cells.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { rosterColumn } from './roster-columns.contract.ts'
import { findHeader, headerSearchRows, requireHeader, type RosterHeader } from './roster-header.rules.ts'
import { judgeRosterRow, maskRosterValue, type RosterFault, type RosterRowJudgement } from './roster-row.rules.ts'

/** Judges a roster that arrives in batches: finds the heading, then judges row by row, and sees numbers that come twice. */
export interface RosterJudge {
  /** Judgements of the rows that can be judged by now. Throws `directory.roster_header_…`. */
  take(rows: readonly WorkbookRow[], sheet: { readonly date1904: boolean }): RosterRowJudgement[]
  /** To be called after the last batch: a sheet shorter than the search for the heading is judged here. */
  end(): RosterRowJudgement[]
  /** The heading, once it is found. */
  readonly header: RosterHeader | undefined
}

function faultOfRepetition(judged: RosterRowJudgement, firstRow: number, header: RosterHeader): RosterFault {
  const column = rosterColumn('idNumber')
  const index = [...header.places].find(([, at]) => at === column)?.[0] ?? 0
  return {
    row: judged.row,
    column: column.title,
    cell: `${columnLetters(index + 1)}${judged.row}`,
    message: `与第 ${firstRow} 行的公民身份号码重复，请核对后只留一行。`,
    value: maskRosterValue(column, judged.read.idNumber ?? ''),
  }
}

/** Begins the judgement of one file; `today` bounds every date. */
export function judgeRoster(frame: { readonly today: CivilDate }): RosterJudge {
  const firstRows = new Map<string, number>()
  let waiting: WorkbookRow[] = []
  let header: RosterHeader | undefined
  let date1904 = false

  const judge = (row: WorkbookRow, found: RosterHeader): RosterRowJudgement => {
    const judged = judgeRosterRow(row, { header: found, date1904, today: frame.today })
    const { idNumber } = judged.read
    if (idNumber === undefined) return judged
    const firstRow = firstRows.get(idNumber)
    if (firstRow === undefined) {
      firstRows.set(idNumber, judged.row)
      return judged
    }
    return { ...judged, person: null, errors: [...judged.errors, faultOfRepetition(judged, firstRow, found)] }
  }
  const judgeAll = (rows: readonly WorkbookRow[], found: RosterHeader) =>
    rows.filter((row) => row.row > found.row).map((row) => judge(row, found))
  const settle = (): RosterRowJudgement[] => {
    const rows = waiting
    waiting = []
    header = requireHeader(findHeader(rows))
    return judgeAll(rows, header)
  }

  return {
    take(rows, sheet) {
      date1904 = sheet.date1904
      if (header) return judgeAll(rows, header)
      waiting.push(...rows)
      return waiting.length < headerSearchRows ? [] : settle()
    },
    end: () => (header ? [] : settle()),
    get header() {
      return header
    },
  }
}
