import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { z } from 'zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Action, perform } from '../../../kernel/actions/action.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import '../../../kernel/errors/kernel.problems.ts'
import { type OutCell, writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { actorWith, growAncestry, type Planted, plantOrganization } from '../../../kernel/testing/plant.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { idNumberCheckCharacter } from '../persons/id-number.rules.ts'
import { membersOn } from '../persons/members.queries.ts'
import { applyRosterAction, uploadRosterAction } from './roster.actions.ts'
import { beginRosterCheck, forgetStaleRosters, rosterChecksEnded } from './roster.jobs.ts'
import './roster.policy.ts'
import { importPage, rosterSheet } from './roster.queries.ts'
import { exportRosterAction } from './roster-export.actions.ts'
import { settleStaged, stageUpload, useStagingFolder } from './roster-staging.store.ts'
import { undoRosterAction } from './roster-undo.actions.ts'

const platform = await testPlatform('2026-11-23')
let folder: string
let unit: Planted
let first: Planted
let second: Planted
let foreign: Planted
let deputy: Actor
let officer: Actor

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'biaoshuai-roster-'))
  useStagingFolder(folder)
  const city = await plantOrganization(platform, { kind: 'working_committee', name: '示例市直工委' })
  unit = await plantOrganization(platform, { kind: 'unit', name: '甲局', under: city })
  const other = await plantOrganization(platform, { kind: 'unit', name: '乙局', under: city })
  first = await plantOrganization(platform, { kind: 'branch', name: '甲局第一党支部', under: unit })
  second = await plantOrganization(platform, { kind: 'branch', name: '甲局第二党支部', under: unit })
  foreign = await plantOrganization(platform, { kind: 'branch', name: '乙局党支部', under: other })
  await growAncestry(platform)
  officer = actorWith('committee_officer', city)
  deputy = actorWith('full_time_deputy', unit)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const titles = ['姓名', '身份证号', '人员类别', '所在党支部', '入党时间', '转正时间', '手机号码']
let sequence = 100
function anIdNumber(): string {
  sequence += 1
  const body = `43060219800615${sequence}`
  return body + idNumberCheckCharacter(body)
}
const aRow = (...[name, idNumber, branch, phone = '13812345678']: [string, string, string, string?]) => [
  name,
  idNumber,
  '正式党员',
  branch,
  '2010-07-01',
  '2011-07-01',
  phone,
]
const act = <I extends z.ZodType, R>(actor: Actor, declared: Action<I, R>, input: z.output<I>) =>
  perform(platform, declared, { actor, requestId: null, idempotencyKey: randomUUID(), input })
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: Error & { code?: string }) => error.code ?? error.message,
  )

async function upload(
  rows: OutCell[][],
  over = { actor: deputy, organization: unit, content: undefined as Readable | undefined },
): Promise<string> {
  const content = over.content ?? writeWorkbook({ sheets: [{ name: '名册', columns: titles.map((title) => ({ title })), rows }] })
  const staged = await stageUpload(content)
  const { id } = await act(over.actor, uploadRosterAction, {
    organizationId: over.organization.id,
    fileName: '名册.xlsx',
    sha256: staged.sha256,
  })
  await settleStaged(staged.name, id)
  beginRosterCheck(platform, over.actor, id)
  await rosterChecksEnded()
  return id
}
const pageOf = (id: string, actor = deputy) => readAs(platform.database, actor, (read) => importPage(read, id))
const namesIn = async (branch: Planted, on = '2026-11-23') =>
  (await readAs(platform.database, officer, (read) => membersOn(read, branch.no, on))).map((one) => one.name)
const people = async () => (await platform.owner.pool.query('select count(*)::int as n from directory.persons')).rows[0].n

