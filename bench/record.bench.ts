import { writeAsSystem } from '../src/kernel/database/transaction.ts'
import { updateCells } from '../src/modules/rulebook/index.ts'
import { type Branch, recordThemeDay, someBranches } from './branches.ts'
import { type Figure, halfAndMost, interleaved, quantile, ratio } from './measuring.ts'
import type { Place } from './place.ts'

const rounds = 200
const warmUp = 40

/**
 * One meeting recorded, by a different branch each time: the whole action with access, facts, obligations, ledger and events,
 * under the application's role. With two places their samples alternate, and the ratio is the second to the first.
 */
export async function measureRecord(places: readonly Place[]): Promise<Figure[]> {
  const branches = await Promise.all(places.map((place) => someBranches(place, rounds + warmUp)))
  const samples = await interleaved(
    Object.fromEntries(
      places.map((place, index) => [
        place.size,
        (round: number) => recordThemeDay(place, branchAt(branches[index] ?? [], round)),
      ]),
    ),
    { rounds, warmUp },
  )
  for (const place of places) while ((await writeAsSystem(place.platform.database, (tx) => updateCells(tx))) > 0);
  const figures: Figure[] = places.map(({ size }) => ({ name: `记一次会议：${size}`, value: halfAndMost(samples[size] ?? []) }))
  const [first, second] = places.map(({ size }) => samples[size] ?? [])
  if (!first || !second) return figures
  const [half, most] = [0.5, 0.95].map((share) => quantile(second, share) / quantile(first, share))
  const value = `中位 ${ratio(half ?? Number.NaN)}，p95 ${ratio(most ?? Number.NaN)}`
  return [...figures, { name: '记一次会议：省 ÷ 市', value, target: '中位 ≤ 1.3 ×', met: (half ?? Number.NaN) <= 1.3 }]
}

function branchAt(branches: readonly Branch[], round: number): Branch {
  const branch = branches[round % branches.length]
  if (!branch) throw new Error('the place has no branch with members')
  return branch
}
