import { beforeAll, describe, expect, it } from 'vitest'
import { contentsHash } from '../../tests/authorization/canaries.ts'
import { type Foreign, foreignObjects } from '../../tests/authorization/foreign-objects.ts'
import { reportCollections } from '../../tests/authorization/foreign-reports.ts'
import { foreignReads, type ReadAsked } from '../../tests/authorization/foreign-reads.ts'
import { nothing, targetOf } from '../../tests/authorization/foreign-targets.ts'
import { foreignWrites, smuggled } from '../../tests/authorization/foreign-writes.ts'
import { faultsOf, leaks, paired, readAll, smugglingOf } from '../../tests/authorization/probing.ts'
import { productServer } from '../../tests/authorization/product-server.ts'
import { aVisitor, type Visitor } from '../../tests/authorization/sessions.ts'
import { type TwoUnits, twoUnits } from '../../tests/authorization/two-units.ts'
import { testPlatform } from '../kernel/testing/test-platform.ts'
import { entryKinds } from '../modules/orglife/entries/kinds.contract.ts'

const platform = await testPlatform('2026-11-23')
const server = await productServer(platform)
let world: TwoUnits
let foreign: Foreign
/** What each role was answered, about everything of the second unit. */
let answers: Map<string, string>
let before: Map<string, string>
let after: Map<string, string>

const roles = (...names: string[]): Visitor[] => world.visitors.filter(({ name }) => names.includes(name))
const thorough = () => roles('full_time_deputy', 'branch_secretary')

/** Lists and figures that can be asked for while nothing of the second unit exists but its names. */
function lists(): ReadAsked[] {
  const stranger = { no: 0, id: 'per_0000000000' }
  const kinds = [
    'person',
    'recorded',
    'plannedMeeting',
    'workRecord',
    'determination',
    'question',
    'problem',
    'yellowCard',
    'yellowCardItem',
    'appeal',
    'example',
    'exampleLink',
    'localRule',
    'letter',
    'studyRecord',
    'trainingPlan',
    'trainingClass',
    'readingList',
    'readingNote',
    'studyPlan',
    'studyUnit',
    'article',
    'issuedPaper',
    'draftedPaper',
    'finding',
    'keyProject',
    'clue',
    'namedClue',
    'inspection',
    'announcedCheck',
    'imported',
    'checked',
    'file',
    'job',
    'account',
    'exemption',
    'relief',
    'snapshot',
    'ruleDraft',
    'dataRequest',
    'decision',
    'task',
    'unitPlan',
  ]
  const unknown = {
    ...Object.fromEntries(kinds.map((kind) => [kind, stranger])),
    cases: { proposed: stranger },
    reports: Object.fromEntries(reportCollections.map((collection) => [collection, stranger])),
    entries: Object.fromEntries(entryKinds.map(({ collection }) => [collection, stranger])),
  } as unknown as Foreign
  return foreignReads(world, unknown).filter(({ url, byId }) => !byId && !/[?&](subject=per_|after=|object=|account=)/.test(url))
}

beforeAll(async () => {
  world = await twoUnits(platform)
  const asking = roles('full_time_deputy', 'branch_secretary', 'member')
  before = await readAll(server, asking, lists())
  foreign = await foreignObjects(platform, world)
  after = await readAll(server, asking, lists())
  answers = new Map([
    ...(await readAll(
      server,
      world.visitors.filter((visitor) => !thorough().includes(visitor)),
      foreignReads(world, foreign, 'briefly'),
    )),
    ...(await readAll(server, thorough(), foreignReads(world, foreign))),
  ])
}, 120_000)

