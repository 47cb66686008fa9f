import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { permissions } from '../../../kernel/access/permissions.ts'
import { allowsAll } from '../../../kernel/actions/action.ts'
import { readAs, writeAsSystem } from '../../../kernel/database/transaction.ts'
import { actorWith, type Planted, plantOrganization } from '../../../kernel/testing/plant.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { deriveAncestry, deriveWholeAncestry } from './ancestry.store.ts'
import { listOrganizationsOn, numbersUnder } from './organizations.queries.ts'
import { changePlace } from './tree.store.ts'

const platform = await testPlatform('2026-11-23')
permissions({ 'scopes.oracle.ask': { title: '性质检验用', roles: ['committee_officer'] } })

/** Parents by place in the list; -1 for a root. One move: who goes under whom, where that makes no circle. */
const aTree = fc.integer({ min: 2, max: 12 }).chain((size) =>
  fc.record({
    parents: fc.tuple(...Array.from({ length: size }, (_, i) => fc.integer({ min: -1, max: i - 1 }))),
    moved: fc.integer({ min: 1, max: size - 1 }),
    under: fc.integer({ min: 0, max: size - 1 }),
    granted: fc.uniqueArray(fc.integer({ min: 0, max: size - 1 }), { minLength: 1, maxLength: 3 }),
    asked: fc.uniqueArray(fc.integer({ min: 0, max: size - 1 }), { minLength: 1, maxLength: 4 }),
  }),
)

/** The oracle: walks up parent by parent. */
function isUnder(parents: readonly number[], place: number, top: number): boolean {
  for (let at = place; at >= 0; at = parents[at] ?? -1) if (at === top) return true
  return false
}

async function plant(parents: readonly number[]): Promise<Planted[]> {
  const planted: Planted[] = []
  for (const [index, parent] of parents.entries()) {
    const under = planted[parent]
    planted.push(await plantOrganization(platform, { kind: 'unit', name: `单位${index}`, ...(under && { under }) }))
  }
  await writeAsSystem(platform.database, (tx) => deriveWholeAncestry(tx))
  return planted
}

describe('范围', () => {
  it('equals walking up the tree, before and after a move, as it was and as it is', async () => {
    await fc.assert(
      fc.asyncProperty(aTree, async ({ parents, moved, under, granted, asked }) => {
        const planted = await plant(parents)
        const at = (place: number): Planted => planted[place] ?? { no: 0, id: '' }
        const moves = (parents[moved] ?? -1) >= 0 && !isUnder(parents, under, moved)
        const after = parents.map((parent, place) => (moves && place === moved ? under : parent))
        if (moves) {
          await writeAsSystem(platform.database, async (tx) => {
            await changePlace(tx, at(moved).no, { parentNo: at(under).no, on: '2026-07-01' })
            await deriveAncestry(tx, at(moved).no)
          })
        }
        const places = [...planted.keys()]
        const actor = {
          ...actorWith('committee_officer', at(0)),
          grants: granted.map((place) => ({ role: 'committee_officer', organizationNo: at(place).no })),
        }
        await readAs(platform.database, actor, async (read) => {
          const organizations = asked.map((place) => at(place).no)
          const expected = asked.every((place) => granted.some((top) => isUnder(after, place, top)))
          expect(await allowsAll(read, actor, { permission: 'scopes.oracle.ask', organizations })).toBe(expected)
          for (const [on, tree] of [
            ['2026-06-30', parents],
            ['2026-07-01', after],
          ] as const) {
            const [top = 0] = granted
            const below = places.filter((place) => isUnder(tree, place, top)).map((place) => at(place).no)
            expect((await numbersUnder(read, at(top).no, on)).toSorted((a, b) => a - b)).toEqual(below.toSorted((a, b) => a - b))
            const { items } = await listOrganizationsOn(read, { asOf: on, under: at(top).id, dissolved: false, limit: 50 })
            expect(items.map((one) => one.id).toSorted()).toEqual(
              places
                .filter((place) => isUnder(tree, place, top))
                .map((place) => at(place).id)
                .toSorted(),
            )
          }
        })
      }),
      { numRuns: 25 },
    )
  }, 60_000)
})
