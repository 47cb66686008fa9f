import type { FindingGiven } from './findings.contract.ts'
import type { ChecklistLine, InspectionPage } from './inspections.contract.ts'
import type { InspectionState } from './inspections.lifecycle.ts'
import type { Answer } from './inspections.rules.ts'
import type { SheetGiven } from './sheets.contract.ts'

/** A finding on the device; `sent` once it is in the system, `refused` in the system's words. */
export interface KitFinding {
  readonly clientId: string
  readonly kind: FindingGiven['kind']
  readonly requirement?: string
  readonly seen: string
  readonly serious: boolean
  readonly handOver: boolean
  readonly notedAt: string
  readonly photos: readonly { readonly name: string; readonly blob?: Blob; readonly fileId?: string }[]
  readonly sent?: boolean
  readonly refused?: string
}

export interface KitAnswer {
  readonly answer: Answer
  readonly note?: string
  /** Revision of the line that lay before whoever answered. */
  readonly over: number
  readonly sent?: boolean
}

export interface KitSheet extends SheetGiven {
  readonly sent?: boolean
}

/** What stands in the way of sending: the inspection has moved on meanwhile, or the system says no. */
export interface Standstill {
  readonly state: InspectionState
  readonly sentence: string
  readonly resumable: boolean
}

/** One inspection as it stands on a device. */
export interface Kit {
  readonly id: string
  readonly accountId: string
  /** As the system told it last. */
  readonly page: InspectionPage
  readonly preparedAt: string
  readonly startedAt?: string
  readonly startSent?: boolean
  readonly answers: Readonly<Record<string, KitAnswer>>
  readonly findings: readonly KitFinding[]
  readonly sheets: readonly KitSheet[]
  /** Lines that somebody else answered otherwise, as they stand in the system. */
  readonly conflicts: readonly ChecklistLine[]
  readonly standstill?: Standstill
  readonly unsent: boolean
}

export function newKit(page: InspectionPage, of: { accountId: string; at: string }): Kit {
  return {
    id: page.id,
    accountId: of.accountId,
    page,
    preparedAt: of.at,
    answers: {},
    findings: [],
    sheets: [],
    conflicts: [],
    unsent: false,
  }
}

/** How much waits to be sent. */
export function waiting(kit: Kit): number {
  const start = kit.startedAt !== undefined && !kit.startSent ? 1 : 0
  const answers = Object.values(kit.answers).filter((one) => !one.sent).length
  return start + answers + [...kit.findings, ...kit.sheets].filter((one) => !one.sent).length
}

/** The same with its mark that tells whether anything waits; every change goes through here. */
export const marked = (kit: Kit): Kit => ({ ...kit, unsent: waiting(kit) > 0 })

/** A new page from the system under what this device holds: nothing noted here is touched. */
export const refreshed = (kit: Kit, page: InspectionPage): Kit => marked({ ...kit, page })

export const hasStarted = (kit: Kit): boolean =>
  kit.startedAt !== undefined || kit.page.state === 'started' || kit.page.state === 'signed'

/** Says why nothing can be sent while the inspection stands as it does; null where sending may go on. */
export function standstillOf(page: InspectionPage): Standstill | null {
  if (page.state === 'cancelled')
    return {
      state: page.state,
      sentence: `系统里已取消：${page.cancelReason ?? ''}`,
      resumable: page.abilities.includes('resume'),
    }
  if (page.state === 'closed')
    return { state: page.state, sentence: `系统里已办结：${page.conclusion ?? ''}`, resumable: page.abilities.includes('resume') }
  return null
}

/** Of the two answers to a line, the one of this device goes over the one that stands. */
export function takeOwn(kit: Kit, line: ChecklistLine): Kit {
  const own = kit.answers[line.id]
  const answers = own ? { ...kit.answers, [line.id]: { ...own, over: line.revision, sent: false } } : kit.answers
  return marked({ ...kit, answers, conflicts: kit.conflicts.filter(({ id }) => id !== line.id) })
}

/** The answer of the system stays; the one of this device is given up. */
export function takeTheirs(kit: Kit, line: ChecklistLine): Kit {
  const { [line.id]: _own, ...answers } = kit.answers
  return marked({ ...kit, answers, conflicts: kit.conflicts.filter(({ id }) => id !== line.id) })
}
