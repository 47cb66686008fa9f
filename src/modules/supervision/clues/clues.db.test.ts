import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { readAs, readAsSystem } from '../../../kernel/database/transaction.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import { keepNoticesWith, type Notice } from '../../../kernel/notices/registry.ts'
import { actorWith, type Planted, plantPerson } from '../../../kernel/testing/plant.ts'
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
import { clueLife, type ClueState, clueStates, type ClueVerb } from './clues.lifecycle.ts'
import { clueAsked, cluesAsked } from './clues.queries.ts'
import { receiveClueAction } from './receiving.actions.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
const told: Notice[] = []
keepNoticesWith(async (_tx, notice) => void told.push(notice))

interface Officer {
  readonly actor: Actor
  readonly person: Planted
}
let city: SupervisedCity
/** Two of the unit's line, one above it, one of another unit. */
let [first, second, above, elsewhere]: Officer[] = []
let leader: Officer
let administrators: readonly Actor[]

async function aHolder(role: string, over: Planted, home: Planted): Promise<Officer> {
  const person = await plantPerson(platform, { name: `某${role}`, home })
  const id = newId('acc')
  const { rows } = await sql<{ no: number }>`with a as (
      insert into directory.accounts (id, username, username_key, display_name, person_no, created_at)
      values (${id}, ${id}, ${id}, ${role}, ${person.no}, now()) returning no),
    g as (insert into directory.grants (id, account_no, role, organization_no, valid, state, proposed_at)
      select ${newId('grt')}, no, ${role}, ${over.no}, daterange('2020-01-01', null), 'approved', now() from a)
    select no from a`.execute(platform.owner.kysely)
  return { person, actor: { ...actorWith(role, over, { accountNo: rows[0]?.no ?? 0, person }), accountId: id } }
}

beforeAll(async () => {
  city = await aSupervisedCity(platform)
  first = await aHolder('discipline_secretary', city.unit, city.branch)
  second = await aHolder('discipline_secretary', city.unit, city.branch)
  above = await aHolder('discipline_secretary', city.city, city.otherBranch)
  elsewhere = await aHolder('discipline_secretary', city.otherUnit, city.otherBranch)
  leader = await aHolder('unit_leader', city.unit, city.branch)
  administrators = (['system', 'security', 'audit'] as const).map((administrator) => ({
    ...actorWith('member', city.unit, { accountNo: 900_000, person: city.member }),
    administrator,
    grants: [],
    readOrganizations: [],
    writeOrganizations: [],
  }))
})

const words = { title: '收受礼品', matter: '春节前收了施工方的购物卡', informant: '老张' }
const receive = (by: Officer, named: readonly Planted[] = [], more: object = {}) =>
  act(by.actor, receiveClueAction, {
    organizationId: city.branch.id,
    source: 'report' as const,
    ...words,
    namedIds: named.map(({ id }) => id),
    above: false,
    ...more,
  })
const asking = (actor: Actor) => ({ actor, today: '2026-11-23', crypto: platform.crypto })
const listFor = (actor: Actor) =>
  readAs(platform.database, actor, async (db) => (await cluesAsked(db, { limit: 500 }, asking(actor))).items.map(({ id }) => id))
const page = (actor: Actor, id: string) => readAs(platform.database, actor, (db) => clueAsked(db, id, asking(actor)))
const waitingFor = async (actor: Actor) =>
  (await readAs(platform.database, actor, (db) => workItemsOf(db, actor, '2026-11-23'))).filter(
    ({ kind }) => kind === 'supervision.clues',
  )

type Take = (actor: Actor, id: string) => Promise<{ state: ClueState }>
const reason = '情况需要'
const take: Record<ClueVerb, Take> = {
  assess: (actor, id) => act(actor, acts.assessClueAction, { id, opinion: '线索具体，可以核实' }),
  verify: (actor, id) => act(actor, acts.verifyClueAction, { id, plan: '调阅采购记录', dueOn: '2026-12-20' }),
  extend: (actor, id) => act(actor, acts.extendClueAction, { id, dueOn: '2027-01-20', reason }),
  transfer: (actor, id) => act(actor, acts.transferClueAction, { id, to: '市纪委监委', reason }),
  file: (actor, id) => act(actor, acts.fileClueAction, { id, reason }),
  conclude: (actor, id) => act(actor, acts.concludeClueAction, { id, outcome: '查无实据，予以了结' }),
  reopen: (actor, id) => act(actor, acts.reopenClueAction, { id, reason }),
  name: (actor, id) => act(actor, acts.nameInClueAction, { id, namedIds: [city.keeper.id], above: false, reason }),
}
const verbs = Object.keys(take) as ClueVerb[]
const stateOf = async (id: string) => {
  const { rows } = await sql<{ state: ClueState; revision: number; steps: number }>`select c.state, c.revision,
      (select count(*)::int from supervision.clue_steps s where s.clue_no = c.no) as steps
    from supervision.clues c where c.id = ${id}`.execute(platform.owner.kysely)
  return rows[0]
}

