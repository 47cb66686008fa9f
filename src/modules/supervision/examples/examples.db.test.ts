import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { workItemsOf } from '../../../kernel/work-items/registry.ts'
import { openAction } from '../cases/cases.actions.ts'
import * as rules from '../local-rules/local-rules.actions.ts'
import { localRuleLife } from '../local-rules/local-rules.lifecycle.ts'
import { localRuleAsked, localRulesAsked, localRuleSheet } from '../local-rules/local-rules.queries.ts'
import '../local-rules/work-items.queries.ts'
import { raiseProblemAction } from '../problems/problems.actions.ts'
import * as acts from './examples.actions.ts'
import { exampleLife, type ExampleState, exampleStates, type ExampleVerb } from './examples.lifecycle.ts'
import { exampleAsked, examplesAsked, exampleSheet } from './examples.queries.ts'
import './work-items.queries.ts'

const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity
let caseId: string

beforeAll(async () => {
  city = await aSupervisedCity(platform)
  const asked = { title: '补开支委会', reason: '台账未报', ownerId: city.member.id, dueOn: '2026-12-01', remedies: '月底前补开' }
  caseId = (await act(city.officer, openAction, { organizationId: city.branch.id, ...asked })).id
})

const reason = '别处可以照着做'
const said = { title: '三步补课法', dimension: 'D3', practice: '先记后补', effect: '补齐了' } as const
const record = () => ({ kind: 'case' as const, reference: caseId })
const write = async (actor = city.branchSecretary) =>
  (await act(actor, acts.writeExampleAction, { organizationId: city.branch.id, ...said, records: [record()] })).id
const page = (id: string, actor: Actor) => readAs(platform.database, actor, (read) => exampleAsked(read, id, actor))

const linkOf = async (id: string) => (await page(id, city.officer)).links[0]?.id ?? ''
const take: Record<ExampleVerb, (id: string) => Promise<{ state: ExampleState }>> = {
  amend: async (id) =>
    act(city.deputy, acts.amendExampleAction, { id, revision: (await page(id, city.officer)).revision, ...said }),
  link: async (id) => {
    await sql`update supervision.example_links set unlinked_at = now()`.execute(platform.owner.kysely)
    return act(city.deputy, acts.linkExampleAction, { id, ...record() })
  },
  unlink: async (id) => act(city.deputy, acts.unlinkExampleAction, { id, linkId: await linkOf(id) }),
  propose: (id) => act(city.branchSecretary, acts.proposeExampleAction, { id }),
  review: (id) => act(city.officer, acts.reviewExampleAction, { id, opinion: '管用' }),
  return: (id) => act(city.officer, acts.returnExampleAction, { id, reason }),
  publish: (id) => act(city.officer, acts.publishExampleAction, { id, reason }),
  withdraw: (id) => act(city.deputy, acts.withdrawExampleAction, { id, reason }),
}

test('every step stands in the table with a step for each; whatever is not an edge answers 409 with what is possible', async () => {
  for (const state of Object.keys(exampleStates) as ExampleState[]) {
    for (const verb of Object.keys(take) as ExampleVerb[]) {
      const id = await write()
      await sql`update supervision.examples set state = ${state}, published_on = '2026-11-20' where id = ${id}`.execute(
        platform.owner.kysely,
      )
      const next = exampleLife.table[state][verb]
      if (next) {
        expect((await take[verb](id)).state, `${state} ${verb}`).toBe(next)
        expect((await page(id, city.officer)).steps.map((step) => step.action)).toEqual(['write', verb])
      } else
        await expect(take[verb](id), `${state} ${verb}`).rejects.toMatchObject({
          status: 409,
          code: 'supervision.example_not_allowed_now',
          detail: expect.stringContaining('好做法现在是'),
        })
    }
  }
})

test('it rests on records, is looked at by another, and what it shows of them stays behind their own access', async () => {
  const { id } = await act(city.deputy, acts.writeExampleAction, { organizationId: city.branch.id, ...said, records: [] })
  await expect(act(city.deputy, acts.proposeExampleAction, { id })).rejects.toMatchObject({
    code: 'supervision.example_without_record',
  })
  await expect(act(city.otherDeputy, acts.linkExampleAction, { id, ...record() })).rejects.toMatchObject({ status: 404 })
  await act(city.deputy, acts.linkExampleAction, { id, ...record() })
  await expect(act(city.deputy, acts.linkExampleAction, { id, ...record() })).rejects.toMatchObject({ status: 409 })
  await act(city.deputy, acts.proposeExampleAction, { id })
  expect((await page(id, city.deputy)).notices).toEqual(['这是您写的或报送的，审核须由其他人办理。'])
  await expect(act(city.deputy, acts.reviewExampleAction, { id, opinion: '管用' })).rejects.toMatchObject({
    code: 'supervision.example_reviewer_must_be_another',
  })
  await expect(act(city.branchSecretary, acts.reviewExampleAction, { id, opinion: '管用' })).rejects.toMatchObject({
    status: 403,
  })
  const waiting = async (actor: Actor) =>
    (await readAs(platform.database, actor, (read) => workItemsOf(read, actor, '2026-11-23'))).map((item) => item.kind)
  expect(await waiting(city.officer)).toContain('supervision.examples')
  await act(city.officer, acts.reviewExampleAction, { id, opinion: '管用' })
  await expect(act(city.deputy, acts.publishExampleAction, { id, reason })).rejects.toMatchObject({ status: 403 })
  await expect(page(id, city.otherDeputy)).rejects.toMatchObject({ code: 'supervision.example_not_found' })
  await act(city.officer, acts.publishExampleAction, { id, reason })
  const seen = await page(id, city.otherDeputy)
  expect(seen).toMatchObject({
    state: 'published',
    abilities: [],
    steps: [],
    links: [{ kind: 'case', title: null, figures: null, reference: null }],
  })
  expect((await page(id, city.branchSecretary)).links[0]).toMatchObject({
    title: '补开支委会',
    figures: expect.stringMatching(/^督〔2026〕\d+号，督办中，时限 2026-12-01$/),
  })
  const listed = await readAs(platform.database, city.otherDeputy, (read) => examplesAsked(read, { limit: 50 }, city.otherDeputy))
  expect(listed.items.every((item) => item.state === 'published')).toBe(true)
  const sheet = await readAs(platform.database, city.otherDeputy, (read) => exampleSheet(read, {}, city.otherDeputy))
  expect([...(sheet.rows as Iterable<unknown>)]).toHaveLength(listed.items.length)
})

