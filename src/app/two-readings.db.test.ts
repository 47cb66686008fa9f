import fc from 'fast-check'
import { sql } from 'kysely'
import type { z } from 'zod'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { type Action, perform } from '../kernel/actions/action.ts'
import { readAs, writeAsSystem } from '../kernel/database/transaction.ts'
import { Problem } from '../kernel/errors/problem.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { addDays } from '../kernel/time/civil-date.ts'
import { period as parse } from '../kernel/time/period.ts'
import {
  dissolveOrganizationAction,
  mergeOrganizationAction,
  moveOrganizationAction,
  splitOrganizationAction,
} from '../modules/directory/index.ts'
import { recordMeetingAction } from '../modules/orglife/index.ts'
import { recordMeetingBody } from '../modules/orglife/meetings/meetings.contract.ts'
import { listIndicators } from '../modules/rulebook/indicators/indicators.contract.ts'
import { indicatorsAsked, loadRulebooks, sweep, updateCells } from '../modules/rulebook/index.ts'
import { registerModules } from './modules.ts'

let platform: TestPlatform
let world: World
let city: Planted
let officer: Actor
const firstDay = '2026-01-01'
const periods = ['2026-02', '2026-05', '2026Q1', '2026Q2', '2026']

beforeAll(async () => {
  registerModules()
  platform = await testPlatform(firstDay)
  world = worldOf(platform)
  city = await world.organization('working_committee', '示例工委', null)
  for (const name of ['甲', '乙', '丙']) {
    const unit = await world.organization('unit', `${name}单位`, city)
    const committee = await world.organization('party_committee', `${name}机关党委`, unit)
    for (const number of [1, 2]) {
      const branch = await world.organization('branch', `${name}第${number}支部`, committee)
      const people = await world.people(branch, 7)
      await world.committee(branch, people.slice(0, 3))
    }
  }
  officer = await world.actor('committee_officer', city)
  await world.figuresFrom(firstDay)
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, 'rulebooks'))
  await world.onlyRequirements('D1.2', 'ZB6', 'ZB9', 'ZB10', 'ZB14', 'ZB16', 'JG4', 'JG11')
})

type Step = { does: 'move' | 'merge' | 'dissolve' | 'split' | 'record' | 'pass'; one: number; other: number; days: number }
const step: fc.Arbitrary<Step> = fc.record({
  does: fc.constantFrom('move', 'merge', 'dissolve', 'split', 'record', 'record', 'pass', 'pass'),
  one: fc.nat(40),
  other: fc.nat(40),
  days: fc.integer({ min: 1, max: 34 }),
})

interface Standing {
  readonly no: number
  readonly id: string
  readonly kind: string
  readonly ended: string | null
  readonly successor: number | null
}

async function organizations(): Promise<Standing[]> {
  const rows = await sql<Standing>`select no, id, kind, dissolved_on::text as ended, successor_no as successor
    from directory.organizations order by no`.execute(world.db)
  return rows.rows
}

async function attempt<I extends z.ZodType, R>(declared: Action<I, R>, input: unknown): Promise<boolean> {
  try {
    await perform(platform, declared, { actor: officer, requestId: null, idempotencyKey: null, input: input as z.output<I> })
    return true
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return false
  }
}

let split = 0
async function take({ does, one, other, days }: Step): Promise<boolean> {
  const today = platform.clock.today()
  if (does === 'pass') {
    platform.clock.moveTo(addDays(today, days))
    await writeAsSystem(platform.database, (tx) => sweep(tx, platform.clock.today()))
    return true
  }
  const living = (await organizations()).filter((each) => each.ended === null && each.no !== city.no)
  const pick = (at: number, kinds: readonly string[]) => {
    const fitting = living.filter((each) => kinds.includes(each.kind))
    return fitting[at % fitting.length]?.id ?? ''
  }
  const on = addDays(today, -(days % 9))
  const [branch, anywhere] = [pick(one, ['branch']), ['unit', 'party_committee', 'branch']]
  if (does === 'move') {
    return attempt(moveOrganizationAction, { id: branch, parentId: pick(other, ['party_committee']), on, reason: '机构改革' })
  }
  if (does === 'merge') {
    const [id, intoId] = [pick(one, anywhere), pick(other, anywhere)]
    return attempt(mergeOrganizationAction, { id, intoId, on, reason: '机构改革' })
  }
  // One without members may end without a successor: the last that was split off.
  if (does === 'dissolve') return attempt(dissolveOrganizationAction, { id: living.at(-1)?.id, on, reason: '任务完成' })
  if (does === 'split') {
    split += 1
    const input = { id: branch, name: `新设第${split}支部`, personIds: [], childIds: [], on, reason: '人数增加' }
    return attempt(splitOrganizationAction, input)
  }
  const agenda = [{ title: '学习', category: 'political_theory' as const }]
  const body = { organizationIds: [branch], kinds: ['theme_day'], title: '会议', heldOn: on, agenda, lateReason: '补记' }
  return attempt(recordMeetingAction, recordMeetingBody.parse(body))
}

