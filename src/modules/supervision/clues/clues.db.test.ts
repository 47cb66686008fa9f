import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { aDisciplineLine, clueWords } from '../../../../tests/builders/a-discipline-line.ts'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { readAs, readAsSystem } from '../../../kernel/database/transaction.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import { keepNoticesWith, type Notice } from '../../../kernel/notices/registry.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { workItemsOf } from '../../../kernel/work-items/registry.ts'
import '../index.ts'
import {
  findingToClueAction,
  handOverFindingAction,
  listFindingAction,
  recordFindingAction,
} from '../inspections/findings.actions.ts'
import { findingAsked, findingsAsked } from '../inspections/findings.queries.ts'
import { planInspectionsAction, startInspectionAction } from '../inspections/inspections.actions.ts'
import { problemAsked } from '../problems/problem-page.queries.ts'
import * as acts from './clues.actions.ts'
import { clueAsked, cluesAsked } from './clues.queries.ts'
import { receiveClueAction } from './receiving.actions.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
const told: Notice[] = []
keepNoticesWith(async (_tx, notice) => void told.push(notice))

let city: SupervisedCity
let line: Awaited<ReturnType<typeof aDisciplineLine>>

beforeAll(async () => {
  city = await aSupervisedCity(platform)
  line = await aDisciplineLine(platform, city)
})

const asking = (actor: Actor) => ({ actor, today: '2026-11-23', crypto: platform.crypto })
const listFor = (actor: Actor) =>
  readAs(platform.database, actor, async (db) => (await cluesAsked(db, { limit: 500 }, asking(actor))).items.map(({ id }) => id))
const page = (actor: Actor, id: string) => readAs(platform.database, actor, (db) => clueAsked(db, id, asking(actor)))
const waitingFor = async (actor: Actor) =>
  (await readAs(platform.database, actor, (db) => workItemsOf(db, actor, '2026-11-23'))).filter(
    ({ kind }) => kind === 'supervision.clues',
  )

const reason = '情况需要'
const assess = (actor: Actor, id: string) => act(actor, acts.assessClueAction, { id, opinion: '线索具体，可以核实' })
const file = (actor: Actor, id: string) => act(actor, acts.fileClueAction, { id, reason })
const nameKeeper = (actor: Actor, id: string) =>
  act(actor, acts.nameInClueAction, { id, namedIds: [city.keeper.id], above: false, reason })

test('whoever is named is outside of everything about it: list, page, acts, counts, notices, though the role is the line’s', async () => {
  told.length = 0
  const { id } = await line.receive(line.first, [line.second.person, city.keeper], { above: true })
  expect(told).toHaveLength(1)
  expect(told[0]?.to.accountNos).toEqual([line.above.actor.accountNo])
  expect(`${told[0]?.title}${told[0]?.body}`).not.toMatch(/礼品|购物卡|第二支部|第一局/)
  const before = await waitingFor(line.second.actor)
  expect(await listFor(line.above.actor)).toContain(id)
  // The one named cannot tell it from a clue that never was.
  const named = line.second.actor
  expect(await listFor(named)).not.toContain(id)
  const [asked, absent] = await Promise.allSettled([page(named, id), page(named, 'clu_nothing')])
  expect((asked as PromiseRejectedResult).reason).toMatchObject({ code: 'supervision.clue_not_found', status: 404 })
  expect((asked as PromiseRejectedResult).reason.detail).toBe((absent as PromiseRejectedResult).reason.detail)
  for (const verb of [assess, file, nameKeeper]) await expect(verb(named, id)).rejects.toMatchObject({ status: 404 })
  // Another one, in the own unit, adds nothing to what the one named is told.
  const own = await line.receive(line.first, [line.second.person])
  expect(own.visible).toBe(false)
  expect(await waitingFor(named)).toEqual(before)
  expect(await listFor(named)).not.toContain(own.id)
})

test('even with the right of the city above, and by naming later, a person named is out from that moment', async () => {
  const { id } = await line.receive(line.first, [city.keeper])
  expect(await listFor(line.second.actor)).toContain(id)
  await act(line.first.actor, acts.nameInClueAction, {
    id,
    namedIds: [line.above.person.id],
    above: false,
    reason,
  }).then(
    () => expect.unreachable('the city’s officer is out of the unit’s sight'),
    (error: unknown) => expect(error).toMatchObject({ code: 'supervision.clue_person_unknown' }),
  )
  await sql`insert into supervision.clue_persons (clue_no, person_no, named_at)
    select no, ${line.above.person.no}, now() from supervision.clues where id = ${id}`.execute(platform.owner.kysely)
  expect(await listFor(line.above.actor)).not.toContain(id)
  await act(line.first.actor, acts.nameInClueAction, {
    id,
    namedIds: [line.second.person.id],
    above: false,
    reason,
  }).catch((error: unknown) => expect(error).toMatchObject({ code: 'supervision.clue_nobody_handles' }))
  await sql`delete from supervision.clue_persons where person_no = ${line.above.person.no}`.execute(platform.owner.kysely)
  await nameKeeper(line.first.actor, id)
  expect(await listFor(line.second.actor)).toContain(id)
})