test('a lasting rule keeps its reviews and what it came from, speaks up before its day, holds below, and is not touched once repealed', async () => {
  const today = '2026-11-23'
  const whole = { title: '经费使用办法', inForceFrom: '2026-01-01', reviewOn: '2026-12-10' }
  const problem = await act(city.branchSecretary, raiseProblemAction, {
    organizationId: city.branch.id,
    title: '经费没有台账',
    description: '查不到',
    source: 'self',
    dimension: 'D3',
  })
  const origin = { originKind: 'problem' as const, originId: problem.id }
  const enter = (actor: Actor, more: object = {}) =>
    act(actor, rules.enterLocalRuleAction, { organizationId: city.unit.id, kind: 'funds' as const, ...whole, ...origin, ...more })
  await expect(enter(city.leader)).rejects.toMatchObject({ status: 403 })
  await expect(enter(city.deputy, { reviewOn: today })).rejects.toMatchObject({ code: 'supervision.local_rule_review_day' })
  await expect(enter(city.deputy, { originId: 'prb_0000000000' })).rejects.toMatchObject({
    code: 'supervision.local_rule_origin_unknown',
  })
  const { id } = await enter(city.deputy)
  const asked = (actor: Actor) => readAs(platform.database, actor, (read) => localRuleAsked(read, id, { actor, today }))
  const list = (actor: Actor, due?: 'soon') =>
    readAs(platform.database, actor, (read) => localRulesAsked(read, { limit: 20, due }, { actor, today }))
  expect((await list(city.deputy, 'soon')).items.map((item) => item.id)).toEqual([id])
  const items = await readAs(platform.database, city.deputy, (read) => workItemsOf(read, city.deputy, today))
  expect(items.find((item) => item.kind === 'supervision.local_rules')).toMatchObject({ due: '2026-12-10', tone: 'soon' })
  // It holds for the branch below, which reads it and changes nothing; another unit does not see it.
  expect(await asked(city.branchSecretary)).toMatchObject({
    title: '经费使用办法',
    abilities: [],
    origin: { title: '经费没有台账' },
    steps: [],
  })
  await expect(asked(city.otherDeputy)).rejects.toMatchObject({ code: 'supervision.local_rule_not_found' })
  await act(city.deputy, rules.reviewLocalRuleAction, { id, reason: '管用', reviewOn: '2027-12-10' })
  await act(city.deputy, rules.reviseLocalRuleAction, {
    id,
    ...whole,
    number: '一局〔2026〕3号',
    reviewOn: '2028-01-01',
    reason: '按新规定改',
  })
  await expect(
    act(city.deputy, rules.amendLocalRuleAction, {
      id,
      revision: 1,
      kind: 'funds',
      ...whole,
      reviewOn: '2028-01-01',
      reason: '日期写错',
    }),
  ).rejects.toMatchObject({ code: 'kernel.changed_meanwhile' })
  await act(city.deputy, rules.repealLocalRuleAction, { id, reason: '并入新办法' })
  expect((await asked(city.deputy)).reviews).toEqual([
    { dueOn: '2026-12-10', doneOn: today, outcome: 'kept' },
    { dueOn: '2027-12-10', doneOn: today, outcome: 'revised' },
    { dueOn: '2028-01-01', doneOn: today, outcome: 'repealed' },
  ])
  expect(Object.keys(localRuleLife.table.repealed)).toEqual([])
  await expect(
    act(city.deputy, rules.reviewLocalRuleAction, { id, reason: '管用', reviewOn: '2029-01-01' }),
  ).rejects.toMatchObject({
    status: 409,
    detail: expect.stringContaining('已废止'),
  })
  expect((await list(city.deputy)).items).toEqual([])
  const sheet = await readAs(platform.database, city.deputy, (read) =>
    localRuleSheet(read, { state: 'repealed' }, { actor: city.deputy, today }),
  )
  expect([...(sheet.rows as Iterable<unknown>)]).toHaveLength(1)
})
