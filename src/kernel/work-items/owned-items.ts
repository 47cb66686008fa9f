import type { RawBuilder } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import type { Action } from '../actions/action.ts'
import type { CivilDate } from '../time/civil-date.ts'
import type { BulkAct } from './owned-items.contract.ts'

/** What was said once for all chosen items. */
export interface BulkGiven {
  readonly id: string
  /** The item's own status as the desk read it; the act compares again. */
  readonly state: string
  readonly reason: string
  readonly ownerId: string | undefined
  readonly dueOn: CivilDate | undefined
  readonly remedies: string | undefined
}

/** Runs an action of the item's own module as the reader; every rule of that action holds. */
export type RunAct = <Input extends z.ZodType, Reply>(declared: Action<Input, Reply>, input: z.output<Input>) => Promise<Reply>

export interface ItemsAsked {
  readonly actor: Actor
  readonly today: CivilDate
}

/**
 * A kind of owned item, as the supervisor's desk reads it. `rows` is a select with exactly these columns, in this order: kind text, no
 * bigint, id text, at text (what stands in the address, its own id or that of what it belongs to), title text, organization_no bigint, owner_no bigint, state text, stage text, opened_on date, due_on date (waiting
 * above counted in), closed_on date, waiting boolean (on somebody above), mine boolean (the reader is to act now). It keeps what the
 * reader may not see out by the kind's own condition.
 */
export interface OwnedItemSource {
  readonly kind: string
  /** The line it belongs to in the user's words, such as 督办事项. */
  readonly line: string
  readonly states: Readonly<Record<string, string>>
  /** Address in the site, from the column `at`. */
  readonly link: (at: string) => string
  readonly rows: (asked: ItemsAsked) => RawBuilder<unknown>
  /** The acts that the kind's lifecycle has, by status. */
  readonly acts: Readonly<Partial<Record<BulkAct, readonly string[]>>>
  readonly act: (verb: BulkAct, given: BulkGiven, run: RunAct) => Promise<unknown>
}

const sources = new Map<string, OwnedItemSource>()

/** Declares a kind of owned item. Throws at start-up when a kind is declared twice. */
export function declareOwnedItems(source: OwnedItemSource): void {
  if (sources.has(source.kind)) throw new Error(`owned items ${source.kind} are declared twice`)
  sources.set(source.kind, source)
}

/** Every declared kind, in the order of declaration. */
export function ownedItemSources(): readonly OwnedItemSource[] {
  return [...sources.values()]
}

export function ownedItemSource(kind: string): OwnedItemSource | undefined {
  return sources.get(kind)
}
