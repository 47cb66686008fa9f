import { beforeAll, describe, expect, it } from 'vitest'
import { readAs } from '../../../kernel/database/transaction.ts'
import { actorWith, growAncestry, type Planted, plantOrganization, plantPerson } from '../../../kernel/testing/plant.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { committeeOn, membersOn, staffOn } from '../persons/members.queries.ts'
import { listPersonsIn } from '../persons/persons.queries.ts'
import { listOrganizationsOn, pathOf } from './organizations.queries.ts'

const platform = await testPlatform('2026-11-23')
let city: Planted
let bureau: Planted
let first: Planted
let second: Planted
let group: Planted

beforeAll(async () => {
  city = await plantOrganization(platform, { kind: 'working_committee', name: '示例市直工委' })
  const other = await plantOrganization(platform, { kind: 'unit', name: '乙局', under: city, position: 2 })
  bureau = await plantOrganization(platform, { kind: 'unit', name: '甲局', under: city, position: 1 })
  second = await plantOrganization(platform, { kind: 'branch', name: '第二党支部', under: bureau, position: 2 })
  first = await plantOrganization(platform, { kind: 'branch', name: '第一党支部', under: bureau, position: 1 })
  group = await plantOrganization(platform, { kind: 'group', name: '第一党小组', under: first, position: 1 })
  await growAncestry(platform)
  await plantPerson(platform, { name: '张三', home: first, pinyin: 'zhangsan' })
  await plantPerson(platform, { name: '丁一', home: first, pinyin: 'dingyi', category: 'probationary_member' })
  await plantPerson(platform, { name: '王五', home: second, pinyin: 'wangwu' })
  await plantPerson(platform, { name: '李四', home: bureau, pinyin: 'lisi', category: 'staff' })
  await plantPerson(platform, { name: '赵六', home: other, pinyin: 'zhaoliu' })
})

const ask = { asOf: '2026-11-23', dissolved: false, limit: 50 }

describe('组织树和名册的读法', () => {
  it('lists the tree depth first, by position among siblings, and pages without gaps', async () => {
    const officer = actorWith('committee_officer', city)
    const whole = await readAs(platform.database, officer, (read) => listOrganizationsOn(read, ask))
    expect(whole.items.map((one) => one.name)).toEqual(['示例市直工委', '甲局', '第一党支部', '第一党小组', '第二党支部', '乙局'])
    const paged: string[] = []
    let after: string | undefined
    do {
      const page = await readAs(platform.database, officer, (read) => listOrganizationsOn(read, { ...ask, limit: 2, after }))
      paged.push(...page.items.map((one) => one.name))
      after = page.next ?? undefined
    } while (after)
    expect(paged).toEqual(whole.items.map((one) => one.name))
  })

  it('narrows the tree to what stands under one organization, to one kind, to a text', async () => {
    const read = <T>(work: Parameters<typeof readAs<T>>[2]) =>
      readAs(platform.database, actorWith('committee_officer', city), work)
    const under = await read((r) => listOrganizationsOn(r, { ...ask, under: bureau.id, kind: 'branch', text: '第二' }))
    expect(under.items.map((one) => [one.name, one.parentId])).toEqual([['第二党支部', bureau.id]])
    expect((await read((r) => pathOf(r, first.no, '2026-11-23'))).map((one) => one.name)).toEqual([
      '示例市直工委',
      '甲局',
      '第一党支部',
    ])
  })

  it('shows the roster of the reader’s own scope only, by pinyin or by strokes', async () => {
    const secretary = actorWith('branch_secretary', first)
    const mine = await readAs(platform.database, secretary, (read) => listPersonsIn(read, { order: 'pinyin', limit: 10 }))
    expect(mine.items.map((one) => one.name)).toEqual(['丁一', '张三'])
    const officer = actorWith('committee_officer', city)
    const question = { order: 'strokes' as const, limit: 3 }
    const page = await readAs(platform.database, officer, (read) => listPersonsIn(read, question))
    expect(page.items.map((one) => one.name)).toEqual(['丁一', '王五', '张三'])
    const rest = await readAs(platform.database, officer, (read) => listPersonsIn(read, { ...question, after: page.next ?? '' }))
    expect(rest.items.map((one) => one.name)).toEqual(['李四', '赵六'])
    const found = await readAs(platform.database, officer, (read) =>
      listPersonsIn(read, { order: 'pinyin', text: 'WANG', limit: 5 }),
    )
    expect(found.items.map((one) => one.name)).toEqual(['王五'])
  })

  it('knows who belonged to a branch and to a unit on a day', async () => {
    const officer = actorWith('committee_officer', city)
    const [members, staff, before, none, committee] = await readAs(platform.database, officer, async (read) => [
      await membersOn(read, first.no, '2026-11-23'),
      await staffOn(read, bureau.no, '2026-11-23'),
      await membersOn(read, first.no, '2019-12-31'),
      await membersOn(read, group.no, '2026-11-23'),
      await committeeOn(read, first.no, '2026-11-23'),
    ])
    expect(members?.map((one) => one.name)).toEqual(['丁一', '张三'])
    expect(staff?.map((one) => one.name)).toEqual(['丁一', '王五', '张三', '李四'])
    expect([before, none, committee]).toEqual([[], [], []])
  })
})
