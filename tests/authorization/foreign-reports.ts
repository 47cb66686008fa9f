import type { Planted } from '../../src/kernel/testing/plant.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { canary, planted, row } from './canaries.ts'
import { aMemberRequest, onMemberRequests } from './foreign-member-requests.ts'
import type { TwoUnits } from './two-units.ts'

const at = new Date('2026-10-20T01:00:00Z')

interface By {
  readonly person: Planted
  readonly accountNo: number
  readonly file: Planted
}
/** By collection. */
export type ForeignReports = Readonly<Record<(typeof reportCollections)[number], Planted>>
export const reportCollections = [
  'request-reports',
  'member-requests',
  'circulars',
  'ideology-keepers',
  'outlets',
  'year-plans',
  'year-plan-items',
  'political-checks',
] as const

async function aRequest(platform: TestPlatform, { b }: TwoUnits, by: By): Promise<Planted> {
  const request = await planted(platform, 'orglife.request_reports', {
    revision: 1,
    state: 'received',
    kind: 'request',
    urgent: false,
    organization_no: b.branch.no,
    to_no: b.committee.no,
    at_no: b.committee.no,
    title: canary('request_reports.title'),
    content: canary('request_reports.content'),
    document_number: canary('request_reports.document_number'),
    after_reason: canary('request_reports.after_reason'),
    skip_reason: canary('request_reports.skip_reason'),
    circulated: canary('request_reports.circulated'),
    signer: canary('request_reports.signer'),
    state_reason: canary('request_reports.state_reason'),
    direct: true,
    decided: true,
    sent_on: '2026-10-20',
    sent_by: by.accountNo,
    drafted_on: '2026-10-20',
    drafted_by: by.accountNo,
  })
  const of = { request_no: request.no }
  await row(platform, 'orglife.request_steps', {
    ...of,
    revision: 1,
    action: 'send',
    state: 'sent',
    organization_no: b.branch.no,
    said: canary('request_steps.said'),
    body: { title: canary('request_steps.body') },
    acted_on: '2026-10-20',
    acted_at: at,
    acted_by: by.accountNo,
  })
  await row(platform, 'orglife.request_stations', {
    ...of,
    position: 1,
    organization_no: b.committee.no,
    arrived_on: '2026-10-20',
    due_on: '2026-11-04',
    told_reason: canary('request_stations.told_reason'),
  })
  await row(platform, 'orglife.request_copies', { ...of, organization_no: b.unit.no, from_no: b.branch.no })
  await row(platform, 'orglife.request_files', { ...of, file_no: by.file.no })
  return request
}

async function aCircular(platform: TestPlatform, { b }: TwoUnits, by: By): Promise<Planted> {
  const circular = await planted(platform, 'orglife.circulars', {
    revision: 1,
    state: 'issued',
    organization_no: b.committee.no,
    kind: 'work',
    title: canary('circulars.title'),
    content: canary('circulars.content'),
    valid_from: '2026-10-20',
    valid_until: '2026-12-31',
    issued_at: at,
    issued_by: by.accountNo,
    end_reason: canary('circulars.end_reason'),
  })
  const of = { circular_no: circular.no }
  await row(platform, 'orglife.circular_addressees', { ...of, organization_no: b.branch.no, from_no: b.committee.no })
  await row(platform, 'orglife.circular_files', { ...of, file_no: by.file.no })
  return circular
}

