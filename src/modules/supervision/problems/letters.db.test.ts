import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import { readAs, writeAsSystem } from '../../../kernel/database/transaction.ts'
import { jsonLog } from '../../../kernel/log/log.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { testOrigin, testServer } from '../../../kernel/testing/test-server.ts'
import { setLetterAsideAction, takeLetterAction } from './letters.actions.ts'
import { lettersAsked } from './letters.queries.ts'
import { letterLimit } from './letters.rules.ts'
import { lettersRoutes } from './letters.routes.ts'
import { shuffleLetters } from './letters.store.ts'
import { reportProblemAction, acceptProblemAction, verifyProblemAction } from './problems.actions.ts'
import './problems.policy.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity
const logged: string[] = []

beforeAll(async () => {
  city = await aSupervisedCity(platform)
})

/** Every row of every table as text, but for the letters themselves. */
async function everythingElse(): Promise<string[]> {
  const tables = await sql<{ name: string }>`select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') and (schemaname, tablename) <> ('supervision', 'letters')`.execute(
    platform.owner.kysely,
  )
  const kept: string[] = []
  for (const { name } of tables.rows) {
    const { rows } = await sql<{
      text: string
    }>`select ${sql.lit(name)} || ' ' || t::text as text from ${sql.raw(name)} t`.execute(platform.owner.kysely)
    kept.push(...rows.map((row) => row.text))
  }
  return kept.sort()
}

const body = '服务窗口中午没有人，打电话也没有人接'

test('a letter leaves one row with place, matter, words and day; no other table, no ledger entry, no log line, no cookie', async () => {
  const log = jsonLog('debug', (line) => void logged.push(line))
  const server = await testServer({ ...platform, log }, { routes: lettersRoutes, authenticate: () => Promise.resolve(null) })
  const before = await everythingElse()
  const answer = await server.app.inject({
    method: 'POST',
    url: '/api/v1/problem-letters',
    payload: { organizationId: city.unit.id, dimension: 'D5', body },
    headers: {
      origin: testOrigin,
      'user-agent': 'letter-writer/1.0',
      'x-forwarded-for': '203.0.113.77',
      'idempotency-key': 'a-key-of-the-browser',
      cookie: 'biaoshuai=somebodys-session',
    },
  })
  expect([answer.statusCode, answer.json(), answer.headers['set-cookie']]).toEqual([201, { kept: true }, undefined])
  expect(await everythingElse()).toEqual(before)
  expect(logged).toEqual([])
  const { rows } = await sql<Record<string, unknown>>`select * from supervision.letters`.execute(platform.owner.kysely)
  expect(rows).toEqual([
    {
      id: expect.stringMatching(/^ltr_[\w-]{16}$/),
      organization_no: city.unit.no,
      dimension: 'D5',
      body,
      told_on: '2026-11-23',
      state: 'waiting',
    },
  ])
  const { rows: timed } = await sql<{ column_name: string }>`select column_name from information_schema.columns
    where table_schema = 'supervision' and table_name = 'letters' and (data_type like 'timestamp%' or is_identity = 'YES')`.execute(
    platform.owner.kysely,
  )
  expect(timed).toEqual([])
})

test('a place that is no unit, and an empty letter, are refused with the field', async () => {
  const server = await testServer(platform, { routes: lettersRoutes, authenticate: () => Promise.resolve(null) })
  const send = (letter: object) => server.ask('/api/v1/problem-letters', { method: 'POST', body: { dimension: 'D5', ...letter } })
  expect(await send({ organizationId: city.branch.id, body })).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'organizationId' }] },
  })
  expect(await send({ organizationId: city.unit.id, body: '' })).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'body' }] },
  })
})

test('the officers of the working committee see it; nobody of the unit does', async () => {
  const seen = (actor: typeof city.officer) =>
    readAs(platform.database, actor, async (read) =>
      (await lettersAsked(read, { limit: 50 }, actor)).items.map((one) => one.body),
    )
  expect(await seen(city.officer)).toEqual([body])
  const behind = await readAs(platform.database, city.deputy, async (read) =>
    lettersAsked(read, { limit: 50 }, { ...city.deputy, grants: city.officer.grants }),
  )
  expect([await seen(city.deputy), behind.items]).toEqual([[], []])
})

test('sifted into a problem of which nobody is known, it is closed by the verification of another', async () => {
  const { rows } = await sql<{ id: string }>`select id from supervision.letters`.execute(platform.owner.kysely)
  const letter = rows[0]?.id ?? ''
  const words = { title: '服务窗口中午无人', description: '群众反映中午窗口没有人值守' }
  await expect(act(city.deputy, takeLetterAction, { id: letter, ...words })).rejects.toMatchObject({
    status: 404,
  })
  const { id } = await act(city.officer, takeLetterAction, { id: letter, ...words })
  await expect(act(city.secondOfficer, setLetterAsideAction, { id: letter, reason: '不实' })).rejects.toMatchObject({
    code: 'supervision.letter_not_allowed_now',
    status: 409,
  })
  await act(city.deputy, acceptProblemAction, {
    id,
    ownerId: city.member.id,
    remedies: '排班',
    dueOn: '2026-12-10',
    reason: '属实',
  })
  await act(city.owner, reportProblemAction, { id, rectification: '已经排班' })
  const done = await act(city.discipline, verifyProblemAction, { id, verification: '中午去看过', onSite: true })
  expect(done.state).toBe('closed')
  const kept = await sql<{ raised_by: number | null }>`select raised_by from supervision.problems where id = ${id}`.execute(
    platform.owner.kysely,
  )
  expect(kept.rows).toEqual([{ raised_by: null }])
})

test('overnight the letters of earlier days are written anew in one transaction and another order', async () => {
  await sql`delete from supervision.letters`.execute(platform.owner.kysely)
  for (let at = 0; at < 12; at += 1)
    await sql`insert into supervision.letters (id, organization_no, dimension, body, told_on)
      values (${`ltr_${String(at).padStart(4, '0')}`}, ${city.unit.no}, 'D5', 'x', '2026-11-22')`.execute(platform.owner.kysely)
  const stand = async () => {
    const { rows } = await sql<{
      id: string
      writer: string
    }>`select id, xmin::text as writer from supervision.letters order by ctid`.execute(platform.owner.kysely)
    return rows
  }
  const before = await stand()
  expect(new Set(before.map((row) => row.writer)).size).toBe(12)
  expect(await writeAsSystem(platform.database, (tx) => shuffleLetters(tx, '2026-11-23'))).toBe(12)
  const after = await stand()
  expect(new Set(after.map((row) => row.writer)).size).toBe(1)
  expect(after.map((row) => row.id)).not.toEqual(before.map((row) => row.id))
})

test('one network sends twenty an hour; what was counted is forgotten after it', () => {
  const admits = letterLimit()
  const answers = Array.from({ length: 21 }, () => admits('192.0.2.1', 1_000_000_000))
  expect(answers.filter(Boolean)).toHaveLength(20)
  expect(admits('192.0.2.2', 1_000_000_000)).toBe(true)
  expect(admits('192.0.2.1', 1_000_000_000 + 3_600_000)).toBe(true)
})
