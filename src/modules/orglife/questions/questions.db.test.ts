import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import type { Planted } from '../../../kernel/testing/plant.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { workItemsOf } from '../../../kernel/work-items/registry.ts'
import { askLeaveAction } from '../meetings/leave.actions.ts'
import { correctMeetingAction, planMeetingAction, recordMeetingAction } from '../meetings/meetings.actions.ts'
import { recordMeetingBody } from '../meetings/meetings.contract.ts'
import '../meetings/meetings.policy.ts'
import { cancelCheckAction, noteCheckAction } from './checks.actions.ts'
import { announcedChecks } from './checks.store.ts'
import { latenessOf } from './lateness.queries.ts'
import { answerQuestionAction } from './questions.actions.ts'
import { lookForQuestions } from './questions.jobs.ts'
import { qualityOf, questionPageOf, questionsAsked } from './questions.queries.ts'
import './questions.policy.ts'
import './work-items.queries.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity

beforeAll(async () => {
  city = await aSupervisedCity(platform)
})
beforeEach(async () => {
  await sql`truncate orglife.questions`.execute(platform.owner.kysely)
  await sql`update orglife.meetings set state = 'withdrawn' where state = 'recorded'`.execute(platform.owner.kysely)
  await sql`delete from kernel.settings where name like 'orglife.%'`.execute(platform.owner.kysely)
  platform.clock.moveTo('2026-11-23')
})

const meeting = (at: Planted, more: object = {}) =>
  recordMeetingBody.parse({
    organizationIds: [at.id],
    kinds: ['theme_day'],
    title: '主题党日',
    heldOn: '2026-11-20',
    agenda: [{ title: '集中学习', category: 'political_theory' }],
    ...more,
  })
const record = (actor: Actor, at: Planted, more: object = {}) => act(actor, recordMeetingAction, meeting(at, more))
const listed = async (actor: Actor) =>
  (await readAs(platform.database, actor, (read) => questionsAsked(read, { limit: 50 }))).items
const page = (actor: Actor, id: string) => readAs(platform.database, actor, (read) => questionPageOf(read, actor, id))
const answer = (actor: Actor, id: string, kind: 'explained' | 'corrected' | 'asked_wrongly' = 'explained') =>
  act(actor, answerQuestionAction, { id, kind, text: '两边记录时把时间填反了。' })

const [hall, room] = [
  { place: '大礼堂', startsAt: '14:00', endsAt: '16:00' },
  { place: '三楼会议室', startsAt: '15:00', endsAt: '16:30' },
]

/** The same people in the unit's hall and in the branch's room at three o'clock. */
async function inTwoRooms(): Promise<{ id: string; meeting: string }> {
  await record(city.deputy, city.unit, { kinds: ['staff_assembly'], title: '干部大会', ...hall })
  const { id: meeting } = await record(city.branchSecretary, city.branch, room)
  await lookForQuestions(platform)
  const [question] = await listed(city.branchSecretary)
  return { id: question?.id ?? '', meeting }
}

describe('问谁、谁看得到', () => {
  it('asks the branch at once, in its work list too, while those above see nothing yet', async () => {
    const { id } = await inTwoRooms()
    const shown = await page(city.branchSecretary, id)
    expect(shown.detector).toBe('two_rooms')
    expect(shown.sentence).toContain('2 名同志两边都记为到会')
    expect(shown.persons.map(({ name }) => name).sort()).toEqual(['乙某', '甲某'])
    expect(shown.abilities).toEqual(['answer'])
    const due = await readAs(platform.database, city.branchSecretary, (read) =>
      workItemsOf(read, city.branchSecretary, '2026-11-23'),
    )
    expect(due.filter((item) => item.kind === 'orglife.questions')).toHaveLength(1)
    for (const above of [city.deputy, city.officer, city.leader]) expect(await listed(above)).toEqual([])
    await expect(page(city.officer, id)).rejects.toThrow(expect.objectContaining({ code: 'orglife.question_not_found' }))
  })

  it('shows it to those above, with the answer, as soon as the branch has answered', async () => {
    const { id } = await inTwoRooms()
    await answer(city.branchSecretary, id)
    const shown = await page(city.officer, id)
    expect(shown).toMatchObject({
      state: 'answered',
      answerKind: 'explained',
      answer: { text: '两边记录时把时间填反了。' },
      abilities: [],
    })
    expect(await listed(city.otherDeputy)).toEqual([])
  })

  it('shows it to those above without an answer once the waiting time is over, and not a day before', async () => {
    await inTwoRooms()
    platform.clock.moveTo('2026-12-06')
    await lookForQuestions(platform)
    expect(await listed(city.officer)).toEqual([])
    platform.clock.moveTo('2026-12-07')
    await lookForQuestions(platform)
    expect(await listed(city.officer)).toMatchObject([{ state: 'open', seenAboveFrom: '2026-12-07' }])
  })

  it('waits as long as the installation says', async () => {
    await sql`insert into kernel.settings (name, value, updated_at) values ('orglife.question_wait_days', '3', now())`.execute(
      platform.owner.kysely,
    )
    await inTwoRooms()
    expect(await listed(city.branchSecretary)).toMatchObject([{ seenAboveFrom: '2026-11-26' }])
  })
})

