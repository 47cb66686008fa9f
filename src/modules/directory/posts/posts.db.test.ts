import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Action, perform } from '../../../kernel/actions/action.ts'
import { whenHappens } from '../../../kernel/actions/events.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import '../../../kernel/errors/kernel.problems.ts'
import { actorWith, growAncestry, type Planted, plantOrganization, plantPerson } from '../../../kernel/testing/plant.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { electCommitteeAction } from '../committees/committees.actions.ts'
import '../organizations/organizations.policy.ts'
import { organizationPageOn } from '../organizations/organization-page.queries.ts'
import { committeeOn } from '../persons/members.queries.ts'
import { appointAction, assignDutyAction, endPostAction } from './posts.actions.ts'
import { postChanged } from './posts.events.ts'
import './posts.policy.ts'
import { postHoldersOn } from './posts.queries.ts'

const platform = await testPlatform('2026-11-23')
const changes: { post: string; to: string | null }[] = []
whenHappens(postChanged, async (_, { post, to }) => void changes.push({ post, to }))

let unit: Planted
let branch: Planted
let officer: Actor
let deputy: Actor
let people: Planted[]

beforeAll(async () => {
  const city = await plantOrganization(platform, { kind: 'working_committee', name: '示例市直工委' })
  unit = await plantOrganization(platform, { kind: 'unit', name: '甲局', under: city })
  branch = await plantOrganization(platform, { kind: 'branch', name: '第一党支部', under: unit })
  await growAncestry(platform)
  officer = actorWith('committee_officer', city)
  deputy = actorWith('full_time_deputy', unit)
  people = []
  for (const name of ['丁一', '王二', '张三', '李四', '赵五', '孙六', '周七'])
    people.push(await plantPerson(platform, { name, home: branch }))
})

const act = <I extends z.ZodType, R>(actor: Actor, declared: Action<I, R>, input: z.output<I>) =>
  perform(platform, declared, { actor, requestId: null, idempotencyKey: randomUUID(), input })
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: Error & { code?: string }) => error.code ?? error.message,
  )
const who = (index: number) => people[index]?.id ?? ''
const holders = async (on: string) =>
  (
    await readAs(platform.database, officer, (read) =>
      postHoldersOn(read, { organizationNo: branch.no, post: 'branch_secretary', on }),
    )
  ).map((one) => one.name)

describe('任职和免职', () => {
  it('lets one person hold the secretary’s post at a time, and the next one from the day the former leaves', async () => {
    const appointing = { organizationId: branch.id, post: 'branch_secretary', fullTime: false } as const
    const { id } = await act(deputy, appointAction, { ...appointing, personId: who(0), on: '2025-01-01' })
    expect(await code(act(deputy, appointAction, { ...appointing, personId: who(1), on: '2026-01-01' }))).toBe(
      'directory.post_taken',
    )
    expect(await code(act(deputy, appointAction, { ...appointing, personId: who(1), on: '2024-06-01' }))).toBe(
      'directory.post_taken',
    )
    await act(deputy, endPostAction, { id, on: '2026-03-01', reason: '任期届满' })
    await act(deputy, appointAction, { ...appointing, personId: who(1), on: '2026-03-01' })
    expect([await holders('2026-02-28'), await holders('2026-03-01')]).toEqual([['丁一'], ['王二']])
    expect(changes).toEqual([
      { post: 'branch_secretary', to: null },
      { post: 'branch_secretary', to: '2026-03-01' },
      { post: 'branch_secretary', to: null },
    ])
    expect(await code(act(deputy, endPostAction, { id, on: '2026-04-01', reason: '再次免职' }))).toBe('directory.post_ended')
    expect(await code(act(deputy, endPostAction, { id, on: '2024-12-31', reason: '早于任职' }))).toBe(
      'directory.change_before_last',
    )
  })

  it('refuses a post that the kind of organization does not have', async () => {
    const wrong = {
      organizationId: branch.id,
      post: 'committee_secretary',
      fullTime: false,
      personId: who(2),
      on: '2026-01-01',
    } as const
    expect(await code(act(officer, appointAction, wrong))).toBe('directory.post_does_not_fit')
  })

  it('leaves posts of the unit itself to the working committee, and refuses branch secretaries and strangers', async () => {
    const leading = {
      organizationId: unit.id,
      post: 'leading_group_deputy',
      fullTime: false,
      personId: who(3),
      on: '2026-01-01',
    } as const
    expect(await code(act(deputy, appointAction, leading))).toBe('kernel.forbidden')
    const { id } = await act(officer, appointAction, leading)
    const ending = { id, on: '2026-06-01', reason: '岗位调整' }
    expect(await code(act(deputy, endPostAction, ending))).toBe('kernel.forbidden')
    const secretary = actorWith('branch_secretary', branch)
    expect(await code(act(secretary, appointAction, { ...leading, organizationId: branch.id, post: 'branch_deputy' }))).toBe(
      'kernel.forbidden',
    )
    expect(await code(act(secretary, endPostAction, ending))).toBe('directory.post_not_found')
    expect(
      await code(act(secretary, assignDutyAction, { id: branch.id, personId: who(0), duty: 'first', on: '2026-01-01' })),
    ).toBe('kernel.forbidden')
    expect(
      await code(
        act(secretary, electCommitteeAction, {
          id: branch.id,
          electedOn: '2026-01-01',
          termYears: 3,
          members: [{ personId: who(0), duty: '书记' }],
        }),
      ),
    ).toBe('kernel.forbidden')
  })
})

