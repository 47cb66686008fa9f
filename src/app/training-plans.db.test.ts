import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { type Action, perform } from '../kernel/actions/action.ts'
import { readAs } from '../kernel/database/transaction.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { addCategoryAction, changeCreditingRuleAction } from '../modules/learning/categories/categories.actions.ts'
import { createClassBody } from '../modules/learning/classes/classes.contract.ts'
import { cancelEnrolmentAction, enrolPeopleAction } from '../modules/learning/classes/enrolment.actions.ts'
import { answerCorrectionAction, askCorrectionAction } from '../modules/learning/hours/corrections.actions.ts'
import { correctionsAsked } from '../modules/learning/hours/corrections.queries.ts'
import { studyPageOf } from '../modules/learning/hours/hours.queries.ts'
import {
  confirmStudyAction,
  correctStudyAction,
  createStudyAction,
  withdrawStudyAction,
} from '../modules/learning/hours/study-records.actions.ts'
import { attendClassAction, classPageOf, coverageOf, createClassAction, ledgerShown } from '../modules/learning/index.ts'
import { correctPlanAction, createPlanAction, withdrawPlanAction } from '../modules/learning/plans/plans.actions.ts'
import { planPageOf } from '../modules/learning/plans/plans.queries.ts'
import { registerModules } from './modules.ts'

const today = '2026-11-10'
let platform: TestPlatform
let world: World
let [committee, branch, other] = [{ no: 0, id: '' }] as unknown as [Planted, Planted, Planted]
let [officer, deputy, secretary, second, member] = [{}] as unknown as [Actor, Actor, Actor, Actor, Actor]
let people: Planted[]
let others: Planted[]

beforeAll(async () => {
  registerModules()
  platform = await testPlatform(today)
  world = worldOf(platform)
  const city = await world.organization('working_committee', '示例工委', null)
  const unit = await world.organization('unit', '示例住建局', city)
  committee = await world.organization('party_committee', '机关党委', unit)
  branch = await world.organization('branch', '第一支部', committee)
  other = await world.organization('branch', '第二支部', committee)
  people = await world.people(branch, 4)
  others = await world.people(other, 2)
  officer = await world.actor('committee_officer', city)
  deputy = await world.actor('full_time_deputy', committee)
  secretary = await world.actor('branch_secretary', branch, { person: people[0] as Planted })
  second = await world.actor('branch_secretary', other, { person: others[0] as Planted })
  member = await world.actor('member', branch, { writes: false, person: people[1] as Planted })
})

const act = <Reply>(actor: Actor, declared: Action<never, Reply>, input: object): Promise<Reply> =>
  perform(platform, declared, { actor, requestId: null, idempotencyKey: null, input } as never)
const ids = (list: readonly Planted[]) => list.map(({ id }) => id)
const lesson = (heldOn: string, hours = 4) => ({
  title: '一课',
  heldOn,
  hours,
  category: 'political_theory',
  teacher: '张讲师',
  place: '三楼会议室',
})
const classOf = (more: Partial<z.input<typeof createClassBody>> = {}) =>
  act(
    deputy,
    createClassAction as never,
    createClassBody.parse({
      title: '支部书记班',
      organizationId: committee.id,
      targetGroup: 'branch_secretary',
      sessions: [lesson('2026-12-01')],
      ...more,
    }),
  ) as Promise<{ id: string }>
const shown = (actor: Actor, id: string) => readAs(platform.database, actor, (read) => classPageOf(read, { actor, today }, id))
const planShown = (id: string) => readAs(platform.database, deputy, (read) => planPageOf(read, deputy, id))

