import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../tests/builders/a-supervised-city.ts'
import { worldOf } from '../../tests/builders/world.ts'
import { useEmptyDatabases } from '../kernel/database/empty-database.ts'
import { writeAsSystem } from '../kernel/database/transaction.ts'
import { fileStore, openFileStore, useFileStore } from '../kernel/files/file-store.ts'
import { provideLedger } from '../kernel/ledger/settings.ts'
import { testPlatform } from '../kernel/testing/test-platform.ts'
import { freezeSnapshot, loadRulebooks, rebuild, runReplay, sweep } from '../modules/rulebook/index.ts'
import { freezePeriodAction, replaySnapshotAction } from '../modules/rulebook/snapshots/snapshots.actions.ts'
import * as cases from '../modules/supervision/cases/cases.actions.ts'
import * as examples from '../modules/supervision/examples/examples.actions.ts'
import * as rules from '../modules/supervision/local-rules/local-rules.actions.ts'
import { localRuleKinds } from '../modules/supervision/local-rules/local-rules.lifecycle.ts'
import { breakDownAction, recordDecisionAction } from '../modules/supervision/decisions/decisions.actions.ts'
import * as problems from '../modules/supervision/problems/problems.actions.ts'
import * as tasks from '../modules/supervision/tasks/tasks.actions.ts'
import * as cards from '../modules/supervision/yellow-cards/cards.actions.ts'
import { registerModules } from './modules.ts'

const codes = ['D1.1', 'R1.2', 'R2', 'M2', 'DB1', 'RR6', 'ZB25', 'D3.5', 'R3', 'R3.2', 'HN10'] as const
const platform = await testPlatform('2026-07-06')
const act = acting(platform)
let city: SupervisedCity
let folder: string