describe('另一个单位的东西', () => {
  it('changes nothing in any list, count, total, figure or export that somebody of this unit asks for', () => {
    const changed = [...before]
      .filter(([question, text]) => after.get(question) !== text)
      .map(([question, text]) => `${question}\n  ${text}\n  ${after.get(question) ?? ''}`)
    expect(changed).toEqual([])
    expect(before.size).toBeGreaterThan(250)
  })

  it('shows in no byte of any answer to any role, whatever id of it stands in the path or the query', () => {
    expect(leaks(answers)).toEqual([])
    expect([...answers].filter(([, text]) => text.startsWith('5'))).toEqual([])
    expect(answers.size).toBeGreaterThan(900)
  })

  it('is answered byte by byte like what does not exist when it is asked for by its id', { timeout: 60_000 }, async () => {
    const reads = foreignReads(world, foreign, 'briefly').filter(({ byId }) => byId)
    const unknown = (url: string) => url.replace(/_[0-9a-z]{8,}/, '_0000000000')
    const absent = await readAll(
      server,
      world.visitors,
      [...new Set(reads.map(({ url }) => unknown(url)))].map((url) => ({ url, byId: true })),
    )
    const asked = world.visitors.flatMap(({ name }) =>
      reads.map(({ url }) => ({ question: `${name} ${url}`, twin: `${name} ${unknown(url)}` })),
    )
    expect(asked.filter(({ question, twin }) => answers.get(question) !== absent.get(twin))).toEqual([])
    expect(asked.filter(({ question }) => !/^40[34] /.test(answers.get(question) ?? ''))).toEqual([])
  })

  it('cannot be touched: every act answers 403 for want of the permission, else 404, changes nothing and leaves one word in the ledger', {
    timeout: 90_000,
  }, async () => {
    const acts = paired(foreignWrites(targetOf(world, foreign), world), foreignWrites(nothing, world))
    const contents = await contentsHash(platform)
    const faults: string[] = []
    for (const visitor of world.visitors)
      for (const act of acts) faults.push(...(await faultsOf({ server, platform }, visitor, act)))
    expect(faults).toEqual([])
    expect(acts.length).toBeGreaterThan(40)
    expect(await contentsHash(platform)).toBe(contents)
  })

  it('cannot be dragged into an own record: a person or file of another unit is as unknown as one that does not exist', {
    timeout: 60_000,
  }, async () => {
    const acts = paired(smuggled(targetOf(world, foreign), world), smuggled(nothing, world))
    const contents = await contentsHash(platform)
    const faults: string[] = []
    for (const visitor of roles('committee_officer', 'branch_secretary'))
      for (const act of acts) faults.push(...(await smugglingOf(server, visitor, act)))
    expect(faults).toEqual([])
    expect(await contentsHash(platform)).toBe(contents)
  })

  it('is told of to the three administrators by the names of accounts and the reasons of grants alone', {
    timeout: 60_000,
  }, async () => {
    const told = leaks(await readAll(server, world.administrators, foreignReads(world, foreign, 'briefly')))
    const where = told.map((leak) => `${leak.split('?')[0] ?? ''} ${leak.split(': ').at(-1) ?? ''}`)
    expect([...new Set(where)].sort()).toEqual([
      'security /api/v1/accounts zqkaccounts.display_namekqz',
      'security /api/v1/grants zqkaccounts.display_namekqz',
      'security /api/v1/grants zqkgrants.reasonkqz',
      'system /api/v1/accounts zqkaccounts.display_namekqz',
    ])
  })

  it('is all found by whoever may see the whole city, so that these tests can fail', { timeout: 60_000 }, async () => {
    const officer = await aVisitor(platform, 'officer of the city', { held: [{ role: 'committee_officer', over: world.city }] })
    const found = await readAll(server, [officer], foreignReads(world, foreign, 'briefly'))
    const fields = new Set(leaks(found).map((leak) => /zqk([a-z_.]+)kqz/.exec(leak)?.[1]))
    for (const field of [
      'persons.name',
      'persons.job',
      'meetings.title',
      'agenda_items.title',
      'attendances.reason',
      'cases.title',
      'case_steps.reason',
      'roster_imports.file_name',
      'roster_imports.mistakes',
      'committee_members.duty',
      'files.name',
    ]) {
      expect(fields, field).toContain(field)
    }
    expect([...found.values()].some((text) => text.includes('9411'))).toBe(true)
  })
})
