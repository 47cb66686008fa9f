import type { Planted } from '../../src/kernel/testing/plant.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { canary, planted, row } from './canaries.ts'
import type { Target, WriteAsked } from './foreign-targets.ts'
import type { TwoUnits } from './two-units.ts'

const at = new Date('2026-10-20T01:00:00Z')

interface By {
  readonly person: Planted
  readonly accountNo: number
}

async function aClass(platform: TestPlatform, { b }: TwoUnits, by: By): Promise<Planted> {
  const made = await planted(platform, 'learning.classes', {
    revision: 2,
    state: 'held',
    organization_no: b.branch.no,
    title: canary('classes.title'),
    target_group: 'activist',
    off_duty: false,
    starts_on: '2026-10-15',
    ends_on: '2026-10-15',
    hours: 2,
    theory_hours: 0,
    exception_reason: canary('classes.exception_reason'),
    recorded_on: '2026-10-20',
    late_reason: canary('classes.late_reason'),
    created_on: '2026-10-10',
    created_at: at,
    created_by: by.accountNo,
  })
  const of = { class_no: made.no }
  await row(platform, 'learning.class_sessions', {
    ...of,
    position: 1,
    title: canary('class_sessions.title'),
    held_on: '2026-10-15',
    hours: 2,
    category: 'business',
    teacher: canary('class_sessions.teacher'),
    place: canary('class_sessions.place'),
  })
  const who = { ...of, person_no: by.person.no }
  await row(platform, 'learning.participants', {
    ...who,
    organization_no: b.branch.no,
    host_no: b.branch.no,
    held_on: '2026-10-15',
    hours: 0,
    theory_hours: 0,
    missed_hours: 2,
  })
  await row(platform, 'learning.absences', { ...who, position: 1, reason: canary('absences.reason') })
  await row(platform, 'learning.class_revisions', {
    ...of,
    revision: 2,
    state: 'held',
    body: { title: canary('class_revisions.body') },
    reason: canary('class_revisions.reason'),
    recorded_at: at,
    recorded_by: by.accountNo,
  })
  return made
}

async function aPlan(platform: TestPlatform, { b }: TwoUnits, by: By): Promise<Planted> {
  const kept = { recorded_at: at, recorded_by: by.accountNo }
  const plan = await planted(platform, 'learning.plans', {
    revision: 1,
    state: 'recorded',
    organization_no: b.branch.no,
    year: 2026,
    title: canary('plans.title'),
    note: canary('plans.note'),
    items: { raw: `'[{"title": "${canary('plans.items')}", "targetGroup": "activist", "month": 3, "hours": 2}]'::jsonb` },
    recorded_on: '2026-10-20',
    ...kept,
  })
  await row(platform, 'learning.plan_revisions', {
    plan_no: plan.no,
    revision: 1,
    state: 'recorded',
    body: { title: canary('plan_revisions.body') },
    reason: canary('plan_revisions.reason'),
    ...kept,
  })
  return plan
}

/** A class, a plan, a record of self-study and a request of the second unit, with a canary in every text. */
export async function foreignTraining(platform: TestPlatform, world: TwoUnits, by: By) {
  const trainingClass = await aClass(platform, world, by)
  const of = { person_no: by.person.no, organization_no: world.b.branch.no }
  const studyRecord = await planted(platform, 'learning.study_records', {
    revision: 1,
    state: 'submitted',
    kind: 'self_study',
    ...of,
    title: canary('study_records.title'),
    category: 'business',
    level: 'unit',
    held_on: '2026-10-15',
    hours: 2,
    state_reason: canary('study_records.state_reason'),
    recorded_on: '2026-10-20',
    recorded_at: at,
    recorded_by: by.accountNo,
  })
  await row(platform, 'learning.study_record_revisions', {
    record_no: studyRecord.no,
    revision: 1,
    state: 'submitted',
    body: { title: canary('study_record_revisions.body') },
    reason: canary('study_record_revisions.reason'),
    recorded_at: at,
    recorded_by: by.accountNo,
  })
  const hoursCorrection = await planted(platform, 'learning.correction_requests', {
    state: 'asked',
    ...of,
    class_no: trainingClass.no,
    text: canary('correction_requests.text'),
    asked_at: at,
    asked_by: by.accountNo,
  })
  return { trainingClass, trainingPlan: await aPlan(platform, world, by), studyRecord, hoursCorrection }
}

const post = (path: string, body: unknown): WriteAsked => ({ method: 'POST', path: `/api/v1${path}`, body })
const why = { reason: '核对后办理' }
const aClassBody = {
  title: '一个班',
  targetGroup: 'activist',
  sessions: [{ title: '一课', heldOn: '2026-11-20', hours: 2, category: 'political_theory' }],
}
const aPlanBody = { title: '培训计划', items: [{ title: '一个班', targetGroup: 'activist', month: 3, hours: 2 }] }
const study = { title: '学习文件', category: 'political_theory', heldOn: '2026-11-20', hours: 2 }

/** Acts on training of the second unit. */
export function writesOnTraining(t: Target, world: TwoUnits): WriteAsked[] {
  const own = { ...aClassBody, organizationId: world.a.branch.id }
  const at = `/training-classes/${t.trainingClass}`
  return [
    post('/training-classes', { ...aClassBody, organizationId: t.branch }),
    post(`${at}/correct`, { ...own, revision: 2, ...why }),
    post(`${at}/participants`, { personIds: [world.own.person.id] }),
    post(`${at}/attendance`, { revision: 2, ...why }),
    post(`${at}/withdraw`, why),
    post('/training-plans', { ...aPlanBody, organizationId: t.branch, year: 2027 }),
    post(`/training-plans/${t.trainingPlan}/correct`, { ...aPlanBody, revision: 1, ...why }),
    post(`/training-plans/${t.trainingPlan}/withdraw`, why),
    post(`/hours/${t.studyRecord}/correct`, { ...study, revision: 1, ...why }),
    post(`/hours/${t.studyRecord}/withdraw`, why),
    post(`/hours/${t.studyRecord}/confirm`, { accepted: true }),
    post('/hours', { ...study, kind: 'sent_out', personId: t.person }),
    post('/hours/corrections', { about: t.trainingClass, text: '学时不对' }),
    post(`/hours/corrections/${t.hoursCorrection}/answer`, { answer: '已经更正' }),
  ]
}

/** A foreign person on the list of one's own class. */
export function smuggledTraining(t: Target, world: TwoUnits): WriteAsked[] {
  return [post('/training-classes', { ...aClassBody, organizationId: world.a.branch.id, personIds: [t.person] })]
}
