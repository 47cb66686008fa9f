import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity, twoRequirements } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import { keepNoticesWith, type Notice } from '../../../kernel/notices/registry.ts'
import { actorWith, type Planted, plantPerson } from '../../../kernel/testing/plant.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { workItemsOf } from '../../../kernel/work-items/registry.ts'
import { answerLinesAction } from './answers.actions.ts'
import * as findingActs from './findings.actions.ts'
import { findingsAsked } from './findings.queries.ts'
import * as acts from './inspections.actions.ts'
import { inspectionAsked, inspectionsAsked } from './inspections.queries.ts'
import './work-items.queries.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
const strokes = [[10, 10, 20, 20]]
const key = (n: number) => n.toString(16).padStart(32, '0')
const told: Notice[] = []
keepNoticesWith(async (_tx, notice) => void told.push(notice))
let city: SupervisedCity
let person: Planted
/** Comes from the other unit: a joint visit. */
let inspector: Actor

beforeAll(async () => {
  city = await aSupervisedCity(platform)
  await twoRequirements(platform)
  person = await plantPerson(platform, { name: '丁某', home: city.otherBranch })
  const { rows } = await sql<{
    no: number
  }>`insert into directory.accounts (id, username, username_key, display_name, person_no, created_at)
    values ('acc_insp', 'insp', 'insp', '丁某', ${person.no}, now()) returning no`.execute(platform.owner.kysely)
  inspector = {
    ...actorWith('member', city.otherBranch, { accountNo: rows[0]?.no ?? 0, person, writes: false }),
    accountId: 'acc_insp',
  }
})

async function planned(more: Partial<Parameters<typeof acts.planInspectionsAction.run>[1]> = {}): Promise<string> {
  const body = { title: '窗口暗访', manner: 'unannounced', organizationIds: [city.branch.id], inspectorIds: [person.id] } as const
  const { ids } = await act(city.officer, acts.planInspectionsAction, {
    ...body,
    visitOn: '2026-11-25',
    despite: '群众有反映',
    ...more,
  } as never)
  return ids[0] ?? ''
}
const seenBy = (actor: Actor, id: string) => readAs(platform.database, actor, (db) => inspectionAsked(db, id, actor))
const listFor = (actor: Actor) => readAs(platform.database, actor, (db) => inspectionsAsked(db, { limit: 100 }, actor))
const start = (id: string) => act(inspector, acts.startInspectionAction, { id })
const sheet = (n: number, covers: string[] = []) => ({
  clientId: key(n),
  covers,
  signatures: [
    { side: 'inspector' as const, name: '丁某', strokes },
    { side: 'visited' as const, name: '乙某', strokes },
  ],
  signedAt: '2026-11-23T10:00:00+08:00',
})
const note = (id: string, n: number, more: object = {}) =>
  act(inspector, findingActs.recordFindingAction, {
    inspectionId: id,
    clientId: key(n),
    kind: 'buck_passing',
    seen: '办件两次被要求另来',
    serious: false,
    fileIds: [],
    notedAt: '2026-11-23T09:30:00+08:00',
    handOver: false,
    ...more,
  })

describe('an unannounced visit, before it starts', () => {
  test('is nobody’s of the visited or of those between: not in lists, by id, among notices, on the first page', async () => {
    const id = await planned()
    for (const actor of [city.branchSecretary, city.owner, city.leader, city.deputy, city.discipline]) {
      expect((await listFor(actor)).items.map((one) => one.id)).not.toContain(id)
      await expect(seenBy(actor, id)).rejects.toMatchObject({ code: 'supervision.inspection_not_found', status: 404 })
      const items = await readAs(platform.database, actor, (db) => workItemsOf(db, actor, '2026-11-23'))
      expect(JSON.stringify(items)).not.toContain(id)
      const under = await readAs(platform.database, actor, (db) =>
        sql<{
          n: number
        }>`select (select count(*) from supervision.inspection_lines)::int + (select count(*) from supervision.inspection_steps)::int as n`.execute(
          reading<'supervision'>(db),
        ),
      )
      expect(under.rows[0]?.n).toBe(0)
    }
    expect(told.filter((notice) => notice.link === `/inspections/${id}`).map(({ to }) => to)).toEqual([
      { personNos: [person.no] },
    ])
    const checks = await sql<{ n: number }>`select count(*)::int as n from orglife.announced_checks`.execute(
      platform.owner.kysely,
    )
    expect(checks.rows[0]?.n).toBe(0)
    expect((await seenBy(inspector, id)).inspects).toBe(true)
    expect((await listFor(city.officer)).items.map((one) => one.id)).toContain(id)
  })

  test('stays hidden from an officer of the city who belongs to the visited, and for ever when it is cancelled', async () => {
    const id = await planned()
    const home = await plantPerson(platform, { name: '戊某', home: city.branch })
    const officerOfThere = { ...city.officer, personNo: home.no }
    await expect(seenBy(officerOfThere, id)).rejects.toMatchObject({ status: 404 })
    await act(city.officer, acts.cancelInspectionAction, { id, reason: '改期' })
    await expect(seenBy(city.branchSecretary, id)).rejects.toMatchObject({ status: 404 })
  })

  test('is known to them once it has started', async () => {
    const id = await planned()
    await start(id)
    expect((await seenBy(city.branchSecretary, id)).state).toBe('started')
  })
})

