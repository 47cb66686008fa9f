import type { Planted } from '../../src/kernel/testing/plant.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { canary, planted, row } from './canaries.ts'
import type { TwoUnits } from './two-units.ts'

const at = new Date('2026-10-20T01:00:00Z')

interface By {
  readonly person: Planted
  readonly accountNo: number
  readonly file: Planted
}
/** By collection. */
export type ForeignReports = Readonly<Record<(typeof reportCollections)[number], Planted>>
export const reportCollections = ['request-reports'] as const

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

/** Papers, notices, registers and plans of the second unit, with a canary in every text. */
export async function foreignReports(platform: TestPlatform, world: TwoUnits, by: By): Promise<ForeignReports> {
  return { 'request-reports': await aRequest(platform, world, by) }
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

/** Every act on them, with a body that would do if they were one's own. */
export function writesOnReports(ids: Readonly<Record<string, string>>, on: { theirs: string; superior: string }): Asked[] {
  return [...onRequests(ids['request-reports'] ?? '', on)]
}