test('whatever is tried in whatever order, a clue moves along the table with a signed step for each move; the rest is 409', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...verbs), { minLength: 4, maxLength: 9 }), async (tried) => {
      const { id } = await receive(first as Officer)
      let [state, moves]: [ClueState, number] = ['received', 1]
      for (const verb of tried) {
        const next: ClueState | undefined = clueLife.table[state][verb]
        const attempt = take[verb]((first as Officer).actor, id)
        if (next === undefined) await expect(attempt).rejects.toMatchObject({ status: 409 })
        else {
          expect((await attempt).state).toBe(next)
          ;[state, moves] = [next, moves + 1]
        }
        expect(await stateOf(id)).toEqual({ state, revision: moves, steps: moves })
      }
    }),
    { numRuns: 5 },
  )
})

test('every state that is not an edge answers 409 with what is allowed, and everybody outside the line 404 or 403', async () => {
  const outside = [city.officer, city.deputy, city.leader, city.branchSecretary, city.owner, city.otherDeputy, ...administrators]
  for (const state of Object.keys(clueStates) as ClueState[]) {
    const { id } = await receive(first as Officer)
    await sql`update supervision.clues set state = ${state}, outcome_cipher = case when ${state} = 'concluded' then 'x' end,
      concluded_on = case when ${state} = 'concluded' then '2026-11-23'::date end where id = ${id}`.execute(platform.owner.kysely)
    for (const verb of verbs.filter((one) => clueLife.table[state][one] === undefined))
      await expect(take[verb]((first as Officer).actor, id), `${state} ${verb}`).rejects.toMatchObject({
        code: 'supervision.clue_not_allowed_now',
        detail: expect.stringContaining('现在'),
      })
    await expect(take.assess((elsewhere as Officer).actor, id)).rejects.toMatchObject({ status: 404 })
  }
  const { id } = await receive(first as Officer)
  for (const actor of outside) await expect(take.assess(actor, id)).rejects.toMatchObject({ status: 403 })
})

test('whoever is named is outside of everything about it: list, page, acts, counts, notices, though the role is the line’s', async () => {
  told.length = 0
  const { id } = await receive(first as Officer, [(second as Officer).person, city.keeper], { above: true })
  expect(told).toHaveLength(1)
  expect(told[0]?.to.accountNos).toEqual([(above as Officer).actor.accountNo])
  expect(`${told[0]?.title}${told[0]?.body}`).not.toMatch(/礼品|购物卡|第二支部|第一局/)
  const before = await waitingFor((second as Officer).actor)
  expect(await listFor((above as Officer).actor)).toContain(id)
  // The one named cannot tell it from a clue that never was.
  const named = (second as Officer).actor
  expect(await listFor(named)).not.toContain(id)
  const [asked, absent] = await Promise.allSettled([page(named, id), page(named, 'clu_nothing')])
  expect((asked as PromiseRejectedResult).reason).toMatchObject({ code: 'supervision.clue_not_found', status: 404 })
  expect((asked as PromiseRejectedResult).reason.detail).toBe((absent as PromiseRejectedResult).reason.detail)
  for (const verb of verbs) await expect(take[verb](named, id), verb).rejects.toMatchObject({ status: 404 })
  // Another one, in the own unit, adds nothing to what the one named is told.
  const own = await receive(first as Officer, [(second as Officer).person])
  expect(own.visible).toBe(false)
  expect(await waitingFor(named)).toEqual(before)
  expect(await listFor(named)).not.toContain(own.id)
})

test('even with the right of the city above, and by naming later, a person named is out from that moment', async () => {
  const { id } = await receive(first as Officer, [city.keeper])
  expect(await listFor((second as Officer).actor)).toContain(id)
  await act((first as Officer).actor, acts.nameInClueAction, {
    id,
    namedIds: [(above as Officer).person.id],
    above: false,
    reason,
  }).then(
    () => expect.unreachable('the city’s officer is out of the unit’s sight'),
    (error: unknown) => expect(error).toMatchObject({ code: 'supervision.clue_person_unknown' }),
  )
  await sql`insert into supervision.clue_persons (clue_no, person_no, named_at)
    select no, ${(above as Officer).person.no}, now() from supervision.clues where id = ${id}`.execute(platform.owner.kysely)
  expect(await listFor((above as Officer).actor)).not.toContain(id)
  await act((first as Officer).actor, acts.nameInClueAction, {
    id,
    namedIds: [(second as Officer).person.id],
    above: false,
    reason,
  }).catch((error: unknown) => expect(error).toMatchObject({ code: 'supervision.clue_nobody_handles' }))
  await sql`delete from supervision.clue_persons where person_no = ${(above as Officer).person.no}`.execute(platform.owner.kysely)
  await take.name((first as Officer).actor, id)
  expect(await listFor((second as Officer).actor)).toContain(id)
})

