import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { RulebookRequirement } from '../documents/rulebook-file.contract.ts'

/** What is about to change, for those who may have a word against it. */
export interface AboutToPublish {
  readonly document: string
  readonly on: CivilDate
  /** Requirements that are new or read differently. */
  readonly requirements: readonly RulebookRequirement[]
}

/** Throws a Problem that says why not, and what to do instead. */
export type PublishingGate = (read: Read, about: AboutToPublish) => Promise<void>

const gates: PublishingGate[] = []

/** Whoever must be asked before a rule changes says so when the program starts: the burden ledger, for one. */
export function beforePublishing(gate: PublishingGate): void {
  gates.push(gate)
}

export async function askGates(read: Read, about: AboutToPublish): Promise<void> {
  for (const gate of gates) await gate(read, about)
}

/** Last day of the latest period whose figures are frozen; null while none is. */
export async function frozenUntil(read: Read): Promise<CivilDate | null> {
  const row = await reading<'rulebook'>(read)
    .selectFrom('rulebook.snapshots as s')
    .innerJoin('rulebook.periods as p', 'p.no', 's.period_no')
    .select((e) => e.fn.max<string | null>('p.ends').as('ends'))
    .where('s.state', '=', 'frozen')
    .executeTakeFirst()
  return row?.ends ?? null
}
