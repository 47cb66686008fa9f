import { sql } from 'kysely'
import { growAncestry, type Planted, plantOrganization, plantPerson } from '../../src/kernel/testing/plant.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { twoRequirements } from '../builders/a-supervised-city.ts'
import { planted, row } from './canaries.ts'
import { aVisitor, type Visitor } from './sessions.ts'

/** A unit with all that may stand under it. */
export interface Unit {
  readonly unit: Planted
  readonly committee: Planted
  readonly branch: Planted
  readonly second: Planted
  readonly group: Planted
}

async function aUnit(platform: TestPlatform, city: Planted, name: string): Promise<Unit> {
  const unit = await plantOrganization(platform, { kind: 'unit', name, under: city })
  const committee = await plantOrganization(platform, { kind: 'party_committee', name: `${name}机关党委`, under: unit })
  const branch = await plantOrganization(platform, { kind: 'branch', name: `${name}第一支部`, under: committee })
  const second = await plantOrganization(platform, { kind: 'branch', name: `${name}第二支部`, under: committee })
  const group = await plantOrganization(platform, { kind: 'group', name: `${name}第一党小组`, under: branch })
  return { unit, committee, branch, second, group }
}

/** Where each role stands in the first unit. The officer's grant, which is the city's elsewhere, is cut down to the unit. */
const places: Readonly<Record<string, keyof Unit>> = {
  committee_officer: 'unit',
  unit_leader: 'unit',
  committee_secretary: 'unit',
  full_time_deputy: 'unit',
  discipline_secretary: 'unit',
  general_branch_secretary: 'committee',
  branch_secretary: 'branch',
  branch_committee_member: 'branch',
  group_leader: 'group',
  member: 'branch',
  reviewer: 'unit',
  inspector: 'unit',
}

export interface TwoUnits {
  readonly city: Planted
  readonly a: Unit
  readonly b: Unit
  readonly requirements: { hard: number; soft: number }
  /** A case, a meeting and a person of the first unit, to be mixed with foreign ones. */
  readonly own: { person: Planted; proposal: Planted; meeting: Planted }
  /** One visitor for each role, in the first unit. */
  readonly visitors: readonly Visitor[]
  readonly administrators: readonly Visitor[]
}

async function ownMeeting(platform: TestPlatform, a: Unit): Promise<Planted> {
  const meeting = await planted(platform, 'orglife.meetings', {
    revision: 1,
    state: 'recorded',
    organization_no: a.branch.no,
    kinds: ['members_meeting'],
    title: '本单位的会',
    held_on: '2026-10-12',
    first_category: 'political_theory',
    recorded_on: '2026-10-13',
    recorded_at: new Date('2026-10-13T01:00:00Z'),
    recorded_by: 1,
  })
  await row(platform, 'orglife.meeting_organizations', {
    meeting_no: meeting.no,
    organization_no: a.branch.no,
    held_on: '2026-10-12',
    expected: 3,
    present: 3,
  })
  await row(platform, 'orglife.meeting_revisions', {
    meeting_no: meeting.no,
    revision: 1,
    state: 'recorded',
    body: {},
    recorded_at: new Date('2026-10-13T01:00:00Z'),
    recorded_by: 1,
  })
  await row(platform, 'orglife.agenda_items', {
    meeting_no: meeting.no,
    position: 1,
    title: '学习',
    category: 'political_theory',
  })
  return meeting
}

async function ownProposal(platform: TestPlatform, a: Unit): Promise<Planted> {
  const proposal = await planted(platform, 'supervision.cases', {
    revision: 1,
    state: 'proposed',
    organization_no: a.branch.no,
    opened_by_organization_no: a.committee.no,
    title: '本单位的督办建议',
    source: 'problem',
    proposed_at: new Date('2026-11-01T01:00:00Z'),
  })
  await row(platform, 'supervision.case_steps', {
    case_no: proposal.no,
    revision: 1,
    action: 'propose',
    state: 'proposed',
    body: {},
    acted_at: new Date('2026-11-01T01:00:00Z'),
    acted_by: 0,
  })
  return proposal
}

/** Tags are the rulebooks' and open to everybody. */
async function aTag(platform: TestPlatform): Promise<void> {
  await row(platform, 'rulebook.tags', {
    document_no: { raw: '(select min(no) from rulebook.documents)' },
    code: 'visit',
    title: '走访',
    hint: '走访了谁',
    fields: ['persons'],
    categories: { raw: `'[]'::jsonb` },
    grades: { raw: `'[{"code":"good","title":"合格"}]'::jsonb` },
    kinds: { raw: `'{}'::text[]` },
    position: 1,
  })
}

/** Two units of one city, alike; the first one has its people, a meeting and a proposal, the second is still empty. */
export async function twoUnits(platform: TestPlatform): Promise<TwoUnits> {
  const city = await plantOrganization(platform, { kind: 'working_committee', name: '市直机关工委' })
  const a = await aUnit(platform, city, '第一局')
  const b = await aUnit(platform, city, '第二局')
  await growAncestry(platform)
  const requirements = await twoRequirements(platform)
  await aTag(platform)
  await platform.owner.pool.query(`update rulebook.requirements set subject = '{"kinds":["branch"]}', target = '{"at_least":1}', params = '{"kinds":["committee_meeting"]}',
    source = '{"regulation":"试行通知","article":"第一条"}'`)
  const person = await plantPerson(platform, { name: '本单位某', home: a.branch })
  const visitors: Visitor[] = []
  for (const [role, place] of Object.entries(places)) {
    const who = await plantPerson(platform, { name: `本单位${visitors.length}`, home: a.branch })
    visitors.push(await aVisitor(platform, role, { person: who, held: [{ role, over: a[place] }] }))
  }
  const [meeting, proposal] = [await ownMeeting(platform, a), await ownProposal(platform, a)]
  await figures(platform, a, { requirementNo: requirements.hard, status: 1, figure: 1 })
  const administrators = await Promise.all(
    (['system', 'security', 'audit'] as const).map((administrator) => aVisitor(platform, administrator, { administrator })),
  )
  return { city, a, b, requirements, own: { person, proposal, meeting }, visitors, administrators }
}

/** An obligation of the branch in October and the cells above it. */
export async function figures(
  platform: TestPlatform,
  of: Unit,
  is: { requirementNo: number; status: number; figure: number },
): Promise<void> {
  const at = { year: 2026, requirement_no: is.requirementNo, period_no: 202610 }
  await row(platform, 'rulebook.obligations', {
    ...at,
    subject_kind: 'o',
    subject_no: of.branch.no,
    organization_no: of.branch.no,
    status: is.status,
    numerator: is.figure,
    denominator: is.figure,
    due_on: '2026-10-31',
  })
  for (const above of [of.unit, of.committee]) {
    await row(platform, 'rulebook.cells', {
      ...at,
      organization_no: above.no,
      met: is.figure,
      met_late: 0,
      unmet: is.figure - 1,
      not_reported: 0,
      exempt: 0,
      numerator: is.figure,
      denominator: is.figure,
    })
  }
}

/** Moves an organization, with what stands under it, on a day. */
export async function moveOn(platform: TestPlatform, moved: Planted, { to, on }: { to: Planted; on: string }): Promise<void> {
  await sql`update directory.organization_edges set valid = daterange(lower(valid), ${on}::date) where organization_no = ${moved.no} and upper_inf(valid)`.execute(
    platform.owner.kysely,
  )
  await row(platform, 'directory.organization_edges', { organization_no: moved.no, parent_no: to.no, valid: `[${on},)` })
  await growAncestry(platform)
}