describe('答复', () => {
  it('closes the question for good: it is not asked again, whatever was answered', async () => {
    const { id } = await inTwoRooms()
    await answer(city.branchSecretary, id)
    for (const day of ['2026-11-24', '2026-12-24']) {
      platform.clock.moveTo(day)
      await lookForQuestions(platform)
    }
    expect(await listed(city.branchSecretary)).toMatchObject([{ id, state: 'answered' }])
    await expect(answer(city.branchSecretary, id)).rejects.toThrow(expect.objectContaining({ code: 'kernel.not_allowed_now' }))
  })

  it('is the branch’s own: nobody above answers in its place, and a member holds no permission', async () => {
    const { id } = await inTwoRooms()
    platform.clock.moveTo('2026-12-08')
    await lookForQuestions(platform)
    for (const above of [city.deputy, city.officer])
      await expect(answer(above, id)).rejects.toThrow(expect.objectContaining({ code: 'orglife.question_not_yours' }))
    await expect(answer(city.owner, id)).rejects.toThrow(expect.objectContaining({ code: 'kernel.forbidden' }))
    await expect(answer(city.otherDeputy, id)).rejects.toThrow(expect.objectContaining({ code: 'orglife.question_not_found' }))
  })

  it('says “corrected” only when a record was corrected since', async () => {
    const { id, meeting: held } = await inTwoRooms()
    await expect(answer(city.branchSecretary, id, 'corrected')).rejects.toThrow(
      expect.objectContaining({ code: 'orglife.record_not_corrected' }),
    )
    const { plannedId: _, lateReason: __, ...body } = meeting(city.branch, { ...room, startsAt: '16:30', endsAt: '17:30' })
    await act(city.branchSecretary, correctMeetingAction, { id: held, revision: 1, reason: '时间填错', ...body })
    await answer(city.branchSecretary, id, 'corrected')
    expect((await page(city.officer, id)).answerKind).toBe('corrected')
  })

  it('may say that it was asked wrongly, and the share of those is the detector’s quality, not the branch’s', async () => {
    const { id } = await inTwoRooms()
    await answer(city.branchSecretary, id, 'asked_wrongly')
    const { items } = await readAs(platform.database, city.officer, qualityOf)
    expect(items.find(({ detector }) => detector === 'two_rooms')).toEqual({
      detector: 'two_rooms',
      asked: 1,
      answered: 1,
      askedWrongly: 1,
      share: 100,
    })
    expect(items.find(({ detector }) => detector === 'burst')?.share).toBeNull()
  })
})

describe('问什么、不问什么', () => {
  it('asks nothing when hours are missing, do not overlap, or the room is the same', async () => {
    await record(city.deputy, city.unit, { kinds: ['staff_assembly'], title: '干部大会', ...hall })
    await record(city.branchSecretary, city.branch, { place: room?.place })
    await record(city.branchSecretary, city.branch, { ...room, startsAt: '16:00', endsAt: '17:00' })
    await record(city.branchSecretary, city.branch, { ...hall })
    await lookForQuestions(platform)
    expect(await listed(city.branchSecretary)).toEqual([])
  })

  it('asks about somebody who asked leave and was recorded as present', async () => {
    const plan = { ...meeting(city.branch), heldOn: '2026-11-25' }
    const { absent: _, sittingIn: _s, votes: _v, resolutions: _r, fileIds: _f, ...basics } = plan
    const { id } = await act(city.branchSecretary, planMeetingAction, basics)
    await act(city.owner, askLeaveAction, { id, reason: '出差' })
    platform.clock.moveTo('2026-11-26')
    await record(city.branchSecretary, city.branch, { heldOn: '2026-11-25', plannedId: id })
    await lookForQuestions(platform)
    expect((await listed(city.branchSecretary)).map(({ detector }) => detector)).toEqual(['on_leave'])
  })

  it('asks when the register says that somebody had not come yet or had left, and not about who sat in', async () => {
    await record(city.officer, city.branch, { heldOn: '2026-11-10', sittingIn: [city.stranger.id] })
    await lookForQuestions(platform)
    expect(await listed(city.branchSecretary)).toEqual([])
    await sql`update directory.memberships set valid = daterange('2026-11-15', null) where person_no = ${city.member.no}`.execute(
      platform.owner.kysely,
    )
    platform.clock.moveTo('2026-11-24')
    await lookForQuestions(platform)
    const [question] = await listed(city.branchSecretary)
    expect(question?.sentence).toContain('1 名同志那天还没有编入')
    await sql`update directory.memberships set valid = daterange('2020-01-01', null) where person_no = ${city.member.no}`.execute(
      platform.owner.kysely,
    )
  })

  it('tells the organization of the other record and its day, never its title or text, to whoever may not read it', async () => {
    const text = (
      who: string,
    ) => `书记传达了结对共建的安排，说明每季度走访一次社区。${who}谈到楼道照明坏了半年没有人修，建议由物业小组牵头。
      会议决定由年轻同志分成三个小队，周末轮流值守老旧小区的充电棚；下月底前把走访台账交给组织委员汇总。`
    await record(city.otherDeputy, city.otherUnit, { kinds: ['staff_assembly'], title: '别处的会', minutes: text('老刘') })
    await record(city.branchSecretary, city.branch, { minutes: text('老陈'), heldOn: '2026-11-21' })
    platform.clock.moveTo('2026-11-29')
    await lookForQuestions(platform)
    expect(await listed(city.branchSecretary)).toEqual([])
    platform.clock.moveTo('2026-11-30')
    await lookForQuestions(platform)
    const [question] = await listed(city.branchSecretary)
    const shown = await page(city.branchSecretary, question?.id ?? '')
    expect(shown).toMatchObject({ detector: 'same_minutes', records: [{ organization: '第二支部' }] })
    expect(shown.sentence).toContain('第二局2026年11月20日')
    expect(JSON.stringify(shown)).not.toMatch(/别处的会|老刘/)
    expect(shown.passages.join()).toContain('老陈谈到楼道照明')
  })
})

