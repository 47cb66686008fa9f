import type { Planted } from '../../src/kernel/testing/plant.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { canary, planted, row } from './canaries.ts'
import type { TwoUnits } from './two-units.ts'

const at = new Date('2026-10-20T01:00:00Z')

/** The second unit's frozen month, superseded once, replayed once, with its frozen figures. */
export async function foreignSnapshots(
  platform: TestPlatform,
  { b }: TwoUnits,
  by: { accountNo: number },
): Promise<{ snapshot: Planted }> {
  const digest = 'e'.repeat(64)
  const frozen = {
    organization_no: b.unit.no,
    period_no: 202609,
    state: 'frozen',
    as_of: '2026-10-20',
    note: canary('snapshots.note'),
    requested_by: by.accountNo,
    requested_at: at,
    frozen_at: at,
    file_sha256: digest,
    file_bytes: 9,
    content_sha256: digest,
    signature: 'AA==',
    head: { schema: canary('snapshots.head'), measures: [], rules: [] },
    sections: { raw: `'[]'::jsonb` },
  }
  const earlier = await planted(platform, 'rulebook.snapshots', frozen)
  const snapshot = await planted(platform, 'rulebook.snapshots', {
    ...frozen,
    supersedes_no: earlier.no,
    supersede_reason: canary('snapshots.supersede_reason'),
  })
  const key = { snapshot_no: snapshot.no, period_no: 202609, requirement_no: 1, organization_no: b.branch.no }
  const counted = { numerator: 0, denominator: 1 }
  const subject = { subject_kind: 'o', subject_no: b.branch.no }
  await row(platform, 'rulebook.snapshot_obligations', { ...key, ...subject, ...counted, status: 4, due_on: '2026-09-30' })
  await row(platform, 'rulebook.snapshot_evidence', {
    ...key,
    ...subject,
    ...counted,
    record_kind: 'meeting',
    record_no: 1,
    recorded_on: '2026-09-30',
  })
  await row(platform, 'rulebook.snapshot_cells', {
    ...key,
    organization_no: b.unit.no,
    ...counted,
    met: 0,
    met_late: 0,
    unmet: 0,
    not_reported: 1,
    exempt: 0,
  })
  await planted(platform, 'rulebook.snapshot_replays', {
    snapshot_no: snapshot.no,
    state: 'done',
    outcome: 'differs',
    found: { says: canary('snapshot_replays.found') },
    started_at: at,
    ended_at: at,
  })
  return { snapshot }
}