/** Who stands above an organization on a day, from the edges alone; of today, an ended one goes with its successor or last parent. */
async function ancestry() {
  const all = new Map((await organizations()).map((each) => [each.no, each]))
  const edges = await sql<{ no: number; parent: number; from: string; to: string | null }>`select organization_no as no,
    parent_no as parent, lower(valid)::text as from, upper(valid)::text as to from directory.organization_edges order by lower(valid)`.execute(
    world.db,
  )
  const of = (no: number) => edges.rows.filter((edge) => edge.no === no)
  function on(no: number, day: string): number[] {
    const edge = of(no).find(({ from, to }) => from <= day && (to === null || to > day))
    return [no, ...(edge ? on(edge.parent, day) : [])]
  }
  function heir(no: number): number {
    const each = all.get(no)
    return each && each.ended !== null ? heir(each.successor ?? of(no).at(-1)?.parent ?? 0) : no
  }
  const now = (no: number) => [...new Set([no, ...on(heir(no), '2999-01-01')])]
  return { on, now }
}

type Sums = Record<string, number[]>

/** The sums of each reading, added up from the single duties in plain loops. */
async function byHand(period: string, tree: 'as_was' | 'as_is'): Promise<Sums> {
  const { starts, ends } = parse(period)
  const duties = await sql<{ organization: number; code: string; status: number; ends: string; n: number; d: number }>`
    select o.organization_no as organization, r.code || ' ' || r.strength as code, o.status, p.ends::text, o.numerator as n, o.denominator as d
    from rulebook.obligations o join rulebook.periods p on p.no = o.period_no join rulebook.requirements r on r.no = o.requirement_no
    where p.starts >= ${starts}::date and p.ends <= ${ends}::date`.execute(world.db)
  const { on, now } = await ancestry()
  const sums: Sums = {}
  for (const duty of duties.rows) {
    for (const above of tree === 'as_was' ? on(duty.organization, duty.ends) : now(duty.organization)) {
      const key = `${above} ${duty.code}`
      const sum = (sums[key] ??= [0, 0, 0, 0, 0, 0, 0])
      sum[duty.status - 1] = (sum[duty.status - 1] ?? 0) + 1
      sum[5] = (sum[5] ?? 0) + duty.n
      sum[6] = (sum[6] ?? 0) + duty.d
    }
  }
  return sums
}

async function shown(period: string, tree: 'as_was' | 'as_is', from: readonly Standing[]): Promise<Sums> {
  const sums: Sums = {}
  for (const { id, no } of from) {
    const asked = listIndicators.query.parse({ organization: id, period, tree })
    const { items } = await readAs(platform.database, officer, (read) => indicatorsAsked(read, asked, platform.clock.today()))
    for (const { organization, requirement, strength, counts, value } of items.filter((item) => item.organization.self)) {
      const { met, met_late, unmet, not_reported, exempt } = counts
      const sum = [met, met_late, unmet, not_reported, exempt, value.numerator, value.denominator]
      if (organization.id === id && sum.some((part) => part !== 0)) sums[`${no} ${requirement} ${strength}`] = sum
    }
  }
  return sums
}

const restricted = (sums: Sums, nos: ReadonlySet<number>): Sums =>
  Object.fromEntries(
    Object.entries(sums).filter(([key, sum]) => nos.has(Number(key.split(' ')[0])) && sum.some((part) => part !== 0)),
  )

describe('after any moves, mergers, splits and endings', () => {
  it('both readings are the sums of the same duties, each by its own tree, and the city’s total is the same in both', async () => {
    const taken: Record<string, number> = {}
    let differing = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 18 }), async (steps) => {
        for (const each of steps) if (await take(each)) taken[each.does] = (taken[each.does] ?? 0) + 1
        await writeAsSystem(platform.database, async (tx) => {
          await sweep(tx, platform.clock.today())
          while ((await updateCells(tx)) > 0);
        })
        const living = (await organizations()).filter((each) => each.ended === null)
        const nos = new Set(living.map((each) => each.no))
        for (const period of periods) {
          const [was, is] = [await shown(period, 'as_was', living), await shown(period, 'as_is', living)]
          expect(was).toEqual(restricted(await byHand(period, 'as_was'), nos))
          expect(is).toEqual(restricted(await byHand(period, 'as_is'), nos))
          const own = (sums: Sums) => restricted(sums, new Set([city.no]))
          expect(own(is)).toEqual(own(was))
          if (JSON.stringify(is) !== JSON.stringify(was)) differing += 1
        }
      }),
      { numRuns: 4, seed: 20261124, endOnFailure: true },
    )
    expect(differing).toBeGreaterThan(5)
    expect(Object.keys(taken).sort()).toEqual(['dissolve', 'merge', 'move', 'pass', 'record', 'split'])
  }, 120_000)
})