async function aRegister(platform: TestPlatform, { b }: TwoUnits, by: By) {
  const who = { organization_no: b.branch.no, recorded_on: '2026-10-20' }
  const keeper = await planted(platform, 'orglife.ideology_keepers', {
    ...who,
    person_no: by.person.no,
    duty: 'first',
    valid: '[2026-01-01,)',
    recorded_at: at,
    recorded_by: by.accountNo,
    end_reason: canary('ideology_keepers.end_reason'),
  })
  const outlet = await planted(platform, 'orglife.outlets', {
    ...who,
    revision: 1,
    state: 'open',
    kind: 'website',
    name: canary('outlets.name'),
    address: canary('outlets.address'),
    keeper_no: by.person.no,
    opened_on: '2025-01-01',
    review_on: '2026-10-01',
  })
  await row(platform, 'orglife.outlet_revisions', {
    outlet_no: outlet.no,
    revision: 1,
    action: 'register',
    state: 'open',
    body: { name: canary('outlet_revisions.body') },
    reason: canary('outlet_revisions.reason'),
    recorded_at: at,
    recorded_by: by.accountNo,
  })
  return { 'ideology-keepers': keeper, outlets: outlet }
}

async function aYearPlan(platform: TestPlatform, { b }: TwoUnits, by: By) {
  const plan = await planted(platform, 'orglife.year_plans', {
    revision: 1,
    state: 'approved',
    organization_no: b.branch.no,
    year: 2027,
    approved_on: '2026-10-20',
    approval: canary('year_plans.approval'),
    drafted_on: '2026-10-20',
  })
  const item = await planted(platform, 'orglife.year_plan_items', {
    plan_no: plan.no,
    month: 3,
    kind: 'theme_day',
    title: canary('year_plan_items.title'),
    requirements: [],
    state: 'planned',
    reason: canary('year_plan_items.reason'),
  })
  await row(platform, 'orglife.year_plan_steps', {
    plan_no: plan.no,
    revision: 1,
    action: 'propose',
    said: canary('year_plan_steps.said'),
    reason: canary('year_plan_steps.reason'),
    body: { raw: `'[{"title": "${canary('year_plan_steps.body')}"}]'::jsonb` },
    acted_at: at,
    acted_by: by.accountNo,
  })
  return { 'year-plans': plan, 'year-plan-items': item }
}

async function aPoliticalCheck(platform: TestPlatform, { b }: TwoUnits, by: By): Promise<Planted> {
  const check = await planted(platform, 'orglife.political_checks', {
    revision: 1,
    state: 'answered',
    organization_no: b.branch.no,
    by_no: b.committee.no,
    period_from: '2026-01-01',
    period_to: '2026-10-20',
    filled_on: '2026-10-20',
    started_on: '2026-10-20',
    conclusion: canary('political_checks.conclusion'),
    concluded_on: '2026-10-20',
    answer: canary('political_checks.answer'),
    answered_on: '2026-10-20',
    withdraw_reason: canary('political_checks.withdraw_reason'),
  })
  await row(platform, 'orglife.political_check_lines', {
    check_no: check.no,
    position: 1,
    code: 'life',
    question: canary('political_check_lines.question'),
    figures: { raw: `'[{"label": "${canary('political_check_lines.figures')}", "value": "1", "link": null}]'::jsonb` },
    verdict: 'mostly',
    finding: canary('political_check_lines.finding'),
  })
  await row(platform, 'orglife.political_check_steps', {
    check_no: check.no,
    revision: 1,
    action: 'start',
    said: canary('political_check_steps.said'),
    acted_at: at,
    acted_by: by.accountNo,
  })
  return check
}

/** Papers, notices, registers and plans of the second unit, with a canary in every text. */
export async function foreignReports(platform: TestPlatform, world: TwoUnits, by: By): Promise<ForeignReports> {
  return {
    'request-reports': await aRequest(platform, world, by),
    'member-requests': await aMemberRequest(platform, world, by),
    circulars: await aCircular(platform, world, by),
    ...(await aRegister(platform, world, by)),
    ...(await aYearPlan(platform, world, by)),
    'political-checks': await aPoliticalCheck(platform, world, by),
  }
}

interface Asked {
  readonly method: 'POST'
  readonly path: string
  readonly body: unknown
}
const post = (path: string, body: unknown): Asked => ({ method: 'POST', path: `/api/v1${path}`, body })
const why = { reason: '核对后办理' }

