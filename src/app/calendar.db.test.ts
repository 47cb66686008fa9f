import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { type Planted, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { perform } from '../kernel/actions/action.ts'
import { readAs, writeAsSystem } from '../kernel/database/transaction.ts'
import { testPlatform } from '../kernel/testing/test-platform.ts'
import { testServer } from '../kernel/testing/test-server.ts'
import { noticesAsked } from '../modules/desk/notices/notices.queries.ts'
import { exemptAction, loadRulebooks, remindOfDuties, sweep } from '../modules/rulebook/index.ts'
import type { CalendarDuty } from '../modules/rulebook/calendar/calendar.contract.ts'
import { registerModules, routes } from './modules.ts'

registerModules()
const today = '2026-11-23'
const platform = await testPlatform(today)
const world = worldOf(platform)
const none: Planted = { no: 0, id: '' }
let [committee, branch, other, party, member] = [none, none, none, none, none]
const actors = new Map<string, Actor>()

/** Grants stand with the account, so that what asks without a session finds them. */
async function granted(actor: Actor): Promise<Actor> {
  for (const grant of actor.grants) {
    await sql`insert into directory.grants (id, account_no, role, organization_no, valid, state, reason, proposed_at)
      values (${`grt_${actor.accountNo}`}, ${actor.accountNo}, ${grant.role}, ${grant.organizationNo}, daterange('2024-01-01', null), 'approved', '', now())`.execute(
      world.db,
    )
  }
  await sql`update directory.accounts set state = 'active', must_change_password = false where no = ${actor.accountNo}`.execute(
    world.db,
  )
  return actor
}

beforeAll(async () => {
  const city = await world.organization('working_committee', '示例工委', null)
  const unit = await world.organization('unit', '示例住建局', city)
  committee = await world.organization('party_committee', '机关党委', unit)
  branch = await world.organization('branch', '第一支部', committee)
  other = await world.organization('branch', '第二支部', committee)
  party = await world.organization('leading_group', '党组', unit)
  ;[member = none] = await world.people(branch, 4)
  actors.set('member', { ...(await granted(await world.actor('member', branch))), personNo: member.no })
  await sql`update directory.accounts set person_no = ${member.no} where no = ${actors.get('member')?.accountNo}`.execute(
    world.db,
  )
  await world.post(await world.person(branch, '示例组长'), party, 'leading_group_secretary')
  actors.set('leader', await world.actor('unit_leader', unit))
  actors.set('secretary', await granted(await world.actor('branch_secretary', branch)))
  actors.set('keeper', await granted(await world.actor('committee_secretary', committee)))
  actors.set('neighbour', await granted(await world.actor('branch_secretary', other)))
  await world.figuresFrom('2026-01-01')
  await writeAsSystem(platform.database, async (tx) => {
    await loadRulebooks(tx, 'rulebooks')
    await sweep(tx, today)
  })
})

const server = testServer(platform, {
  routes,
  authenticate: (token) => {
    const actor = actors.get(token)
    return Promise.resolve(actor ? { actor, state: 'full' as const } : null)
  },
})
const ask = async (who: string, url: string, body?: object) =>
  (await server).ask(url, { cookie: `biaoshuai=${who}`, ...(body && { method: 'POST' as const, body }) })
const calendar = async (who: string, query = '') => {
  const { status, body } = await ask(who, `/api/v1/calendar?organization=${branch.id}${query}`)
  return { status, items: (body['items'] ?? []) as CalendarDuty[] }
}

test('the calendar shows what falls due twelve months ahead, also of periods that have not begun', async () => {
  const { items } = await calendar('secretary')
  const themeDays = items.filter((item) => item.requirement === 'ZB14')
  expect(themeDays.map((item) => item.period)).toEqual([
    '2026-11',
    '2026-12',
    ...Array.from({ length: 10 }, (_, at) => `2027-${String(at + 1).padStart(2, '0')}`),
  ])
  expect(themeDays.at(-1)).toMatchObject({ status: 'not_due', due: '2027-10-31', noticeOn: '2027-10-24' })
  expect(items.map((item) => item.due)).toEqual(items.map((item) => item.due).sort())
  const group = (await ask('leader', `/api/v1/calendar?organization=${party.id}`)).body['items'] as CalendarDuty[]
  expect(group.filter((item) => item.subject.kind === 'person').map((item) => item.subject.name)).toContain('示例组长')
})

test('an exemption that is decided shows ahead of time, and only as far as it goes', async () => {
  const input = {
    subject: branch.id,
    ground: 'other' as const,
    requirement: 'ZB14',
    from: '2027-01-01',
    to: '2027-02-28',
    reason: '整体外出任务',
  }
  await perform(platform, exemptAction, { actor: actors.get('keeper') as Actor, requestId: null, idempotencyKey: null, input })
  const exempt = (await calendar('secretary')).items.filter((item) => item.status === 'exempt' && item.requirement === 'ZB14')
  expect(exempt.map((item) => item.period)).toEqual(['2027-01', '2027-02'])
})

test('a neighbour sees nothing, and a span beyond fourteen months is refused in words', async () => {
  expect((await calendar('neighbour')).status).toBe(404)
  expect((await calendar('secretary', '&from=2026-01-01&to=2027-12-31')).status).toBe(422)
  expect((await calendar('secretary', '&from=2026-12-01&to=2026-11-01')).status).toBe(400)
})

test('what is due of a member stands in her own calendar and in nobody else’s', async () => {
  const mine = async (who: string) => (await ask(who, '/api/v1/me/duties')).body['items'] as CalendarDuty[]
  const hours = (await mine('member')).filter((item) => item.requirement === 'JY4')
  expect(hours.map(({ period, due, status }) => ({ period, due, status }))).toEqual([
    { period: '2026', due: '2026-12-31', status: 'not_due' },
  ])
  expect(new Set((await mine('member')).map((item) => item.subject.id))).toEqual(new Set([member.id]))
  expect((await mine('secretary')).map((item) => item.subject.id)).not.toContain(member.id)
  expect((await calendar('secretary')).items.map((item) => item.requirement)).not.toContain('JY4')
  const path = String((await ask('member', '/api/v1/me/calendar', {})).body['path'])
  const text = (await feed(path)).body.replaceAll('\r\n ', '')
  expect(text).toContain('DTSTART;VALUE=DATE:20261231')
  expect(text).not.toContain('示例') // nor the name of any person
})

const feed = async (path: string) => (await server).app.inject({ method: 'GET', url: path })

test('a calendar program reads by the secret address what is still owed, and nothing about persons', async () => {
  const made = await ask('secretary', '/api/v1/me/calendar', {})
  const path = String(made.body['path'])
  expect(made.status).toBe(201)
  const answer = await feed(path)
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8'])
  const text = answer.body.replaceAll('\r\n ', '')
  expect(text).toContain('DTSTART;VALUE=DATE:20261231')
  expect(text).toContain('主题党日')
  expect(text).not.toContain('示例') // persons of this city are called 示例…
  const uids = (body: string) => [...body.matchAll(/^UID:(.*)\r$/gm)].map((match) => match[1])
  expect(new Set(uids(text)).size).toBe(uids(text).length)
  expect(uids((await feed(path)).body.replaceAll('\r\n ', ''))).toEqual(uids(text))
  const kept = await sql<{
    found: number
  }>`select count(*)::int as found from kernel.idempotency_keys where reply::text like '%.ics%'`.execute(world.db)
  expect(kept.rows[0]?.found).toBe(0)

  const replaced = String((await ask('secretary', '/api/v1/me/calendar', {})).body['path'])
  const unknown = ['/api/v1/calendar/x.ics', '/api/v1/calendar/%2e%2e.ics', path, path.replace('.ics', '')]
  const answers = await Promise.all(unknown.map(async (each) => (await feed(each)).statusCode))
  expect(answers).toEqual([404, 404, 404, 404])
  expect((await feed(replaced)).statusCode).toBe(200)
  expect((await ask('secretary', '/api/v1/me/calendar')).body).toEqual({ createdOn: today })
  expect((await ask('secretary', '/api/v1/me/calendar/revoke', {})).status).toBe(200)
  expect((await feed(replaced)).statusCode).toBe(404)
  expect((await ask('secretary', '/api/v1/me/calendar/revoke', {})).status).toBe(409)
})

test('the address of an account that is no longer in use shows nothing', async () => {
  const path = String((await ask('neighbour', '/api/v1/me/calendar', {})).body['path'])
  expect((await feed(path)).statusCode).toBe(200)
  await sql`update directory.accounts set state = 'disabled' where no = ${actors.get('neighbour')?.accountNo}`.execute(world.db)
  expect((await feed(path)).statusCode).toBe(404)
})

const remind = (day: string) => {
  platform.clock.moveTo(day)
  return writeAsSystem(platform.database, (tx) => remindOfDuties(tx, { today: day, at: platform.clock.now() }))
}
const told = async () => {
  const actor = actors.get('secretary') as Actor
  const { items } = await readAs(platform.database, actor, (read) => noticesAsked(read, actor, { limit: 50 }))
  return items.filter((item) => item.title.includes('快到期'))
}

test('those who keep a duty are told before its last day: once a duty, in one notice a day', async () => {
  await remind('2026-11-22')
  const before = (await told()).length
  await remind('2026-11-27')
  const [notice] = await told()
  expect(await told()).toHaveLength(before + 1)
  expect(notice?.body).toContain('11月30日：')
  expect(notice?.body).toContain('主题党日')
  await remind('2026-11-27')
  await remind('2026-11-28')
  expect(await told()).toHaveLength(before + 1)
})
