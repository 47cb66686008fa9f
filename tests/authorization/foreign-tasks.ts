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

async function aDecision(platform: TestPlatform, { b }: TwoUnits, by: By) {
  const decision = await planted(platform, 'supervision.decisions', {
    revision: 1,
    state: 'recorded',
    organization_no: b.unit.no,
    document_number: canary('decisions.document_number'),
    title: canary('decisions.title'),
    issuer: canary('decisions.issuer'),
    issued_on: '2026-10-01',
    recorded_at: at,
    recorded_by: by.accountNo,
    state_reason: canary('decisions.state_reason'),
  })
  const matter = await planted(platform, 'supervision.decision_matters', {
    decision_no: decision.no,
    position: 1,
    text: canary('decision_matters.text'),
    due_on: '2026-12-31',
  })
  await row(platform, 'supervision.decision_steps', {
    decision_no: decision.no,
    revision: 1,
    action: 'record',
    state: 'recorded',
    body: { title: canary('decision_steps.body') },
    reason: canary('decision_steps.reason'),
    acted_at: at,
    acted_by: by.accountNo,
  })
  return { decision, matter }
}

async function aPlan(platform: TestPlatform, { b }: TwoUnits, by: By): Promise<Planted> {
  const plan = await planted(platform, 'supervision.unit_plans', {
    revision: 1,
    state: 'returned',
    organization_no: b.unit.no,
    year: 2026,
    title: canary('unit_plans.title'),
    version: 1,
    state_reason: canary('unit_plans.state_reason'),
  })
  const said = { title: '方案', sections: [{ title: '目标', text: canary('unit_plan_versions.body') }], items: [] }
  const of = { plan_no: plan.no, version: 1 }
  await row(platform, 'supervision.unit_plan_versions', { ...of, body: said, written_at: at, written_by: by.accountNo })
  await row(platform, 'supervision.unit_plan_steps', {
    ...of,
    revision: 1,
    action: 'return',
    state: 'returned',
    reason: canary('unit_plan_steps.reason'),
    acted_at: at,
    acted_by: by.accountNo,
  })
  return plan
}

/** A decision with a matter and a task of it, and an unpublished plan, of the second unit, with a canary in every text. */
export async function foreignTasks(platform: TestPlatform, world: TwoUnits, by: By) {
  const { decision, matter } = await aDecision(platform, world, by)
  const task = await planted(platform, 'supervision.tasks', {
    revision: 1,
    state: 'waiting',
    organization_no: world.b.branch.no,
    given_by_no: world.b.unit.no,
    owner_no: by.person.no,
    title: canary('tasks.title'),
    criterion: canary('tasks.criterion'),
    due_on: '2026-11-10',
    decision_no: decision.no,
    matter_no: matter.no,
    given_on: '2026-10-20',
    given_at: at,
    given_by: by.accountNo,
    waiting_since: '2026-11-05',
    waiting_for: canary('tasks.waiting_for'),
    report: canary('tasks.report'),
    verification: canary('tasks.verification'),
  })
  await row(platform, 'supervision.task_steps', {
    task_no: task.no,
    revision: 1,
    action: 'give',
    state: 'assigned',
    body: { criterion: canary('task_steps.body') },
    reason: canary('task_steps.reason'),
    acted_on: '2026-11-22',
    acted_at: at,
    acted_by: by.accountNo,
  })
  await planted(platform, 'supervision.task_evidence', {
    task_no: task.no,
    kind: 'paper',
    title: canary('task_evidence.title'),
    said: canary('task_evidence.said'),
    linked_on: '2026-11-01',
    linked_at: at,
    linked_by: by.accountNo,
  })
  return { decision, task, unitPlan: await aPlan(platform, world, by) }
}

const post = (path: string, body: unknown): WriteAsked => ({ method: 'POST', path: `/api/v1${path}`, body })
const why = { reason: '照批复办理' }
const dueOn = '2026-12-20'
const draftOf = (organizationId: string, ownerId: string) => ({ organizationId, ownerId, dueOn, criterion: '三户都走访到' })

/** Every act on decisions, tasks and unit plans. */
export function writesOnTasks(t: Target): WriteAsked[] {
  const [decision, task, plan] = [`/decisions/${t.decision}`, `/tasks/${t.task}`, `/unit-plans/${t.unitPlan}`]
  const tasks = [draftOf(t.branch, t.person)]
  const words = { documentNumber: '市发1号', title: '通知', issuer: '市委', issuedOn: '2026-11-01' }
  const matters = [{ text: '一个要点', dueOn }]
  const body = { title: '方案', sections: [{ title: '目标', text: '走在前列' }] }
  return [
    post('/decisions', { organizationId: t.unit, ...words, matters }),
    post(`${decision}/correct`, { revision: 1, ...words, matters, ...why }),
    post(`${decision}/tasks`, { matterId: 'pnt_0000000000', tasks }),
    post(`${decision}/close`, {}),
    post(`${decision}/reopen`, why),
    post(`${decision}/withdraw`, why),
    post('/tasks', { title: '走访党员', tasks }),
    post(`${task}/parts`, { tasks }),
    post(`${task}/evidence`, { kind: 'paper', said: '登记表' }),
    post(`${task}/evidence/remove`, { evidenceId: 'evd_0000000000', ...why }),
    post(`${task}/report`, { report: '已经办完' }),
    post(`${task}/verify`, { verification: '看过属实' }),
    post(`${task}/return`, why),
    post(`${task}/extension`, { until: '2027-01-20', ...why }),
    post(`${task}/extension/grant`, why),
    post(`${task}/extension/refuse`, why),
    post(`${task}/pause`, { waitingFor: '等批复' }),
    post(`${task}/resume`, {}),
    post(`${task}/change`, { revision: 1, criterion: '改过的标准', ...why }),
    post(`${task}/cancel`, why),
    post(`${task}/urge`, why),
    post(`${task}/reopen`, { dueOn, ...why }),
    post('/unit-plans', { organizationId: t.unit, year: 2027, ...body }),
    post(`${plan}/edit`, { revision: 1, ...body }),
    post(`${plan}/submit`, {}),
    post(`${plan}/take-back`, why),
    post(`${plan}/return`, why),
    post(`${plan}/approve`, {}),
    post(`${plan}/publish`, {}),
    post(`${plan}/amend`, why),
    post(`${plan}/drop`, why),
    post(`${plan}/tasks`, { item: '走访', tasks }),
  ]
}

/** A task of one's own branch whose owner is somebody else's person. */
export const taskWithForeignOwner = (branch: string, person: string): WriteAsked =>
  post('/tasks', { title: '走访党员', tasks: [draftOf(branch, person)] })
