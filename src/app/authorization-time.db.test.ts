import { beforeAll, describe, expect, it } from 'vitest'
import { contentsHash, planted, row } from '../../tests/authorization/canaries.ts'
import { attempt } from '../../tests/authorization/probing.ts'
import { productServer } from '../../tests/authorization/product-server.ts'
import { aVisitor, type Visitor } from '../../tests/authorization/sessions.ts'
import { moveOn, type TwoUnits, twoUnits } from '../../tests/authorization/two-units.ts'
import { growAncestry, type Planted, plantPerson } from '../kernel/testing/plant.ts'
import { testPlatform } from '../kernel/testing/test-platform.ts'

const platform = await testPlatform('2026-11-23')
const server = await productServer(platform)
let world: TwoUnits
let deputy: Visitor
let otherDeputy: Visitor
let secretary: Visitor

beforeAll(async () => {
  world = await twoUnits(platform)
  deputy = await aVisitor(platform, 'deputy of the first unit', { held: [{ role: 'full_time_deputy', over: world.a.unit }] })
  otherDeputy = await aVisitor(platform, 'deputy of the second unit', {
    held: [{ role: 'full_time_deputy', over: world.b.unit }],
  })
  secretary = await aVisitor(platform, 'secretary', { held: [{ role: 'branch_secretary', over: world.a.branch }] })
})

async function aMeeting(at: Planted, heldOn: string): Promise<string> {
  const { no, id } = await planted(platform, 'orglife.meetings', {
    revision: 1,
    state: 'recorded',
    organization_no: at.no,
    kinds: ['members_meeting'],
    title: '一次会',
    held_on: heldOn,
    recorded_on: heldOn,
    recorded_at: new Date('2026-01-01T01:00:00Z'),
    recorded_by: 1,
  })
  await row(platform, 'orglife.meeting_organizations', { meeting_no: no, organization_no: at.no, held_on: heldOn })
  await row(platform, 'orglife.meeting_revisions', {
    meeting_no: no,
    revision: 1,
    state: 'recorded',
    body: {},
    recorded_at: new Date('2026-01-01T01:00:00Z'),
    recorded_by: 1,
  })
  await row(platform, 'orglife.agenda_items', { meeting_no: no, position: 1, title: '学习', category: 'political_theory' })
  return id
}

const seen = async (visitor: Visitor, id: string) =>
  (await server.ask(visitor, { method: 'GET', url: `/api/v1/meetings/${id}` })).statusCode
const withdrawn = async (visitor: Visitor, id: string) =>
  (await attempt(server, visitor, { method: 'POST', path: `/api/v1/meetings/${id}/withdraw`, body: { reason: '误记，撤回' } }))
    .status
const listed = async (visitor: Visitor) =>
  (await server.ask(visitor, { method: 'GET', url: '/api/v1/meetings?limit=500' })).statusCode

describe('权限的起止', () => {
  it('gives nothing from a grant that ended yesterday or begins tomorrow, everything on its first and last day', async () => {
    const over = world.a.unit
    const held = (from: string, to?: string) =>
      aVisitor(platform, `${from} ${to ?? ''}`, { held: [{ role: 'full_time_deputy', over, from, ...(to && { to }) }] })
    const [ended, coming, lastDay, firstDay] = [
      await held('2026-01-01', '2026-11-23'),
      await held('2026-11-24'),
      await held('2026-01-01', '2026-11-24'),
      await held('2026-11-23'),
    ]
    expect(await Promise.all([ended, coming, lastDay, firstDay].map(listed))).toEqual([403, 403, 200, 200])
    const id = await aMeeting(world.a.branch, '2026-11-01')
    const contents = await contentsHash(platform)
    expect([await withdrawn(ended, id), await withdrawn(coming, id)]).toEqual([403, 403])
    expect(await contentsHash(platform)).toBe(contents)
    expect(await withdrawn(firstDay, id)).toBe(200)
  })

  it.each(['ended', 'refused', 'proposed'])(
    'takes effect at the next request of a running session when the grant is %s',
    async (state) => {
      const visitor = await aVisitor(platform, state, { held: [{ role: 'full_time_deputy', over: world.a.unit }] })
      expect(await listed(visitor)).toBe(200)
      await platform.owner.pool.query('update directory.grants set state = $2 where account_no = $1', [visitor.accountNo, state])
      expect(await listed(visitor)).toBe(403)
    },
  )

  it('ends with the account: a session of a disabled account is no session', async () => {
    const visitor = await aVisitor(platform, 'leaver', { held: [{ role: 'full_time_deputy', over: world.a.unit }] })
    await platform.owner.pool.query(`update directory.accounts set state = 'disabled' where no = $1`, [visitor.accountNo])
    expect(await listed(visitor)).toBe(401)
  })
})

