import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import { fileById } from '../../../kernel/files/files.actions.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { workItemsOf } from '../../../kernel/work-items/registry.ts'
import { organizationById } from '../../directory/index.ts'
import '../index.ts'
import { recordFindingAction } from '../inspections/findings.actions.ts'
import { planInspectionsAction, startInspectionAction } from '../inspections/inspections.actions.ts'
import * as acts from './key-projects.actions.ts'
import { projectLife, type ProjectState, projectStates, type ProjectVerb } from './key-projects.lifecycle.ts'
import { projectsAsked, projectSheet } from './key-projects.queries.ts'
import { projectAsked } from './project-page.queries.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity
const reason = '工委批复'

beforeAll(async () => {
  city = await aSupervisedCity(platform)
})

const said = () => ({
  kind: 'project' as const,
  name: '政务大厅改造',
  about: '改造一楼大厅和窗口',
  startsOn: '2026-11-01',
  endsOn: '2027-08-31',
  supervisorIds: [city.keeper.id],
  disciplineIds: [],
})
const enter = (actor: Actor, more: object = {}) =>
  act(actor, acts.enterProjectAction, { organizationId: city.unit.id, ...said(), ...more })
const found = (actor: Actor, id: string, more: object = {}) =>
  act(actor, acts.foundBranchAction, {
    id,
    name: `临时党支部${id.slice(-6)}`,
    parentId: city.committee.id,
    on: '2026-11-20',
    endsOn: '2026-12-10',
    reason,
    ...more,
  })

const asking = (actor: Actor) => ({ actor, today: platform.clock.today() })
const page = (actor: Actor, id: string) => readAs(platform.database, actor, (db) => projectAsked(db, id, asking(actor)))
const stateOf = async (id: string) => {
  const { rows } = await sql<{ state: ProjectState; revision: number; steps: number }>`select k.state, k.revision,
      (select count(*)::int from supervision.record_steps s where s.kind = 'key_project' and s.record_no = k.no) as steps
    from supervision.key_projects k where k.id = ${id}`.execute(platform.owner.kysely)
  return rows[0] as { state: ProjectState; revision: number; steps: number }
}

type Plain = Exclude<ProjectVerb, 'found_branch' | 'link_branch' | 'extend_branch' | 'dissolve_branch'>
const take: Record<Plain, (actor: Actor, id: string) => Promise<{ state: ProjectState }>> = {
  amend: async (actor, id) =>
    act(actor, acts.amendProjectAction, { id, revision: (await stateOf(id)).revision, ...said(), name: '政务大厅二期', reason }),
  start: (actor, id) => act(actor, acts.startProjectAction, { id }),
  close: (actor, id) => act(actor, acts.closeProjectAction, { id, result: '按期完工，验收合格' }),
  reopen: (actor, id) => act(actor, acts.reopenProjectAction, { id, reason }),
  withdraw: (actor, id) => act(actor, acts.withdrawProjectAction, { id, reason }),
}
const verbs = Object.keys(take) as Plain[]
const branchVerbs: Record<Exclude<ProjectVerb, Plain>, (actor: Actor, id: string) => Promise<unknown>> = {
  found_branch: found,
  link_branch: (actor, id) => act(actor, acts.linkBranchAction, { id, branchId: city.branch.id, reason }),
  extend_branch: (actor, id) => act(actor, acts.extendBranchAction, { id, until: '2027-03-01', reason }),
  dissolve_branch: (actor, id) => act(actor, acts.dissolveBranchAction, { id, on: '2026-11-23', reason }),
}

test('whatever is tried in whatever order, a project moves along the table, keeps a step for each move, and refuses the rest with 409', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...verbs), { minLength: 4, maxLength: 8 }), async (tried) => {
      const { id } = await enter(city.deputy)
      let [state, moves]: [ProjectState, number] = ['planned', 1]
      for (const verb of tried) {
        const next: ProjectState | undefined = projectLife.table[state][verb]
        const attempt = take[verb](city.deputy, id)
        if (next === undefined) await expect(attempt).rejects.toMatchObject({ status: 409 })
        else {
          expect((await attempt).state).toBe(next)
          ;[state, moves] = [next, moves + 1]
        }
        expect(await stateOf(id)).toEqual({ state, revision: moves, steps: moves })
      }
    }),
    { numRuns: 6 },
  )
})

