import { beforeAll, expect, it } from 'vitest'
import type { z } from 'zod'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { type Action, perform } from '../kernel/actions/action.ts'
import { asEngine } from '../kernel/database/handles.ts'
import { readAs, writeAsSystem } from '../kernel/database/transaction.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import {
  createOrganizationAction,
  dissolveOrganizationAction,
  mergeOrganizationAction,
  moveOrganizationAction,
} from '../modules/directory/index.ts'
import { movePersonAction } from '../modules/directory/persons/move-person.actions.ts'
import { exemptAction } from '../modules/rulebook/exemptions/exemptions.actions.ts'
import { loadRulebooks, sweep } from '../modules/rulebook/index.ts'
import { OwedMemory } from '../modules/rulebook/indicators/owed-memory.rules.ts'
import { countOwed, owedCounted } from '../modules/rulebook/indicators/owed.queries.ts'
import type { Tree } from '../modules/rulebook/indicators/tree-reading.queries.ts'
import { registerModules } from './modules.ts'

const today = '2026-11-23'
let platform: TestPlatform
let world: World
let units: Planted[]
let branches: Planted[]
let people: Planted[]
let officer: Actor

beforeAll(async () => {
  registerModules()
  platform = await testPlatform(today)
  world = worldOf(platform)
  const city = await world.organization('working_committee', '示例工委', null)
  units = [await world.organization('unit', '甲单位', city), await world.organization('unit', '乙单位', city)]
  branches = await Promise.all(units.map((unit, index) => world.organization('branch', `第${index + 1}支部`, unit)))
  people = (await Promise.all(branches.map((branch) => world.people(branch, 5)))).flat()
  officer = await world.actor('committee_officer', city)
  await world.figuresFrom('2026-01-01')
  await writeAsSystem(platform.database, async (tx) => {
    await loadRulebooks(tx, 'rulebooks')
    await sweep(tx, today)
  })
})

const run = <I extends z.ZodType, R>(declared: Action<I, R>, input: unknown) =>
  perform(platform, declared, { actor: officer, requestId: null, idempotencyKey: null, input: input as z.output<I> })

const flat = ({ totals }: OwedMemory) =>
  [...totals.values()]
    .flatMap((own) => [...own.values()])
    .map((row) => JSON.stringify(row))
    .sort()

/** What memory holds after the last change beside what is counted from nothing. */
const bothWays = (tree: Tree) =>
  readAs(platform.database, officer, (read) =>
    asEngine(read, async () => {
      const memory = await owedCounted(read, { tree, asOf: today })
      const anew = new OwedMemory()
      anew.replace(null, await countOwed(read, { tree, asOf: today }, null))
      return { memory, kept: flat(memory), anew: flat(anew) }
    }),
  )

it('who owes what is counted again only where people, tree or exemptions changed, and comes to the same', async () => {
  const first = await bothWays('as_was')
  expect(first.kept.length).toBeGreaterThan(50)
  const [one, two] = units.map(({ id }) => id)
  const reason = '机构改革'
  const changes: readonly (() => Promise<unknown>)[] = [
    () => run(movePersonAction, { id: people[0]?.id, toId: branches[1]?.id, on: '2026-11-02', reason }),
    () => run(exemptAction, { subject: branches[0]?.id, ground: 'other', from: '2026-11-01', to: '2026-12-31', reason }),
    () => run(createOrganizationAction, { kind: 'branch', name: '新设支部', parentId: two, on: '2026-10-01', reason }),
    () => run(moveOrganizationAction, { id: branches[0]?.id, parentId: two, on: '2026-11-02', reason }),
    () => run(mergeOrganizationAction, { id: branches[1]?.id, intoId: branches[0]?.id, on: today, reason }),
    () => run(dissolveOrganizationAction, { id: one, on: today, reason }),
  ]
  let before = first.kept
  for (const change of changes) {
    await change()
    const { memory, kept, anew } = await bothWays('as_was')
    expect(kept).toEqual(anew)
    expect(kept).not.toEqual(before)
    expect(memory).toBe(first.memory)
    before = kept
  }
  const asIs = await bothWays('as_is')
  expect(asIs.kept).toEqual(asIs.anew)
})
