import { beforeAll, expect, test } from 'vitest'
import { type Planted, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { writeAsSystem } from '../kernel/database/transaction.ts'
import { testPlatform } from '../kernel/testing/test-platform.ts'
import { testServer } from '../kernel/testing/test-server.ts'
import { loadRulebooks, sweep } from '../modules/rulebook/index.ts'
import { registerModules, routes } from './modules.ts'

registerModules()
const platform = await testPlatform('2026-07-10')
const world = worldOf(platform)
let [branch, group, party] = [
  { no: 0, id: '' },
  { no: 0, id: '' },
  { no: 0, id: '' },
] as [Planted, Planted, Planted]
let leader = { no: 0, id: '' } as Planted
const actors = new Map<string, Actor>()

beforeAll(async () => {
  const city = await world.organization('working_committee', '示例工委', null)
  const unit = await world.organization('unit', '示例住建局', city)
  party = await world.organization('leading_group', '示例住建局党组', unit)
  branch = await world.organization('branch', '第一支部', unit)
  group = await world.organization('group', '第一党小组', branch)
  const other = await world.organization('branch', '第二支部', unit)
  await world.people(branch, 9)
  leader = await world.person(branch, '示例书记')
  await world.post(leader, party, 'leading_group_secretary')
  actors.set('secretary', await world.actor('branch_secretary', branch))
  actors.set('neighbour', await world.actor('branch_secretary', other))
  actors.set('leader', await world.actor('unit_leader', unit, { person: leader }))
  await world.figuresFrom('2026-01-01')
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, 'rulebooks'))
  await writeAsSystem(platform.database, (tx) => sweep(tx, '2026-07-10'))
})

const server = testServer(platform, {
  routes,
  authenticate: (token) => {
    const actor = actors.get(token)
    return Promise.resolve(actor ? { actor, state: 'full' as const } : null)
  },
})
async function duties(who: string, query: string) {
  const { status, body } = await (await server).ask(`/api/v1/obligations?${query}`, { cookie: `biaoshuai=${who}` })
  return {
    status,
    items: (body['items'] ?? []) as { requirement: string; subject: { id: string }; strength: string; status: string }[],
  }
}

test('a branch answers with the duties of its groups along, when asked, and they are suggestions', async () => {
  const plain = await duties('secretary', `subject=${branch.id}&period=2026-07`)
  expect(new Set(plain.items.map((item) => item.subject.id))).toEqual(new Set([branch.id]))
  const whole = await duties('secretary', `subject=${branch.id}&groups=yes&period=2026-07`)
  const ofGroup = whole.items.filter((item) => item.subject.id === group.id && item.requirement === 'ZB10')
  expect(ofGroup).toMatchObject([{ strength: 'soft', status: 'not_due' }])
  expect(whole.items.filter((item) => item.subject.id === branch.id)).toEqual(plain.items)
})

test('the secretary of another branch is told that there is no such subject', async () => {
  expect((await duties('neighbour', `subject=${branch.id}&groups=yes&period=2026-07`)).status).toBe(404)
})

test('whoever heads a leading group sees the own lecture of the year', async () => {
  const { items } = await duties('leader', `subject=${leader.id}&period=2026`)
  const lecture = items.filter(({ requirement }) => requirement === 'ZB12')
  expect(lecture).toMatchObject([{ requirement: 'ZB12', strength: 'hard', status: 'not_due', organization: { id: party.id } }])
})