test('an open visit stands in the one register of announced checks, and is taken back there when it is cancelled', async () => {
  const id = await planned({ manner: 'open', title: '组织生活检查' })
  await expect(seenBy(city.branchSecretary, id)).rejects.toMatchObject({ status: 404 })
  await act(city.officer, acts.announceInspectionAction, { id })
  expect((await seenBy(city.branchSecretary, id)).state).toBe('announced')
  const checks = () =>
    sql<{ title: string; cancel_reason: string | null }>`select title, cancel_reason from orglife.announced_checks`.execute(
      platform.owner.kysely,
    )
  expect((await checks()).rows).toEqual([{ title: '组织生活检查', cancel_reason: null }])
  await act(city.officer, acts.cancelInspectionAction, { id, reason: '与会议冲突' })
  expect((await checks()).rows).toEqual([{ title: '组织生活检查', cancel_reason: '与会议冲突' }])
})

test('the checklist names what was short with its figure, and asks what D5.4 always asks', async () => {
  await sql`insert into rulebook.obligations (year, organization_no, period_no, requirement_no, subject_kind, subject_no, status, due_on, numerator, denominator)
    select 2026, ${city.branch.no}, 202610, r.no, 'o', ${city.branch.no}, 4, '2026-10-31', 0, 1 from rulebook.requirements r where r.strength = 'hard'`.execute(
    platform.owner.kysely,
  )
  const { lines } = await seenBy(city.officer, await planned())
  expect(lines[0]).toMatchObject({ kind: 'weak', requirement: 'T-hard', why: '近一年应办 1 项，其中 1 项没有办成或没有报' })
  expect(lines.map((line) => line.question)).toContain('有没有违规收费')
})

test('visited lately is exempt, said with the day; going again needs a reason', async () => {
  const id = await planned()
  await start(id)
  await act(inspector, acts.signInspectionAction, { id, ...sheet(900) })
  await expect(planned({ despite: undefined })).rejects.toMatchObject({
    code: 'supervision.visited_lately',
    status: 409,
    errors: [{ field: 'organizationIds.0', message: expect.stringContaining('2026年11月23日检查过，90 天内免检') }],
  })
})

test('nobody inspects their own, or plans a visit to their own organization or one above', async () => {
  await expect(planned({ inspectorIds: [city.member.id] })).rejects.toMatchObject({ code: 'supervision.inspector_of_visited' })
  await expect(
    act(city.deputy, acts.planInspectionsAction, {
      title: '自查',
      manner: 'open',
      organizationIds: [city.unit.id],
      inspectorIds: [person.id],
      visitOn: '2026-11-25',
    }),
  ).rejects.toMatchObject({ code: 'supervision.visits_from_above' })
})

test('a finding sent twice by its device is kept once; other words under its name are refused', async () => {
  const id = await planned()
  await start(id)
  const first = await note(id, 1)
  expect((await note(id, 1)).id).toBe(first.id)
  await expect(note(id, 1, { seen: '另一件事' })).rejects.toMatchObject({
    code: 'supervision.finding_other_content',
    status: 409,
  })
  expect((await seenBy(inspector, id)).findings).toHaveLength(1)
})

test('the visited see findings only after signing; what went to the discipline line is seen by it alone', async () => {
  const id = await planned()
  await start(id)
  await note(id, 2)
  await note(id, 3, { kind: 'solicitation', seen: '收受一条烟', handOver: true })
  expect((await seenBy(city.branchSecretary, id)).findings).toEqual([])
  await act(inspector, acts.signInspectionAction, { id, ...sheet(901, [key(2)]) })
  for (const actor of [city.branchSecretary, city.deputy, city.officer, inspector]) {
    const { findings } = await seenBy(actor, id)
    expect(findings.map((one) => [one.seen, one.signed])).toEqual([['办件两次被要求另来', true]])
    expect(JSON.stringify(await readAs(platform.database, actor, (db) => findingsAsked(db, { limit: 100 })))).not.toContain(
      '一条烟',
    )
  }
  expect((await seenBy(city.discipline, id)).findings.map((one) => one.state)).toEqual(['noted', 'handed_over'])
  await act(city.branchSecretary, acts.remarkInspectionAction, { id, remark: '第二次是材料不齐' })
  await expect(act(city.branchSecretary, acts.remarkInspectionAction, { id, remark: '再说一次' })).rejects.toMatchObject({
    code: 'supervision.inspection_not_allowed_now',
  })
})

test('a finding proposes a case once, which those who follow up decide on', async () => {
  const id = await planned()
  await start(id)
  const { id: finding } = await note(id, 4)
  const { caseId } = await act(inspector, findingActs.proposeFindingAction, { id: finding })
  const { rows } = await sql<{ state: string; source: string; title: string }>`select state, source, title from supervision.cases
    where id = ${caseId}`.execute(platform.owner.kysely)
  expect(rows).toEqual([{ state: 'proposed', source: 'finding', title: '第二支部 检查发现：推诿扯皮' }])
  await expect(act(inspector, findingActs.proposeFindingAction, { id: finding })).rejects.toMatchObject({ status: 409 })
})

