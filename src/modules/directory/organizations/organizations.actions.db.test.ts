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
import { membersOn } from '../persons/members.queries.ts'
import { dissolveOrganizationAction, mergeOrganizationAction } from './endings.actions.ts'
import { organizationPageOn } from './organization-page.queries.ts'
import { createOrganizationAction, moveOrganizationAction, renameOrganizationAction } from './organizations.actions.ts'
import { organizationMoved } from './organizations.events.ts'
import './organizations.policy.ts'
import { listOrganizationsOn } from './organizations.queries.ts'
import { splitOrganizationAction } from './split.actions.ts'

const platform = await testPlatform('2026-11-23')
const moves: { organizationNo: number; oldAncestors: readonly number[]; newAncestors: readonly number[] }[] = []
whenHappens(organizationMoved, async (_, payload) => void moves.push(payload))

let city: Planted
let alpha: Planted
let beta: Planted
let officer: Actor
let deputy: Actor

beforeAll(async () => {
  city = await plantOrganization(platform, { kind: 'working_committee', name: '示例市直工委' })
  alpha = await plantOrganization(platform, { kind: 'unit', name: '甲局', under: city })
  beta = await plantOrganization(platform, { kind: 'unit', name: '乙局', under: city })
  await growAncestry(platform)
  officer = actorWith('committee_officer', city)
  deputy = actorWith('full_time_deputy', alpha)
})

const reason = '市直工委〔2026〕12号'
const act = <I extends z.ZodType, R>(actor: Actor, declared: Action<I, R>, input: z.output<I>) =>
  perform(platform, declared, { actor, requestId: null, idempotencyKey: randomUUID(), input })
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: Error & { code?: string }) => error.code ?? error.message,
  )

async function aBranch(name: string, under = alpha): Promise<Planted> {
  const branch = await plantOrganization(platform, { kind: 'branch', name, under, since: '2024-01-01' })
  await growAncestry(platform)
  return branch
}
const treeOn = async (asOf: string, under: Planted) => {
  const { items } = await readAs(platform.database, officer, (read) =>
    listOrganizationsOn(read, { asOf, under: under.id, dissolved: false, limit: 200 }),
  )
  return items.map((one) => one.name)
}
const namesIn = async (branch: Planted, on: string) =>
  (await readAs(platform.database, officer, (read) => membersOn(read, branch.no, on))).map((one) => one.name)

describe('组织的设立和更名', () => {
  it('sets a branch up under a unit with no committee between, from the day on', async () => {
    const made = await act(officer, createOrganizationAction, {
      kind: 'branch',
      name: '机关第一党支部',
      parentId: beta.id,
      on: '2026-03-01',
      reason,
    })
    const page = (asOf: string) =>
      readAs(platform.database, officer, (read) => organizationPageOn(read, officer, { id: made.id, asOf, today: '2026-11-23' }))
    expect(await code(page('2026-02-28'))).toBe('directory.organization_not_found')
    expect((await page('2026-11-23')).path.map((one) => one.name)).toEqual(['示例市直工委', '乙局', '机关第一党支部'])
    expect(
      await code(
        act(officer, createOrganizationAction, {
          kind: 'group',
          name: '某某党小组',
          parentId: beta.id,
          on: '2026-03-01',
          reason,
        }),
      ),
    ).toBe('directory.parent_cannot_hold')
    expect(
      await code(
        act(officer, createOrganizationAction, {
          kind: 'temporary_branch',
          name: '某某临时党支部',
          parentId: beta.id,
          on: '2026-03-01',
          reason,
        }),
      ),
    ).toBe('directory.temporary_needs_end')
    expect(
      await code(
        act(officer, createOrganizationAction, {
          kind: 'branch',
          name: '明天的党支部',
          parentId: beta.id,
          on: '2026-11-24',
          reason,
        }),
      ),
    ).toBe('directory.change_not_yet')
  })

  it('keeps the former name for the time before a renaming, and refuses a renaming before the last one', async () => {
    const branch = await aBranch('更名前党支部')
    await act(deputy, renameOrganizationAction, { id: branch.id, name: '更名后党支部', on: '2026-05-01', reason })
    expect(await treeOn('2026-04-30', branch)).toEqual(['更名前党支部'])
    expect(await treeOn('2026-05-01', branch)).toEqual(['更名后党支部'])
    expect(
      await code(act(deputy, renameOrganizationAction, { id: branch.id, name: '又一个名称', on: '2026-05-01', reason })),
    ).toBe('directory.change_before_last')
  })
})