describe('检查通知和集中补录', () => {
  const check = { title: '季度检查', announcedOn: '2026-11-20', visitOn: '2026-11-27' }
  const note = (actor: Actor, more: object = {}) =>
    act(actor, noteCheckAction, { organizationId: city.unit.id, ...check, ...more })
  const enterLate = async (count: number) => {
    for (let month = 1; month <= count; month += 1)
      await record(city.branchSecretary, city.branch, { heldOn: `2026-0${month}-15`, lateReason: '当时没有记' })
  }

  it('asks once about four old meetings entered together after the announcement, and not about three', async () => {
    const { id } = await note(city.officer)
    await enterLate(3)
    await lookForQuestions(platform)
    expect(await listed(city.branchSecretary)).toEqual([])
    await enterLate(4)
    platform.clock.moveTo('2026-11-24')
    await lookForQuestions(platform)
    expect((await listed(city.branchSecretary)).map(({ detector }) => detector)).toEqual(['burst'])
    await act(city.deputy, cancelCheckAction, { id, reason: '改期' })
  })

  it('shows a check to those who were told, and lets it be cancelled once', async () => {
    const { id } = await note(city.officer)
    const seen = await readAs(platform.database, city.branchSecretary, (read) => announcedChecks(read, city.branchSecretary))
    expect(seen.find((each) => each.id === id)).toMatchObject({ title: '季度检查', abilities: [] })
    expect(await readAs(platform.database, city.otherDeputy, (read) => announcedChecks(read, city.otherDeputy))).toEqual([])
    await expect(act(city.branchSecretary, cancelCheckAction, { id, reason: '不查' })).rejects.toThrow(
      expect.objectContaining({ code: 'kernel.forbidden' }),
    )
    await act(city.officer, cancelCheckAction, { id, reason: '登记错了' })
    await expect(act(city.officer, cancelCheckAction, { id, reason: '再取消' })).rejects.toThrow(
      expect.objectContaining({ code: 'kernel.not_allowed_now' }),
    )
    await enterLate(4)
    await lookForQuestions(platform)
    expect(await listed(city.branchSecretary)).toEqual([])
  })

  it('refuses a visit before its announcement, an announcement still to come, and whoever may not announce', async () => {
    await expect(note(city.officer, { visitOn: '2026-11-01' })).rejects.toThrow(
      expect.objectContaining({ code: 'orglife.check_order' }),
    )
    await expect(note(city.officer, { announcedOn: '2026-11-30', visitOn: '2026-12-01' })).rejects.toThrow(
      expect.objectContaining({ code: 'orglife.announced_check_ahead' }),
    )
    await expect(note(city.branchSecretary)).rejects.toThrow(expect.objectContaining({ code: 'kernel.forbidden' }))
  })
})

describe('按时记录情况', () => {
  const lateness = (actor: Actor, period: string) =>
    readAs(platform.database, actor, (read) =>
      latenessOf(read, { organization: city.branch.id, period }, { actor, today: platform.clock.today() }),
    )

  it('is the branch’s own from the first day, and opens to those above after the period and its grace', async () => {
    await record(city.branchSecretary, city.branch, { heldOn: '2026-11-03' })
    await record(city.branchSecretary, city.branch, { heldOn: '2026-11-20', lateReason: '忘了' })
    expect(await lateness(city.branchSecretary, '2026-11')).toMatchObject({
      own: true,
      recorded: 2,
      inTime: 1,
      late: 1,
      corrected: 0,
      lateShare: 50,
      aboveFrom: '2026-12-11',
    })
    await expect(lateness(city.officer, '2026-11')).rejects.toThrow(expect.objectContaining({ code: 'orglife.lateness_not_yet' }))
    platform.clock.moveTo('2026-12-11')
    expect(await lateness(city.officer, '2026-11')).toMatchObject({ own: false, late: 1 })
    await expect(lateness(city.otherDeputy, '2026-11')).rejects.toThrow(
      expect.objectContaining({ code: 'orglife.lateness_not_found' }),
    )
  })
})
