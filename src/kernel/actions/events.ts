import type { Tx } from '../database/handles.ts'
import type { Work } from './action.ts'

/** An event's payload is plain data: it may be stored and handled later. */
export type Payload = Readonly<Record<string, unknown>>
export interface DomainEvent<P extends Payload = Payload> {
  readonly name: string
  readonly payload: P
}

/** Declares an event in the past tense, such as `orglife.meeting_recorded`. */
export function eventKind<P extends Payload>(name: string): { name: string; of(payload: P): DomainEvent<P> } {
  return { name, of: (payload) => ({ name, payload }) }
}

type Within<P extends Payload> = (work: Work, payload: P) => Promise<void>
type Afterwards<P extends Payload> = (tx: Tx, payload: P) => Promise<void>

const within = new Map<string, Within<Payload>[]>()
const afterwards = new Map<string, Afterwards<Payload>[]>()

/** Handles an event inside the transaction that emits it, before the answer goes out. */
export function whenHappens<P extends Payload>(
  event: { name: string; of(payload: P): DomainEvent<P> },
  handler: Within<P>,
): void {
  within.set(event.name, [...(within.get(event.name) ?? []), handler as Within<Payload>])
}

/** Handles an event after its transaction, at least once, as the system. */
export function afterwardsWhen<P extends Payload>(
  event: { name: string; of(payload: P): DomainEvent<P> },
  handler: Afterwards<P>,
): void {
  afterwards.set(event.name, [...(afterwards.get(event.name) ?? []), handler as Afterwards<Payload>])
}

export function handlersWithin(name: string): readonly Within<Payload>[] {
  return within.get(name) ?? []
}

export function handlersAfterwards(name: string): readonly Afterwards<Payload>[] {
  return afterwards.get(name) ?? []
}
