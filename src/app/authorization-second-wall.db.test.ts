import { beforeAll, describe, expect, it } from 'vitest'
import { canariesIn, contentsHash } from '../../tests/authorization/canaries.ts'
import { type Foreign, foreignObjects } from '../../tests/authorization/foreign-objects.ts'
import { foreignReads } from '../../tests/authorization/foreign-reads.ts'
import { targetOf } from '../../tests/authorization/foreign-targets.ts'
import { foreignWrites } from '../../tests/authorization/foreign-writes.ts'
import { attempt, deniedSoFar, leaks, readAll } from '../../tests/authorization/probing.ts'
import { productServer } from '../../tests/authorization/product-server.ts'
import type { Visitor } from '../../tests/authorization/sessions.ts'
import { type TwoUnits, twoUnits } from '../../tests/authorization/two-units.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { testPlatform } from '../kernel/testing/test-platform.ts'
import { authenticate } from '../modules/directory/index.ts'

const platform = await testPlatform('2026-11-23')
let world: TwoUnits
let foreign: Foreign

/** Which wall is left: the policies believe in the whole city, the database in one unit; or neither is left. */
type Walls = (actor: Actor, city: number) => Actor
const firstWallGone: Walls = (actor, city) => ({
  ...actor,
  grants: actor.grants.map(({ role }) => ({ role, organizationNo: city })),
})
const bothGone: Walls = (actor, city) => ({
  ...firstWallGone(actor, city),
  readOrganizations: [city],
  writeOrganizations: [city],
})

const behind = (walls: Walls) =>
  productServer(platform, {
    authenticate: async (token) => {
      const known = await authenticate(platform)(token)
      return known && { ...known, actor: walls(known.actor, world.city.no) }
    },
  })
const [half, open] = [await behind(firstWallGone), await behind(bothGone)]
const as = (...names: string[]): Visitor[] => world.visitors.filter(({ name }) => names.includes(name))

beforeAll(async () => {
  world = await twoUnits(platform)
  foreign = await foreignObjects(platform, world)
}, 60_000)

describe('第二道墙：策略放行了整个城市，数据库仍只认本单位', () => {
  it('shows nothing of another unit to a handler that forgot its check', { timeout: 60_000 }, async () => {
    const answers = new Map([
      ...(await readAll(half, as('committee_officer'), foreignReads(world, foreign))),
      ...(await readAll(half, as('branch_secretary', 'member', 'discipline_secretary'), foreignReads(world, foreign, 'briefly'))),
    ])
    expect(leaks(answers)).toEqual([])
    expect([...answers].filter(([, text]) => /\b941[1-7]\b/.test(text)).map(([question]) => question)).toEqual([])
    expect([...answers].filter(([, text]) => text.startsWith('5'))).toEqual([])
  })

  it('lets nothing of another unit be written by an act whose policy let it through', { timeout: 60_000 }, async () => {
    const contents = await contentsHash(platform)
    const found: string[] = []
    for (const visitor of as('committee_officer', 'full_time_deputy', 'branch_secretary', 'discipline_secretary')) {
      for (const act of foreignWrites(targetOf(world, foreign), world)) {
        const denied = await deniedSoFar(platform)
        const answer = await attempt(half, visitor, act)
        const words = (await deniedSoFar(platform)) - denied
        const what = `${visitor.name} ${act.path} ${JSON.stringify(act.body)}: ${answer.status} ${answer.code}, ${words} in the ledger`
        if ([403, 404].includes(answer.status) !== (words === 1)) found.push(what)
        if (answer.status < 400 || answer.status >= 500 || canariesIn(answer.text).length > 0) found.push(what)
        if (answer.status < 300) throw new Error(`written: ${what}`)
      }
    }
    expect(found).toEqual([])
    expect(await contentsHash(platform)).toBe(contents)
  })

  it('is what holds: with the city in the scopes the same questions find the canaries', { timeout: 60_000 }, async () => {
    const answers = await readAll(open, as('committee_officer'), foreignReads(world, foreign, 'briefly'))
    const fields = new Set(leaks(answers).map((leak) => leak.split(': ').at(-1)))
    expect(fields.size).toBeGreaterThan(20)
  })

  it('is what holds: with the city in the scopes the same acts are written', { timeout: 60_000 }, async () => {
    const contents = await contentsHash(platform)
    // A determination is withdrawn by its author alone, whatever the scopes.
    const acts = foreignWrites(targetOf(world, foreign), world).filter(
      ({ path }) => /\/(remind|withdraw|rename)$/.test(path) && !path.includes('/determinations/'),
    )
    const statuses = []
    for (const act of acts) statuses.push((await attempt(open, as('committee_officer')[0] as Visitor, act)).status)
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(9)
    expect(await contentsHash(platform)).not.toBe(contents)
  })
})