function onRequests(id: string, on: { theirs: string; superior: string }): Asked[] {
  const paper = { kind: 'request', title: '购置桌椅', content: '拟购置三十套', toId: on.superior }
  const step = (verb: string, body: object = {}) => post(`/request-reports/${id}/${verb}`, body)
  return [
    post('/request-reports', { ...paper, organizationId: on.theirs }),
    step('edit', { ...paper, revision: 1 }),
    step('send'),
    step('withdraw', why),
    step('supplement', { circulated: '传批审定' }),
    step('receive'),
    step('tell-delay', { until: '2026-12-20', ...why }),
    step('return', { ground: 'other', ...why }),
    step('pass-up', { opinion: '拟同意' }),
    step('answer', { answer: '同意' }),
    step('follow-up', { report: '已经办好' }),
    step('close'),
  ]
}

function onRegister(ids: Readonly<Record<string, string>>, on: { theirs: string; person: string }): Asked[] {
  const outlet = { kind: 'website', name: '网站', keeperId: on.person, openedOn: '2026-01-01', reviewOn: '2027-06-30' }
  const [keeper, at] = [ids['ideology-keepers'] ?? '', `/outlets/${ids['outlets'] ?? ''}`]
  return [
    post('/ceremonies/birthdays', { organizationId: on.theirs, on: true }),
    post('/ideology-keepers', { organizationId: on.theirs, personId: on.person, duty: 'direct', from: '2026-11-01' }),
    post(`/ideology-keepers/${keeper}/end`, { on: '2026-11-20', ...why }),
    post('/outlets', { ...outlet, organizationId: on.theirs }),
    post(`${at}/correct`, { ...outlet, revision: 1, ...why }),
    post(`${at}/review`, { reviewOn: '2027-06-30', ...why }),
    post(`${at}/close`, { on: '2026-11-20', ...why }),
  ]
}

function onPlans(ids: Readonly<Record<string, string>>, on: { theirs: string }): Asked[] {
  const [plan, itemId] = [`/year-plans/${ids['year-plans'] ?? ''}`, ids['year-plan-items'] ?? '']
  const circular = { toIds: [on.theirs], kind: 'work', title: '通知', content: '请各支部安排', validUntil: '2026-12-31' }
  return [
    post('/circulars', { ...circular, organizationId: on.theirs }),
    post(`/circulars/${ids['circulars'] ?? ''}/withdraw`, why),
    post('/year-plans', { organizationId: on.theirs, year: 2026 }),
    post(`${plan}/add`, { month: 4, kind: 'lecture', title: '党课' }),
    post(`${plan}/move`, { itemId, month: 5, ...why }),
    post(`${plan}/cancel`, { itemId, ...why }),
    post(`${plan}/restore`, { itemId }),
    post(`${plan}/approve`, { approval: '支委会通过' }),
    post(`${plan}/meetings`, { itemId }),
  ]
}

function onChecks(id: string, on: { theirs: string; superior: string }): Asked[] {
  const step = (verb: string, body: object = {}) => post(`/political-checks/${id}/${verb}`, body)
  return [
    post('/political-checks', { organizationId: on.theirs, byId: on.superior, from: '2026-01-01', to: '2026-10-31' }),
    step('fill'),
    step('find', { code: 'life', verdict: 'mostly', finding: '会议按月开' }),
    step('conclude', { conclusion: '总体正常' }),
    step('answer', { answer: '照此改进' }),
    step('withdraw', why),
  ]
}

/** Every act on them, with a body that would do if they were one's own. */
export function writesOnReports(
  ids: Readonly<Record<string, string>>,
  on: { theirs: string; superior: string; person: string },
): Asked[] {
  return [
    ...onRequests(ids['request-reports'] ?? '', on),
    ...onMemberRequests(ids['member-requests'] ?? ''),
    ...onRegister(ids, on),
    ...onPlans(ids, on),
    ...onChecks(ids['political-checks'] ?? '', on),
  ]
}
