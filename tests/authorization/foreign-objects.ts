import { type Planted, plantPerson } from '../../src/kernel/testing/plant.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { sealField } from '../../src/modules/directory/index.ts'
import { canary, planted, row } from './canaries.ts'
import { aVisitor } from './sessions.ts'
import { type ForeignEntries, foreignCorrection, foreignEntries } from './foreign-entries.ts'
import { type ForeignReports, foreignReports } from './foreign-reports.ts'
import { foreignMeetings } from './foreign-meetings.ts'
import { aForeignPaper } from './foreign-official-papers.ts'
import { foreignPapers } from './foreign-papers.ts'
import { foreignFollowUp } from './foreign-follow-up.ts'
import { foreignTasks } from './foreign-tasks.ts'
import { foreignPractices } from './foreign-practices.ts'
import { foreignWork } from './foreign-work.ts'
import { foreignTraining } from './foreign-training.ts'
import { foreignStudies } from './foreign-studies.ts'
import { foreignInspections } from './foreign-inspections.ts'
import { foreignClues, foreignProject } from './foreign-clues.ts'
import { foreignRules } from './foreign-rules.ts'
import { foreignRequests } from './foreign-requests.ts'
import { foreignSnapshots } from './foreign-snapshots.ts'
import type { TwoUnits } from './two-units.ts'

const at = new Date('2026-10-20T01:00:00Z')
const caseStates = ['proposed', 'dismissed', 'reminded', 'supervised', 'reported', 'closed'] as const

/** Ids of everything that belongs to the second unit. */
export interface Foreign {
  readonly person: Planted
  readonly post: Planted
  readonly account: { readonly id: string; readonly no: number }
  readonly grant: Planted
  readonly recorded: Planted
  readonly plannedMeeting: Planted
  readonly workRecord: Planted
  readonly entries: ForeignEntries
  readonly factCorrection: Planted
  readonly reports: ForeignReports
  readonly trainingClass: Planted
  readonly trainingPlan: Planted
  readonly studyRecord: Planted
  readonly hoursCorrection: Planted
  readonly readingList: Planted
  readonly readingNote: Planted
  readonly studyPlan: Planted
  readonly studyUnit: Planted
  readonly article: Planted
  readonly determination: Planted
  readonly decision: Planted
  readonly task: Planted
  readonly unitPlan: Planted
  readonly inspection: Planted
  readonly finding: Planted
  readonly keyProject: Planted
  readonly clue: Planted
  /** Of the first unit itself, with its whole discipline line named. */
  readonly namedClue: Planted
  readonly question: Planted
  readonly announcedCheck: Planted
  readonly cases: Readonly<Record<(typeof caseStates)[number] | 'waiting', Planted>>
  readonly problem: Planted
  readonly yellowCard: Planted
  readonly yellowCardItem: Planted
  readonly appeal: Planted
  readonly example: Planted
  readonly exampleLink: Planted
  readonly localRule: Planted
  readonly letter: { readonly id: string }
  readonly draftedPaper: Planted
  readonly issuedPaper: Planted
  readonly imported: Planted
  readonly checked: Planted
  readonly file: Planted
  readonly job: Planted
  readonly notice: Planted
  readonly view: Planted
  readonly exemption: Planted
  readonly relief: Planted
  readonly snapshot: Planted
  readonly ruleDraft: Planted
  readonly dataRequest: Planted
}

async function people(platform: TestPlatform, { b }: TwoUnits) {
  const person = await plantPerson(platform, { name: canary('persons.name'), pinyin: canary('persons.pinyin'), home: b.branch })
  const address = sealField(platform.crypto, 'address', { personId: person.id, value: canary('persons.address') })
  await platform.owner.pool.query(
    'update directory.persons set job = $2, ethnicity = $3, education = $4, address_cipher = $5 where no = $1',
    [person.no, canary('persons.job'), canary('persons.ethnicity'), canary('persons.education'), address],
  )
  await row(platform, 'directory.person_revisions', {
    person_no: person.no,
    revision: 1,
    body: { name: canary('person_revisions.body') },
    recorded_at: at,
    reason: canary('person_revisions.reason'),
  })
  const post = await planted(platform, 'directory.posts', {
    person_no: person.no,
    organization_no: b.branch.no,
    post: 'branch_secretary',
    valid: '[2024-01-01,)',
  })
  await row(platform, 'directory.responsibilities', {
    organization_no: b.unit.no,
    person_no: person.no,
    duty: 'first',
    valid: '[2024-01-01,)',
  })
  const committee = await planted(platform, 'directory.committees', {
    organization_no: b.branch.no,
    kind: 'committee',
    elected_on: '2024-01-01',
    term_years: 3,
    due_on: '2027-01-01',
  })
  await row(platform, 'directory.committee_members', {
    committee_no: committee.no,
    person_no: person.no,
    duty: canary('committee_members.duty'),
    valid: '[2024-01-01,)',
  })
  const visitor = await aVisitor(platform, canary('accounts.display_name'), {
    person,
    held: [{ role: 'branch_secretary', over: b.branch }],
  })
  await platform.owner.pool.query('update directory.grants set reason = $2 where account_no = $1', [
    visitor.accountNo,
    canary('grants.reason'),
  ])
  const ids = await platform.owner.pool.query(
    'select a.id, g.id as grant, g.no from directory.accounts a join directory.grants g on g.account_no = a.no where a.no = $1',
    [visitor.accountNo],
  )
  return {
    person,
    post,
    account: { id: String(ids.rows[0].id), no: visitor.accountNo },
    grant: { id: String(ids.rows[0].grant), no: Number(ids.rows[0].no) },
  }
}

