import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { perform } from '../kernel/actions/action.ts'
import { readAs, writeAsSystem } from '../kernel/database/transaction.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import {
  attendClassAction,
  classPageOf,
  correctClassAction,
  coverageOf,
  createClassAction,
  ledgerShown,
  registerPeopleAction,
  withdrawClassAction,
} from '../modules/learning/index.ts'
import { candidatesFor } from '../modules/learning/classes/candidates.queries.ts'
import { changeCreditingRuleAction } from '../modules/learning/categories/categories.actions.ts'
import { attendClass, createClassBody } from '../modules/learning/classes/classes.contract.ts'
import { recordWorkAction } from '../modules/orglife/index.ts'
import { recordWorkBody } from '../modules/orglife/work-records/work-records.contract.ts'
import { loadRulebooks, sweep } from '../modules/rulebook/index.ts'
import { obligationsFor } from '../modules/rulebook/obligations/obligation-list.queries.ts'
import { registerModules } from './modules.ts'

const head = (code: string, title: string, more: string) => `
  - { code: ${code}, title: ${title}, clauses: [PX-1], dimension: D1, version: 1, valid_from: 2026-01-01, strength: hard, confidence: A, enabled: true,
      source: { regulation: 培训办法, article: 第一条 }, grace_days: 5, formula: 按培训班和集中学习的记录来数, remedy: 安排培训并登记出勤, ${more} }`

const rulebook = `
document: { code: PX2026, title: 培训办法, issuer: 示例工委, issued_on: 2026-01-01, in_force_from: 2026-01-01, kind: local_document }
clauses:
  - { code: PX-1, title: 培训, gist: 各组织按办法办班并登记出勤。, dimension: D1 }
tags:
  - { code: training, title: 集中培训, hint: 一次集中学习记一条, fields: [hours, persons], categories: [{ code: political_theory, title: 政治理论 }, { code: skill, title: 业务 }] }
requirements:${[
  head(
    'TR1',
    '党员学时',
    'subject: { members: { standing: [full], at: [branch] } }, cadence: year, measure: { name: learning.training_hours, params: { tags: [training] } }, target: { sum_at_least: 8 }',
  ),
  head(
    'TR2',
    '书记培训',
    'subject: { post: { code: branch_secretary, at: [branch] } }, cadence: year, measure: { name: learning.trainings_attended, params: { tags: [training] } }, target: { at_least: 1 }',
  ),
  head(
    'TR3',
    '理论比重',
    'subject: { kinds: [unit] }, cadence: year, measure: { name: learning.theory_share, params: { tags: [training], organizer: below } }, target: { ratio_at_least: 0.7 }',
  ),
  head(
    'TR4',
    '办班',
    'subject: { kinds: [party_committee] }, cadence: half, measure: { name: learning.classes_held, params: { tags: [training] } }, target: { at_least: 1 }',
  ),
].join('')}
`

let platform: TestPlatform
let world: World
let [committee, branch, other, unit, city] = [{ no: 0, id: '' }] as unknown as [Planted, Planted, Planted, Planted, Planted]
let people: Planted[]
let deputy: Actor
let secretary: Actor

beforeAll(async () => {
  registerModules()
  platform = await testPlatform('2026-11-10')
  world = worldOf(platform)
  city = await world.organization('working_committee', '示例工委', null)
  unit = await world.organization('unit', '示例住建局', city)
  committee = await world.organization('party_committee', '机关党委', unit)
  branch = await world.organization('branch', '第一支部', committee)
  other = await world.organization('branch', '第二支部', committee)
  people = await world.people(branch, 3)
  await world.people(other, 1)
  deputy = await world.actor('full_time_deputy', committee)
  secretary = await world.actor('branch_secretary', branch, { person: people[0] ?? branch })
  await world.post(people[0] ?? branch, branch, 'branch_secretary')
  await world.figuresFrom('2026-01-01')
  const folder = await mkdtemp(join(tmpdir(), 'rulebook-'))
  await writeFile(join(folder, 'training.yaml'), rulebook)
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, folder))
  await writeAsSystem(platform.database, (tx) => sweep(tx, '2026-11-10'))
})

