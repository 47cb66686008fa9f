import type { Planted } from '../../src/kernel/testing/plant.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { canary, planted, row } from './canaries.ts'
import type { TwoUnits } from './two-units.ts'

const at = new Date('2026-10-20T01:00:00Z')

/** What the second unit asks of its branch, answered once and corrected once. */
export async function foreignRequests(
  platform: TestPlatform,
  { b }: TwoUnits,
  by: { accountNo: number },
): Promise<{ dataRequest: Planted }> {
  const dataRequest = await planted(platform, 'rulebook.data_requests', {
    issuer_no: b.unit.no,
    title: canary('data_requests.title'),
    purpose: canary('data_requests.purpose'),
    kind: 'form',
    fields: { raw: `'[{"key":"f1","title":"${canary('data_requests.fields')}","kind":"text"}]'::jsonb` },
    recipient_kinds: ['branch'],
    cadence: 'once',
    first_due: '2026-11-20',
    last_day: '2026-12-31',
    minutes_estimated: 10,
    state: 'published',
    made_by: by.accountNo,
    made_at: at,
    published_by: by.accountNo,
    published_at: at,
  })
  await row(platform, 'rulebook.data_request_recipients', { request_no: dataRequest.no, organization_no: b.branch.no })
  await row(platform, 'rulebook.data_request_rounds', { request_no: dataRequest.no, due_on: '2026-11-20' })
  const answer = await planted(platform, 'rulebook.data_answers', {
    request_no: dataRequest.no,
    due_on: '2026-11-20',
    organization_no: b.branch.no,
    values: { f1: canary('data_answers.values') },
    minutes: 5,
    answered_by: by.accountNo,
    answered_at: at,
  })
  await row(platform, 'rulebook.data_answer_revisions', {
    answer_no: answer.no,
    revision: 1,
    values: { f1: canary('data_answer_revisions.values') },
    recorded_by: by.accountNo,
    recorded_at: at,
  })
  return { dataRequest }
}
