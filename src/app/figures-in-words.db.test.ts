import { beforeAll, describe, expect, it } from 'vitest'
import { type Planted, type World, worldOf } from '../../tests/builders/world.ts'
import type { Actor } from '../kernel/access/actor.ts'
import { perform } from '../kernel/actions/action.ts'
import { readAs, writeAsSystem } from '../kernel/database/transaction.ts'
import type { Read } from '../kernel/database/handles.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import {
  decideStandingAction,
  differencesOf,
  explanationOf,
  loadRulebooks,
  type Place,
  standingOfYear,
  sweep,
  updateCells,
} from '../modules/rulebook/index.ts'
import { recordMeetingAction } from '../modules/orglife/index.ts'
import { recordMeetingBody } from '../modules/orglife/meetings/meetings.contract.ts'
import { registerModules } from './modules.ts'

let platform: TestPlatform
let world: World
let city: Planted
let units: Planted[]
let officer: Actor
let secretary: Actor
const today = '2026-11-23'

/** Two units with twelve branches each; those of the first keep their theme days, those of the second do not. */
beforeAll(async () => {
  registerModules()
  platform = await testPlatform(today)
  world = worldOf(platform)
  city = await world.organization('working_committee', '示例工委', null)
  units = [await world.organization('unit', '示例住建局', city), await world.organization('unit', '示例水利局', city)]
  officer = await world.actor('committee_officer', city)
  await world.figuresFrom('2026-10-01')
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, 'rulebooks'))
  for (const [index, unit] of units.entries()) {
    for (let number = 1; number <= 12; number += 1) {
      const branch = await world.organization('branch', `第${number}支部`, unit)
      await world.people(branch, 3)
      if (index === 0) await themeDay(branch)
      if (index === 1 && number === 1) secretary = await world.actor('branch_secretary', branch)
    }
  }
  await writeAsSystem(platform.database, async (tx) => {
    await sweep(tx, today)
    while ((await updateCells(tx)) > 0);
  })
})

async function themeDay(branch: Planted): Promise<void> {
  const input = recordMeetingBody.parse({
    organizationIds: [branch.id],
    kinds: ['theme_day'],
    title: '主题党日',
    heldOn: '2026-10-20',
    lateReason: '补记',
    agenda: [{ title: '学习', category: 'political_theory' }],
  })
  await perform(platform, recordMeetingAction, { actor: officer, requestId: null, idempotencyKey: null, input })
}

const read = <Found>(ask: (db: Read) => Promise<Found>, actor = officer) => readAs(platform.database, actor, ask)
const place = (planted: Planted | undefined, kind: string): Place => ({
  no: planted?.no ?? 0,
  id: planted?.id ?? '',
  name: '示例',
  kind,
})
const root = () => place(city, 'working_committee')

describe('what a period stands at', () => {
  it('names what is open by requirement, with the organizations where it is, and counts all of them', async () => {
    const found = await read((db) => explanationOf(db, root(), { period: '2026-10', asOf: today }))
    const themeDays = found.matters.find(({ requirement }) => requirement === 'ZB14')
    expect(themeDays).toMatchObject({ notReported: 12, unmet: 0, placesTotal: 12, oldestDue: '2026-10-31' })
    expect(themeDays?.places.map(({ name, open }) => `${name} ${open}`).slice(0, 2)).toEqual(['第1支部 1', '第2支部 1'])
    const open = found.matters.reduce((sum, line) => sum + line.unmet + line.notReported, 0)
    expect(open).toBe(found.counts.unmet + found.counts.not_reported)
    expect(found.sentence).toContain(`未报 ${found.counts.not_reported} 项`)
  })

  it('names nothing that was done', async () => {
    const found = await read((db) => explanationOf(db, place(units[0], 'unit'), { period: '2026-10', asOf: today }))
    expect(found.matters.map(({ requirement }) => requirement)).not.toContain('ZB14')
  })
})

describe('differences between organizations', () => {
  it('beyond chance are told apart, in the tree’s order and never by the figures', async () => {
    const asked = { period: '2026-10', requirement: 'ZB14', tree: 'as_was' as const, asOf: today }
    const found = await read((db) => differencesOf(db, root(), asked))
    expect(found.rows.map(({ organization, verdict }) => [organization.id, verdict])).toEqual([
      [units[0]?.id, 'above'],
      [units[1]?.id, 'below'],
    ])
    expect(found.rows[0]?.interval?.low).toBeGreaterThan(0.7)
    expect(found.sentence).toContain('有 2 个与其他组织的差别超出偶然范围')
  })

  it('between branches with one duty each are not judged', async () => {
    const asked = { period: '2026-10', requirement: 'ZB14', tree: 'as_was' as const, asOf: today }
    const found = await read((db) => differencesOf(db, place(units[1], 'unit'), asked))
    expect(found.rows).toHaveLength(12)
    expect(new Set(found.rows.map(({ verdict }) => verdict))).toEqual(new Set(['too_few']))
    expect(found.sentence).toContain('不作比较')
  })
})

describe('the standing of an organization in a year', () => {
  const asked = { year: 2026, asOf: today }
  const decide = (actor: Actor, inUse: boolean) =>
    perform(platform, decideStandingAction, {
      actor,
      requestId: null,
      idempotencyKey: null,
      input: { inUse, reason: '经工委会议研究' },
    })

  it('is not computed until the working committee decides so, and a branch cannot decide it', async () => {
    expect(await read((db) => standingOfYear(db, root(), asked))).toMatchObject({ inUse: false, standing: null, lines: [] })
    await expect(decide(secretary, true)).rejects.toMatchObject({ code: 'kernel.forbidden' })
    expect(await read((db) => standingOfYear(db, root(), asked))).toMatchObject({ inUse: false })
  })

  it('can be worked out again from the lines on the page', async () => {
    await decide(officer, true)
    const page = await read((db) => standingOfYear(db, place(units[0], 'unit'), asked))
    const applying = page.lines.filter(({ credit }) => credit !== null)
    const byHand =
      applying.reduce((sum, line) => sum + line.weight * (line.credit ?? 0), 0) /
      applying.reduce((sum, line) => sum + line.weight, 0)
    expect(page.standing).toBeCloseTo(byHand, 9)
    expect(page.lines.find(({ requirement }) => requirement === 'ZB14')?.counts).toMatchObject({ met_late: 12 })
    for (const line of page.lines.filter(({ credit }) => credit === null)) expect(line.share).toBe(0)
  })

  it('is not computed any more once it is decided against', async () => {
    await decide(officer, false)
    expect(await read((db) => standingOfYear(db, root(), asked))).toMatchObject({ inUse: false, standing: null })
  })
})