test('what is said of the head of a unit goes above: the unit’s own line sees it no more, and nobody is told in the unit', async () => {
  told.length = 0
  const reply = await line.receive(line.first, [line.leader.person])
  expect(reply).toMatchObject({ handledBy: '市直机关工委', visible: false })
  expect(await listFor(line.first.actor)).not.toContain(reply.id)
  await expect(page(line.first.actor, reply.id)).rejects.toMatchObject({ status: 404 })
  expect((await page(line.above.actor, reply.id)).persons.map(({ id }) => id)).toEqual([line.leader.person.id])
  expect(told.map(({ to }) => to.accountNos)).toEqual([[line.above.actor.accountNo]])
})

test('where nobody could handle it, nothing is kept and it is said what to do', async () => {
  const before = await sql`select 1 from supervision.clues`.execute(platform.owner.kysely)
  await expect(
    act(line.above.actor, receiveClueAction, {
      organizationId: city.city.id,
      source: 'report',
      ...clueWords,
      namedIds: [line.above.person.id],
      above: false,
    }),
  ).rejects.toMatchObject({ code: 'supervision.clue_nobody_handles' })
  expect((await sql`select 1 from supervision.clues`.execute(platform.owner.kysely)).rows).toHaveLength(before.rows.length)
})

test('an account that is nobody’s sees none, because nobody could tell whether it is named', async () => {
  const { id } = await line.receive(line.first)
  expect(await listFor(city.discipline)).toEqual([])
  await expect(page(city.discipline, id)).rejects.toMatchObject({ status: 404 })
})

test('each wall holds alone: the query without row-level security, and row-level security under a query that lets everything through', async () => {
  const { id } = await line.receive(line.first, [city.keeper])
  const named = { ...line.second.actor, personNo: city.keeper.no }
  const outside = [
    city.officer,
    city.deputy,
    city.leader,
    city.branchSecretary,
    city.discipline,
    named,
    line.elsewhere.actor,
    ...line.administrators,
  ]
  // The first wall alone.
  const byQuery = (actor: Actor) =>
    readAsSystem(platform.database, async (db) =>
      (await cluesAsked(db, { limit: 500 }, asking(actor))).items.map((one) => one.id),
    )
  expect(await byQuery(line.first.actor)).toContain(id)
  for (const actor of outside) expect(await byQuery(actor)).not.toContain(id)
  // The second wall alone: tables read as they are.
  const byRows = (actor: Actor) =>
    readAs(platform.database, actor, async (db) => {
      const counted = async (from: string) =>
        (await sql<{ seen: number }>`select count(*)::int as seen from ${sql.raw(from)}`.execute(reading<'supervision'>(db)))
          .rows[0]?.seen
      const where = `where clue_no in (select no from supervision.clues)`
      const ids = await sql<{ id: string }>`select id from supervision.clues`.execute(reading<'supervision'>(db))
      return {
        ids: ids.rows.map((row) => row.id),
        rest: [
          await counted(`supervision.clue_persons ${where.replace(' in ', ' not in ')}`),
          await counted(`supervision.clue_steps ${where.replace(' in ', ' not in ')}`),
        ],
      }
    })
  expect((await byRows(line.first.actor)).ids).toContain(id)
  for (const actor of outside) {
    const { ids, rest } = await byRows(actor)
    expect(ids).not.toContain(id)
    expect(rest).toEqual([0, 0])
  }
  // Not even by a grant that the program made up.
  const forged = {
    ...city.officer,
    personNo: city.keeper.no,
    grants: [{ role: 'discipline_secretary', organizationNo: city.city.no }],
  }
  expect((await byRows(forged)).ids).toEqual([])
  expect(await listFor(forged)).toEqual([])
})

