import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAs, writeAsSystem } from '../../../kernel/database/transaction.ts'
import '../../../kernel/errors/kernel.problems.ts'
import { type OutCell, writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { growAncestry, type Planted, plantOrganization } from '../../../kernel/testing/plant.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { seedAccounts } from '../accounts/accounts.store.ts'
import { useMode } from '../accounts/mode.store.ts'
import { actorNamed } from '../accounts/operator.queries.ts'
import type { Role } from '../grants/roles.contract.ts'
import { organizationsCalled } from '../organizations/organizations.queries.ts'
import { idNumberCheckCharacter } from '../persons/id-number.rules.ts'
import { applyCheckedRoster, checkRosterFile } from './roster-operator.actions.ts'
import { useStagingFolder } from './roster-staging.store.ts'

const platform = await testPlatform('2026-11-23')
const owner = platform.owner.kysely
let folder: string
let unit: Planted
let other: Planted

beforeAll(async () => {
  useMode('demonstration')
  folder = await mkdtemp(path.join(tmpdir(), 'biaoshuai-operator-'))
  useStagingFolder(folder)
  unit = await plantOrganization(platform, { kind: 'unit', name: '甲局' })
  other = await plantOrganization(platform, { kind: 'unit', name: '乙局' })
  const branch = await plantOrganization(platform, { kind: 'branch', name: '甲局党支部', under: unit })
  await growAncestry(platform)
  const account = (username: string, role: Role, over: Planted) => ({
    username,
    displayName: username,
    passwordHash: 'x',
    personNo: null,
    grants: [{ role, organizationNo: over.no, from: '2026-01-01' }],
  })
  const made = [
    account('danwei', 'full_time_deputy', unit),
    account('zhibu', 'branch_secretary', branch),
    account('gone', 'full_time_deputy', unit),
  ]
  await writeAsSystem(platform.database, (tx) => seedAccounts(tx, made, platform.clock.now()))
  await sql`update directory.accounts set state = 'disabled' where username = 'gone'`.execute(owner)
})
afterAll(async () => {
  useMode('production')
  await rm(folder, { recursive: true, force: true })
})

const titles = ['姓名', '身份证号', '人员类别', '所在党支部', '入党时间', '转正时间']
const body = '43060219800615123'
const aRow = (idNumber: string): OutCell[] => ['某某', idNumber, '正式党员', '甲局党支部', '2010-07-01', '2011-07-01']
const right = body + idNumberCheckCharacter(body)
const as = async (username: string) => ({ actor: await actorNamed(platform, username), requestId: 'ops import roster' })
const check = async (username: string, row: OutCell[], into = unit) =>
  checkRosterFile(platform, await as(username), {
    organizationId: into.id,
    fileName: '名册.xlsx',
    content: writeWorkbook({ sheets: [{ name: '名册', columns: titles.map((title) => ({ title })), rows: [row] }] }),
  })
const entries = async (action: string) =>
  (
    await sql<{ outcome: string; account: string }>`select e.outcome, a.username as account from ledger.entries e
      join directory.accounts a on a.no = e.account_no where e.action = ${action} order by e.no`.execute(owner)
  ).rows

test('a roster with a mistake is not imported, and the mistake has its row and column', async () => {
  const page = await check('danwei', aRow(`${body}${right.endsWith('0') ? '1' : '0'}`))
  expect([page.state, page.mistakes.map(({ row, cell }) => [row, cell])]).toEqual(['refused', [[2, 'B2']]])
  await expect(applyCheckedRoster(platform, await as('danwei'), page.id)).rejects.toMatchObject({
    code: 'directory.roster_not_checked',
  })
})

test('a whole roster is imported as the named account, and the ledger says so', async () => {
  const page = await check('danwei', aRow(right))
  expect(page.state).toBe('checked')
  expect(await applyCheckedRoster(platform, await as('danwei'), page.id)).toMatchObject({ created: 1, changed: 0 })
  expect(await entries('directory.roster.apply')).toEqual([{ outcome: 'done', account: 'danwei' }])
})

test('an account without the permission, or outside its unit, imports nothing, and the attempt stands in the ledger', async () => {
  await expect(check('zhibu', aRow(right))).rejects.toMatchObject({ code: 'kernel.forbidden' })
  await expect(check('danwei', aRow(right), other)).rejects.toMatchObject({ code: 'kernel.not_found' })
  expect((await entries('directory.roster.upload')).filter(({ outcome }) => outcome === 'denied')).toEqual([
    { outcome: 'denied', account: 'zhibu' },
    { outcome: 'denied', account: 'danwei' },
  ])
})

test('an account that could not sign in cannot be borrowed, in production no demonstration account', async () => {
  await expect(as('nobody')).rejects.toMatchObject({ code: 'directory.account_not_found' })
  await expect(as('gone')).rejects.toMatchObject({ code: 'directory.account_state' })
  useMode('production')
  await expect(as('danwei')).rejects.toMatchObject({ code: 'directory.account_not_found' })
  useMode('demonstration')
})

test('an organization is found by its name or its id, exactly', async () => {
  const { actor } = await as('danwei')
  const called = (name: string) =>
    readAs(platform.database, actor, async (read) => (await organizationsCalled(read, name)).map(({ id }) => id))
  expect([await called('甲局'), await called(unit.id), await called('甲')]).toEqual([[unit.id], [unit.id], []])
})