test('every state that is not an edge answers 409 with what is allowed; a leader may take none, another unit finds none', async () => {
  for (const state of Object.keys(projectStates) as ProjectState[]) {
    const { id } = await enter(city.deputy)
    await sql`update supervision.key_projects set state = ${state}, result = case when ${state} = 'closed' then 'x' end,
      closed_on = case when ${state} = 'closed' then '2026-11-23'::date end where id = ${id}`.execute(platform.owner.kysely)
    const all = { ...take, ...branchVerbs }
    for (const verb of (Object.keys(all) as ProjectVerb[]).filter((one) => projectLife.table[state][one] === undefined))
      await expect(all[verb](city.deputy, id), `${state} ${verb}`).rejects.toMatchObject({
        code: 'supervision.key_project_not_allowed_now',
        detail: expect.stringMatching(/现在可以|已经办结/),
      })
  }
  const { id } = await enter(city.deputy)
  for (const verb of [...verbs.map((one) => take[one]), ...Object.values(branchVerbs)]) {
    await expect(verb(city.leader, id)).rejects.toMatchObject({ status: 403 })
    await expect(verb(city.otherDeputy, id)).rejects.toMatchObject({ status: 404 })
  }
  await expect(enter(city.leader)).rejects.toMatchObject({ status: 403 })
})

test('dates and people that do not hold are refused with the field', async () => {
  const { endsOn: _endsOn, ...open } = said()
  await expect(act(city.deputy, acts.enterProjectAction, { organizationId: city.unit.id, ...open })).rejects.toMatchObject({
    code: 'supervision.key_project_dates',
    errors: [{ field: 'endsOn' }],
  })
  await expect(enter(city.deputy, { endsOn: '2026-10-01' })).rejects.toMatchObject({ errors: [{ field: 'endsOn' }] })
  await expect(enter(city.deputy, { supervisorIds: [city.stranger.id] })).rejects.toMatchObject({
    code: 'supervision.key_project_person_unknown',
    errors: [{ field: 'supervisorIds.0' }],
  })
  expect((await enter(city.deputy, { kind: 'post', endsOn: undefined })).id).toMatch(/^kpj_/)
})

test('a long project calls for a branch; its temporary branch is an organization with a span, reminded of, extended, dissolved', async () => {
  const { id } = await enter(city.deputy)
  expect((await page(city.deputy, id)).hints).toEqual([expect.stringContaining('六个月以上')])
  await found(city.deputy, id)
  await expect(found(city.deputy, id)).rejects.toMatchObject({ code: 'supervision.key_project_has_branch' })
  const shown = await page(city.branchSecretary, id)
  expect(shown).toMatchObject({ branch: { endsOn: '2026-12-10', dissolvedOn: null }, branchDue: true, abilities: [] })
  expect(shown.hints.join('')).toMatch(/存续期2026年12月10日到期.*一般不发展党员/)
  const { rows } = await sql<{
    kind: string
    approved: number
  }>`select kind, approved_by_no as approved from directory.organizations
    where id = ${shown.branch?.id ?? ''}`.execute(platform.owner.kysely)
  expect(rows).toEqual([{ kind: 'temporary_branch', approved: city.committee.no }])
  // Whoever arranges it and whoever supervises it are reminded; nobody else.
  const reminded = async (actor: Actor) =>
    (await readAs(platform.database, actor, (db) => workItemsOf(db, actor, platform.clock.today()))).some(
      (item) => item.id === `supervision.key_projects.${id}`,
    )
  expect(await Promise.all([city.deputy, city.branchSecretary, city.leader, city.otherDeputy].map(reminded))).toEqual([
    true,
    true,
    false,
    false,
  ])
  await expect(act(city.deputy, acts.extendBranchAction, { id, until: '2026-12-01', reason })).rejects.toMatchObject({
    errors: [{ field: 'until' }],
  })
  await branchVerbs.extend_branch(city.deputy, id)
  expect(await reminded(city.deputy)).toBe(false)
  // A project that is over while its branch stands is reminded of again.
  await take.start(city.deputy, id)
  await take.close(city.deputy, id)
  expect(await reminded(city.deputy)).toBe(true)
  await branchVerbs.dissolve_branch(city.deputy, id)
  const after = await page(city.deputy, id)
  expect(after).toMatchObject({
    branch: { dissolvedOn: '2026-11-23' },
    branchDue: false,
    state: 'closed',
    result: '按期完工，验收合格',
  })
  expect(after.steps.map(({ action }) => action)).toEqual([
    'enter',
    'found_branch',
    'extend_branch',
    'start',
    'close',
    'dissolve_branch',
  ])
  await readAs(platform.database, city.deputy, async (db) =>
    expect((await organizationById(db, after.branch?.id ?? '')).id).toBe(after.branch?.id),
  )
})

