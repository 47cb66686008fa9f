/** Below this two problems are not put before anybody as perhaps the same. */
export const alikeFrom = 0.3

const pairsOf = (text: string): Set<string> => {
  const plain = text.replace(/[\s\p{P}]/gu, '')
  return new Set(Array.from({ length: Math.max(0, plain.length - 1) }, (_, at) => plain.slice(at, at + 2)))
}

/** How alike two texts are by their pairs of characters: 0 nothing in common, 1 the same pairs (Dice). */
export function likeness(one: string, other: string): number {
  const [a, b] = [pairsOf(one), pairsOf(other)]
  if (a.size + b.size === 0) return 0
  return (2 * [...a].filter((pair) => b.has(pair)).length) / (a.size + b.size)
}

/** Earlier ones that may be the same again, the likest first. A person decides. */
export function likest<One extends { title: string; description: string }>(
  of: { title: string; description: string },
  earlier: readonly One[],
): One[] {
  return earlier
    .map((one) => ({
      one,
      alike: Math.max(likeness(of.title, one.title), likeness(of.title + of.description, one.title + one.description)),
    }))
    .filter(({ alike }) => alike >= alikeFrom)
    .sort((a, b) => b.alike - a.alike)
    .slice(0, 5)
    .map(({ one }) => one)
}
