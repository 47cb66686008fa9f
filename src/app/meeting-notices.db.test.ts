import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { type Planted, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { testPlatform } from '../kernel/testing/test-platform.ts'
import { testServer } from '../kernel/testing/test-server.ts'
import { registerModules, routes } from './modules.ts'

registerModules()
const platform = await testPlatform('2026-11-23')
const world = worldOf(platform)
const actors = new Map<string, Actor>()
let branch: Planted = { no: 0, id: '' }
let meeting = ''

const server = testServer(platform, {
  routes,
  authenticate: (token) => {
    const actor = actors.get(token)
    return Promise.resolve(actor ? { actor, state: 'full' as const } : null)
  },
})

/** An account with its approved role, as notices look for it. */
async function holder(name: string, role: string, person?: Planted): Promise<void> {
  const actor = await world.actor(role, branch, { ...(person && { person }), writes: role !== 'member' })
  await sql`insert into directory.grants (id, account_no, role, organization_no, valid, state, proposed_by, proposed_at, reason)
    values (${`grt_${name}`}, ${actor.accountNo}, ${role}, ${branch.no}, daterange('2026-01-01', null), 'approved', ${actor.accountNo}, now(), '任职')`.execute(
    world.db,
  )
  actors.set(name, actor)
}

beforeAll(async () => {
  const unit = await world.organization('unit', '示例局', null)
  branch = await world.organization('branch', '第一支部', unit)
  const [one, two] = await world.people(branch, 5)
  await holder('secretary', 'branch_secretary')
  await holder('planner', 'branch_committee_member')
  await holder('member', 'member', one)
  await holder('fellow', 'member', two)
  const planned = await ask('planner', 'POST /meetings/plan', {
    organizationIds: [branch.id],
    kinds: ['members_meeting'],
    title: '支部党员大会',
    heldOn: '2026-11-27',
    place: '三楼会议室',
    agenda: [
      { title: '政治理论学习', category: 'political_theory' },
      { title: '讨论发展党员', category: 'party_affairs' },
    ],
  })
  meeting = String(planned.body['id'])
})

/** Asks as somebody: `POST /meetings/plan`. */
async function ask(who: string, operation: `${'GET' | 'POST'} ${string}`, body?: object) {
  const [method, path] = operation.split(' ') as ['GET' | 'POST', string]
  return (await server).ask(`/api/v1${path}`, { method, cookie: `biaoshuai=${who}`, ...(body && { body }) })
}
async function told(who: string) {
  const { body } = await ask(who, 'GET /notices')
  return (body['items'] as { title: string; body: string; link: string }[]).map(({ title, body, link }) => ({
    title,
    body,
    link,
  }))
}
async function onLeave() {
  const { body } = await ask('fellow', `GET /meetings/${meeting}`)
  return (body['leave'] as { reason: string }[]).map(({ reason }) => reason)
}

test('whoever is expected is told when, where and what about, in order', async () => {
  expect(await told('member')).toEqual([
    {
      title: '2026年11月27日开会：支部党员大会',
      body: '地点：三楼会议室\n议程：1. 政治理论学习；2. 讨论发展党员\n不能参加的，请会前请假。',
      link: `/meetings/${meeting}`,
    },
  ])
})

test('leave is asked, its reason changed and taken back; those who planned are told, others are not', async () => {
  expect((await ask('member', `POST /meetings/${meeting}/leave`, { reason: '出差' })).status).toBe(200)
  expect((await ask('member', `POST /meetings/${meeting}/leave`, { reason: '住院' })).status).toBe(200)
  expect(await onLeave()).toEqual(['住院'])
  expect((await told('secretary'))[0]).toEqual({
    title: '有人请假：支部党员大会',
    body: '谁请假、什么原因，点开会议看。',
    link: `/meetings/${meeting}`,
  })
  expect((await told('planner'))[0]?.title).toBe('有人请假：支部党员大会')
  expect((await ask('member', `POST /meetings/${meeting}/leave/withdraw`)).status).toBe(200)
  expect(await onLeave()).toEqual([])
  expect((await told('secretary'))[0]?.title).toBe('有人取消请假：支部党员大会')
  expect(await told('fellow')).toHaveLength(1)
})

test('nobody takes back the leave of another', async () => {
  await ask('member', `POST /meetings/${meeting}/leave`, { reason: '出差' })
  await ask('fellow', `POST /meetings/${meeting}/leave/withdraw`)
  await ask('secretary', `POST /meetings/${meeting}/leave/withdraw`)
  expect(await onLeave()).toEqual(['出差'])
})

test('once the meeting is cancelled, leave stands as it was asked', async () => {
  await ask('planner', `POST /meetings/${meeting}/cancel`, { reason: '另行安排' })
  expect((await ask('member', `POST /meetings/${meeting}/leave/withdraw`)).status).toBe(409)
  expect(await onLeave()).toEqual(['出差'])
})
