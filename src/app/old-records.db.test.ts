import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { type Planted, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { readAs, writeAsSystem } from '../kernel/database/transaction.ts'
import { testPlatform } from '../kernel/testing/test-platform.ts'
import { testServer } from '../kernel/testing/test-server.ts'
import { checked } from '../modules/orglife/imports/check.queries.ts'
import type { SheetMeeting } from '../modules/orglife/imports/sheet.rules.ts'
import { loadRulebooks, sweep } from '../modules/rulebook/index.ts'
import { registerModules, routes } from './modules.ts'

registerModules()
const platform = await testPlatform('2026-11-23')
const world = worldOf(platform)
const actors = new Map<string, Actor>()
const server = await testServer(platform, {
  routes,
  authenticate: (token) => {
    const actor = actors.get(token)
    return Promise.resolve(actor ? { actor, state: 'full' as const } : null)
  },
})
let branch: Planted = { no: 0, id: '' }

const rulebook = `
document: { code: BL2026, title: 示例办法, issuer: 示例工委, issued_on: 2026-01-01, in_force_from: 2026-01-01, kind: local_document }
clauses:
  - { code: BL-1, title: 每月开会, gist: 各支部每月开一次党员大会。, dimension: D1 }
requirements:
  - { code: BL1, title: 每月党员大会, clauses: [BL-1], dimension: D1, version: 1, valid_from: 2026-01-01, strength: hard, confidence: A, enabled: true,
      source: { regulation: 示例办法, article: 第一条 }, subject: { kinds: [branch] }, cadence: month, grace_days: 5,
      measure: { name: orglife.meetings_held, params: { kinds: [members_meeting] } }, target: { at_least: 1 }, formula: 当月举行的党员大会次数。, remedy: 开会后记一次 }
`

const meeting = (heldOn: string, more: object = {}) => ({
  kinds: ['members_meeting'],
  title: `${heldOn.slice(5, 7)}月党员大会`,
  heldOn,
  agenda: [{ title: '学习', category: 'political_theory' }],
  ...more,
})
const ask = (who: string, path: string, body?: object) =>
  server.ask(`/api/v1/meeting-imports${path}`, {
    method: body ? 'POST' : 'GET',
    cookie: `biaoshuai=${who}`,
    ...(body && { body }),
  })
const statuses = async () =>
  (
    await sql<{
      status: number
      n: number
    }>`select o.status, count(*)::int as n from rulebook.obligations o join rulebook.requirements r on r.no = o.requirement_no
      where r.code = 'BL1' group by 1 order by 1`.execute(world.db)
  ).rows.map(({ status, n }) => `${status}:${n}`)

beforeAll(async () => {
  const unit = await world.organization('unit', '示例局', null)
  branch = await world.organization('branch', '第一支部', unit)
  const other = await world.organization('branch', '第二支部', unit)
  await world.people(branch, 3)
  await world.people(other, 3)
  actors.set('secretary', await world.actor('branch_secretary', branch))
  actors.set('neighbour', await world.actor('branch_secretary', other))
  actors.set('member', await world.actor('member', branch, { writes: false }))
  const folder = await mkdtemp(join(tmpdir(), 'old-records-'))
  await writeFile(join(folder, 'bl.yaml'), rulebook)
  await writeAsSystem(platform.database, async (tx) => {
    await loadRulebooks(tx, folder)
    await sweep(tx, '2026-11-23')
  })
  await rm(folder, { recursive: true })
})

test('a year of old meetings is tried, brought in late and seen to be late, and taken back but for what was corrected since', async () => {
  const before = await statuses()
  const body = {
    organizationId: branch.id,
    lateReason: '启用前的纸质记录',
    meetings: ['2026-02-10', '2026-03-10', '2026-04-10'].map((day) => meeting(day)),
  }
  const tried = await ask('secretary', '/preview', body)
  expect(tried.body).toMatchObject({ meetings: 3, late: 3 })
  expect(await statuses()).toEqual(before)
  const done = await ask('secretary', '', body)
  expect(done.status, JSON.stringify(done.body)).toBe(201)
  expect(done.body).toMatchObject({ meetings: 3, late: 3, satisfied: [{ late: true }, { late: true }, { late: true }] })
  const late = (
    await sql<{
      recorded: string
      reason: string
    }>`select distinct recorded_on::text as recorded, late_reason as reason from orglife.meetings`.execute(world.db)
  ).rows
  expect(late).toEqual([{ recorded: '2026-11-23', reason: '启用前的纸质记录' }])
  expect(await statuses()).toContain('2:3')
  expect(await ask('secretary', '', { ...body, meetings: [meeting('2026-05-10'), meeting('2026-02-10')] })).toMatchObject({
    status: 409,
    body: { code: 'orglife.import_twice' },
  })
  expect(await statuses()).toContain('2:3')

  const { rows } = await sql<{ id: string }>`select id from orglife.meetings order by no`.execute(world.db)
  const corrected = await server.ask(`/api/v1/meetings/${rows[0]?.id ?? ''}/correct`, {
    method: 'POST',
    cookie: 'biaoshuai=secretary',
    body: { ...meeting('2026-02-11'), organizationIds: [branch.id], revision: 1, reason: '日期写错' },
  })
  expect(corrected.status, JSON.stringify(corrected.body)).toBe(200)
  const path = `/${String(done.body['id'] as string)}/undo`
  expect(await ask('neighbour', path, { reason: '不是我的' })).toMatchObject({ status: 404 })
  expect(await ask('member', path, { reason: '不归我办' })).toMatchObject({ status: 403 })
  expect(await ask('secretary', path, { reason: '导错了年份' })).toMatchObject({ status: 200, body: { withdrawn: 2, kept: 1 } })
  expect(await ask('secretary', path, { reason: '再撤一次' })).toMatchObject({
    status: 409,
    body: { code: 'orglife.import_undone' },
  })
  expect(await statuses()).toContain('2:1')
  expect((await ask('secretary', `?organization=${branch.id}`)).body).toMatchObject({
    items: [{ meetings: 3, undoReason: '导错了年份' }],
  })
})

test('what the rules of meetings refuse is said in the cell of its row, and one bad meeting brings in none', async () => {
  const { rows } = await sql<{
    name: string
  }>`select name from directory.persons where home_no = ${branch.no} order by no limit 1`.execute(world.db)
  const line = (row: number, more: Partial<SheetMeeting>): SheetMeeting => ({
    row,
    kinds: ['members_meeting'],
    title: `第${row}次`,
    heldOn: '2026-06-10',
    place: null,
    agenda: [{ title: '学习', category: 'other' }],
    absent: [],
    chair: null,
    speaker: null,
    minutes: null,
    resolutions: [],
    ...more,
  })
  const said = await readAs(platform.database, actors.get('secretary') as Actor, (read) =>
    checked(read, {
      organizationId: branch.id,
      today: '2026-11-23',
      meetings: [
        line(2, { absent: [{ name: rows[0]?.name ?? '', reason: '出差' }] }),
        line(3, { absent: [{ name: '无此人', reason: '出差' }] }),
        line(4, { kinds: ['lecture'] }),
        line(5, { heldOn: '2026-12-01' }),
        line(6, { title: '第2次' }),
        line(7, { kinds: ['leading_group_meeting'] }),
      ],
    }),
  )
  expect(said.meetings.map(({ row, absent }) => [row, absent.length])).toEqual([[2, 1]])
  expect(said.faults.map(({ row, column }) => `${row} ${column}`)).toEqual([
    '3 缺席',
    '4 主讲人',
    '5 召开日期',
    '6 名称',
    '7 类别',
  ])
  const refused = await ask('secretary', '', {
    organizationId: branch.id,
    lateReason: '旧记录',
    meetings: [meeting('2026-07-10'), meeting('2026-07-11', { kinds: ['lecture'] })],
  })
  expect(refused).toMatchObject({ status: 422, body: { code: 'orglife.speaker_missing' } })
  expect((await sql`select 1 from orglife.meetings where held_on = '2026-07-10'`.execute(world.db)).rows).toEqual([])
})
