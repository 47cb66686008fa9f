import type { Heads, VoteLine } from './meeting-entry.rules.ts'

/** What is wrong when more votes were counted than came with a vote (ZB7); undefined while they fit. */
export function votesExcess(line: Pick<VoteLine, 'yes' | 'no' | 'abstained'>, heads: Heads): string | undefined {
  const sum = (line.yes ?? 0) + (line.no ?? 0) + (line.abstained ?? 0)
  if (sum <= heads.eligiblePresent) return undefined
  return `票数之和 ${sum}，超过到会有表决权的 ${heads.eligiblePresent} 人，请核对票数。`
}