describe('名册导入', () => {
  it('says row by row and column by column what is wrong, masked, and imports nothing', async () => {
    const repeated = anIdNumber()
    const id = await upload([
      aRow('好人', repeated, '甲局第一党支部'),
      aRow('重号', repeated, '甲局第一党支部'),
      aRow('没支部', anIdNumber(), '不存在的支部'),
      aRow('外单位', anIdNumber(), '乙局党支部'),
      aRow('坏号码', '430602198006151234', '甲局第一党支部'),
    ])
    const page = await pageOf(id)
    expect([page.state, page.mistakesTotal, page.rowsRead]).toEqual(['refused', 4, 5])
    expect(page.mistakes.map((one) => [one.row, one.column])).toEqual([
      [3, '公民身份号码'],
      [4, '所在党支部'],
      [5, '所在党支部'],
      [6, '公民身份号码'],
    ])
    expect(JSON.stringify(page)).not.toContain('430602198006151234')
    expect(await code(act(deputy, applyRosterAction, { id }))).toBe('directory.roster_not_checked')
    expect([await people(), (await readdir(folder)).length]).toEqual([0, 0])
  })

  it('says everything that is wrong with a row at once, the unknown branch of a row with a wrong date too', async () => {
    const repeated = anIdNumber()
    const wrongDate = (row: string[]) => row.map((text) => (text === '2010-07-01' ? '2010-13-45' : text))
    const id = await upload([
      wrongDate(aRow('两处错', repeated, '不存在的支部')),
      wrongDate(aRow('又重号', repeated, '甲局第一党支部')),
    ])
    const { mistakes, mistakesTotal } = await pageOf(id)
    expect(mistakes.map((one) => [one.row, one.column])).toEqual([
      [2, '加入党组织日期'],
      [2, '所在党支部'],
      [3, '加入党组织日期'],
      [3, '公民身份号码'],
    ])
    expect(mistakesTotal).toBe(4)
  })

  it('imports all rows, seals numbers, lets the first roster stand from the past, and is undone whole', async () => {
    const [one, two] = [anIdNumber(), anIdNumber()]
    const id = await upload([aRow('张三', one, '甲局第一党支部'), aRow('李四', two, '甲局第二党支部')])
    expect(await pageOf(id)).toMatchObject({ state: 'checked', summary: { create: 2, change: 0, unchanged: 0 } })
    expect(await act(deputy, applyRosterAction, { id })).toEqual({ id, created: 2, changed: 0 })
    expect([await namesIn(first), await namesIn(first, '2025-01-01'), await namesIn(second)]).toEqual([
      ['张三'],
      ['张三'],
      ['李四'],
    ])
    const { rows } = await platform.owner.pool.query(
      'select to_jsonb(p)::text || v.body::text as whole from directory.persons p join directory.person_revisions v on v.person_no = p.no',
    )
    expect(rows).toHaveLength(2)
    expect(rows.map((row) => row.whole).join('')).not.toMatch(new RegExp(`${one}|13812345678`))
    expect(await code(act(deputy, applyRosterAction, { id }))).toBe('directory.roster_not_checked')

    await act(deputy, undoRosterAction, { id })
    expect([await namesIn(first), await namesIn(second)]).toEqual([[], []])
    expect(await code(act(deputy, undoRosterAction, { id }))).toBe('directory.roster_not_imported')
    const again = await upload([aRow('张三', one, '甲局第一党支部')])
    expect((await pageOf(again)).summary).toMatchObject({ create: 1 })
  })

  it('changes whoever stands there already, leaves the equal alone, and gives the former state back when undone', async () => {
    const [stays, moves, renamed] = [anIdNumber(), anIdNumber(), anIdNumber()]
    const before = await upload([
      aRow('不变', stays, '甲局第一党支部'),
      aRow('换支部', moves, '甲局第一党支部'),
      aRow('改名前', renamed, '甲局第一党支部'),
    ])
    await act(deputy, applyRosterAction, { id: before })
    platform.clock.moveTo('2026-12-01')
    const id = await upload([
      aRow('不变', stays, '甲局第一党支部'),
      aRow('换支部', moves, '甲局第二党支部'),
      aRow('改名后', renamed, '甲局第一党支部', '13900000000'),
    ])
    expect((await pageOf(id)).summary).toMatchObject({ create: 0, change: 2, unchanged: 1 })
    await act(deputy, applyRosterAction, { id })
    expect(await namesIn(second, '2026-12-01')).toEqual(['换支部'])
    expect(await namesIn(first, '2026-11-30')).toEqual(expect.arrayContaining(['换支部', '改名后']))
    expect(await code(act(deputy, undoRosterAction, { id: before }))).toBe('directory.roster_in_use')

    await act(deputy, undoRosterAction, { id })
    expect((await namesIn(first, '2026-12-01')).toSorted()).toEqual(['不变', '换支部', '改名前'].toSorted())
    expect(await namesIn(second, '2026-12-01')).toEqual([])
    const { rows } = await platform.owner.pool.query(
      'select max(v.revision) as last, count(*)::int as n from directory.person_revisions v join directory.persons p on p.no = v.person_no where p.name = $1',
      ['改名前'],
    )
    expect(rows).toEqual([{ last: 3, n: 3 }])
    platform.clock.moveTo('2026-11-23')
  })

  it('cannot be undone once something hangs on somebody it entered', async () => {
    const id = await upload([aRow('有任职', anIdNumber(), '甲局第二党支部')])
    await act(deputy, applyRosterAction, { id })
    await platform.owner.pool.query(
      `insert into directory.posts (id, person_no, organization_no, post, valid)
       select 'pst_test0001', no, home_no, 'branch_secretary', '[2026-11-01,)' from directory.persons where name = '有任职'`,
    )
    expect(await code(act(deputy, undoRosterAction, { id }))).toBe('directory.roster_in_use')
    expect((await pageOf(id)).state).toBe('imported')
  })

  it('says of a number that stands elsewhere only that it does, not where', async () => {
    const idNumber = anIdNumber()
    const elsewhere = await upload([aRow('外单位的人', idNumber, '乙局党支部')], {
      actor: officer,
      organization: foreign,
      content: undefined,
    })
    await act(officer, applyRosterAction, { id: elsewhere })
    const page = await pageOf(await upload([aRow('同号的人', idNumber, '甲局第一党支部')]))
    expect(page.mistakes[0]?.message).toContain('已在册')
    expect(JSON.stringify(page)).not.toContain('乙局')
  })

  it('writes nothing at all when the roster has become wrong since it was checked', async () => {
    const idNumber = anIdNumber()
    const id = await upload([aRow('先来', anIdNumber(), '甲局第一党支部'), aRow('后到', idNumber, '甲局第一党支部')])
    const elsewhere = await upload([aRow('抢先登记', idNumber, '乙局党支部')], {
      actor: officer,
      organization: foreign,
      content: undefined,
    })
    await act(officer, applyRosterAction, { id: elsewhere })
    const count = await people()
    expect(await code(act(deputy, applyRosterAction, { id }))).toBe('directory.roster_mistakes')
    expect([await people(), (await pageOf(id)).state]).toEqual([count, 'checked'])
  })

  it('refuses what is no workbook with the sentence that says what to do', async () => {
    const page = await pageOf(
      await upload([], { actor: deputy, organization: unit, content: Readable.from([Buffer.from('不是工作簿')]) }),
    )
    expect([page.state, page.mistakes[0]?.message]).toEqual(['refused', expect.stringContaining('另存为')])
  })

  it('is for those who may, in their own unit', async () => {
    const id = await upload([aRow('待导入', anIdNumber(), '甲局第一党支部')])
    const stranger = actorWith('full_time_deputy', foreign)
    const secretary = actorWith('branch_secretary', first)
    const input = { organizationId: unit.id, fileName: '名册.xlsx', sha256: 'x' }
    expect(
      await Promise.all(
        [
          act(stranger, uploadRosterAction, input),
          act(stranger, applyRosterAction, { id }),
          act(stranger, undoRosterAction, { id }),
          act(stranger, exportRosterAction, { organization: unit.id }),
        ].map(code),
      ),
    ).toEqual(['kernel.not_found', 'directory.roster_not_found', 'directory.roster_not_found', 'kernel.not_found'])
    expect(
      await Promise.all(
        [
          act(secretary, uploadRosterAction, input),
          act(actorWith('member', unit), applyRosterAction, { id }),
          act(actorWith('inspector', unit), undoRosterAction, { id }),
          act(actorWith('inspector', unit), exportRosterAction, { organization: unit.id }),
        ].map(code),
      ),
    ).toEqual(Array(4).fill('kernel.forbidden'))
  })

  it('forgets a file that lay checked for a day', async () => {
    const id = await upload([aRow('无人导入', anIdNumber(), '甲局第一党支部')])
    platform.clock.moveTo('2026-11-25')
    await forgetStaleRosters(platform)
    expect((await pageOf(id)).state).toBe('failed')
    expect(await readdir(folder)).not.toContain(`${id}.xlsx`)
    platform.clock.moveTo('2026-11-23')
  })

  it('leaves the building without numbers, and the export stands in the ledger', async () => {
    const sheet = await readAs(platform.database, deputy, (read) => rosterSheet(read, unit.no))
    expect(sheet.rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(sheet)).not.toMatch(/\d{17}|138\d{8}/)
    await act(deputy, exportRosterAction, { organization: unit.id })
    const { rows } = await platform.owner.pool.query(
      `select count(*)::int as n from ledger.entries where action = 'directory.roster.export' and outcome = 'done'`,
    )
    expect(rows[0].n).toBe(1)
    await pipeline(writeWorkbook({ sheets: [sheet] }), createWriteStream(path.join(folder, 'out.xlsx')))
  })
})