describe('与组织的关系', () => {
  it('reaches down and never up or sideways', async () => {
    const leader = await aVisitor(platform, 'leader', { held: [{ role: 'group_leader', over: world.a.group }] })
    const [own, below, above, sibling, cousin] = await Promise.all(
      [world.a.branch, world.a.group, world.a.committee, world.a.second, world.b.branch].map((at) => aMeeting(at, '2026-11-02')),
    )
    const all = [own, below, above, sibling, cousin].map(String)
    expect(await Promise.all(all.map((id) => seen(secretary, id)))).toEqual([200, 200, 404, 404, 404])
    expect(await Promise.all(all.map((id) => seen(leader, id)))).toEqual([404, 200, 404, 404, 404])
    expect(await Promise.all(all.map((id) => seen(deputy, id)))).toEqual([200, 200, 200, 200, 404])
    for (const id of all.slice(2)) expect(await withdrawn(secretary, id)).toBe(404)
  })

  it('shows a member the own file and nobody else’s, not even a colleague’s', async () => {
    const [self, colleague] = [
      await plantPerson(platform, { name: '本人', home: world.a.branch }),
      await plantPerson(platform, { name: '同事', home: world.a.branch }),
    ]
    const visitor = await aVisitor(platform, 'member', { person: self, held: [{ role: 'member', over: world.a.branch }] })
    const file = async ({ id }: Planted) =>
      (await server.ask(visitor, { method: 'GET', url: `/api/v1/persons/${id}` })).statusCode
    expect([await file(self), await file(colleague)]).toEqual([200, 404])
  })

  it('lets somebody without any role do no more than keep his own account', async () => {
    const visitor = await aVisitor(platform, 'nobody yet', {
      person: await plantPerson(platform, { name: '无职', home: world.a.branch }),
    })
    expect(await listed(visitor)).toBe(403)
    expect((await server.ask(visitor, { method: 'GET', url: '/api/v1/cases' })).json()).toMatchObject({ items: [] })
  })
})

describe('随时间变化的组织树', () => {
  it('leaves what a branch did under a unit readable there after it moved away, and what came later to the new one alone', async () => {
    const moved = world.a.second
    const [before, since] = [await aMeeting(moved, '2026-05-10'), await aMeeting(moved, '2026-07-10')]
    await moveOn(platform, moved, { to: world.b.committee, on: '2026-06-01' })
    expect([await seen(deputy, before), await seen(deputy, since)]).toEqual([200, 404])
    expect([await seen(otherDeputy, before), await seen(otherDeputy, since)]).toEqual([200, 200])
    const contents = await contentsHash(platform)
    expect([await withdrawn(deputy, before), await withdrawn(deputy, since)]).toEqual([404, 404])
    expect(await contentsHash(platform)).toBe(contents)
    expect(await withdrawn(otherDeputy, since)).toBe(200)
  })

  it('keeps the facts of a dissolved branch readable to the unit it stood under, and writable to nobody below the city', async () => {
    const gone = world.b.second
    const id = await aMeeting(gone, '2026-08-10')
    await platform.owner.pool.query(`update directory.organizations set dissolved_on = '2026-09-01' where no = $1`, [gone.no])
    await platform.owner.pool.query(
      `update directory.organization_edges set valid = daterange(lower(valid), '2026-09-01') where organization_no = $1`,
      [gone.no],
    )
    await growAncestry(platform)
    expect([await seen(otherDeputy, id), await seen(deputy, id)]).toEqual([200, 404])
    const contents = await contentsHash(platform)
    expect([await withdrawn(otherDeputy, id), await withdrawn(deputy, id)]).toEqual([404, 404])
    expect(await contentsHash(platform)).toBe(contents)
  })
})
