import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { type Planted, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { writeAsSystem } from '../kernel/database/transaction.ts'
import { writeWorkbook } from '../kernel/files/workbook-writer.ts'
import { testPlatform } from '../kernel/testing/test-platform.ts'
import { testOrigin, testServer } from '../kernel/testing/test-server.ts'
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
  - { code: BL2, title: 每月走访, clauses: [BL-1], dimension: D1, version: 1, valid_from: 2026-01-01, strength: hard, confidence: A, enabled: true,
      source: { regulation: 示例办法, article: 第二条 }, subject: { kinds: [branch] }, cadence: month, grace_days: 5,
      measure: { name: orglife.work_records, params: { tags: [visit] } }, target: { at_least: 1 }, formula: 当月上门走访的次数。, remedy: 走访后记一次 }
  - { code: BL3, title: 每月培训, clauses: [BL-1], dimension: D1, version: 1, valid_from: 2026-01-01, strength: hard, confidence: A, enabled: true,
      source: { regulation: 示例办法, article: 第三条 }, subject: { kinds: [branch] }, cadence: month, grace_days: 5,
      measure: { name: learning.classes_held, params: { tags: [visit] } }, target: { at_least: 1 }, formula: 当月办培训班的次数。, remedy: 办班后记一次 }
tags:
  - { code: visit, title: 上门走访, hint: 写走访了谁。, fields: [persons], for: [branch] }
`

const meeting = (heldOn: string, more: object = {}) => ({
  kinds: ['members_meeting'],
  title: `${heldOn.slice(5, 7)}月党员大会`,
  heldOn,
  agenda: [{ title: '学习', category: 'political_theory' }],
  ...more,
})
const imports = (kind: string) => (who: string, path: string, body?: object) =>
  server.ask(`/api/v1/${kind}-imports${path}`, {
    method: body ? 'POST' : 'GET',
    cookie: `biaoshuai=${who}`,
    ...(body && { body }),
  })
const ask = imports('meeting')

/** Sends a sheet as the page does. */
async function check(kind: string, columns: readonly string[], rows: readonly (readonly string[])[]) {
  const workbook = writeWorkbook({ sheets: [{ name: '旧', columns: columns.map((title) => ({ title })), rows }] })
  const bytes = Buffer.concat(await workbook.toArray())
  const head =
    '--x\r\ncontent-disposition: form-data; name="file"; filename="old.xlsx"\r\ncontent-type: application/octet-stream\r\n\r\n'
  const answer = await server.app.inject({
    method: 'POST',
    url: `/api/v1/${kind}-imports/check?organization=${branch.id}`,
    headers: {
      origin: testOrigin,
      cookie: 'biaoshuai=secretary',
      'idempotency-key': crypto.randomUUID(),
      'content-type': 'multipart/form-data; boundary=x',
    },
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--x--\r\n')]),
  })
  const body = answer.json<{
    code?: string
    detail?: string
    fingerprint: string
    records: { label: string; record: object }[]
    faults: { row: number; column: string; message: string }[]
  }>()
  return { status: answer.statusCode, body, cells: (body.faults ?? []).map(({ row, column }) => `${row} ${column}`) }
}
/** What a sheet that was checked sends to be entered. */
const entered = ({ body }: Awaited<ReturnType<typeof check>>) => ({
  organizationId: branch.id,
  lateReason: '启用前的纸质台账',
  fingerprint: body.fingerprint,
  records: body.records.map(({ record }) => record),
})
const count = async (from: string) =>
  (await sql<{ n: number }>`select count(*)::int as n from ${sql.raw(from)}`.execute(world.db)).rows[0]?.n
const lateOf = async (code: string) =>
  (
    await sql<{ n: number }>`select count(*)::int as n from rulebook.obligations o
  join rulebook.requirements r on r.no = o.requirement_no where r.code = ${code} and o.status = 2`.execute(world.db)
  ).rows[0]?.n
let names: string[] = []
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
  names = (
    await sql<{ name: string }>`select name from directory.persons where home_no = ${branch.no} order by no`.execute(world.db)
  ).rows.map(({ name }) => name)
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
    records: ['2026-02-10', '2026-03-10', '2026-04-10'].map((day) => meeting(day)),
  }
  const tried = await ask('secretary', '/preview', body)
  expect(tried.body).toMatchObject({ records: 3, late: 3, lateAt: [0, 1, 2] })
  expect(await statuses()).toEqual(before)
  const done = await ask('secretary', '', body)
  expect(done.status, JSON.stringify(done.body)).toBe(201)
  expect(done.body).toMatchObject({ records: 3, late: 3, satisfied: [{ late: true }, { late: true }, { late: true }] })
  const late = (
    await sql<{
      recorded: string
      reason: string
    }>`select distinct recorded_on::text as recorded, late_reason as reason from orglife.meetings`.execute(world.db)
  ).rows
  expect(late).toEqual([{ recorded: '2026-11-23', reason: '启用前的纸质记录' }])
  expect(await statuses()).toContain('2:3')
  expect(await ask('secretary', '', { ...body, records: [meeting('2026-05-10'), meeting('2026-02-10')] })).toMatchObject({
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
    items: [{ records: 3, undoReason: '导错了年份' }],
  })
})

test('what the rules of meetings refuse is said in the cell of its row, and one bad meeting brings in none', async () => {
  const columns = ['类别', '名称', '召开日期', '议程', '缺席', '主讲人']
  const line = (more: Partial<Record<(typeof columns)[number], string>>, title: string) =>
    columns.map(
      (column) => more[column] ?? { 类别: '支部党员大会', 名称: title, 召开日期: '2026-06-10', 议程: '学习' }[column] ?? '',
    )
  const { body, cells } = await check('meeting', columns, [
    line({ 缺席: `${names[0]}（出差）` }, '第2次'),
    line({ 缺席: '无此人' }, '第3次'),
    line({ 类别: '党课' }, '第4次'),
    line({ 召开日期: '2026-12-01' }, '第5次'),
    line({}, '第2次'),
    line({ 类别: '党组会' }, '第7次'),
  ])
  expect(body.records.map(({ label }) => label)).toEqual(['2026年6月10日 第2次（支部党员大会，缺席 1 人）'])
  expect(cells).toEqual(['3 缺席', '4 主讲人', '5 召开日期', '6 名称', '7 类别'])
  const refused = await ask('secretary', '', {
    organizationId: branch.id,
    lateReason: '旧记录',
    records: [meeting('2026-07-10'), meeting('2026-07-11', { kinds: ['lecture'] })],
  })
  expect(refused).toMatchObject({
    status: 422,
    body: { code: 'orglife.speaker_missing', errors: [{ field: 'records.1.speakerId' }] },
  })
  expect((await sql`select 1 from orglife.meetings where held_on = '2026-07-10'`.execute(world.db)).rows).toEqual([])
})

test('work records of a sheet come in late with who took part; the same sheet is known again until it is taken back', async () => {
  const columns = ['标签', '做了什么', '日期', '参加人员', '学时']
  const bad = await check('work-record', columns, [
    ['上门走访', '走访两户', '2026-03-02', `${names[0]}、无此人`, ''],
    ['没有的标签', '走访', '2026-03-03', '', ''],
    ['上门走访', '', '去年', '', ''],
    ['上门走访', '走访', '2026-03-04', '', '2'],
    ['上门走访', '走访', '2026-12-04', '', ''],
  ])
  expect(bad.cells).toEqual(['2 参加人员', '3 标签', '4 日期', '4 做了什么', '5 学时', '6 日期'])
  expect(bad.body.faults.every(({ message }) => message.length > 4)).toBe(true)
  const rows = [
    ['上门走访', '走访两户', '2026-03-02', `${names[0]}、${names[1]}`, ''],
    ['上门走访', '走访五户', '2026-04-02', '全体', ''],
  ]
  const good = await check('work-record', columns, rows)
  expect(good).toMatchObject({
    status: 200,
    cells: [],
    body: { records: [{ label: '2026年3月2日 上门走访（2 人）' }, { label: '2026年4月2日 上门走访（3 人）' }] },
  })
  const work = imports('work-record')
  expect(await work('member', '', entered(good))).toMatchObject({ status: 403 })
  expect((await work('secretary', '/preview', entered(good))).body).toMatchObject({ records: 2, late: 2, lateAt: [0, 1] })
  expect(await count('orglife.work_records')).toBe(0)
  const done = await work('secretary', '', entered(good))
  expect(done, JSON.stringify(done.body)).toMatchObject({ status: 201, body: { records: 2, late: 2 } })
  expect(await lateOf('BL2')).toBe(2)
  const again = await check('work-record', columns, rows)
  expect(again).toMatchObject({ status: 409, body: { code: 'orglife.import_same_sheet' } })
  expect(again.body.detail).toContain('2 条')
  expect(await work('secretary', '', entered(good))).toMatchObject({ status: 409, body: { code: 'orglife.import_same_sheet' } })
  expect(await work('secretary', '', { ...entered(good), fingerprint: undefined })).toMatchObject({
    status: 409,
    body: { code: 'orglife.import_twice' },
  })
  // What was imported as one kind is not there as another.
  const id = String(done.body['id'] as string)
  expect(await ask('secretary', `/${id}/undo`, { reason: '走错了门' })).toMatchObject({ status: 404 })
  expect(await work('secretary', `/${id}/undo`, { reason: '导错了支部' })).toMatchObject({ body: { withdrawn: 2, kept: 0 } })
  expect(await lateOf('BL2')).toBe(0)
  expect(await check('work-record', columns, rows)).toMatchObject({ status: 200, cells: [] })
})

test('a training class is one row a session; who came is credited but for what was missed, and taken back with the import', async () => {
  const columns = ['班次名称', '培训对象', '课程', '日期', '学时', '类别', '参训人员', '缺课', '不到七成的理由']
  const low = ['业务班', '党员', '办公软件', '2026-05-11', '4', '业务能力', names[0] ?? '', '', '']
  const bad = await check('training-class', columns, [
    low,
    ['春季班', '路人', '党章', '2026-05-11', '八小时', '杂谈', names[0] ?? '', '', ''],
    ['夏季班', '党员', '党章', '2026-05-12', '8', '政治理论', `${names[0]}、无此人`, '外人（出差）', ''],
    ['冬季班', '党员', '党章', '2026-12-12', '8', '政治理论', names[0] ?? '', '', ''],
  ])
  expect(bad.cells).toEqual(
    ['2 学时', '2 不到七成的理由', '3 培训对象', '3 学时', '3 类别', '4 参训人员', '4 缺课', '5 日期'].toSorted(
      (one, other) => Number(one[0]) - Number(other[0]),
    ),
  )
  const good = await check('training-class', columns, [
    ['党员轮训', '党员', '党章', '2026-05-11', '4', '政治理论', names.join('、'), '', ''],
    ['党员轮训', '', '准则', '2026-05-12', '2.5', '党规党纪', '', `${names[1]}（出差）`, ''],
    [...low.slice(0, 8), '当时按上级要求安排'],
  ])
  // The share of the first class is 4 of 6.5 hours, below seven tenths.
  expect(good.cells).toEqual(['2 学时', '2 不到七成的理由'])
  const fine = await check('training-class', columns, [
    ['党员轮训', '党员', '党章', '2026-05-11', '6', '政治理论', names.join('、'), '', ''],
    ['党员轮训', '', '准则', '2026-05-12', '2.5', '党规党纪', '', `${names[1]}（出差）`, ''],
    [...low.slice(0, 8), '当时按上级要求安排'],
  ])
  expect(fine).toMatchObject({
    status: 200,
    cells: [],
    body: { records: [{ label: '2026年5月12日 党员轮训（2 课 8.5 学时，3 人）' }, {}] },
  })
  const classes = imports('training-class')
  expect(await classes('member', '', entered(fine))).toMatchObject({ status: 403 })
  const done = await classes('secretary', '', entered(fine))
  expect(done, JSON.stringify(done.body)).toMatchObject({ status: 201, body: { records: 2, late: 2 } })
  const hours = await sql<{
    hours: string[]
  }>`select array_agg(t.hours::text order by t.person_no) as hours from learning.participants t
    join learning.classes c on c.no = t.class_no where c.title = '党员轮训' and c.late_reason = '启用前的纸质台账'`.execute(
    world.db,
  )
  expect(hours.rows[0]?.hours.map(Number)).toEqual([8.5, 6, 8.5])
  expect(await classes('secretary', `/${String(done.body['id'] as string)}/undo`, { reason: '导错了' })).toMatchObject({
    body: { withdrawn: 2, kept: 0 },
  })
  expect(await count("learning.classes where state <> 'withdrawn'")).toBe(0)
  expect(await lateOf('BL3')).toBe(0)
})
