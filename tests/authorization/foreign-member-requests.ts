import type { Planted } from '../../src/kernel/testing/plant.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { canary, planted, row } from './canaries.ts'
import type { TwoUnits } from './two-units.ts'

interface By {
  readonly person: Planted
  readonly accountNo: number
}
interface Asked {
  readonly method: 'POST'
  readonly path: string
  readonly body: unknown
}
const post = (path: string, body: unknown): Asked => ({ method: 'POST', path: `/api/v1${path}`, body })

/** What a member of the second unit asked her branch. */
export async function aMemberRequest(platform: TestPlatform, { b }: TwoUnits, by: By): Promise<Planted> {
  const request = await planted(platform, 'orglife.request_reports', {
    revision: 1,
    state: 'sent',
    kind: 'request',
    urgent: false,
    organization_no: b.branch.no,
    to_no: b.branch.no,
    at_no: b.branch.no,
    asker_no: by.person.no,
    matter: 'transfer',
    desk_nos: { raw: `'{${b.branch.no}}'::bigint[]` },
    title: canary('request_reports.title'),
    content: canary('request_reports.content'),
    direct: true,
    decided: true,
    sent_on: '2026-10-20',
    sent_by: by.accountNo,
    drafted_on: '2026-10-20',
    drafted_by: by.accountNo,
  })
  const at = { request_no: request.no, organization_no: b.branch.no }
  await row(platform, 'orglife.request_stations', { ...at, position: 1, arrived_on: '2026-10-20', due_on: '2026-11-04' })
  return request
}

/** Every act on it, with a body that would do if it were one's own. */
export function onMemberRequests(id: string): Asked[] {
  const step = (verb: string, body: object = {}) => post(`/member-requests/${id}/${verb}`, body)
  return [
    step('withdraw'),
    step('answer', { answer: '同意' }),
    step('pass-up', { opinion: '请上级研究' }),
    step('tell-delay', { until: '2026-12-20', reason: '还要了解情况' }),
  ]
}