const by = (actor: Actor) => ({ actor, requestId: null, idempotencyKey: null })
const lesson = (hours: number, category = 'political_theory', heldOn = '2026-11-03') => ({
  title: '一课',
  heldOn,
  hours,
  category,
})
type Entry = Partial<z.input<typeof createClassBody>>
const create = (more: Entry = {}, actor: Actor = deputy) =>
  perform(platform, createClassAction, {
    ...by(actor),
    input: createClassBody.parse({
      title: '支部书记培训班',
      organizationId: committee.id,
      targetGroup: 'branch_secretary',
      sessions: [lesson(6), lesson(2, 'business', '2026-11-04')],
      ...more,
    }),
  })
const attend = (id: string, more: Partial<z.input<typeof attendClass.body>> = {}, actor: Actor = deputy) =>
  perform(platform, attendClassAction, { ...by(actor), input: { id, ...attendClass.body.parse({ revision: 1, ...more }) } })
const ids = (list: readonly Planted[]) => list.map(({ id }) => id)
const page = (id: string, actor: Actor = deputy) =>
  readAs(platform.database, actor, (read) => classPageOf(read, { actor, today: '2026-11-10' }, id))
const ledger = (actor: Actor, subject?: string) =>
  readAs(platform.database, actor, (read) => ledgerShown(read, actor, { asked: { subject }, today: '2026-11-10' }))

async function standing(code: string, key: 'subject_no' | 'organization_no', no: number) {
  const { rows } = await sql<{
    status: number
    numerator: number
    denominator: number
  }>`select o.status, o.numerator::float8 as numerator,
      o.denominator::float8 as denominator from rulebook.obligations o join rulebook.requirements r on r.no = o.requirement_no
    where r.code = ${code} and o.${sql.ref(key)} = ${no} order by o.period_no desc limit 1`.execute(world.db)
  return rows[0]
}

describe('the seventy per cent', () => {
  it('refuse a class below, with the share and the missing hours in words and as numbers', async () => {
    const sessions = [lesson(2), lesson(2, 'business')]
    await expect(create({ sessions })).rejects.toMatchObject({
      code: 'learning.theory_share_below_70',
      status: 422,
      detail: expect.stringContaining('占 50%，不到七成；总学时不变还差 1 学时'),
      figures: { share: 0.5, hoursMissing: 1, hoursMissingOnTop: 3 },
      errors: [{ field: 'sessions' }, { field: 'exceptionReason' }],
    })
    const made = await create({ sessions, exceptionReason: '上级指定的业务班' })
    expect(made).toMatchObject({ theoryShare: 0.5, theoryMet: false })
    expect(await page(made.id)).toMatchObject({ theoryMet: false, exceptionReason: '上级指定的业务班' })
  })

  it('take a category only from the list, an organization only of one’s own, and only from those who may', async () => {
    await expect(create({ sessions: [lesson(2, 'gossip')] })).rejects.toMatchObject({
      code: 'learning.category_unknown',
      errors: [{ field: 'sessions.0.category' }],
    })
    await expect(create({}, secretary)).rejects.toMatchObject({ code: 'kernel.not_found' })
    const member = await world.actor('member', branch, { writes: false })
    await expect(create({ organizationId: branch.id }, member)).rejects.toMatchObject({ code: 'kernel.forbidden' })
  })
})

