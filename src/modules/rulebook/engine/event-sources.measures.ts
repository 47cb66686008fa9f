import type { RawBuilder } from 'kysely'
import type { z } from 'zod'

/**
 * Something that happens to a subject and begins a clock, such as taking a post.
 *
 * `events` answers a SELECT with the columns subject_no, organization_no, record_kind, record_no, happened_on: one row for each
 * event, dated ones to come included. record_kind and record_no open the event's own record.
 */
export interface EventSource<Params extends z.ZodType = z.ZodType> {
  /** `directory.post_started`; the module's name comes first. */
  readonly name: string
  /** What happened, in the user's words, to stand before 之日起. */
  readonly title: string
  /** Whether it happens to an organization or to a person in one. */
  readonly subject: 'o' | 'p'
  readonly params: Params
  readonly events: (params: z.output<Params>) => RawBuilder<unknown>
}

/** An event source with its parameters' type erased, as the engine holds it. */
export interface HeldEventSource {
  readonly name: string
  readonly title: string
  readonly subject: 'o' | 'p'
  /** Checks the parameters of a requirement and answers the SELECT, or throws a ZodError. */
  readonly events: (params: unknown) => RawBuilder<unknown>
}

const held = new Map<string, HeldEventSource>()

/** Hands a module's events to the engine when the program starts. */
export function declareEvents(...sources: readonly HeldEventSource[]): void {
  for (const source of sources) {
    const known = held.get(source.name)
    if (known && known !== source) throw new Error(`event ${source.name} is declared twice`)
    held.set(source.name, source)
  }
}

/** Declares one kind of event; its parameters are checked when a rulebook is loaded and when it is asked. */
export function eventSource<Params extends z.ZodType>(declared: EventSource<Params>): HeldEventSource {
  const { name, title, subject } = declared
  return { name, title, subject, events: (params) => declared.events(declared.params.parse(params)) }
}

export function heldEvents(name: string): HeldEventSource | undefined {
  return held.get(name)
}

/** The names of all events that are held. */
export function eventNames(): string[] {
  return [...held.keys()].sort()
}