describe('组织的改隶', () => {
  it('moves a branch with its groups; as it was on the day before it stands under the old unit', async () => {
    const branch = await aBranch('改隶党支部')
    const group = await plantOrganization(platform, { kind: 'group', name: '改隶党小组', under: branch, since: '2024-01-01' })
    await growAncestry(platform)
    moves.length = 0
    await act(officer, moveOrganizationAction, { id: branch.id, parentId: beta.id, on: '2026-07-01', reason })
    expect(await treeOn('2026-06-30', alpha)).toEqual(expect.arrayContaining(['改隶党支部', '改隶党小组']))
    expect(await treeOn('2026-07-01', alpha)).not.toContain('改隶党小组')
    expect(await treeOn('2026-07-01', beta)).toContain('改隶党小组')
    expect(moves).toEqual([
      { organizationNo: branch.no, on: '2026-07-01', oldAncestors: [alpha.no, city.no], newAncestors: [beta.no, city.no] },
    ])
    expect(await code(act(officer, moveOrganizationAction, { id: group.id, parentId: alpha.id, on: '2026-08-01', reason }))).toBe(
      'directory.parent_cannot_hold',
    )
  })

  it('refuses a place under itself or under what stands below it', async () => {
    const inner = await plantOrganization(platform, { kind: 'unit', name: '甲局下属单位', under: alpha, since: '2024-01-01' })
    await growAncestry(platform)
    for (const parentId of [alpha.id, inner.id]) {
      expect(await code(act(officer, moveOrganizationAction, { id: alpha.id, parentId, on: '2026-07-01', reason }))).toBe(
        'directory.tree_cycle',
      )
    }
  })

  it('refuses a cycle that would exist only in the past', async () => {
    const [upper, lower] = [
      await plantOrganization(platform, { kind: 'unit', name: '上级单位', under: city, since: '2024-01-01' }),
      await plantOrganization(platform, { kind: 'unit', name: '曾是上级的单位', under: city, since: '2024-01-01' }),
    ]
    await growAncestry(platform)
    await act(officer, moveOrganizationAction, { id: lower.id, parentId: upper.id, on: '2026-02-01', reason })
    await act(officer, moveOrganizationAction, { id: lower.id, parentId: city.id, on: '2026-04-01', reason })
    expect(await code(act(officer, moveOrganizationAction, { id: upper.id, parentId: lower.id, on: '2026-03-01', reason }))).toBe(
      'directory.tree_cycle',
    )
    expect(await code(act(officer, moveOrganizationAction, { id: upper.id, parentId: lower.id, on: '2026-04-01', reason }))).toBe(
      'done',
    )
  })
})

describe('组织的合并、分设和撤销', () => {
  it('merges a branch: members and groups go over on the day, facts of before stay where they were', async () => {
    const [gone, successor] = [await aBranch('被并党支部'), await aBranch('承接党支部')]
    const group = await plantOrganization(platform, { kind: 'group', name: '随行党小组', under: gone, since: '2024-01-01' })
    await growAncestry(platform)
    await plantPerson(platform, { name: '钱一', home: gone, since: '2024-01-01' })
    await plantPerson(platform, { name: '孙二', home: successor, since: '2024-01-01' })
    moves.length = 0
    await act(deputy, mergeOrganizationAction, { id: gone.id, intoId: successor.id, on: '2026-06-01', reason })
    expect([await namesIn(gone, '2026-05-31'), await namesIn(gone, '2026-06-01')]).toEqual([['钱一'], []])
    expect([await namesIn(successor, '2026-05-31'), await namesIn(successor, '2026-06-01')]).toEqual([['孙二'], ['孙二', '钱一']])
    expect(await treeOn('2026-06-01', successor)).toContain('随行党小组')
    expect(moves.map((move) => move.organizationNo)).toEqual([group.no])
    expect(await treeOn('2026-06-01', alpha)).not.toContain('被并党支部')
    const page = await readAs(platform.database, officer, (read) =>
      organizationPageOn(read, officer, { id: gone.id, asOf: '2026-11-23', today: '2026-11-23' }),
    )
    expect(page.history.at(-1)).toEqual({ on: '2026-06-01', what: '撤销，由“承接党支部”承接' })
    expect(page.counts.fullMembers).toBe(1)
    expect(await code(act(deputy, renameOrganizationAction, { id: gone.id, name: '改已撤销的', on: '2026-07-01', reason }))).toBe(
      'kernel.not_found',
    )
    expect(
      await code(act(deputy, mergeOrganizationAction, { id: successor.id, intoId: gone.id, on: '2026-07-01', reason })),
    ).toBe('kernel.not_found')
  })

  it('splits a branch: whoever is named, and whoever belongs to a group that goes over', async () => {
    const old = await aBranch('原党支部')
    const group = await plantOrganization(platform, { kind: 'group', name: '分出的党小组', under: old, since: '2024-01-01' })
    await growAncestry(platform)
    const named = await plantPerson(platform, { name: '李三', home: old, since: '2024-01-01' })
    const grouped = await plantPerson(platform, { name: '周四', home: old, since: '2024-01-01' })
    await platform.owner.pool.query(
      `insert into directory.memberships (person_no, organization_no, standing, valid) values ($1, $2, 'full', '[2024-01-01,)')`,
      [grouped.no, group.no],
    )
    await plantPerson(platform, { name: '吴五', home: old, since: '2024-01-01' })
    const stranger = await plantPerson(platform, { name: '郑六', home: alpha, since: '2024-01-01' })
    const split = { id: old.id, name: '分出的党支部', personIds: [named.id], childIds: [group.id], on: '2026-06-01', reason }
    expect(await code(act(deputy, splitOrganizationAction, { ...split, personIds: [stranger.id] }))).toBe('directory.not_its_own')
    const staying = await plantOrganization(platform, { kind: 'group', name: '留下的党小组', under: old, since: '2024-01-01' })
    await growAncestry(platform)
    await platform.owner.pool.query(
      `insert into directory.memberships (person_no, organization_no, standing, valid) values ($1, $2, 'full', '[2026-05-20,)')`,
      [named.no, staying.no],
    )
    await expect(act(deputy, splitOrganizationAction, { ...split, on: '2026-05-01' })).rejects.toMatchObject({
      code: 'directory.change_before_last',
      errors: [{ field: 'on', message: expect.stringContaining('2026-05-21') }],
    })
    const made = await act(deputy, splitOrganizationAction, split)
    expect(await namesIn(old, '2026-06-01')).toEqual(['吴五'])
    const { rows } = await platform.owner.pool.query('select no from directory.organizations where id = $1', [made.id])
    expect(await namesIn({ no: rows[0].no, id: made.id }, '2026-06-01')).toEqual(['李三', '周四'])
    expect(await namesIn(old, '2026-05-31')).toHaveLength(3)
  })

  it('dissolves nothing with members or organizations below unless somebody takes them over', async () => {
    const [full, empty] = [await aBranch('有人的党支部'), await aBranch('没有人的党支部')]
    await plantPerson(platform, { name: '王七', home: full, since: '2024-01-01' })
    const input = { on: '2026-06-01', reason }
    expect(await code(act(deputy, dissolveOrganizationAction, { id: full.id, ...input }))).toBe('directory.has_active_children')
    expect(await code(act(deputy, dissolveOrganizationAction, { id: full.id, successorId: alpha.id, ...input }))).toBe(
      'directory.successor_does_not_fit',
    )
    expect(await code(act(deputy, dissolveOrganizationAction, { id: empty.id, ...input }))).toBe('done')
    expect(await code(act(deputy, dissolveOrganizationAction, { id: full.id, successorId: empty.id, ...input }))).toBe(
      'kernel.not_found',
    )
    expect(await code(act(officer, dissolveOrganizationAction, { id: empty.id, ...input }))).toBe('kernel.not_found')
  })
})