describe('责任链和委员会', () => {
  it('hands the first responsibility over on the day', async () => {
    await act(officer, assignDutyAction, { id: unit.id, personId: who(3), duty: 'first', on: '2025-01-01' })
    await act(officer, assignDutyAction, { id: unit.id, personId: who(4), duty: 'first', on: '2026-01-01' })
    expect(await code(act(officer, assignDutyAction, { id: unit.id, personId: who(3), duty: 'first', on: '2025-06-01' }))).toBe(
      'directory.change_before_last',
    )
    const page = (asOf: string) =>
      readAs(platform.database, officer, (read) => organizationPageOn(read, officer, { id: unit.id, asOf, today: '2026-11-23' }))
    expect((await page('2025-12-31')).responsibilities.map((one) => one.name)).toEqual(['李四'])
    expect((await page('2026-11-23')).responsibilities.map((one) => one.name)).toEqual(['赵五'])
  })

  it('registers a committee with its term and says what the rules hint at', async () => {
    const members = [
      { personId: who(2), duty: '纪检委员' },
      { personId: who(1), duty: '书记' },
    ]
    const input = { id: branch.id, electedOn: '2023-12-01', termYears: 3, members }
    const made = await act(deputy, electCommitteeAction, input)
    expect(made.hints).toEqual([expect.stringContaining('本届委员 2 名'), expect.stringContaining('任期将于2026年12月1日届满')])
    const on = (day: string) => readAs(platform.database, officer, (read) => committeeOn(read, branch.no, day))
    expect((await on('2026-11-23')).map((one) => one.name)).toEqual(['王二', '张三'])
    expect(await on('2023-11-30')).toEqual([])
    await expect(act(deputy, electCommitteeAction, { ...input, electedOn: '2023-11-01' })).rejects.toMatchObject({
      code: 'directory.change_before_last',
      errors: [{ field: 'electedOn', message: expect.stringContaining('2023-12-02') }],
    })
    expect(await code(act(officer, electCommitteeAction, { ...input, id: unit.id }))).toBe('directory.no_committee_here')
    expect(
      await code(
        act(deputy, electCommitteeAction, {
          ...input,
          electedOn: '2026-11-01',
          members: [{ personId: 'per_nobody00', duty: '书记' }],
        }),
      ),
    ).toBe('directory.person_not_found')
    await act(deputy, electCommitteeAction, {
      ...input,
      electedOn: '2026-11-20',
      members: [0, 1, 2].map((index) => ({ personId: who(index), duty: '委员' })),
    })
    expect((await on('2026-11-19')).map((one) => one.name)).toEqual(['王二', '张三'])
    expect((await on('2026-11-20')).map((one) => one.name)).toEqual(['丁一', '王二', '张三'])
  })
})
