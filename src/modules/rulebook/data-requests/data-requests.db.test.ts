import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { type Planted, type World, worldOf } from '../../../../tests/builders/world.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Action, perform } from '../../../kernel/actions/action.ts'
import type { Read } from '../../../kernel/database/handles.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import { type TestPlatform, testPlatform } from '../../../kernel/testing/test-platform.ts'
import { ceiling } from './burden.rules.ts'
import * as acts from './data-requests.actions.ts'
import type { RequestBody } from './data-requests.contract.ts'
import { answersOf, requestShown, requestsAsked } from './data-requests.queries.ts'
import { mostAsked, weigh, yearOf } from './weighing.queries.ts'

let platform: TestPlatform
let world: World
let city: Planted
let units: Planted[]
let branches: Planted[]
let officer: Actor
let deputy: Actor
let secretaries: Actor[]
const today = '2026-02-10'

beforeAll(async () => {
  platform = await testPlatform(today)
  world = worldOf(platform)
  city = await world.organization('working_committee', '示例工委', null)
  units = [await world.organization('unit', '示例住建局', city), await world.organization('unit', '示例水利局', city)]
  branches = []
  secretaries = []
  for (const [index, unit] of units.entries()) {
    for (let number = 1; number <= 3; number += 1) {
      const branch = await world.organization('branch', `第${index * 3 + number}支部`, unit)
      branches.push(branch)
      secretaries.push(await world.actor('branch_secretary', branch))
    }
  }
  officer = await world.actor('committee_officer', city)
  deputy = await world.actor('full_time_deputy', units[0] ?? city)
})

const act = <I extends z.ZodType, R>(declared: Action<I, R>, actor: Actor | undefined, input: z.input<I>): Promise<R> =>
  perform(platform, declared, {
    actor: actor ?? officer,
    requestId: null,
    idempotencyKey: null,
    input: declared.input.parse(input),
  })
const read = <Found>(ask: (db: Read) => Promise<Found>, actor: Actor | undefined = officer) =>
  readAs(platform.database, actor, ask)

const body = (more: Partial<RequestBody> = {}): RequestBody => ({
  issuerId: city.id,
  title: '老旧小区结对情况',
  purpose: '安排结对帮扶经费，只用一次',
  kind: 'form',
  fields: [
    { title: '结对小区名称', kind: 'text' },
    { title: '结对户数', kind: 'number', unit: '户' },
  ],
  recipientKinds: ['branch'],
  cadence: 'quarter',
  firstDue: '2026-03-20',
  lastDay: '2026-12-31',
  minutesEstimated: 20,
  ...more,
})

const published = async (more: Partial<RequestBody> = {}, actor = officer): Promise<string> => {
  const { id } = await act(acts.draftRequestAction, actor, body(more))
  await act(acts.publishRequestAction, actor, { id })
  return id
}
const end = (id: string) => act(acts.endRequestAction, officer, { id, reason: '测试结束' })
const shown = (id: string, actor: Actor | undefined = officer) => read((db) => requestShown(db, id, { actor, today }), actor)
const values = { f1: '示例小区', f2: 12 }

