import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAsSystem, writeAsSystem } from '../kernel/database/transaction.ts'
import { type TestPlatform, testPlatform } from '../kernel/testing/test-platform.ts'
import { heldMeasure, measureNames } from '../modules/rulebook/engine/engine.measures.ts'
import { eventNames, heldEvents } from '../modules/rulebook/engine/event-sources.measures.ts'
import { declaredInputs, type InputTable } from '../modules/rulebook/engine/inputs.measures.ts'
import { type LiveRequirement, requirementVersions } from '../modules/rulebook/engine/requirement.queries.ts'
import { statusRelations } from '../modules/rulebook/engine/status.store.ts'
import { loadRulebooks } from '../modules/rulebook/index.ts'
import { registerModules } from './modules.ts'

let platform: TestPlatform
let requirements: readonly LiveRequirement[]
const reader = `inputs_${randomBytes(6).toString('hex')}`

/** Parameters for measures that no shipped document asks for yet. A new one needs a line here until a document asks for it. */
const sampleParams: Readonly<Record<string, readonly unknown[]>> = {
  'learning.absence_within': [{ share: 0.1428 }],
  'learning.classes_held': [{ target_groups: ['activist'], organizer: 'below' }],
  'learning.classes_meeting_share': [{ organizer: 'below' }],
  'learning.target_groups_covered': [{ groups: ['activist', 'new_member'], organizer: 'below' }],
  'learning.theory_share': [{ tags: ['x'], organizer: 'below' }],
  'learning.training_hours': [{ tags: ['x'], self_study: true }],
  'learning.trainings_attended': [{ target_groups: ['activist'] }],
  'learning.upper_trainings_attended': [{}],
  'orglife.meetings_attended': [{ kinds: ['members_meeting'], held_by: ['branch'] }],
  'orglife.meetings_with_item': [{ kinds: ['members_meeting'], category: 'political_theory' }],
  'orglife.members_reached': [{ kinds: ['members_meeting'] }, { kinds: ['members_meeting'], set: 'committee' }],
  'orglife.work_record_coverage': ['members', 'committee', 'leading_group', 'branches', 'units'].map((set) => ({
    set,
    tags: ['x'],
    categories: ['y'],
  })),
  'orglife.work_record_hours': [{ tags: ['x'], organizer: 'below' }],
  'orglife.work_record_ratio': [{ of: { tags: ['x'] }, among: { tags: ['y'] }, organizer: 'unit' }],
  'orglife.work_records': [{ tags: ['x'], quality: ['good'] }],
  'rulebook.bodies_formed': [{ kinds: ['branch'], from_members: 3 }],
  'rulebook.committee_formed': [{ duties: ['纪检'] }],
  'rulebook.committees_elected': [{}],
  'rulebook.coverage': [
    { posts: ['branch_secretary'] },
    { duties: ['first'] },
    { committee: 'committee' },
    { bodies: ['branch'] },
  ].map((by) => ({ kinds: ['branch'], by })),
  'rulebook.determinations': [{ code: 'D3.7' }],
  'rulebook.periods_running': [{ requirement: 'ZB6', periods: 2 }],
  'rulebook.post_seasoned': [{ posts: ['branch_secretary'], of: 'under' }],
  'rulebook.post_within': [{ post: 'branch_secretary', within: ['full_time_deputy'] }],
  'rulebook.posts_filled': [{ posts: ['branch_secretary'], full_time: true }],
  'rulebook.requirements_met': [{ requirements: ['ZB6'] }, { requirements: ['ZB6'], of: 'under' }],
  'rulebook.responsibility_held': [{ duties: ['first'] }],
  'rulebook.size_kept': ['members', 'committee_members', 'groups'].map((counts) => ({ counts, at_least: 3 })),
  'rulebook.terms_kept': [{ extension_months: 12 }],
}

/** The same for events that begin a clock. */
const sampleEvents: Readonly<Record<string, unknown>> = {
  'directory.post_started': { posts: ['branch_secretary'], at: ['branch'] },
  'directory.member_joined': { standing: ['probationary'] },
  'directory.election_due': { months_before: 6 },
  'directory.organization_established': { kinds: ['branch'] },
  'supervision.yellow_card_item_due': {},
}

