import type { Planted } from '../../src/kernel/testing/plant.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { canary, planted, row } from './canaries.ts'
import type { Target, WriteAsked } from './foreign-targets.ts'
import type { TwoUnits } from './two-units.ts'

const at = new Date('2026-10-20T01:00:00Z')
const device = '0123456789abcdef0123456789abcdef'

interface By {
  readonly person: Planted
  readonly accountNo: number
}

/** An inspection of the second unit's branch with a finding and a signed sheet, a canary in every text. */
export async function foreignInspections(platform: TestPlatform, { b }: TwoUnits, by: By) {
  const inspection = await planted(platform, 'supervision.inspections', {
    revision: 1,
    state: 'signed',
    manner: 'open',
    title: canary('inspections.title'),
    organization_no: b.branch.no,
    led_by_organization_no: b.unit.no,
    visit_on: '2026-10-20',
    planned_at: at,
    planned_by: by.accountNo,
    despite: canary('inspections.despite'),
    announced_at: at,
    started_at: at,
    signed_at: at,
    conclusion: canary('inspections.conclusion'),
  })
  const of = { inspection_no: inspection.no }
  await row(platform, 'supervision.inspection_inspectors', { ...of, person_no: by.person.no })
  const line = await planted(platform, 'supervision.inspection_lines', {
    ...of,
    position: 0,
    kind: 'own',
    question: canary('inspection_lines.question'),
    why: canary('inspection_lines.why'),
    revision: 1,
    answer: 'short',
    note: canary('inspection_lines.note'),
  })
  const answered = { answer: 'short', note: canary('inspection_answers.note'), answered_at: at, answered_by: by.accountNo }
  await row(platform, 'supervision.inspection_answers', { line_no: line.no, revision: 1, ...answered })
  const finding = await planted(platform, 'supervision.findings', {
    ...of,
    client_id: device,
    revision: 1,
    state: 'noted',
    organization_no: b.branch.no,
    kind: 'bad_attitude',
    seen: canary('findings.seen'),
    serious: true,
    noted_at: at,
    recorded_at: at,
    recorded_by: by.accountNo,
  })
  await itsHistory(platform, { of, finding, by })
  return { inspection, finding }
}

const post = (path: string, body: unknown): WriteAsked => ({ method: 'POST', path: `/api/v1${path}`, body })
const why = { reason: '照批复办理' }
const moment = '2026-11-20T09:00:00+08:00'
const strokes = [[1, 1, 9, 9]]

/** Every act on inspections and their findings. */
export function writesOnInspections(t: Target): WriteAsked[] {
  const [inspection, finding] = [`/inspections/${t.inspection}`, `/findings/${t.finding}`]
  const seen = { kind: 'other', seen: '看到的情况' }
  return [
    post('/inspections', {
      title: '窗口检查',
      manner: 'open',
      organizationIds: [t.branch],
      inspectorIds: [t.person],
      visitOn: '2026-12-20',
    }),
    post(`${inspection}/announce`, {}),
    post(`${inspection}/checklist`, { revision: 1, lines: [] }),
    post(`${inspection}/start`, {}),
    post(`${inspection}/answers`, { answers: [{ line: 'lin_none', over: 0, answer: 'good' }] }),
    post(`${inspection}/sign`, {
      clientId: device,
      covers: [],
      signatures: [{ side: 'inspector', name: '某人', strokes }],
      refusal: '不同意',
      signedAt: moment,
    }),
    post(`${inspection}/remark`, { remark: '已经改正' }),
    post(`${inspection}/close`, { conclusion: '总体较好' }),
    post(`${inspection}/cancel`, why),
    post(`${inspection}/resume`, why),
    post('/findings', { inspectionId: t.inspection, clientId: device, ...seen, notedAt: moment }),
    post(`${finding}/amend`, { revision: 1, ...seen, ...why }),
    post(`${finding}/withdraw`, why),
    post(`${finding}/propose`, {}),
    post(`${finding}/hand-over`, why),
  ]
}

interface Past {
  readonly of: { readonly inspection_no: number }
  readonly finding: Planted
  readonly by: By
}

/** What was written about it since: a revision, a signed sheet, a step. */
async function itsHistory(platform: TestPlatform, { of, finding, by }: Past): Promise<void> {
  const step = { revision: 1, acted_at: at, acted_by: by.accountNo }
  await row(platform, 'supervision.finding_revisions', {
    finding_no: finding.no,
    action: 'record',
    body: { seen: canary('finding_revisions.body') },
    reason: canary('finding_revisions.reason'),
    ...step,
  })
  await row(platform, 'supervision.inspection_sheets', {
    ...of,
    client_id: device,
    covers: [device],
    signatures: {
      raw: `'[{"side": "visited", "name": "${canary('inspection_sheets.signatures')}", "strokes": [[1, 1, 9, 9]]}]'::jsonb`,
    },
    refusal: canary('inspection_sheets.refusal'),
    signed_at: at,
    recorded_at: at,
    recorded_by: by.accountNo,
  })
  await row(platform, 'supervision.inspection_steps', {
    ...of,
    action: 'plan',
    state: 'planned',
    body: { said: canary('inspection_steps.body') },
    reason: canary('inspection_steps.reason'),
    ...step,
  })
}