describe('before it is published', () => {
  it('its cost, the year’s sum and the ceiling are known', async () => {
    const { issuerId: _, ...asked } = body()
    const weighed = await read((db) => weigh(db, { body: asked, issuerNo: city.no, requestNo: null, rootNo: city.no }))
    expect(weighed.cost).toMatchObject({ recipients: 6, rounds: 4, minutesEach: 20, basis: 'estimated', hours: 8 })
    expect(weighed).toMatchObject({ yearHours: 8, ceiling: 12, most: 4, problems: [] })
  })

  it('what is held already is refused with the place where it is', async () => {
    const { id } = await act(acts.draftRequestAction, officer, body({ fields: [{ title: '主题党日开展次数', kind: 'number' }] }))
    await expect(act(acts.publishRequestAction, officer, { id })).rejects.toMatchObject({
      code: 'rulebook.data_request_refused',
      errors: [{ field: 'fields.0.title', message: expect.stringContaining('请到“会议”直接看') }],
    })
    expect((await shown(id)).state).toBe('draft')
  })

  it('what another published request asks for is refused too', async () => {
    const first = await published({ title: '节约用水情况', fields: [{ title: '用水总量', kind: 'number' }] })
    const { id } = await act(acts.draftRequestAction, officer, body({ fields: [{ title: '本年用水总量', kind: 'number' }] }))
    await expect(act(acts.publishRequestAction, officer, { id })).rejects.toMatchObject({
      errors: [{ message: expect.stringContaining('专项填报“节约用水情况”') }],
    })
    await end(first)
  })

  it('needs dates that can be met and a last day within a year', async () => {
    const refused = (more: Partial<RequestBody>) => expect(act(acts.draftRequestAction, officer, body(more))).rejects
    await refused({ firstDue: '2026-02-09' }).toMatchObject({ errors: [{ field: 'firstDue' }] })
    await refused({ lastDay: '2026-03-01' }).toMatchObject({ errors: [{ field: 'lastDay' }] })
    await refused({ lastDay: '2027-06-01' }).toMatchObject({ errors: [{ field: 'lastDay' }] })
    await refused({ fields: [{ title: '方式', kind: 'choice', choices: ['线下'] }] }).toMatchObject({
      errors: [{ field: 'fields.0.choices' }],
    })
  })

  it('two who edit at once do not overwrite one another', async () => {
    const { id } = await act(acts.draftRequestAction, officer, body())
    await act(acts.editRequestAction, officer, { ...body({ title: '先改的名称' }), id, revision: 1 })
    await expect(
      act(acts.editRequestAction, officer, { ...body({ title: '后改的名称' }), id, revision: 1 }),
    ).rejects.toMatchObject({
      code: 'rulebook.data_request_changed',
    })
    expect((await shown(id)).title).toBe('先改的名称')
  })
})

describe('the ceiling of a branch', () => {
  it('cannot be passed, whoever asks: the thirteenth of a year is refused', async () => {
    const monthly = await published({ cadence: 'month', firstDue: '2026-02-20', title: '每月一填' })
    expect((await shown(monthly)).rounds).toHaveLength(11)
    const { id } = await act(
      acts.draftRequestAction,
      deputy,
      body({ issuerId: units[0]?.id ?? '', cadence: 'half', fields: [{ title: '食堂节约', kind: 'text' }] }),
    )
    await expect(act(acts.publishRequestAction, deputy, { id })).rejects.toMatchObject({
      errors: [{ message: expect.stringContaining(`超过上限 ${ceiling} 次`) }],
    })
    expect(await read((db) => mostAsked(db, branches[0]?.no ?? 0, 2026), secretaries[0])).toBe(11)
    await end(monthly)
    await act(acts.publishRequestAction, deputy, { id })
    await end(id)
  })
})