async function aCase(
  platform: TestPlatform,
  { b }: TwoUnits,
  is: { state: string; waiting: boolean; person: Planted; accountNo: number },
): Promise<Planted> {
  const made = await planted(platform, 'supervision.cases', {
    number: is.state === 'proposed' ? null : `督${is.state}${String(is.waiting)}`,
    revision: 1,
    state: is.state,
    organization_no: b.branch.no,
    opened_by_organization_no: b.committee.no,
    title: canary('cases.title'),
    source: 'problem',
    owner_no: is.person.no,
    due_on: '2026-11-20',
    remedies: canary('cases.remedies'),
    proposed_at: at,
    report: canary('cases.report'),
    verification: canary('cases.verification'),
    opened_by: is.accountNo,
    reported_by: is.accountNo,
    ...(is.waiting && { waiting_since: '2026-11-10', waiting_for: canary('cases.waiting_for') }),
  })
  await row(platform, 'supervision.case_steps', {
    case_no: made.no,
    revision: 1,
    action: 'propose',
    state: is.state,
    body: { remedies: canary('case_steps.body') },
    reason: canary('case_steps.reason'),
    acted_at: at,
    acted_by: is.accountNo,
  })
  return made
}

/** Fills the second unit: an object of every kind in every state, with a canary in every field that is not public. */
export async function foreignObjects(platform: TestPlatform, world: TwoUnits): Promise<Foreign> {
  const who = await people(platform, world)
  const by = { person: who.person, accountNo: who.account.no }
  const file = await planted(platform, 'kernel.files', {
    sha256: 'f'.repeat(64),
    bytes: 9,
    media_type: 'application/pdf',
    name: canary('files.name'),
    organization_no: world.b.branch.no,
    uploaded_by: by.accountNo,
    uploaded_at: at,
    purpose: 'attachment',
  })
  const held = await foreignMeetings(platform, world, { ...by, file })
  const work = await foreignWork(platform, world, { ...by, file })
  const cases: Record<string, Planted> = {}
  for (const state of caseStates) cases[state] = await aCase(platform, world, { ...by, state, waiting: false })
  cases['waiting'] = await aCase(platform, world, { ...by, state: 'supervised', waiting: true })
  return {
    ...who,
    ...held,
    ...work,
    entries: await foreignEntries(platform, world, { ...by, file }),
    factCorrection: await foreignCorrection(platform, world, by),
    reports: await foreignReports(platform, world, { ...by, file }),
    ...(await foreignTraining(platform, world, by)),
    ...(await foreignStudies(platform, world, by)),
    ...(await foreignFollowUp(platform, world, { ...by, supervised: cases['supervised'] as Planted })),
    ...(await foreignInspections(platform, world, by)),
    ...(await foreignClues(platform, world, by)),
    keyProject: await foreignProject(platform, world, by),
    ...(await foreignPapers(platform, world, by)),
    ...(await foreignSnapshots(platform, world, by)),
    ...(await foreignRules(platform)),
    ...(await foreignRequests(platform, world, by)),
    ...(await foreignTasks(platform, world, by)),
    ...(await foreignPractices(platform, world, {
      accountNo: by.accountNo,
      recorded: held.recorded,
      supervised: cases['supervised'] as Planted,
    })),
    file,
    draftedPaper: await aForeignPaper(platform, world, { issued: false, accountNo: by.accountNo }),
    issuedPaper: await aForeignPaper(platform, world, { issued: true, accountNo: by.accountNo }),
    cases: cases as Foreign['cases'],
  }
}
