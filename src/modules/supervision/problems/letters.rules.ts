/** Letters that one network may send in an hour (many stand behind one address), and all together. */
const mostOfOne = 20
const mostOfAll = 300
const hour = 3_600_000

/** Counts letters in memory alone: what is counted is forgotten every hour and with the process, and nothing is written. */
export function letterLimit(): (address: string, now: number) => boolean {
  const counted = new Map<string, number>()
  let [since, all] = [0, 0]
  return (address, now) => {
    if (now - since >= hour) {
      counted.clear()
      ;[since, all] = [now, 0]
    }
    const own = (counted.get(address) ?? 0) + 1
    if (own > mostOfOne || all + 1 > mostOfAll) return false
    counted.set(address, own)
    all += 1
    return true
  }
}
