import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { type Planted, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { type Tx, writing } from '../kernel/database/handles.ts'
import { writeAsSystem } from '../kernel/database/transaction.ts'
import { takeInKinds } from '../kernel/search/index.store.ts'
import { testPlatform } from '../kernel/testing/test-platform.ts'
import { testServer } from '../kernel/testing/test-server.ts'
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

async function ask(who: string, operation: `${'GET' | 'POST'} ${string}`, body?: object) {
  const [method, path] = operation.split(' ') as ['GET' | 'POST', string]
  return server.ask(`/api/v1${path}`, { method, cookie: `biaoshuai=${who}`, ...(body && { body }) })
}

async function titles(who: string, text: string, more = ''): Promise<string[]> {
  const answer = await ask(who, `GET /search?text=${encodeURIComponent(text)}${more}`)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return (answer.body['items'] as { title: string }[]).map(({ title }) => title)
}

const meeting = (title: string, minutes: string, heldOn = '2026-11-20') => ({
  organizationIds: [branch.id],
  kinds: ['members_meeting'],
  title,
  heldOn,
  minutes,
  agenda: [{ title: '学习防汛抗旱部署', category: 'political_theory' }],
})

beforeAll(async () => {
  const unit = await world.organization('unit', '示例局', null)
  const other = await world.organization('unit', '邻近局', null)
  branch = await world.organization('branch', '第一支部', unit)
  const elsewhere = await world.organization('branch', '第二支部', other)
  const [one] = await world.people(branch, 3)
  const [stranger] = await world.people(elsewhere, 3)
  actors.set('secretary', await world.actor('branch_secretary', branch))
  actors.set('deputy', await world.actor('full_time_deputy', unit))
  actors.set('member', await world.actor('member', branch, { ...(one && { person: one }), writes: false }))
  actors.set('stranger', await world.actor('branch_secretary', elsewhere, { ...(stranger && { person: stranger }) }))
  await takeInKinds(platform, 'changed')
})

test('what was just recorded is found by two characters of its title, agenda or minutes, by whoever may read it and by nobody else', async () => {
  const made = await ask('secretary', 'POST /meetings', meeting('十一月党员大会', '会上讨论了老旧小区改造和 WTO 规则。'))
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  for (const text of ['党员', '防汛', '小区改造', 'wto', '党员 防汛'])
    for (const who of ['secretary', 'deputy', 'member'])
      expect(await titles(who, text), `${who} ${text}`).toContain('十一月党员大会')
  for (const text of ['党员', '防汛', '小区改造']) expect(await titles('stranger', text)).not.toContain('十一月党员大会')
  expect(await titles('secretary', '防汛 海关')).toEqual([])
  // 改老 and 小造 are pairs of neighbours nowhere, though each character stands in the minutes.
  expect(await titles('secretary', '改老')).toEqual([])
})

test('a corrected record is found by its new words alone, a withdrawn one no more', async () => {
  const made = await ask('secretary', 'POST /meetings', meeting('传达文件', '原来写的是植树造林。', '2026-11-18'))
  const id = String(made.body['id'])
  const corrected = await ask('secretary', `POST /meetings/${id}/correct`, {
    ...meeting('传达文件', '其实是河道清淤。', '2026-11-18'),
    revision: 1,
    reason: '写错了',
  })
  expect(corrected.status, JSON.stringify(corrected.body)).toBe(200)
  expect(await titles('deputy', '植树')).toEqual([])
  expect(await titles('deputy', '清淤')).toEqual(['传达文件'])
  await ask('secretary', `POST /meetings/${id}/withdraw`, { reason: '误记' })
  expect(await titles('deputy', '清淤')).toEqual([])
})

test('an index built anew holds exactly what the acts had put there', async () => {
  const all = async () =>
    (
      await sql`select kind, record_id, organization_nos, title, words, happened_on, grams from kernel.search_entries order by kind, record_no`.execute(
        world.db,
      )
    ).rows
  const before = await all()
  expect(before.length).toBeGreaterThan(8)
  await sql`insert into kernel.search_entries select kind, 999999, 'mtg_gone', organization_nos, 'gone', words, happened_on, grams
    from kernel.search_entries where kind = 'meeting' limit 1`.execute(world.db)
  await sql`delete from kernel.search_entries where kind = 'person'`.execute(world.db)
  await takeInKinds(platform, 'all')
  expect(await all()).toEqual(before)
})

test('many finds come page by page, the newest first, each once', async () => {
  for (const day of ['01', '02', '03', '04', '05']) {
    const made = await ask('secretary', 'POST /meetings', {
      ...meeting(`周例会${day}`, '一致通过。', `2026-11-${day}`),
      lateReason: '集中补记',
    })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
  }
  const seen: string[] = []
  let after = ''
  do {
    const { body } = await ask('deputy', `GET /search?text=${encodeURIComponent('周例会')}&limit=2${after}`)
    seen.push(...(body['items'] as { title: string }[]).map(({ title }) => title))
    after = body['next'] ? `&after=${body['next'] as string}` : ''
  } while (after)
  expect(seen).toEqual(['周例会05', '周例会04', '周例会03', '周例会02', '周例会01'])
  expect(await titles('deputy', '周例会', '&kind=person')).toEqual([])
})

test('one character and a page that is no page are refused with what to do', async () => {
  expect(await ask('deputy', `GET /search?text=${encodeURIComponent('会')}`)).toMatchObject({
    status: 422,
    body: { code: 'desk.search_too_short' },
  })
  expect(await ask('deputy', `GET /search?text=${encodeURIComponent('会议')}&after=x`)).toMatchObject({
    status: 400,
    body: { code: 'desk.search_place_stale' },
  })
})

test('a member does not find the files of others, and the index itself shows nothing to anybody', async () => {
  const { rows } = await sql<{
    name: string
  }>`select name from directory.persons where home_no = ${branch.no} order by no`.execute(world.db)
  const name = rows[1]?.name ?? ''
  expect(await titles('deputy', name)).toContain(name)
  expect(await titles('member', name)).not.toContain(name)
  await expect(sql`select 1 from kernel.search_entries`.execute(platform.database.kysely)).rejects.toThrow('permission denied')
})

interface Found {
  readonly no: number
  readonly day: string
}

/** All candidates of a word, so many at a time, each time from the last one on. */
async function candidatesOf(tx: Tx, text: string, most: number): Promise<number[]> {
  const found: Found[] = []
  for (;;) {
    const place = found.at(-1) ?? null
    const { rows } = await sql<Found>`select record_no as no, happened_on::text as day
      from kernel.found(${[text]}::text[], '{wide}', ${place?.day ?? null}::date, ${place?.no ?? null}::bigint, ${place && 'wide'}, ${most})`.execute(
      writing<'kernel'>(tx),
    )
    found.push(...rows)
    if (rows.length < most) return found.map(({ no }) => no)
  }
}

test('whoever reads hundreds of organizations is given the same candidates in the same order, near and far, each once', async () => {
  const wide = await world.organization('working_committee', '示例工委', null)
  await sql`with made as (insert into directory.organizations (id, kind, position, established_on)
      select 'org_wide' || n, 'branch', n, '2020-01-01' from generate_series(1, 520) n returning no)
    insert into directory.organization_edges (organization_no, parent_no, valid) select no, ${wide.no}, daterange('2020-01-01', null) from made`.execute(
    world.db,
  )
  await world.deriveAll()
  // Of 4,000 records every third says it, the older half with a second word; of those of strangers none may come.
  await sql`insert into kernel.search_entries (kind, record_no, record_id, organization_nos, title, words, happened_on, grams)
    select 'wide', n, 'w' || n, array[case when n % 7 = 0 then ${branch.no} else (select no from directory.organizations where id = 'org_wide' || (n % 520 + 1)) end],
      '记录', w.words, date '2026-01-01' - n / 10, kernel.grams(w.words)
    from generate_series(1, 4000) n cross join lateral (select case when n % 3 = 0 then '全面巡查' else '其他' end || case when n > 2000 then '旧档' else '' end as words) w`.execute(
    world.db,
  )
  for (const [text, most] of [
    ['巡查', 450],
    ['旧档', 300],
    ['没有的', 5],
  ] as const) {
    const found = await writeAsSystem(platform.database, async (tx) => {
      await sql`select set_config('app.read_orgs', ${`{${wide.no}}`}, true)`.execute(writing<'kernel'>(tx))
      return candidatesOf(tx, text, most)
    })
    const { rows } = await sql<{ no: number }>`select record_no as no from kernel.search_entries
      where kind = 'wide' and position(${text} in words) > 0 and organization_nos <> array[${branch.no}]::bigint[]
      order by happened_on desc, record_no desc`.execute(world.db)
    expect(found).toEqual(rows.map(({ no }) => no))
    if (text !== '没有的') expect(found.length).toBeGreaterThan(1_000)
  }
})