describe('a yearly plan', () => {
  const items = [
    { title: '支部书记班', targetGroup: 'branch_secretary', month: 11, hours: 8 },
    { title: '新党员班', targetGroup: 'new_member', month: 6, hours: 4 },
  ]
  const create = (actor: Actor, organizationId: string) =>
    act(actor, createPlanAction as never, { organizationId, year: 2026, title: '培训计划', items }) as Promise<{ id: string }>

  it('stands beside what became of it, line by line, through a correction that moves the lines about', async () => {
    const { id } = await create(deputy, committee.id)
    await expect(create(deputy, committee.id)).rejects.toMatchObject({ code: 'learning.plan_exists', status: 409 })
    await expect(create(member, branch.id)).rejects.toMatchObject({ code: 'kernel.forbidden' })
    await expect(create(secretary, committee.id)).rejects.toMatchObject({ status: 404 })
    const before = await planShown(id)
    expect(before.items.map(({ held }) => held)).toEqual([0, 0])
    const [first, last] = before.items
    const made = await classOf({ planId: id, planItem: first?.key, sessions: [lesson('2026-11-03')], personIds: ids(people) })
    await classOf({ title: '计划外的班', sessions: [lesson('2026-11-04')] })
    await expect(classOf({ planId: id, planItem: 'itm_none' })).rejects.toMatchObject({
      code: 'learning.plan_item_unknown',
      errors: [{ field: 'planItem' }],
    })
    await act(deputy, attendClassAction as never, { id: made.id, revision: 1, absent: [] })
    const turned = [
      { ...items[1], key: last?.key },
      { ...items[0], key: first?.key },
      { ...items[0], title: '补一期' },
    ]
    await act(deputy, correctPlanAction as never, { id, revision: 1, reason: '调整顺序', title: '培训计划', items: turned })
    const after = await planShown(id)
    expect(after.items.map(({ title, held }) => [title, held])).toEqual([
      ['新党员班', 0],
      ['支部书记班', 1],
      ['补一期', 0],
    ])
    expect(after.classes.map(({ title, item, state }) => [title, item, state])).toEqual([
      ['支部书记班', first?.key, 'held'],
      ['计划外的班', null, 'planned'],
    ])
    expect((await shown(deputy, made.id)).plan).toMatchObject({ id, item: first?.key })
    await act(deputy, withdrawPlanAction as never, { id, reason: '另做一份' })
    await expect(
      act(deputy, correctPlanAction as never, { id, revision: 3, reason: '再改', title: '计划', items }),
    ).rejects.toMatchObject({ code: 'kernel.not_allowed_now', status: 409 })
    await expect(act(deputy, withdrawPlanAction as never, { id, reason: '再撤' })).rejects.toMatchObject({ status: 409 })
  })
})

