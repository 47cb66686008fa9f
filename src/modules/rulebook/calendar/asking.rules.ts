/** Counts how often an address asked within a minute, in memory; refuses above the most. */
export function asksWithin(most: number, milliseconds = 60_000) {
  const asked = new Map<string, { since: number; count: number }>()
  return (address: string, at: number): boolean => {
    const known = asked.get(address)
    if (!known || at - known.since >= milliseconds) {
      // Nothing grows without end: what is over is forgotten when much has gathered.
      if (asked.size > 10_000) for (const [key, { since }] of asked) if (at - since >= milliseconds) asked.delete(key)
      asked.set(address, { since: at, count: 1 })
      return true
    }
    known.count += 1
    return known.count <= most
  }
}
