import type { RawBuilder } from 'kysely'

/**
 * A kind of record that is found by its words. `source` is a select with exactly these columns: no bigint, id text, organization_nos bigint[]
 * (in whose scope it may be found; `'{}'` where row-level security alone decides), title text, words text (everything else that is
 * searched; never an ID number, a phone or what is sealed), happened_on date. It leaves out what is withdrawn. Run by the reader it must
 * show what the reader's lists show and nothing more: row-level security decides, and `visible` where a list is narrower than that.
 */
export interface SearchSource {
  /** As the ledger calls such an object; an action that names one in `objects` renews its words. */
  readonly kind: string
  /** In the user's words, such as 会议. */
  readonly noun: string
  /** Without it the kind is not searched. */
  readonly permission: string
  readonly source: RawBuilder<unknown>
  /** Raised when the columns mean something else, so that everything is taken in anew. */
  readonly version: number
  /** Address in the site. */
  readonly link: (id: string) => string
}

const sources = new Map<string, SearchSource>()

/** Declares a kind that can be found. Throws at start-up when a kind is declared twice. */
export function declareSearch(source: SearchSource): void {
  if (sources.has(source.kind)) throw new Error(`search of ${source.kind} is declared twice`)
  sources.set(source.kind, source)
}

/** Every declared kind, in the order of declaration. */
export function searchSources(): readonly SearchSource[] {
  return [...sources.values()]
}

export function searchSource(kind: string): SearchSource | undefined {
  return sources.get(kind)
}