/** A role that sees every row, and of the tables only what is declared. */
async function mayRead(inputs: readonly InputTable[]): Promise<void> {
  const schemas = [...new Set(inputs.map(({ table }) => table.split('.')[0]))].join(', ')
  const grants = inputs.map(
    ({ table, columns, words = [] }) => `grant select (${[...columns, ...words].join(', ')}) on ${table} to ${reader};`,
  )
  await sql.raw(`grant usage on schema ${schemas} to ${reader}; ${grants.join(' ')}`).execute(platform.owner.kysely)
}

/** What PostgreSQL says when the declared columns are all that may be read; null when they are enough. */
async function refusal(requirement: LiveRequirement): Promise<string | null> {
  const scope = { asOf: '2026-11-23', since: '2026-01-01', organizations: null, from: '2026-01-01', to: '2026-12-31' }
  try {
    await platform.owner.kysely.transaction().execute(async (transaction) => {
      await sql.raw(`set local role ${reader}`).execute(transaction)
      await sql`with ${statusRelations({ ...requirement, live: true }, scope)} select count(*) from judged`.execute(transaction)
    })
    return null
  } catch (error) {
    return `${requirement.code} ${requirement.measure}: ${error instanceof Error ? error.message : ''}`
  }
}

async function refusals(): Promise<string[]> {
  const said: (string | null)[] = []
  const [like] = requirements.filter((one) => one.live)
  if (!like) throw new Error('no requirement is live')
  for (const requirement of [...requirements.filter((one) => heldMeasure(one.measure)), ...samples(like)])
    said.push(await refusal(requirement))
  return [...new Set(said.filter((one) => one !== null))]
}

/** A requirement for each measure that no shipped document asks for: what it may read is tried all the same. */
function samples(like: LiveRequirement): LiveRequirement[] {
  const asked = new Set(requirements.map((one) => one.measure))
  const unasked = measureNames().filter((name) => !asked.has(name))
  const counting = unasked.flatMap((measure) =>
    (sampleParams[measure] ?? []).map((params) => ({ ...like, code: 'T1', measure, params })),
  )
  const clocks = Object.entries(sampleEvents).map(([name, params]) => {
    const subject =
      heldEvents(name)?.subject === 'p' ? { ...like.subject, members: { standing: ['full'], at: ['branch'] } } : like.subject
    return {
      ...like,
      code: 'T2',
      subject,
      cadence: 'event' as const,
      periodCadence: 'month' as const,
      event: { name, params, months: 3 },
    }
  })
  return [...counting, ...clocks]
}

beforeAll(async () => {
  registerModules()
  platform = await testPlatform('2026-11-23')
  await writeAsSystem(platform.database, (tx) => loadRulebooks(tx, 'rulebooks'))
  requirements = await readAsSystem(platform.database, (read) => requirementVersions(read))
  await sql.raw(`create role ${reader} nologin bypassrls`).execute(platform.owner.kysely)
  await mayRead(declaredInputs())
})
afterAll(async () => {
  await sql.raw(`drop owned by ${reader}; drop role ${reader}`).execute(platform.owner.kysely)
})

describe('what snapshots hold', () => {
  it('is all that judgement reads: no measure reads a table or column that is not declared', async () => {
    expect(await refusals()).toEqual([])
  })

  it('is tried with every measure there is', () => {
    const asked = new Set(requirements.map((one) => one.measure))
    expect(measureNames().filter((name) => !asked.has(name) && !(name in sampleParams))).toEqual([])
    expect(eventNames().filter((name) => !(name in sampleEvents))).toEqual([])
  })

  it('would be missed were one column left out, or one table', async () => {
    await sql.raw(`revoke select (standing) on directory.memberships from ${reader}`).execute(platform.owner.kysely)
    expect(await refusals()).not.toEqual([])
    await sql.raw(`grant select (standing) on directory.memberships to ${reader}`).execute(platform.owner.kysely)
    expect(await refusals()).toEqual([])
  })

  it('names no column of a person but numbers, days and states', () => {
    const persons = declaredInputs().filter(({ table }) => table === 'directory.persons')
    expect(
      persons.flatMap(({ columns }) => columns).filter((column) => /name|pinyin|cipher|index|birth|sex|ethnic|job/.test(column)),
    ).toEqual([])
  })
})