describe('谁可以调整组织', () => {
  it('lets a unit arrange its branches, not itself, and never another unit', async () => {
    const [own, foreign] = [await aBranch('甲局的党支部'), await aBranch('乙局的党支部', beta)]
    const on = '2026-06-01'
    expect(await code(act(deputy, renameOrganizationAction, { id: alpha.id, name: '甲局新名', on, reason }))).toBe(
      'kernel.forbidden',
    )
    expect(
      await code(
        act(deputy, createOrganizationAction, { kind: 'party_committee', name: '机关党委', parentId: alpha.id, on, reason }),
      ),
    ).toBe('kernel.forbidden')
    const foreignActs = [
      act(deputy, renameOrganizationAction, { id: foreign.id, name: '改别人的名', on, reason }),
      act(deputy, moveOrganizationAction, { id: own.id, parentId: beta.id, on, reason }),
      act(deputy, moveOrganizationAction, { id: foreign.id, parentId: alpha.id, on, reason }),
      act(deputy, mergeOrganizationAction, { id: own.id, intoId: foreign.id, on, reason }),
      act(deputy, splitOrganizationAction, { id: foreign.id, name: '分别人的', personIds: [], childIds: [], on, reason }),
      act(deputy, dissolveOrganizationAction, { id: foreign.id, on, reason }),
      act(deputy, createOrganizationAction, { kind: 'branch', name: '设在别处', parentId: beta.id, on, reason }),
    ]
    expect(await Promise.all(foreignActs.map(code))).toEqual(Array(7).fill('kernel.not_found'))
    const { rows } = await platform.owner.pool.query(
      `select count(*)::int as n from ledger.entries where outcome = 'denied' and action = 'directory.organization.move'`,
    )
    expect(rows[0].n).toBe(2)
  })

  it('answers a branch secretary who tries with a refusal, for every change', async () => {
    const branch = await aBranch('书记的党支部')
    const secretary = actorWith('branch_secretary', branch)
    const [on, id] = ['2026-06-01', branch.id]
    const acts = [
      act(secretary, createOrganizationAction, { kind: 'group', name: '新的党小组', parentId: id, on, reason }),
      act(secretary, renameOrganizationAction, { id, name: '书记改的名', on, reason }),
      act(secretary, moveOrganizationAction, { id, parentId: beta.id, on, reason }),
      act(secretary, mergeOrganizationAction, { id, intoId: beta.id, on, reason }),
      act(secretary, splitOrganizationAction, { id, name: '分出去的', personIds: [], childIds: [], on, reason }),
      act(secretary, dissolveOrganizationAction, { id, on, reason }),
    ]
    expect(await Promise.all(acts.map(code))).toEqual(Array(6).fill('kernel.forbidden'))
  })
})
