import { contentOf } from './succession.rules.ts'

interface Source {
  readonly regulation: string
  readonly article: string
  readonly tightened?: { readonly document: string; readonly article: string }
}

/** A version as the engine keeps it, earliest first for each code. */
export interface StoredRequirement {
  readonly code: string
  readonly version: number
  readonly strength: string
  readonly clauses: readonly string[]
  readonly source: Source
  readonly from: string
  readonly to: string | null
  readonly content: Readonly<Record<string, unknown>>
}

const withoutDocument = (code: string) => (clause: string) =>
  clause.startsWith(`${code}:`) ? clause.slice(code.length + 1) : clause

/** Stretches that read the same but for a tightening, one after the other without a day between. */
function runs(rows: readonly StoredRequirement[]): StoredRequirement[][] {
  const found: StoredRequirement[][] = []
  for (const row of rows) {
    const last = found.at(-1)?.at(-1)
    const goesOn = last?.code === row.code && last.to === row.from && contentOf(last.content) === contentOf(row.content)
    const split = last?.source.tightened !== undefined || row.source.tightened !== undefined
    if (goesOn && split) found.at(-1)?.push(row)
    else found.push([row])
  }
  return found
}

/** What the document itself asks, without what others tightened. */
export function baseStretches(rows: readonly StoredRequirement[], documentCode: string): Record<string, unknown>[] {
  return runs(rows).flatMap((run) => {
    const [first] = run
    const last = run.at(-1)
    if (!first || !last) return []
    const own = run.find(({ source }) => source.tightened === undefined)
    const { tightened: _by, ...source } = first.source
    return [
      {
        ...first.content,
        code: first.code,
        version: first.version,
        source,
        // Only a soft requirement can be tightened.
        strength: own?.strength ?? 'soft',
        clauses: (own ?? first).clauses.map(withoutDocument(documentCode)),
        valid_from: first.from,
        ...(last.to !== null && { valid_to: last.to }),
      },
    ]
  })
}

/** What a document tightens of others. */
export function tightensOf(
  rows: readonly StoredRequirement[],
  document: { readonly code: string; readonly title: string },
): Record<string, unknown>[] {
  return rows.flatMap(({ code, source, from, to, clauses }) => {
    if (source.tightened?.document !== document.title) return []
    const own = clauses.filter((clause) => clause.startsWith(`${document.code}:`)).map(withoutDocument(document.code))
    const { article } = source.tightened
    return [{ requirement: code, strength: 'hard', from, ...(to !== null && { to }), clauses: own, article }]
  })
}
