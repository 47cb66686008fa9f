import type { z } from 'zod'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Action, perform } from '../../../kernel/actions/action.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import '../../../kernel/errors/kernel.problems.ts'
import { actorWith, growAncestry, type Planted, plantOrganization } from '../../../kernel/testing/plant.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { setWorkingDaysAction } from './working-days.actions.ts'
import './working-days.policy.ts'
import { workingDaysOf } from './working-days.queries.ts'
import { workingDayAfter } from './working-days.store.ts'

const platform = await testPlatform('2026-12-28')
let [officer, secretary]: [Actor, Actor] = [{}, {}] as never

beforeAll(async () => {
  const city = await plantOrganization(platform, { kind: 'working_committee', name: '示例市直工委' })
  const branch: Planted = await plantOrganization(platform, { kind: 'branch', name: '第一党支部', under: city })
  await growAncestry(platform)
  officer = actorWith('committee_officer', city)
  secretary = actorWith('branch_secretary', branch)
})

const act = <I extends z.ZodType, R>(actor: Actor, declared: Action<I, R>, input: z.output<I>) =>
  perform(platform, declared, { actor, requestId: null, idempotencyKey: null, input })
const after = (day: string, count: number) => readAs(platform.database, secretary, (read) => workingDayAfter(read, day, count))
const off = (day: string) => ({ day, kind: 'off' as const, name: '元旦' })
const source = '关于2027年部分节假日安排的通知'

describe('工作日历', () => {
  it('knows the days off and swapped days of 2026 from the beginning', async () => {
    expect(await after('2026-02-13', 1)).toBe('2026-02-14')
    expect(await after('2026-02-13', 2)).toBe('2026-02-24')
    expect(await after('2026-09-30', 10)).toBe('2026-10-20')
  })

  it('is entered for a year by the working committee and by no administrator; deadlines of before stay', async () => {
    expect(await readAs(platform.database, secretary, (read) => workingDaysOf(read, 2027))).toEqual({
      year: 2027,
      days: [],
      source: null,
      setOn: null,
      years: [2026],
    })
    expect(await after('2026-12-28', 5)).toBe('2027-01-04')
    platform.clock.moveTo('2026-12-29')
    await act(officer, setWorkingDaysAction, { year: 2027, days: [off('2027-01-01')], source })
    expect([await after('2026-12-28', 5), await after('2026-12-29', 4)]).toEqual(['2027-01-04', '2027-01-05'])
    platform.clock.moveTo('2026-12-30')
    const system: Actor = { ...officer, grants: [], administrator: 'system', readOrganizations: [], writeOrganizations: [] }
    await expect(act(system, setWorkingDaysAction, { year: 2027, days: [], source })).rejects.toMatchObject({
      code: 'kernel.forbidden',
    })
    await act(officer, setWorkingDaysAction, { year: 2027, days: [off('2027-01-04'), off('2027-01-01')], source })
    expect([await after('2026-12-29', 4), await after('2026-12-30', 2)]).toEqual(['2027-01-05', '2027-01-05'])
    const shown = await readAs(platform.database, secretary, (read) => workingDaysOf(read, 2027))
    expect(shown).toMatchObject({ setOn: '2026-12-30', years: [2026, 2027], days: [off('2027-01-01'), off('2027-01-04')] })
  })

  it('refuses a secretary, and names each date that cannot stand in the year', async () => {
    await expect(act(secretary, setWorkingDaysAction, { year: 2027, days: [], source })).rejects.toMatchObject({
      code: 'kernel.forbidden',
    })
    const days = [
      off('2027-01-01'),
      off('2027-01-01'),
      off('2026-12-31'),
      { day: '2027-01-04', kind: 'work' as const, name: '元旦' },
    ]
    await expect(act(officer, setWorkingDaysAction, { year: 2027, days, source })).rejects.toMatchObject({
      code: 'directory.working_days_wrong',
      errors: [
        { field: 'days.1.day', message: expect.stringContaining('两次') },
        { field: 'days.2.day', message: expect.stringContaining('2027 年') },
        { field: 'days.3.day', message: expect.stringContaining('本来就是工作日') },
      ],
    })
  })
})
