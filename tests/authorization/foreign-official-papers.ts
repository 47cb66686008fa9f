import type { Planted } from '../../src/kernel/testing/plant.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { canary, planted, row } from './canaries.ts'
import type { TwoUnits } from './two-units.ts'

const at = new Date('2026-10-20T01:00:00Z')

/** An official paper of the second unit to its branch: a draft, or one that was issued. */
export async function aForeignPaper(
  platform: TestPlatform,
  { b }: TwoUnits,
  is: { issued: boolean; accountNo: number },
): Promise<Planted> {
  const paragraph = { kind: 'text', runs: [canary('papers.body')] }
  const made = await planted(platform, 'supervision.papers', {
    state: is.issued ? 'issued' : 'draft',
    kind: 'notice',
    organization_no: b.committee.no,
    object_kind: 'case',
    object_id: 'cas_1',
    object_revision: 1,
    title: canary('papers.title'),
    body: {
      form: 'document',
      mark: '外单位文件',
      title: '外单位的通知',
      to: ['外单位支部'],
      blocks: [paragraph],
      annexes: [],
      signer: '外单位',
      remark: null,
      copies: [],
      people: [],
    },
    series: '外单位督办',
    drafted_at: at,
    drafted_by: is.accountNo,
    ...(is.issued && {
      year: 2026,
      sequence: 1,
      number: '外单位督办〔2026〕1号',
      issued_on: '2026-10-20',
      issued_at: at,
      issued_by: is.accountNo,
      issue_reason: canary('papers.issue_reason'),
      file_sha256: 'e'.repeat(64),
    }),
  })
  await row(platform, 'supervision.paper_addressees', {
    paper_no: made.no,
    organization_no: b.branch.no,
    issuer_no: b.committee.no,
  })
  return made
}

/** Every act on papers of the second unit. */
export function writesOnPapers(
  t: { draftedPaper: string; issuedPaper: string },
  caseId: string,
): { path: string; body: unknown }[] {
  const why = { reason: '情况属实' }
  return [
    { path: '/papers', body: { kind: 'notice', object: { kind: 'case', id: caseId } } },
    { path: `/papers/${t.draftedPaper}/issue`, body: why },
    { path: `/papers/${t.issuedPaper}/withdraw`, body: why },
  ]
}