describe('attendance', () => {
  it('credits whole sessions to whoever came, and counts in every figure at once', async () => {
    const { id } = await create({ personIds: ids(people) })
    expect(await standing('TR2', 'subject_no', people[0]?.no ?? 0)).toBeUndefined()
    const reply = await attend(id, { absent: [{ personId: people[1]?.id ?? '', session: 2, reason: '出差' }] })
    expect(reply).toMatchObject({ credited: 8 + 6 + 8, revision: 2 })
    expect(reply.satisfied.map(({ requirement }) => requirement)).toEqual(['TR1', 'TR2', 'TR4'])
    expect(await standing('TR1', 'subject_no', people[0]?.no ?? 0)).toMatchObject({ status: 1, numerator: 8 })
    expect(await standing('TR4', 'organization_no', committee.no)).toMatchObject({ status: 1, numerator: 1 })
    const mine = await ledger(secretary)
    expect(mine).toMatchObject({ sums: { total: 8, class: 8, theory: 6 }, asked: [{ title: '党员学时', hours: 8 }] })
    expect(mine.items).toMatchObject([{ id, source: 'class', credited: 8 }])
  })

  it('is corrected only with a reason, keeps what was entered before, and moves the ledger', async () => {
    const { id } = await create({ title: '更正班', personIds: ids(people.slice(0, 1)) })
    const before = (await ledger(secretary)).sums.total
    await attend(id)
    expect((await ledger(secretary)).sums.total).toBe(before + 8)
    await expect(attend(id, { revision: 2 })).rejects.toMatchObject({ errors: [{ field: 'reason' }] })
    await attend(id, { revision: 2, reason: '名单看错', absent: [{ personId: people[0]?.id ?? '', reason: '病假' }] })
    expect((await ledger(secretary)).sums.total).toBe(before)
    const { revisions } = await page(id)
    expect(revisions.map(({ reason }) => reason)).toEqual([null, null, '名单看错'])
    const { rows } = await sql<{
      hours: number
    }>`select (body -> 'attended' -> 0 ->> 'hours')::float8 as hours from learning.class_revisions r
      join learning.classes c on c.no = r.class_no where c.id = ${id} and r.revision = 2`.execute(world.db)
    expect(rows[0]?.hours).toBe(8)
  })

  it('follows corrected sessions, and a withdrawn class counts nowhere', async () => {
    const { id } = await create({ title: '改课班', personIds: ids(people.slice(0, 1)) })
    const before = (await ledger(secretary)).sums.total
    await attend(id)
    await perform(platform, correctClassAction, {
      ...by(deputy),
      input: {
        ...createClassBody.omit({ personIds: true }).parse({
          title: '改课班',
          organizationId: committee.id,
          targetGroup: 'branch_secretary',
          sessions: [lesson(3.5)],
        }),
        id,
        revision: 2,
        reason: '只上了一课',
      },
    })
    expect((await ledger(secretary)).sums.total).toBe(before + 3.5)
    await perform(platform, withdrawClassAction, { ...by(deputy), input: { id, reason: '误建' } })
    expect((await ledger(secretary)).sums.total).toBe(before)
    await expect(attend(id, { revision: 4, reason: '再记' })).rejects.toMatchObject({ code: 'kernel.not_allowed_now' })
  })

  it('is refused where it cannot be: ahead, without people, of a stranger, beyond the seats, late without a reason', async () => {
    const ahead = await create({ sessions: [lesson(2, 'political_theory', '2026-12-01')], personIds: ids(people) })
    await expect(attend(ahead.id)).rejects.toMatchObject({ code: 'learning.class_ahead' })
    const empty = await create()
    await expect(attend(empty.id)).rejects.toMatchObject({ code: 'learning.nobody_registered' })
    await expect(
      attend(empty.id, { personIds: ids(people), absent: [{ personId: 'per_none', reason: '假' }] }),
    ).rejects.toMatchObject({
      code: 'learning.person_not_registered',
    })
    await expect(create({ seats: 2, personIds: ids(people) })).rejects.toMatchObject({ code: 'learning.seats_exceeded' })
    const late = await create({ sessions: [lesson(2, 'political_theory', '2026-05-04')], personIds: ids(people) })
    await expect(attend(late.id)).rejects.toMatchObject({ code: 'learning.late_reason_missing' })
    await attend(late.id, { lateReason: '当时没有系统' })
    await expect(
      perform(platform, registerPeopleAction, { ...by(deputy), input: { id: late.id, personIds: ids(people) } }),
    ).rejects.toMatchObject({ code: 'kernel.not_allowed_now' })
    await expect(attend(ahead.id, {}, secretary)).rejects.toMatchObject({ code: 'kernel.not_found' })
  })

  it('tells of leave beyond a seventh where the class frees from duty', async () => {
    const officer = await world.actor('committee_officer', city)
    await perform(platform, changeCreditingRuleAction, {
      ...by(officer),
      input: { code: 'leave_share', value: 0.1428, enabled: true, reason: '按条例执行' },
    })
    const { id } = await create({ offDuty: true, personIds: ids(people) })
    const { hints } = await attend(id, { absent: [{ personId: people[1]?.id ?? '', session: 2, reason: '事假' }] })
    expect(hints).toEqual(['有 1 人缺课超过脱产培训总学时的规定比例，请按规定核实处理。'])
  })
})