test('an answer given over an older one that says otherwise is not taken, and both are told', async () => {
  const id = await planned()
  await start(id)
  const line = (await seenBy(inspector, id)).lines[0]?.id ?? ''
  const say = (over: number, answer: 'good' | 'short') =>
    act(inspector, answerLinesAction, { id, answers: [{ line, over, answer }] })
  expect(await say(0, 'good')).toEqual({ kept: [{ line, revision: 1 }], conflicts: [] })
  expect((await say(0, 'short')).conflicts).toMatchObject([{ id: line, answer: 'good', revision: 1 }])
  expect(await say(0, 'good')).toMatchObject({ kept: [{ line, revision: 1 }] })
  expect(await say(1, 'short')).toMatchObject({ kept: [{ line, revision: 2 }] })
  const { rows } = await sql<{
    answer: string
  }>`select a.answer from supervision.inspection_answers a join supervision.inspection_lines l
    on l.no = a.line_no where l.id = ${line} order by a.revision`.execute(platform.owner.kysely)
  expect(rows.map((row) => row.answer)).toEqual(['good', 'short'])
})

test('both sides sign, or the refusal stands with its reason; the same sheet sent twice is one', async () => {
  const id = await planned()
  await start(id)
  const alone = sheet(902).signatures.slice(0, 1)
  const send = (more: object) => act(inspector, acts.signInspectionAction, { id, ...sheet(902), ...more })
  await expect(send({ signatures: alone })).rejects.toMatchObject({ code: 'supervision.visited_sign_or_refuse' })
  await expect(send({ refusal: '不同意' })).rejects.toMatchObject({ code: 'supervision.visited_sign_or_refuse' })
  await send({ signatures: alone, refusal: '认为情况不实' })
  await send({ signatures: alone, refusal: '认为情况不实' })
  expect((await seenBy(city.officer, id)).sheets).toMatchObject([{ refusal: '认为情况不实' }])
})

test.each([
  ['start', (actor: Actor, id: string) => act(actor, acts.startInspectionAction, { id })],
  ['checklist', (actor: Actor, id: string) => act(actor, acts.editChecklistAction, { id, revision: 2, lines: [] })],
  ['sign', (actor: Actor, id: string) => act(actor, acts.signInspectionAction, { id, ...sheet(903) })],
  [
    'answer',
    (actor: Actor, id: string) => act(actor, answerLinesAction, { id, answers: [{ line: 'x', over: 0, answer: 'good' }] }),
  ],
  ['resume', (actor: Actor, id: string) => act(actor, acts.resumeInspectionAction, { id, reason: '继续' })],
] as const)('%s is not for the visited', async (_name, attempt) => {
  const id = await planned()
  await start(id)
  await expect(attempt(city.branchSecretary, id)).rejects.toMatchObject({ code: 'kernel.forbidden' })
  await expect(attempt(city.otherDeputy, id)).rejects.toMatchObject({ status: 404 })
})

test.each([
  ['announce', (actor: Actor, id: string) => act(actor, acts.announceInspectionAction, { id })],
  ['close', (actor: Actor, id: string) => act(actor, acts.closeInspectionAction, { id, conclusion: '总体较好' })],
  ['cancel', (actor: Actor, id: string) => act(actor, acts.cancelInspectionAction, { id, reason: '改期' })],
] as const)('%s is for those who sent it, not for the deputy of the visited unit', async (_name, attempt) => {
  const id = await planned()
  await start(id)
  await expect(attempt(city.deputy, id)).rejects.toMatchObject({ status: 404 })
})

test.each([
  [
    'amend',
    (actor: Actor, id: string) =>
      act(actor, findingActs.amendFindingAction, {
        id,
        revision: 1,
        kind: 'other',
        seen: '改',
        serious: false,
        fileIds: [],
        reason: '写错',
      }),
  ],
  ['withdraw', (actor: Actor, id: string) => act(actor, findingActs.withdrawFindingAction, { id, reason: '写错' })],
  ['propose', (actor: Actor, id: string) => act(actor, findingActs.proposeFindingAction, { id })],
  ['hand over', (actor: Actor, id: string) => act(actor, findingActs.handOverFindingAction, { id, reason: '线索' })],
] as const)('to %s a finding is not for the visited, and not possible twice after it was withdrawn', async (_name, attempt) => {
  const id = await planned()
  await start(id)
  const { id: finding } = await note(id, 5)
  await act(inspector, acts.signInspectionAction, { id, ...sheet(904) })
  await expect(attempt(city.branchSecretary, finding)).rejects.toMatchObject({ code: 'kernel.forbidden' })
  await act(inspector, findingActs.withdrawFindingAction, { id: finding, reason: '看错了' })
  await expect(attempt(inspector, finding)).rejects.toMatchObject({ code: 'supervision.finding_not_allowed_now', status: 409 })
})