test('what is said of the head of a unit goes above: the unit’s own line sees it no more, and nobody is told in the unit', async () => {
  told.length = 0
  const reply = await receive(first as Officer, [leader.person])
  expect(reply).toMatchObject({ handledBy: '市直机关工委', visible: false })
  expect(await listFor((first as Officer).actor)).not.toContain(reply.id)
  await expect(page((first as Officer).actor, reply.id)).rejects.toMatchObject({ status: 404 })
  expect((await page((above as Officer).actor, reply.id)).persons.map(({ id }) => id)).toEqual([leader.person.id])
  expect(told.map(({ to }) => to.accountNos)).toEqual([[(above as Officer).actor.accountNo]])
})

test('where nobody could handle it, nothing is kept and it is said what to do', async () => {
  const before = await sql`select 1 from supervision.clues`.execute(platform.owner.kysely)
  await expect(
    act((above as Officer).actor, receiveClueAction, {
      organizationId: city.city.id,
      source: 'report',
      ...words,
      namedIds: [(above as Officer).person.id],
      above: false,
    }),
  ).rejects.toMatchObject({ code: 'supervision.clue_nobody_handles' })
  expect((await sql`select 1 from supervision.clues`.execute(platform.owner.kysely)).rows).toHaveLength(before.rows.length)
})

test('an account that is nobody’s sees none, because nobody could tell whether it is named', async () => {
  const { id } = await receive(first as Officer)
  expect(await listFor(city.discipline)).toEqual([])
  await expect(page(city.discipline, id)).rejects.toMatchObject({ status: 404 })
})

test('each wall holds alone: the query without row-level security, and row-level security under a query that lets everything through', async () => {
  const { id } = await receive(first as Officer, [city.keeper])
  const named = { ...(second as Officer).actor, personNo: city.keeper.no }
  const outside = [
    city.officer,
    city.deputy,
    city.leader,
    city.branchSecretary,
    city.discipline,
    named,
    (elsewhere as Officer).actor,
    ...administrators,
  ]
  // The first wall alone.
  const byQuery = (actor: Actor) =>
    readAsSystem(platform.database, async (db) =>
      (await cluesAsked(db, { limit: 500 }, asking(actor))).items.map((one) => one.id),
    )
  expect(await byQuery((first as Officer).actor)).toContain(id)
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
  expect((await byRows((first as Officer).actor)).ids).toContain(id)
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
  const { id } = await receive(first as Officer)
  const other = await receive(first as Officer, [], { title: '另一条线索' })
  await take.assess((first as Officer).actor, id)
  await take.file((first as Officer).actor, id)
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
  expect(await page((second as Officer).actor, id)).toMatchObject({
    ...words,
    state: 'filed',
    steps: [{}, { details: [{ text: '线索具体，可以核实' }] }, { reason }],
  })
  await sql`update supervision.clues set matter_cipher = (select matter_cipher from supervision.clues where id = ${other.id}) where id = ${id}`.execute(
    platform.owner.kysely,
  )
  await expect(page((second as Officer).actor, id)).rejects.toThrow()
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
    namedIds: [(second as Officer).person.id],
    above: true,
  })
  const sees = (actor: Actor) =>
    readAs(platform.database, actor, async (db) => (await findingsAsked(db, { limit: 500 })).items.some((one) => one.id === id))
  expect(await Promise.all([city.officer, city.deputy, (first as Officer).actor, (second as Officer).actor].map(sees))).toEqual([
    false,
    false,
    false,
    false,
  ])
  expect(await sees((above as Officer).actor)).toBe(true)
  const [clue = ''] = await listFor((above as Officer).actor)
  expect(await page((above as Officer).actor, clue)).toMatchObject({ source: 'finding', finding: { id }, title: '窗口人员收烟' })
  await expect(
    act(city.officer, findingToClueAction, { id, title: '再来', matter: '再来一次', namedIds: [], above: false }),
  ).rejects.toMatchObject({ status: 404 })
})

test('what was handed over plainly becomes a clue by the line; a finding listed as a problem keeps its source', async () => {
  const handed = await aFinding()
  await act(city.officer, handOverFindingAction, { id: handed, reason })
  const { id } = await receive(first as Officer, [(second as Officer).person], { findingId: handed })
  expect((await stateOf(id))?.state).toBe('received')
  await expect(
    readAs(platform.database, (second as Officer).actor, (db) => findingAsked(db, handed, (second as Officer).actor)),
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