test('nothing of what was said stands unsealed anywhere: no table, no ledger entry, no answer kept for repeats; a moved cipher does not open', async () => {
  const { id } = await line.receive(line.first)
  const other = await line.receive(line.first, [], { title: '另一条线索' })
  await assess(line.first.actor, id)
  await file(line.first.actor, id)
  const tables = await sql<{ name: string }>`select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`.execute(platform.owner.kysely)
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ text: string }>`select t::text as text from ${sql.raw(name)} t
      where t::text ~ '收受礼品|购物卡|老张|线索具体|情况需要'`.execute(platform.owner.kysely)
    expect(rows, name).toEqual([])
  }
  const ledger = await sql<{ entry: { organizations: string[]; fields: object } }>`select entry from ledger.entries
    where action like 'supervision.clue.%' and outcome = 'done'`.execute(platform.owner.kysely)
  expect(ledger.rows.length).toBeGreaterThan(3)
  for (const { entry } of ledger.rows) expect(entry).toMatchObject({ organizations: [], fields: {} })
  expect(await page(line.second.actor, id)).toMatchObject({
    ...clueWords,
    state: 'filed',
    steps: [{}, { details: [{ text: '线索具体，可以核实' }] }, { reason }],
  })
  await sql`update supervision.clues set matter_cipher = (select matter_cipher from supervision.clues where id = ${other.id}) where id = ${id}`.execute(
    platform.owner.kysely,
  )
  await expect(page(line.second.actor, id)).rejects.toThrow()
})

async function aFinding(): Promise<string> {
  const { ids } = await act(city.officer, planInspectionsAction, {
    title: '窗口检查',
    manner: 'unannounced',
    organizationIds: [city.branch.id],
    inspectorIds: [city.stranger.id],
    visitOn: '2026-11-23',
    despite: '群众有反映',
  })
  const [inspectionId = ''] = ids
  await act(city.officer, startInspectionAction, { id: inspectionId })
  const { id } = await act(city.officer, recordFindingAction, {
    inspectionId,
    clientId: newId('x')
      .padEnd(32, '0')
      .replace(/[^0-9a-f]/g, '0')
      .slice(0, 32),
    kind: 'solicitation',
    seen: '窗口人员收了办事人的烟',
    serious: true,
    fileIds: [],
    notedAt: '2026-11-23T09:30:00+08:00',
    handOver: false,
  })
  return id
}

test('a finding becomes a clue in one act and is gone for whoever noted it and for an officer named in it', async () => {
  const id = await aFinding()
  await act(city.officer, findingToClueAction, {
    id,
    title: '窗口人员收烟',
    matter: '检查时看到',
    namedIds: [line.second.person.id],
    above: true,
  })
  const sees = (actor: Actor) =>
    readAs(platform.database, actor, async (db) => (await findingsAsked(db, { limit: 500 })).items.some((one) => one.id === id))
  expect(await Promise.all([city.officer, city.deputy, line.first.actor, line.second.actor].map(sees))).toEqual([
    false,
    false,
    false,
    false,
  ])
  expect(await sees(line.above.actor)).toBe(true)
  const [clue = ''] = await listFor(line.above.actor)
  expect(await page(line.above.actor, clue)).toMatchObject({ source: 'finding', finding: { id }, title: '窗口人员收烟' })
  await expect(
    act(city.officer, findingToClueAction, { id, title: '再来', matter: '再来一次', namedIds: [], above: false }),
  ).rejects.toMatchObject({ status: 404 })
})

test('what was handed over plainly becomes a clue by the line; a finding listed as a problem keeps its source', async () => {
  const handed = await aFinding()
  await act(city.officer, handOverFindingAction, { id: handed, reason })
  const { id } = await line.receive(line.first, [line.second.person], { findingId: handed })
  expect(await page(line.first.actor, id).catch((error: { status: number }) => error.status)).toBe(404)
  await expect(
    readAs(platform.database, line.second.actor, (db) => findingAsked(db, handed, line.second.actor)),
  ).rejects.toMatchObject({ status: 404 })
  const noted = await aFinding()
  const { problemId, state } = await act(city.officer, listFindingAction, {
    id: noted,
    title: '窗口纪律不严',
    description: '窗口人员收烟',
    dimension: 'D5',
  })
  expect(state).toBe('listed')
  const problem = await readAs(platform.database, city.officer, (db) =>
    problemAsked(db, problemId ?? '', { actor: city.officer, today: '2026-11-23' }),
  )
  expect(problem).toMatchObject({ title: '窗口纪律不严', source: 'superior', finding: { id: noted } })
  await expect(
    act(city.officer, listFindingAction, { id: noted, title: '再列', description: '再列一次', dimension: 'D5' }),
  ).rejects.toMatchObject({
    code: 'supervision.finding_not_allowed_now',
  })
})
