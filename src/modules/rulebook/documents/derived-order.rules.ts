/** What each requirement counts: its code with the codes of those whose obligations it counts. */
export type Counted = ReadonlyMap<string, readonly string[]>

/** The circle that leads from a code back to itself, both ends named; null where there is none. */
export function cycleAmong(code: string, counted: Counted): string[] | null {
  const seen = new Set<string>()
  const walk = (at: string, way: readonly string[]): string[] | null => {
    for (const next of counted.get(at) ?? []) {
      if (next === code) return [...way, next]
      if (seen.has(next)) continue
      seen.add(next)
      const found = walk(next, [...way, next])
      if (found) return found
    }
    return null
  }
  return walk(code, [code])
}

/** How many steps a code stands above those that count nothing; what stands lower is computed first. */
export function derivedDepth(code: string, counted: Counted, above: readonly string[] = []): number {
  if (above.includes(code)) throw new Error(`requirements count each other: ${[...above, code].join(' → ')}`)
  const below = counted.get(code) ?? []
  return below.length === 0 ? 0 : 1 + Math.max(...below.map((next) => derivedDepth(next, counted, [...above, code])))
}