describe('a branch registers its own', () => {
  it('while it is open and there are seats; then they wait, and move up in their order when somebody stays away', async () => {
    const { id } = await classOf({ seats: 2, registersUntil: '2026-11-20' })
    const enrol = (actor: Actor, list: readonly Planted[]) => act(actor, enrolPeopleAction as never, { id, personIds: ids(list) })
    await expect(enrol(secretary, [others[0] as Planted])).rejects.toMatchObject({ code: 'directory.person_not_found' })
    await expect(enrol(member, people.slice(0, 1))).rejects.toMatchObject({ code: 'kernel.forbidden' })
    expect(await enrol(secretary, people.slice(0, 1))).toMatchObject({ registered: 1, waiting: 0 })
    const outcomes = await Promise.allSettled([enrol(secretary, people.slice(1, 3)), enrol(second, others.slice(0, 1))])
    expect(outcomes.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled'])
    const organizer = await shown(deputy, id)
    expect([organizer.people.length, organizer.waiting.length]).toEqual([2, 2])
    expect((await shown(second, id)).people.every(({ organization }) => organization === '第二支部')).toBe(true)
    expect(await enrol(secretary, people.slice(0, 1))).toMatchObject({ registered: 0, waiting: 0 })
    const next = organizer.waiting[0]
    const cancel = (actor: Actor, list: readonly Planted[]) =>
      act(actor, cancelEnrolmentAction as never, { id, personIds: ids(list), reason: '出差' })
    await expect(cancel(second, people.slice(0, 1))).rejects.toMatchObject({ status: 404 })
    expect(await cancel(secretary, people.slice(0, 1))).toMatchObject({ cancelled: 1, movedUp: 1 })
    const after = await shown(deputy, id)
    expect(after.people.map(({ personId }) => personId)).toContain(next?.personId)
    expect([after.people.length, after.waiting.length]).toEqual([2, 1])
    const closed = await classOf({ registersUntil: '2026-11-09' })
    await expect(
      act(secretary, enrolPeopleAction as never, { id: closed.id, personIds: ids(people.slice(0, 1)) }),
    ).rejects.toMatchObject({ code: 'learning.registration_closed', status: 409 })
    const inside = await classOf()
    await expect(
      act(secretary, enrolPeopleAction as never, { id: inside.id, personIds: ids(people.slice(0, 1)) }),
    ).rejects.toMatchObject({ status: 404 })
  })
})

describe('being sent out and self-study', () => {
  const study = (more: object) => ({
    kind: 'self_study',
    title: '学习条例',
    category: 'political_theory',
    level: 'unit',
    heldOn: '2026-11-02',
    hours: 10,
    ...more,
  })
  const record = (actor: Actor, id: string) => readAs(platform.database, actor, (read) => studyPageOf(read, actor, id))
  const confirm = (actor: Actor, id: string, more: object = {}) =>
    act(actor, confirmStudyAction as never, { id, accepted: true, ...more })
  const total = async (actor: Actor) =>
    (await readAs(platform.database, actor, (read) => ledgerShown(read, actor, { asked: {}, today }))).sums
  it('self-study is one’s own, counts once somebody else of the branch confirms it, and never beyond the year’s cap', async () => {
    await expect(act(secretary, createStudyAction as never, study({ personId: people[1]?.id }))).rejects.toMatchObject({
      code: 'learning.self_study_own',
    })
    const first = (await act(member, createStudyAction as never, study({}))) as { id: string }
    expect((await total(member)).self_study).toBe(0)
    await expect(confirm(member, first.id)).rejects.toMatchObject({ status: 403 })
    await expect(confirm(second, first.id)).rejects.toMatchObject({ code: 'learning.study_record_not_found' })
    await expect(confirm(secretary, first.id, { hours: 11 })).rejects.toMatchObject({ code: 'learning.credited_too_much' })
    await expect(confirm(secretary, first.id, { accepted: false })).rejects.toMatchObject({ errors: [{ field: 'reason' }] })
    expect(await confirm(secretary, first.id)).toMatchObject({ credited: 10 })
    await expect(confirm(secretary, first.id)).rejects.toMatchObject({ code: 'kernel.not_allowed_now', status: 409 })
    const more = (await act(member, createStudyAction as never, study({ title: '又学', heldOn: '2026-11-03' }))) as { id: string }
    expect(await confirm(secretary, more.id)).toMatchObject({ credited: 6 })
    expect((await total(member)).self_study).toBe(16)
    await act(officer, changeCreditingRuleAction as never, {
      code: 'self_study_cap',
      value: 20,
      enabled: true,
      reason: '本市规定',
    })
    const third = (await act(member, createStudyAction as never, study({ title: '再学', heldOn: '2026-11-04' }))) as {
      id: string
    }
    expect(await confirm(secretary, third.id)).toMatchObject({ credited: 4 })
    await expect(
      act(deputy, changeCreditingRuleAction as never, { code: 'self_study_cap', value: 20, enabled: true, reason: '自己定' }),
    ).rejects.toMatchObject({ code: 'kernel.forbidden' })
    const mine = (await act(secretary, createStudyAction as never, study({ title: '书记自学' }))) as { id: string }
    await expect(confirm(secretary, mine.id)).rejects.toMatchObject({ code: 'learning.confirm_own' })
  })
  it('being sent out is entered by a keeper; a correction keeps what was, a withdrawn record counts nowhere', async () => {
    await expect(
      act(member, createStudyAction as never, study({ kind: 'sent_out', personId: people[2]?.id })),
    ).rejects.toMatchObject({ status: expect.any(Number) })
    const { id } = (await act(
      secretary,
      createStudyAction as never,
      study({ kind: 'sent_out', personId: people[1]?.id, level: 'city', hours: 24 }),
    )) as { id: string }
    const before = await total(member)
    expect(before.sent_out).toBe(24)
    const body = {
      id,
      title: '市委党校班',
      category: 'political_theory',
      level: 'city',
      heldOn: '2026-11-05',
      hours: 16,
      reason: '学时记错',
    }
    await expect(act(secretary, correctStudyAction as never, { ...body, revision: 9 })).rejects.toMatchObject({
      code: 'kernel.changed_meanwhile',
    })
    await expect(act(member, correctStudyAction as never, { ...body, revision: 1 })).rejects.toMatchObject({
      code: 'kernel.forbidden',
    })
    await act(secretary, correctStudyAction as never, { ...body, revision: 1 })
    expect((await total(member)).sent_out).toBe(16)
    expect((await record(secretary, id)).revisions.map(({ reason }) => reason)).toEqual([null, '学时记错'])
    await act(secretary, withdrawStudyAction as never, { id, reason: '重复' })
    expect((await total(member)).sent_out).toBe(0)
    await expect(act(secretary, correctStudyAction as never, { ...body, revision: 3 })).rejects.toMatchObject({
      code: 'kernel.not_allowed_now',
    })
    await expect(
      act(secretary, createStudyAction as never, study({ kind: 'sent_out', personId: people[1]?.id, hours: undefined, days: 2 })),
    ).rejects.toMatchObject({ code: 'learning.conversion_off' })
  })
  it('who finds a mistake in her own hours asks, whoever entered them answers, once', async () => {
    const { id } = (await act(secretary, createStudyAction as never, study({ kind: 'sent_out', personId: people[1]?.id }))) as {
      id: string
    }
    await expect(act(second, askCorrectionAction as never, { about: id, text: '不是我的' })).rejects.toMatchObject({
      code: 'learning.study_record_not_found',
    })
    const asked = (await act(member, askCorrectionAction as never, { about: id, text: '少记两学时' })) as { id: string }
    await expect(act(second, answerCorrectionAction as never, { id: asked.id, answer: '不归我' })).rejects.toMatchObject({
      status: 404,
    })
    await expect(act(member, answerCorrectionAction as never, { id: asked.id, answer: '自己答' })).rejects.toMatchObject({
      status: 403,
    })
    await act(secretary, answerCorrectionAction as never, { id: asked.id, answer: '已更正' })
    await expect(act(secretary, answerCorrectionAction as never, { id: asked.id, answer: '再答' })).rejects.toMatchObject({
      status: 409,
    })
    expect(
      (await readAs(platform.database, member, (read) => correctionsAsked(read, member, { limit: 10 }))).items,
    ).toMatchObject([{ state: 'answered', answer: '已更正' }])
  })
})

describe('categories and new secretaries', () => {
  it('a category is added by the working committee, once; whether it is theory stays as it was', async () => {
    const added = { code: 'history', title: '党史学习', politicalTheory: true }
    await expect(act(deputy, addCategoryAction as never, added)).rejects.toMatchObject({ code: 'kernel.forbidden' })
    await act(officer, addCategoryAction as never, added)
    await expect(act(officer, addCategoryAction as never, { ...added, politicalTheory: false })).rejects.toMatchObject({
      code: 'learning.category_taken',
      status: 409,
    })
    const { id } = await classOf({ sessions: [{ ...lesson('2026-11-06'), category: 'history' }] })
    expect(await shown(deputy, id)).toMatchObject({ theoryMet: true, sessions: [{ teacher: '张讲师', place: '三楼会议室' }] })
  })
  it('a secretary of the last six months is named until trained since the appointment, training before it does not count', async () => {
    const [fresh = other] = others
    await sql`insert into directory.posts (id, person_no, organization_no, post, valid) values ('pst_fresh', ${fresh.no}, ${other.no}, 'branch_secretary', daterange('2026-08-01', null))`.execute(
      world.db,
    )
    const hold = async (day: string) => {
      const { id } = await classOf({ title: `${day} 班`, sessions: [lesson(day)], personIds: [fresh.id] })
      await act(deputy, attendClassAction as never, { id, revision: 1, absent: [], lateReason: '补记以前的班' })
    }
    const holes = async () =>
      (await readAs(platform.database, deputy, (read) => coverageOf(read, { year: 2026, under: undefined, today }))).find(
        ({ group }) => group === 'new_secretary',
      )
    await hold('2026-03-02')
    expect(await holes()).toMatchObject({
      total: 1,
      trained: 0,
      missing: [{ personId: fresh.id, since: '2026-08-01', due: '2027-02-01' }],
    })
    await hold('2026-09-02')
    expect(await holes()).toMatchObject({ total: 1, trained: 1, missing: [] })
  })
})
