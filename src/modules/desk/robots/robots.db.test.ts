import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import { type RobotMessage, RobotRefused, type RobotSender } from '../../../kernel/robots/robots.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import '../index.ts'
import { addRobotAction, changeRobotAction, testRobotAction } from './robots.actions.ts'
import { planRobotPosts, sendRobotPost } from './robots.jobs.ts'
import { robotsAsked } from './robots.queries.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
const origin = 'https://dj.example.gov.cn'
let city: SupervisedCity
let system: Actor
const address = 'https://oapi.dingtalk.com/robot/send?access_token=very-secret-token'
const secret = 'SECvery-secret'

beforeAll(async () => {
  city = await aSupervisedCity(platform)
  system = { ...city.officer, administrator: 'system', grants: [], readOrganizations: [], writeOrganizations: [] }
  await sql`insert into supervision.cases (id, number, revision, state, organization_no, opened_by_organization_no, title, source, due_on, proposed_at, opened_by)
    select 'cas_' || k, 'n' || k, 1, 'supervised', o, ${city.committee.no}, '督办标题' || k, 'manual', d::date, now(), 1
    from (values (1, ${city.branch.no}::bigint, '2026-11-10'), (2, ${city.branch.no}::bigint, '2026-11-24'), (3, ${city.otherBranch.no}::bigint, '2026-11-10')) v (k, o, d)`.execute(
    platform.owner.kysely,
  )
})

const at = (day: string, hour: number) => new Date(`${day}T${String(hour).padStart(2, '0')}:05:00+08:00`)
const plan = (now: Date) => planRobotPosts(platform, { now, origin })
const shown = (actor: Actor = system) => readAs(platform.database, actor, robotsAsked)
const queued = async () =>
  (
    await sql<{ no: number; line: string }>`select no, line from desk.robot_posts where state = 'queued' order by no`.execute(
      platform.owner.kysely,
    )
  ).rows
const adding = (more: object = {}) => ({
  name: '第一局工作群',
  organizationId: city.unit.id,
  provider: 'dingtalk' as const,
  address,
  secret,
  lines: ['overdue' as const, 'reminders' as const, 'digest' as const],
  hour: 9,
  ...more,
})

function taking(): RobotSender & { readonly got: RobotMessage[] } {
  const got: RobotMessage[] = []
  return { got, send: (message) => Promise.resolve(void got.push(message)) }
}

test('a robot is the system administrator’s: address and secret are sealed, never shown, and only allowed hosts are taken', async () => {
  const { id } = await act(system, addRobotAction, adding())
  for (const actor of [city.officer, city.deputy])
    await expect(act(actor, addRobotAction, adding())).rejects.toMatchObject({ code: 'kernel.forbidden' })
  expect(await shown(city.officer)).toEqual([])
  await expect(act(system, addRobotAction, adding({ address: 'https://10.0.0.8/robot' }))).rejects.toMatchObject({
    code: 'desk.robot_address',
    errors: [{ field: 'address', message: expect.stringContaining('只能发往允许的主机') }],
  })
  const { rows } = await sql<{ row: string }>`select r::text as row from desk.robots r
    union all select e::text from ledger.entries e where e.action like 'desk.robot%'`.execute(platform.owner.kysely)
  for (const { row } of rows) expect(row).not.toMatch(/very-secret/)
  expect(await shown()).toMatchObject([
    { id, host: 'oapi.dingtalk.com', signed: true, enabled: true, sentAt: null, failure: null },
  ])
  expect(JSON.stringify(await shown())).not.toMatch(/very-secret|sealed/)
})

test('on working days from the robot’s hour on each line goes once a day, as a count and a link, of its organization alone', async () => {
  expect([await plan(at('2026-11-22', 10)), await plan(at('2026-11-23', 8)), await plan(at('2026-11-23', 21))]).toEqual([0, 0, 0])
  expect([await plan(at('2026-11-23', 9)), await plan(at('2026-11-23', 9)), await plan(at('2026-11-23', 15))]).toEqual([3, 0, 0])
  const robots = taking()
  for (const { no } of await queued()) await sendRobotPost(platform, no, { robots, now: at('2026-11-23', 9), last: false })
  for (const no of [1, 2, 3]) await sendRobotPost(platform, no, { robots, now: at('2026-11-23', 9), last: false })
  expect(robots.got.map(({ text }) => text)).toEqual([
    `表率：逾期 1 项。\n${origin}/desk?heap=overdue`,
    `表率：三天内到期 1 项。\n${origin}/desk`,
    `表率：没办结 2 项，今天到期 0 项，逾期 1 项，待核验 0 项。\n${origin}/desk`,
  ])
  expect(robots.got[0]).toMatchObject({ provider: 'dingtalk', address, secret })
  expect(robots.got.map(({ text }) => text).join('')).not.toMatch(/督办标题|第一局|第二支部|甲某/)
  expect((await shown())[0]).toMatchObject({ sentAt: expect.any(String), queued: 0 })
})

test('what was not taken is said on the page, tried again and given up in the end; nothing is sent twice by two nodes', async () => {
  const [robot] = await shown()
  const id = robot?.id ?? ''
  await expect(act(city.deputy, testRobotAction, { id })).rejects.toMatchObject({ code: 'kernel.forbidden' })
  await act(system, testRobotAction, { id })
  const [post] = await queued()
  const no = post?.no ?? 0
  const broken: RobotSender = { send: () => Promise.reject(new RobotRefused('对方没有收下，答复代码 310000。')) }
  await expect(sendRobotPost(platform, no, { robots: broken, now: at('2026-11-23', 10), last: false })).rejects.toThrow()
  expect((await shown())[0]).toMatchObject({ failure: '对方没有收下，答复代码 310000。', queued: 1 })
  const got: string[] = []
  const slow: RobotSender = {
    send: async ({ text }) => {
      got.push(text)
      await new Promise((resolve) => setTimeout(resolve, 150))
    },
  }
  const sending = { robots: slow, now: at('2026-11-23', 11), last: false }
  await Promise.all([sendRobotPost(platform, no, sending), sendRobotPost(platform, no, sending)])
  expect(got).toEqual([expect.stringContaining('试发')])
  expect((await shown())[0]).toMatchObject({ failure: null, queued: 0 })
  platform.clock.moveTo('2026-11-24')
  await act(system, testRobotAction, { id })
  const [again] = await queued()
  await expect(
    sendRobotPost(platform, again?.no ?? 0, { robots: broken, now: at('2026-11-24', 10), last: true }),
  ).rejects.toThrow()
  expect((await shown())[0]).toMatchObject({ failure: expect.any(String), queued: 0 })
})

test('a change names its revision, may stop the robot, and takes a new address only where one is allowed', async () => {
  const [robot] = await shown()
  const change = { id: robot?.id ?? '', revision: 1, name: '改名的群', lines: ['overdue' as const], hour: 10, enabled: false }
  await expect(act(city.officer, changeRobotAction, change)).rejects.toMatchObject({ code: 'kernel.forbidden' })
  await expect(act(system, changeRobotAction, { ...change, address: 'http://oapi.dingtalk.com/' })).rejects.toMatchObject({
    code: 'desk.robot_address',
  })
  expect(await act(system, changeRobotAction, change)).toMatchObject({ revision: 2 })
  await expect(act(system, changeRobotAction, change)).rejects.toMatchObject({ code: 'kernel.changed_meanwhile' })
  await expect(act(system, changeRobotAction, { ...change, id: 'rbt_none' })).rejects.toMatchObject({
    code: 'desk.robot_not_found',
  })
  expect(await plan(at('2026-11-24', 12))).toBe(0)
})