beforeAll(async () => {
  registerModules()
  folder = await mkdtemp(path.join(tmpdir(), 'biaoshuai-figures-'))
  const { privateKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  provideLedger({ folder, signingKey: privateKey })
  useFileStore(await openFileStore(folder))
  useEmptyDatabases({
    serverUrl: platform.ownerUrl,
    migrations: 'db/migrations',
    template: new URL(inject('databaseUrl')).pathname.slice(1),
  })
  city = await aSupervisedCity(platform)
  const world = worldOf(platform)
  await world.figuresFrom('2026-07-01')
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, 'rulebooks'))
  await world.onlyRequirements(...codes)
  await sql`update directory.organizations set established_on = '2020-01-01'`.execute(platform.owner.kysely)
  await swept()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const swept = () => writeAsSystem(platform.database, (tx) => sweep(tx, platform.clock.today()))

/** Status, numerator and denominator of an organization's duty in a period, and what was not counted and why. */
async function figure(code: string, organization: { no: number }, period: string) {
  const { rows } = await sql<{
    status: number
    numerator: number
    denominator: number
    reasons: string[]
  }>`select o.status::int, o.numerator::float,
      o.denominator::float, array(select e.reason from rulebook.evidence e where e.organization_no = o.organization_no and e.period_no = o.period_no
        and e.requirement_no = o.requirement_no and e.reason is not null and e.reason not like '%之日起算%' order by 1) as reasons
    from rulebook.obligations o join rulebook.requirements r on r.no = o.requirement_no and r.code = ${code}
    join rulebook.periods p on p.no = o.period_no and p.name = ${period} where o.organization_no = ${organization.no}`.execute(
    platform.owner.kysely,
  )
  return rows[0] ?? null
}
const third = (code: string, organization = city.unit) => figure(code, organization, '2026Q3')

const everything = async () => {
  const { rows } =
    await sql`select r.code, o.organization_no, o.period_no, o.status, o.numerator, o.denominator from rulebook.obligations o
    join rulebook.requirements r on r.no = o.requirement_no order by 1, 2, 3`.execute(platform.owner.kysely)
  return rows
}
const draft = (more: object = {}) => ({
  organizationId: city.branch.id,
  ownerId: city.member.id,
  dueOn: '2026-08-20',
  criterion: '有记录',
  ...more,
})

describe('figures move with what is followed up', () => {
  let taskIds: string[]

  it('a matter that came down from above counts once it is broken down to organization, person and day; nothing is short before the quarter ends', async () => {
    const matters = [
      { text: '学习传达', dueOn: '2026-08-31' },
      { text: '开展自查', dueOn: '2026-09-10' },
    ]
    const words = { documentNumber: '省委〔2026〕8号', title: '省里的部署', issuer: '省直工委', issuedOn: '2026-07-01' }
    const { id } = await act(city.deputy, recordDecisionAction, { organizationId: city.unit.id, ...words, matters })

    const { rows } = await sql<{ id: string }>`select m.id from supervision.decision_matters m order by m.no`.execute(
      platform.owner.kysely,
    )
    const tasksOf = (matterId: string | undefined, drafts: ReturnType<typeof draft>[]) =>
      act(city.deputy, breakDownAction, { id, matterId: matterId ?? '', tasks: drafts })
    taskIds = (await tasksOf(rows[0]?.id, [draft(), draft({ dueOn: '2026-08-25' })])).ids
    expect([await third('D1.1'), await third('R1.2')]).toEqual([null, null])

    const above = await act(city.officer, recordDecisionAction, {
      organizationId: city.city.id,
      ...words,
      matters: [{ text: '市里的要点', dueOn: '2026-09-20' }],
    })
    const { rows: cityMatters } = await sql<{
      id: string
    }>`select m.id from supervision.decision_matters m order by m.no desc limit 1`.execute(platform.owner.kysely)
    const down = draft({ organizationId: city.otherBranch.id, ownerId: city.stranger.id, dueOn: '2026-10-01' })
    await expect(
      act(city.officer, breakDownAction, { id: above.id, matterId: cityMatters[0]?.id ?? '', tasks: [down] }),
    ).rejects.toMatchObject({ code: 'supervision.later_than_promised' })
    await act(city.officer, breakDownAction, {
      id: above.id,
      matterId: cityMatters[0]?.id ?? '',
      tasks: [{ ...down, dueOn: '2026-09-15' }],
    })
    expect(await third('D1.1', city.otherUnit)).toMatchObject({ status: 1, numerator: 1, denominator: 1 })
  })

  it('a task counts when it was reported in time and verified; the days waited for somebody above are not counted', async () => {
    const [first = '', second = ''] = taskIds
    await act(city.branchSecretary, tasks.linkAction, { id: first, kind: 'paper', said: '学习记录' })
    platform.clock.moveTo('2026-08-19')
    await act(city.branchSecretary, tasks.reportAction, { id: first, report: '都办到了' })
    expect(await third('R1.2')).toBeNull()
    platform.clock.moveTo('2026-08-24')
    await act(city.deputy, tasks.verifyAction, { id: first, verification: '看过记录', onSite: false })
    await act(city.deputy, tasks.pauseAction, { id: second, waitingFor: '等市里的口径' })
    expect(await third('R1.2')).toMatchObject({ status: 1, numerator: 1, denominator: 1, reasons: ['在等上级，停表期间不计'] })
    platform.clock.moveTo('2026-08-28')
    await act(city.branchSecretary, tasks.linkAction, { id: second, kind: 'paper', said: '自查记录' })
    await act(city.branchSecretary, tasks.reportAction, { id: second, report: '也办到了' })
    await act(city.deputy, tasks.verifyAction, { id: second, verification: '看过记录', onSite: false })
    expect(await third('R1.2')).toMatchObject({ status: 1, numerator: 2, denominator: 2, reasons: [] })
  })

  it('cases and problems count when another has verified and closed them; a case reported late and a matter without a task are short when the quarter is over', async () => {
    const open = (dueOn: string) =>
      act(city.officer, cases.openAction, {
        organizationId: city.branch.id,
        title: '补开会议',
        reason: '没有开会',
        ownerId: city.member.id,
        dueOn,
        remedies: '月底前补开',
      })
    const close = async (id: string) => {
      await act(city.owner, cases.reportAction, { id, report: '补开了' })
      await act(city.officer, cases.verifyAction, { id, verification: '看过记录', onSite: false })
    }
    const [intime, late] = [await open('2026-09-10'), await open('2026-09-01')]
    const raised = {
      organizationId: city.branch.id,
      title: '台账不全',
      description: '缺两个月',
      source: 'self',
      dimension: 'D3',
    } as const
    const problem = await act(city.branchSecretary, problems.raiseProblemAction, raised)

    const list = { id: problem.id, ownerId: city.member.id, remedies: '补齐', dueOn: '2026-09-20', reason: '情况属实' }
    await act(city.deputy, problems.acceptProblemAction, list)

    platform.clock.moveTo('2026-09-05')
    await close(intime.id)
    await close(late.id)

    await act(city.branchSecretary, problems.reportProblemAction, { id: problem.id, rectification: '补齐了' })
    await act(city.discipline, problems.verifyProblemAction, { id: problem.id, verification: '看过', onSite: false })
    expect(await third('M2')).toBeNull()
    await act(city.branchSecretary, problems.confirmProblemAction, { id: problem.id })
    expect(await third('M2')).toMatchObject({ status: 1, numerator: 1, denominator: 1 })
    const kept = await open('2026-12-20')
    expect(await third('DB1')).toMatchObject({ status: 1, numerator: 3, denominator: 3 })
    platform.clock.moveTo('2026-10-09')
    await swept()
    expect(await third('R2')).toMatchObject({ status: 3, numerator: 1, denominator: 2, reasons: ['销号了，但报结时超过了时限'] })
    expect(await third('D1.1')).toMatchObject({ status: 3, numerator: 1, denominator: 2, reasons: ['还没有分解为任务'] })
    expect(await figure('DB1', city.unit, '2026Q4')).toBeNull()
    await act(city.owner, cases.pauseAction, { id: kept.id, waitingFor: '等批复' })
    expect(await figure('DB1', city.unit, '2026Q4')).toMatchObject({ status: 1, numerator: 1 })
  })

  it('a yellow card asks for a report each month, for its items by their days, and for somebody else who passes them', async () => {
    const { id } = await act(city.deputy, cards.proposeCardAction, { organizationId: city.branch.id, grounds: '连续没有开会' })
    await act(city.branchSecretary, cards.stateAction, { id, statement: '人手不足' })
    const items = [
      { title: '补选书记', ownerId: city.member.id, dueOn: '2026-11-12' },
      { title: '补记会议', ownerId: city.member.id, dueOn: '2026-12-12' },
    ]
    await act(city.officer, cards.decideCardAction, { id, reason: '听取陈述后决定', items, isPublic: false, traceMonths: 12 })
    platform.clock.moveTo('2026-11-10')
    await swept()

    await act(city.branchSecretary, cards.reportCardAction, { id, month: '2026-11', report: '已经报批' })
    expect(await figure('RR6', city.branch, '2026-11')).toMatchObject({ status: 1, numerator: 1 })

    const { rows } = await sql<{ id: string }>`select id from supervision.yellow_card_items order by no`.execute(
      platform.owner.kysely,
    )
    const itemId = rows[0]?.id ?? ''
    await act(city.branchSecretary, cards.finishItemAction, { id, itemId, result: '已经补选' })
    await act(city.discipline, cards.passItemAction, { id, itemId, test: '看过批复' })
    platform.clock.moveTo('2027-01-11')
    await swept()
    expect(await figure('D3.5', city.branch, '2026-11')).toMatchObject({ status: 1 })
    expect(await figure('RR6', city.branch, '2026-12')).toMatchObject({ status: 3, reasons: ['这个月没有报告销号情况'] })
    expect(await figure('ZB25', city.committee, '2026Q4')).toMatchObject({ status: 3, reasons: ['有的月份没有报告进展'] })
    expect(await figure('D3.5', city.branch, '2026-12')).toMatchObject({
      status: 3,
      reasons: ['到期的 1 项里还有 1 项没有核验通过'],
    })
  })

  it('an example counts from the day it is published in the city and no longer when it is withdrawn', async () => {
    const { rows } = await sql<{ id: string }>`select id from supervision.cases limit 1`.execute(platform.owner.kysely)
    const said = { title: '三步补课法', dimension: 'D3', practice: '先记后补', effect: '补齐了' } as const
    const records = [{ kind: 'case' as const, reference: rows[0]?.id ?? '' }]
    const { id } = await act(city.branchSecretary, examples.writeExampleAction, {
      organizationId: city.branch.id,
      ...said,
      records,
    })
    await act(city.branchSecretary, examples.proposeExampleAction, { id })
    await act(city.deputy, examples.reviewExampleAction, { id, opinion: '管用' })
    expect((await figure('R3', city.unit, '2027'))?.numerator ?? 0).toBe(0)
    await act(city.officer, examples.publishExampleAction, { id, reason: '别处可以照着做' })
    expect(await figure('R3', city.unit, '2027')).toMatchObject({ status: 1, numerator: 1 })
    await act(city.officer, examples.withdrawExampleAction, { id, reason: '数字有误' })
    expect((await figure('R3', city.unit, '2027'))?.numerator ?? 0).toBe(0)
  })

  it('rules count by sort once they have been looked at', async () => {
    const entered: string[] = []
    for (const kind of Object.keys(localRuleKinds) as (keyof typeof localRuleKinds)[]) {
      const rule = { organizationId: city.branch.id, kind, title: `${localRuleKinds[kind]}制度`, inForceFrom: '2026-05-01' }
      entered.push((await act(city.branchSecretary, rules.enterLocalRuleAction, { ...rule, reviewOn: '2027-02-15' })).id)
    }
    for (const one of entered.slice(0, 4))
      await act(city.branchSecretary, rules.reviewLocalRuleAction, { id: one, reason: '管用，不用改', reviewOn: '2028-02-15' })
    expect((await figure('HN10', city.branch, '2027'))?.numerator ?? 0).toBeLessThan(5)
    await act(city.branchSecretary, rules.repealLocalRuleAction, { id: entered[5] ?? '', reason: '过时了' })
    expect(await figure('R3.2', city.unit, '2027Q1')).toBeNull()
    await act(city.branchSecretary, rules.reviseLocalRuleAction, {
      id: entered[4] ?? '',
      title: '双述双评办法',
      number: '第一局〔2027〕2号',
      inForceFrom: '2027-01-11',
      reviewOn: '2028-01-11',
      reason: '按新要求改',
    })
    expect(await figure('HN10', city.branch, '2027')).toMatchObject({ status: 1, numerator: 5 })
    expect(await figure('R3.2', city.unit, '2027Q1')).toMatchObject({ status: 1, numerator: 6, denominator: 6 })
  })

  it('what was kept up to date step by step equals what is built anew, and a frozen quarter is replayed to the same bytes without a word of it', async () => {
    const before = await everything()
    // A practice that was withdrawn leaves R3 not due; everything else was judged.
    expect(new Set(before.map((row) => (row as { code: string }).code)).size).toBe(codes.length - 1)
    await writeAsSystem(platform.database, (tx) => rebuild(tx, platform.clock.today()))
    expect(await everything()).toEqual(before)
    const { id } = await act(city.officer, freezePeriodAction, { organization: city.unit.id, period: '2026Q3' })
    await freezeSnapshot(platform, id)
    const replay = await act(city.officer, replaySnapshotAction, { id })
    expect(await runReplay(platform, replay.id)).toMatchObject({ outcome: 'same', difference: null })
    const { rows } = await sql<{ sha: string }>`select file_sha256 as sha from rulebook.snapshots where id = ${id}`.execute(
      platform.owner.kysely,
    )
    const chunks: Buffer[] = []
    for await (const chunk of await fileStore().get(rows[0]?.sha ?? '')) chunks.push(Buffer.from(chunk as Uint8Array))
    expect(Buffer.concat(chunks).toString()).not.toMatch(/甲某|补开会议|台账不全|学习传达|看过记录/)
  })
})