describe('answering', () => {
  it('a branch answers for itself, corrects it, and nothing of what it said before is lost', async () => {
    const id = await published()
    const own = (await shown(id, secretaries[0])).own
    expect(own.map(({ dueOn, answer }) => [dueOn, answer])).toHaveLength(4)
    const answer = { id, organizationId: branches[0]?.id ?? '', dueOn: '2026-03-20' }
    await act(acts.answerRequestAction, secretaries[0], { ...answer, values, minutes: 7 })
    await act(acts.answerRequestAction, secretaries[0], { ...answer, values: { ...values, f2: 13 } })
    const page = await shown(id, secretaries[0])
    expect(page.own[0]?.answer).toMatchObject({ values: { f2: 13 }, revision: 2 })
    const kept = await sql<{
      v: unknown
    }>`select values ->> 'f2' as v from rulebook.data_answer_revisions order by revision`.execute(world.db)
    expect(kept.rows.map(({ v }) => v)).toEqual(['12', '13'])
    expect((await shown(id)).rounds[0]).toMatchObject({ answered: 1, asked: 6 })
    await end(id)
  })

  it('names the field that is missing or wrong, and keeps nothing', async () => {
    const id = await published()
    const answer = { id, organizationId: branches[0]?.id ?? '', dueOn: '2026-03-20' }
    await expect(
      act(acts.answerRequestAction, secretaries[0], { ...answer, values: { f1: '', f2: '许多' } }),
    ).rejects.toMatchObject({
      errors: [{ field: 'values.f1' }, { field: 'values.f2', message: '“结对户数”请填数字。' }],
    })
    expect((await shown(id)).rounds[0]?.answered).toBe(0)
    await end(id)
  })

  it('is refused for another branch, for a day that is no round, and after the request has ended', async () => {
    const id = await published()
    const answer = { id, organizationId: branches[0]?.id ?? '', dueOn: '2026-03-20', values }
    await expect(act(acts.answerRequestAction, secretaries[1], answer)).rejects.toMatchObject({ code: 'kernel.not_found' })
    await expect(act(acts.answerRequestAction, secretaries[0], { ...answer, dueOn: '2026-03-21' })).rejects.toMatchObject({
      code: 'rulebook.data_request_not_asked',
    })
    await end(id)
    await expect(act(acts.answerRequestAction, secretaries[0], answer)).rejects.toMatchObject({
      code: 'rulebook.data_request_state',
    })
  })

  it('what those who answered took replaces the guess, without telling who', async () => {
    const id = await published()
    for (const [index, minutes] of [4, 6, 8, 30, 5, 7].entries()) {
      const answer = { id, organizationId: branches[index]?.id ?? '', dueOn: '2026-03-20', values, minutes }
      await act(acts.answerRequestAction, secretaries[index], answer)
    }
    expect((await shown(id)).cost).toMatchObject({ basis: 'measured', minutesEach: 6.5, measuredFrom: 6 })
    const [line] = await read((db) => answersOf(db, id, '2026-03-20').then(({ items }) => items))
    expect(Object.keys(line ?? {})).not.toContain('minutes')
    await end(id)
  })

  it('a branch sees its own answers and nobody else’s', async () => {
    const id = await published()
    await act(acts.answerRequestAction, secretaries[1], {
      id,
      organizationId: branches[1]?.id ?? '',
      dueOn: '2026-03-20',
      values,
    })
    const seen = await read((db) => answersOf(db, id, '2026-03-20'), secretaries[0])
    expect(seen.items.map(({ organization }) => organization.id)).toEqual([branches[0]?.id])
    await end(id)
  })
})

describe('who may ask', () => {
  it('a branch may not, and a unit may not ask in the name of the city', async () => {
    await expect(act(acts.draftRequestAction, secretaries[0], body({ issuerId: branches[0]?.id ?? '' }))).rejects.toMatchObject({
      code: 'kernel.forbidden',
    })
    await expect(act(acts.draftRequestAction, deputy, body())).rejects.toMatchObject({ code: 'kernel.not_found' })
  })

  it('a draft is not seen below, and one that ended or was thrown away takes no further step', async () => {
    const { id } = await act(acts.draftRequestAction, officer, body())
    const below = await read(
      (db) => requestsAsked(db, { limit: 50 }, { actor: secretaries[0] ?? officer, today }),
      secretaries[0],
    )
    expect(below.items.map((line) => line.id)).not.toContain(id)
    await act(acts.discardRequestAction, officer, { id })
    for (const verb of [acts.publishRequestAction, acts.discardRequestAction])
      await expect(act(verb, officer, { id })).rejects.toMatchObject({ code: 'rulebook.data_request_state' })
  })

  it('the year shows what was asked of a branch, also what was stopped early, for the rounds before', async () => {
    const id = await published({ cadence: 'once', firstDue: today, title: '当天就要的' })
    await end(id)
    const year = await read((db) => yearOf(db, branches[0]?.no ?? 0, 2026), secretaries[0])
    expect(year.find((each) => each.id === id)).toMatchObject({ rounds: 1, recipients: 1 })
  })
})
