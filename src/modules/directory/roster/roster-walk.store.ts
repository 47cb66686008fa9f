import type { CryptoProvider } from '../../../kernel/crypto/provider.ts'
import type { Read } from '../../../kernel/database/handles.ts'
import { columnLetters } from '../../../kernel/files/workbook-cells.ts'
import { readWorkbook, type WorkbookReading, type WorkbookSummary } from '../../../kernel/files/workbook-reader.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { idNumberIndex } from '../persons/persons.store.ts'
import { rosterColumn, type RosterKey } from './roster-columns.contract.ts'
import { type Decided, decideRows, type PlacedFault, type RosterRow } from './roster-decide.store.ts'
import type { RosterHeader } from './roster-header.rules.ts'
import { knownPersons, placesByName } from './roster-match.store.ts'
import { maskRosterValue, type RosterFault, type RosterRowJudgement } from './roster-row.rules.ts'
import { judgeRoster } from './roster-sheet.rules.ts'

/** What a roster's file says, seen against the database. */
export interface RosterFindings {
  readonly rows: number
  readonly mistakes: readonly RosterFault[]
  readonly mistakesTotal: number
  readonly warnings: readonly RosterFault[]
  readonly warningsTotal: number
  readonly create: number
  readonly change: number
  readonly unchanged: number
  readonly header: RosterHeader | undefined
}

export interface RosterWalk {
  readonly path: string
  readonly organizationNo: number
  readonly today: CivilDate
  readonly crypto: CryptoProvider
  onProgress?(fraction: number): void
  /** Takes what was decided for some thousand rows; not called any more once there is a mistake. */
  take?(decided: Decided): Promise<void>
}

/** Few enough that a batch is gone before the collector takes it for something lasting. */
const chunk = 500
const shownMistakes = 200
const shownWarnings = 50

function inCell(fault: PlacedFault, read: RosterRow['read'], header: RosterHeader): RosterFault {
  const column = rosterColumn(fault.key)
  const index = [...header.places].find(([, at]) => at === column)?.[0]
  const cell = index === undefined ? null : `${columnLetters(index + 1)}${fault.row}`
  return {
    row: fault.row,
    column: column.title,
    cell,
    message: fault.message,
    value: maskRosterValue(column, String(read[fault.key] ?? '')),
  }
}

class Findings {
  mistakes: RosterFault[] = []
  mistakesTotal = 0
  warnings: RosterFault[] = []
  warningsTotal = 0
  create = 0
  change = 0
  unchanged = 0

  blame(faults: readonly RosterFault[]): void {
    this.mistakesTotal += faults.length
    this.mistakes.push(...faults.slice(0, Math.max(0, shownMistakes - this.mistakes.length)))
  }

  warn(faults: readonly RosterFault[]): void {
    this.warningsTotal += faults.length
    this.warnings.push(...faults.slice(0, Math.max(0, shownWarnings - this.warnings.length)))
  }

  count(decided: Decided): void {
    this.create += decided.create
    this.change += decided.change
    this.unchanged += decided.unchanged
  }
}

/** Reads the file; whatever happens, nothing is still being written when this ends, for the transaction may end next. */
async function readThrough(
  walk: RosterWalk,
  onRows: WorkbookReading['onRows'],
  written: () => Promise<void> | undefined,
): Promise<WorkbookSummary> {
  try {
    return await readWorkbook(walk.path, { onRows, onProgress: ({ fraction }) => walk.onProgress?.(fraction) })
  } finally {
    await Promise.allSettled([written()])
  }
}

/**
 * Reads a staged roster once, row by row, and decides each row against the database. Some thousand rows are in memory at a
 * time. Throws the refusals of the workbook reader and of the heading.
 */
export async function walkRoster(read: Read, walk: RosterWalk): Promise<RosterFindings> {
  const judge = judgeRoster({ today: walk.today })
  const places = await placesByName(read, walk.organizationNo)
  const findings = new Findings()
  let waiting: RosterRow[] = []
  let writing: Promise<void> | undefined

  const decide = async (): Promise<void> => {
    const rows = waiting
    waiting = []
    const { header } = judge
    if (rows.length === 0 || !header) return
    const indexes = rows.flatMap(({ read }) => (read.idNumber === undefined ? [] : idNumberIndex(walk.crypto, read.idNumber)))
    await writing
    const known = await knownPersons(read, indexes, walk.organizationNo)
    const has = new Set<RosterKey>([...header.places.values()].map((column) => column.key))
    const decided = decideRows(rows, {
      crypto: walk.crypto,
      today: walk.today,
      places,
      known,
      has,
      writes: walk.take !== undefined,
    })
    findings.count(decided)
    const byRow = new Map(rows.map((one) => [one.row, one.read]))
    findings.blame(
      decided.faults.flatMap((fault) => {
        const one = byRow.get(fault.row)
        return one ? [inCell(fault, one, header)] : []
      }),
    )
    // The database writes while the next rows are read and judged; what goes wrong there is met at the next turn.
    if (findings.mistakesTotal === 0) writing = walk.take?.(decided)
    writing?.catch(() => undefined)
  }
  const receive = async (judged: readonly RosterRowJudgement[]): Promise<void> => {
    for (const { row, read, person, errors, warnings } of judged) {
      findings.blame(errors)
      findings.warn(warnings)
      waiting.push({ row, read, person })
      if (waiting.length >= chunk) await decide()
    }
  }

  const onRows: WorkbookReading['onRows'] = (rows, sheet) => receive(judge.take(rows, sheet))
  const summary = await readThrough(walk, onRows, () => writing)
  await receive(judge.end())
  await decide()
  await writing
  findings.mistakes.sort((a, b) => a.row - b.row)
  const { mistakes, mistakesTotal, warnings, warningsTotal, create, change, unchanged } = findings
  const rows = Math.max(0, summary.rows - (judge.header?.row ?? 1))
  return { rows, mistakes, mistakesTotal, warnings, warningsTotal, create, change, unchanged, header: judge.header }
}