test('a plain branch is not linked; a correction over an older state is refused and history keeps what was said before', async () => {
  const { id } = await enter(city.deputy, { risks: '工程变更签证' })
  await expect(branchVerbs.link_branch(city.deputy, id)).rejects.toMatchObject({ code: 'directory.not_a_temporary_branch' })
  await take.amend(city.deputy, id)
  await expect(act(city.deputy, acts.amendProjectAction, { id, revision: 1, ...said(), reason })).rejects.toMatchObject({
    code: 'kernel.changed_meanwhile',
  })
  const { steps, name, risks } = await page(city.deputy, id)
  expect([name, risks]).toEqual(['政务大厅二期', null])
  expect(steps[0]?.details).toContainEqual({ label: '廉政风险点', text: '工程变更签证' })
})

test('checks of a project stand on its page with their findings; lists, counts and sheets keep to what the reader sees', async () => {
  const { id } = await enter(city.deputy, { name: '棚户区改造' })
  const { ids } = await act(city.officer, planInspectionsAction, {
    title: '工程现场检查',
    manner: 'unannounced',
    organizationIds: [city.branch.id],
    inspectorIds: [city.stranger.id],
    visitOn: '2026-11-23',
    keyProjectId: id,
  })
  await expect(
    act(city.otherDeputy, planInspectionsAction, {
      title: '别单位的项目',
      manner: 'open',
      organizationIds: [city.otherBranch.id],
      inspectorIds: [city.keeper.id],
      visitOn: '2026-11-23',
      keyProjectId: id,
    }),
  ).rejects.toMatchObject({ code: 'supervision.visit_project_unknown' })
  expect((await page(city.deputy, id)).checks).toEqual([])
  await act(city.officer, startInspectionAction, { id: ids[0] ?? '' })
  // A photo taken up before anybody knew whose organization it is about.
  await sql`insert into kernel.files (id, sha256, bytes, media_type, name, uploaded_by, uploaded_at, purpose)
    values ('fil_photo1', ${'a'.repeat(64)}, 9, 'image/png', '照片', ${city.officer.accountNo}, now(), 'finding')`.execute(
    platform.owner.kysely,
  )
  await act(city.officer, recordFindingAction, {
    inspectionId: ids[0] ?? '',
    clientId: 'a'.repeat(32),
    kind: 'other',
    seen: '签证单没有编号',
    serious: false,
    fileIds: ['fil_photo1'],
    notedAt: '2026-11-23T09:30:00+08:00',
    handOver: false,
  })
  expect((await page(city.officer, id)).checks).toMatchObject([
    { title: '工程现场检查', findings: [{ seen: '签证单没有编号', state: '已记录' }] },
  ])
  const photo = (actor: Actor) => readAs(platform.database, actor, (db) => fileById(db, 'fil_photo1'))
  expect(await photo(city.secondOfficer)).toMatchObject({ name: '照片' })
  for (const actor of [city.deputy, city.otherDeputy, city.owner])
    await expect(photo(actor)).rejects.toMatchObject({ status: 404 })
  const list = (actor: Actor) =>
    readAs(platform.database, actor, (db) => projectsAsked(db, { limit: 5, text: '棚户区' }, asking(actor)))
  expect(await list(city.officer)).toMatchObject({ total: 1, items: [{ inspections: 1, supervisors: [{ name: '乙某' }] }] })
  expect(await list(city.branchSecretary)).toMatchObject({ total: 1, items: [{ id }] })
  for (const actor of [city.owner, city.otherDeputy]) expect(await list(actor)).toMatchObject({ total: 0, items: [] })
  await expect(page(city.owner, id)).rejects.toMatchObject({ code: 'supervision.key_project_not_found' })
  const sheet = await readAs(platform.database, city.otherDeputy, (db) => projectSheet(db, {}, asking(city.otherDeputy)))
  expect(sheet.rows).toEqual([])
})
