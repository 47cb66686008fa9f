import type { Planted } from '../../src/kernel/testing/plant.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { canary, planted, row } from './canaries.ts'
import type { Target, WriteAsked } from './foreign-targets.ts'
import type { TwoUnits } from './two-units.ts'

const at = new Date('2026-10-20T01:00:00Z')

const step = (platform: TestPlatform, of: { kind: string; no: number; state: string; by: number }) =>
  row(platform, 'supervision.record_steps', {
    kind: of.kind,
    record_no: of.no,
    revision: 1,
    action: 'write',
    state: of.state,
    body: { said: canary('record_steps.body') },
    signed_as: canary('record_steps.signed_as'),
    acted_at: at,
    acted_by: of.by,
  })

/** An example that is not published, with a record behind it, and a lasting rule of the second unit. */
export async function foreignPractices(
  platform: TestPlatform,
  { b }: TwoUnits,
  by: { accountNo: number; recorded: Planted; supervised: Planted },
): Promise<{ example: Planted; exampleLink: Planted; localRule: Planted }> {
  const example = await planted(platform, 'supervision.examples', {
    revision: 1,
    state: 'drafted',
    organization_no: b.branch.no,
    title: canary('examples.title'),
    dimension: 'D3',
    practice: canary('examples.practice'),
    effect: canary('examples.effect'),
    written_on: '2026-10-20',
    written_by: by.accountNo,
  })
  await step(platform, { kind: 'example', no: example.no, state: 'drafted', by: by.accountNo })
  const exampleLink = await planted(platform, 'supervision.example_links', {
    example_no: example.no,
    kind: 'meeting',
    reference: by.recorded.id,
    linked_at: at,
    linked_by: by.accountNo,
  })
  const localRule = await planted(platform, 'supervision.local_rules', {
    revision: 1,
    state: 'in_force',
    organization_no: b.branch.no,
    kind: 'funds',
    title: canary('local_rules.title'),
    number: canary('local_rules.number'),
    gist: canary('local_rules.gist'),
    in_force_from: '2026-01-01',
    review_on: '2026-12-01',
    origin_kind: 'case',
    origin_id: by.supervised.id,
    entered_on: '2026-10-20',
    entered_by: by.accountNo,
  })
  await step(platform, { kind: 'local_rule', no: localRule.no, state: 'in_force', by: by.accountNo })
  return { example, exampleLink, localRule }
}

const post = (path: string, body: unknown): WriteAsked => ({ method: 'POST', path: `/api/v1${path}`, body })
const why = { reason: '照批复办理' }
const said = { title: '三步补课法', dimension: 'D3', practice: '先记后补', effect: '补齐了' }
const rule = { title: '议事规则', inForceFrom: '2026-11-01', reviewOn: '2027-11-01' }

/** Every act on examples and lasting rules. */
export function writesOnPractices(t: Target): WriteAsked[] {
  const [example, local] = [`/examples/${t.example}`, `/local-rules/${t.localRule}`]
  return [
    post('/examples', { organizationId: t.branch, ...said }),
    post(`${example}/amend`, { revision: 1, ...said }),
    post(`${example}/link`, { kind: 'meeting', reference: t.recorded }),
    post(`${example}/unlink`, { linkId: t.exampleLink }),
    post(`${example}/propose`, {}),
    post(`${example}/review`, { opinion: '管用' }),
    post(`${example}/return`, why),
    post(`${example}/publish`, why),
    post(`${example}/withdraw`, why),
    post('/local-rules', { organizationId: t.branch, kind: 'funds', ...rule }),
    post(`${local}/review`, { reviewOn: '2027-12-01', ...why }),
    post(`${local}/revise`, { ...rule, ...why }),
    post(`${local}/amend`, { revision: 1, kind: 'funds', ...rule, ...why }),
    post(`${local}/repeal`, why),
  ]
}

/** One's own examples and rules that drag foreign records and files in. */
export function smuggledPractices(own: string, t: Target): WriteAsked[] {
  return [
    post('/examples', { organizationId: own, ...said, records: [{ kind: 'meeting', reference: t.recorded }] }),
    post('/examples', { organizationId: own, ...said, records: [{ kind: 'task', reference: t.task }] }),
    post('/local-rules', { organizationId: own, kind: 'funds', ...rule, originKind: 'problem', originId: t.problem }),
    post('/local-rules', { organizationId: own, kind: 'funds', ...rule, fileId: t.file }),
  ]
}
