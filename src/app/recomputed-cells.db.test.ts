import { beforeAll, describe, expect, it } from 'vitest'
import { dutiesOf, recomputable, spansOf } from '../../tests/recomputation/recompute.ts'
import { type Facts, readFacts } from '../../tests/recomputation/facts.ts'
import { worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { readAs, writeAsSystem } from '../kernel/database/transaction.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { listIndicators } from '../modules/rulebook/indicators/indicators.contract.ts'
import { indicatorsAsked, loadRulebooks, updateCells } from '../modules/rulebook/index.ts'
import { seedDemonstration } from './demonstration/seed-demonstration.ts'
import { registerModules } from './modules.ts'

const today = '2026-11-23'
const year = 2026
let platform: TestPlatform
let facts: Facts
let officer: Actor

beforeAll(async () => {
  registerModules()
  platform = await testPlatform(today)
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, 'rulebooks'))
  await seedDemonstration(platform, { scale: 'small', today, passwordHash: 'scrypt$made-up' })
  await writeAsSystem(platform.database, async (tx) => {
    while ((await updateCells(tx)) > 0);
  })
  facts = await readFacts(platform.owner.pool)
  const root = facts.organizations.find(({ kind }) => kind === 'working_committee')
  officer = await worldOf(platform).actor('committee_officer', { no: root?.no ?? 0, id: root?.id ?? '' })
}, 120_000)

type Sums = Readonly<Record<string, readonly number[]>>

/** Sums of a period under each organization, by the tree of each duty's last day. */
function byHand(period: { starts: string; ends: string }, { duties, above }: ReturnType<typeof dutiesOf>): Sums {
  const sums: Record<string, number[]> = {}
  for (const duty of duties.filter(({ span }) => span.starts >= period.starts && span.ends <= period.ends)) {
    for (const org of above(duty.organization, duty.span.ends)) {
      const sum = (sums[`${org} ${duty.rule.code} ${duty.rule.strength}`] ??= [0, 0, 0, 0, 0, 0, 0])
      sum[duty.status - 1] = (sum[duty.status - 1] ?? 0) + 1
      sum[5] = (sum[5] ?? 0) + duty.numerator
      sum[6] = (sum[6] ?? 0) + duty.denominator
    }
  }
  return sums
}

async function shown(organization: string, period: string): Promise<Sums> {
  const query = listIndicators.query.parse({ organization, period })
  const { items } = await readAs(platform.database, officer, (read) => indicatorsAsked(read, query, today))
  const own = items.filter((item) => item.organization.self)
  return Object.fromEntries(
    own.map(({ requirement, strength, counts, value }) => {
      const { met, met_late, unmet, not_reported, exempt } = counts
      return [`${requirement} ${strength}`, [met, met_late, unmet, not_reported, exempt, value.numerator, value.denominator]]
    }),
  )
}

/** Rules for which something was worked out at a place. */
const keysOf = (sums: Sums, place: number): string[] =>
  Object.keys(sums).flatMap((key) => (key.startsWith(`${place} `) ? [key.slice(`${place} `.length)] : []))

/** A plain repeatable draw. */
function drawing(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

describe('cells recomputed from the raw records by a program that shares nothing with the engine', () => {
  it('equal what the product shows, in three hundred drawn at random', async () => {
    const known = new Set(facts.rules.filter(recomputable).map(({ code, strength }) => `${code} ${strength}`))
    expect(known.size).toBeGreaterThan(36)
    const all = dutiesOf(facts, year, today)
    const draw = drawing(20261123)
    const places = facts.organizations.filter(({ kind, ended }) => ended === null && kind !== 'group')
    const periods = (['month', 'quarter', 'half', 'year'] as const).flatMap((cadence) => spansOf(cadence, year))
    const begun = periods.filter(({ starts }) => starts <= today)
    const seen = new Set<string>()
    let cells = 0
    let busy = 0
    while (cells < 300) {
      const place = places[draw(places.length)]
      const period = begun[draw(begun.length)]
      if (!place || !period || seen.has(`${place.no} ${period.name}`)) continue
      seen.add(`${place.no} ${period.name}`)
      const [expected, found] = [byHand(period, all), await shown(place.id, period.name)]
      // What either of the two holds something for, and now and then one that should be empty.
      const [hands, products] = [keysOf(expected, place.no), Object.keys(found).filter((key) => known.has(key))]
      const filled = [...new Set([...hands, ...products])].sort()
      const drawn =
        filled.length > 0 ? Array.from({ length: 4 }, () => filled[draw(filled.length)]) : [[...known][draw(known.size)]]
      for (const rule of new Set(drawn.filter((each) => each !== undefined))) {
        const nothing = [0, 0, 0, 0, 0, 0, 0]
        const at = { place: place.id, period: period.name, rule }
        expect({ ...at, cell: found[rule] ?? nothing }).toEqual({ ...at, cell: expected[`${place.no} ${rule}`] ?? nothing })
        cells += 1
        if (hands.includes(rule)) busy += 1
      }
    }
    expect(busy).toBeGreaterThan(200)
  }, 120_000)

  it('hold each subject of an ended period exactly once, whatever its status', async () => {
    const root = facts.organizations.find(({ kind }) => kind === 'working_committee')?.id ?? ''
    const counted = dutiesOf(facts, year, today).subjects.filter(
      ({ rule, span }) => rule.target.at_least !== undefined && span.ends < '2026-10-01',
    )
    const byPeriod = Map.groupBy(counted, ({ span }) => span.name)
    let compared = 0
    for (const [period, lines] of byPeriod) {
      const found = await shown(root, period)
      for (const { rule, count } of lines) {
        const statuses = (found[`${rule.code} ${rule.strength}`] ?? []).slice(0, 5)
        const subjects = statuses.reduce((sum, each) => sum + each, 0)
        expect({ rule: rule.code, period, subjects }).toEqual({ rule: rule.code, period, subjects: count })
        if (count > 0) compared += 1
      }
    }
    expect(compared).toBeGreaterThan(30)
  })
})
