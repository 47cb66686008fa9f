import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { readAs, writeAsSystem } from '../kernel/database/transaction.ts'
import { sectionsOf } from '../kernel/papers/collections.ts'
import { writePaper } from '../kernel/papers/paper-writer.ts'
import { testPlatform } from '../kernel/testing/test-platform.ts'
import { testServer } from '../kernel/testing/test-server.ts'
import { collectionPaper } from '../modules/desk/collections/collections.queries.ts'
import { organizationById } from '../modules/directory/index.ts'
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

const unit = await world.organization('unit', '示例局', null)
const branch = await world.organization('branch', '第一支部', unit)
const other = await world.organization('branch', '第二支部', unit)
const [chair] = await world.people(branch, 4)
await world.people(other, 3)
const secretary = await world.actor('branch_secretary', branch, { ...(chair && { person: chair }) })
actors.set('secretary', secretary)
actors.set('member', await world.actor('member', branch, { writes: false }))

const rulebook = `
document: { code: HB2026, title: 示例办法, issuer: 示例工委, issued_on: 2026-01-01, in_force_from: 2026-01-01, kind: local_document }
clauses:
  - { code: HB-1, title: 每月开会, gist: 各支部每月开一次党员大会。, dimension: D1 }
requirements:
  - { code: HB1, title: 每月党员大会, clauses: [HB-1], dimension: D1, version: 1, valid_from: 2026-09-01, strength: hard, confidence: A, enabled: true,
      source: { regulation: 示例办法, article: 第一条 }, subject: { kinds: [branch] }, cadence: month, grace_days: 5,
      measure: { name: orglife.meetings_held, params: { kinds: [members_meeting] } }, target: { at_least: 1 }, formula: 当月举行的党员大会次数。, remedy: 开会后记一次 }
`

async function text(kind: 'workbook' | 'summary' | 'handover'): Promise<string> {
  const paper = await readAs(platform.database, secretary, async (read) =>
    collectionPaper(read, kind, {
      actor: secretary,
      organization: await organizationById(read, branch.id),
      year: 2026,
      today: '2026-11-23',
    }),
  )
  expect((await writePaper(paper)).subarray(0, 2).toString()).toBe('PK')
  return JSON.stringify(paper)
}

test('the year of a branch is put together from its records, each figure with where it comes from, and nothing of another branch', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'collected-'))
  await writeFile(join(folder, 'hb.yaml'), rulebook)
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, folder))
  await rm(folder, { recursive: true })
  const meeting = (organizationIds: string[], title: string, heldOn: string) =>
    server.ask('/api/v1/meetings', {
      method: 'POST',
      cookie: 'biaoshuai=secretary',
      body: {
        organizationIds,
        kinds: ['members_meeting'],
        title,
        heldOn,
        agenda: [{ title: '学习重要讲话', category: 'political_theory' }],
        resolutions: [{ content: '月底前走访十户', dueOn: '2026-11-30' }],
        minutes: '讨论了走访安排。',
        lateReason: '外出培训',
      },
    })
  expect((await meeting([branch.id], '十月党员大会', '2026-10-12')).body).toMatchObject({
    satisfied: expect.anything() as unknown,
  })
  await writeAsSystem(platform.database, (tx) => sweep(tx, '2026-11-23'))
  const [workbook, summary, handover] = [await text('workbook'), await text('summary'), await text('handover')]
  for (const said of ['十月党员大会', '学习重要讲话', '月底前走访十户', '讨论了走访安排', '应到 4 人', '补记：外出培训'])
    expect(workbook).toContain(said)
  expect(summary).toContain('每月党员大会')
  expect(summary).toMatch(/全年应办 2 项，按时 0 项，迟办 1 项/)
  expect(summary).toContain('依据《示例办法》HB-1')
  for (const said of ['月底前走访十户', '2026-11-30', '每月党员大会']) expect(handover).toContain(said)
  for (const all of [workbook, summary, handover]) expect(all).not.toContain('第二支部')
})

test('every part has something to say or says that there is nothing', () => {
  expect(sectionsOf('workbook').map(({ title }) => title)).toEqual(
    expect.arrayContaining(['班子和任期', '党员名册', '会议和组织生活']),
  )
  expect(sectionsOf('handover').map(({ order }) => order)).toEqual(
    sectionsOf('handover')
      .map(({ order }) => order)
      .toSorted((a, b) => a - b),
  )
})

test('who does not keep the organization gets nothing of it, and a year to come is refused', async () => {
  const ask = (who: string, organization: string, year: number) =>
    server.ask(`/api/v1/collections/export?kind=handover&organization=${organization}&year=${year}`, {
      cookie: `biaoshuai=${who}`,
    })
  expect(await ask('member', branch.id, 2026)).toMatchObject({ status: 403 })
  expect(await ask('secretary', other.id, 2026)).toMatchObject({ status: 404 })
  expect(await ask('secretary', branch.id, 2027)).toMatchObject({ status: 422, body: { code: 'desk.collection_year' } })
})

test('whoever has just taken a branch over from somebody else is led to the list; a first secretary and one of long ago are not', async () => {
  const [first, second] = await world.people(other, 2)
  const post = (person: { no: number } | undefined, since: string, until: string | null) =>
    sql`insert into directory.posts (id, person_no, organization_no, post, valid)
      values (${`pst_${since}`}, ${person?.no ?? 0}, ${other.no}, 'branch_secretary', daterange(${since}::date, ${until}::date))`.execute(
      world.db,
    )
  for (const [name, person] of Object.entries({ first, second }))
    actors.set(name, await world.actor('branch_secretary', other, { ...(person && { person }) }))
  const due = async (name: string) => {
    const { body } = await server.ask('/api/v1/due', { cookie: `biaoshuai=${name}` })
    return (body['items'] as { title: string }[]).map(({ title }) => title)
  }
  await post(first, '2026-11-10', null)
  expect(await due('first')).not.toContain('接手第二支部：看交接清单')
  await sql`update directory.posts set valid = daterange('2026-11-10', '2026-11-15') where person_no = ${first?.no ?? 0}`.execute(
    world.db,
  )
  await post(second, '2026-11-15', null)
  expect(await due('second')).toContain('接手第二支部：看交接清单')
  platform.clock.moveTo('2026-12-20')
  expect(await due('second')).not.toContain('接手第二支部：看交接清单')
})