describe('work records and classes', () => {
  it('count together: what was entered as a work record is not entered again', async () => {
    const member = people[2] as Planted
    const before = await standing('TR1', 'subject_no', member.no)
    const words = { title: '集中学习', content: '学了一下午', heldOn: '2026-11-06', hours: 2 }
    const tags = [{ tag: 'training', category: 'skill' }]
    const studied = (actor: Actor, { id }: Planted) => {
      const input = recordWorkBody.parse({ ...words, tags, organizationIds: [id], personIds: [member.id] })
      return perform(platform, recordWorkAction, { ...by(actor), input })
    }
    const own = await studied(secretary, branch)
    const counted = (before?.numerator ?? 0) + 4
    expect((await standing('TR1', 'subject_no', member.no))?.numerator).toBe(counted - 2)
    // What the committee recorded counts for her too, and is named to whom may open it alone.
    const above = await studied(deputy, committee)
    const asked = { query: { subject: member.id, requirement: 'TR1', limit: 50 }, today: '2026-11-10' }
    const named = async (actor: Actor) => {
      const duties = await readAs(platform.database, actor, (read) => obligationsFor(read, { ...asked, actor }))
      const records = duties.items[0]?.evidence.filter((each) => each.kind === 'work-record') ?? []
      return { counted: duties.items[0]?.value.numerator, records: records.map(({ id }) => id).toSorted() }
    }
    expect(await named(secretary)).toEqual({ counted, records: [own.id] })
    expect(await named(deputy)).toEqual({ counted, records: [own.id, above.id].toSorted() })
  })
})

describe('who sees what', () => {
  it('a member sees her own hours, a secretary those of her branch, and nobody those of another', async () => {
    const stranger = await world.actor('branch_secretary', other)
    await expect(ledger(stranger, people[0]?.id)).rejects.toMatchObject({ code: 'directory.person_not_found' })
    const member = await world.actor('member', branch, { writes: false, person: people[1] as Planted })
    expect((await ledger(member)).sums.total).toBeGreaterThan(0)
  })

  it('coverage names those of the target groups who had no class', async () => {
    await world.post((await world.people(other, 1))[0] as Planted, other, 'branch_secretary')
    const { items } = await readAs(platform.database, deputy, async (read) => ({
      items: await candidatesFor(read, { organization: committee.id, targetGroup: 'branch_secretary' }, '2026-11-10'),
    }))
    // Whoever had nothing this year stands first.
    expect(items.map(({ organization, trained }) => [organization, trained > 0])).toEqual([
      ['第二支部', false],
      ['第一支部', true],
    ])
    const groups = await readAs(platform.database, deputy, (read) =>
      coverageOf(read, { year: 2026, under: unit.id, today: '2026-11-10' }),
    )
    expect(groups.find(({ group }) => group === 'branch_secretary')).toMatchObject({
      total: 2,
      trained: 1,
      missing: [{ organization: '第二支部' }],
    })
  })
})
