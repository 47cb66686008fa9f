import type { Planted } from '../../src/kernel/testing/plant.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { canary, planted, row } from './canaries.ts'
import { figures, type TwoUnits } from './two-units.ts'

const at = new Date('2026-10-20T01:00:00Z')

interface By {
  readonly person: Planted
  readonly accountNo: number
}

async function rosters(platform: TestPlatform, { b }: TwoUnits, by: By) {
  const common = {
    organization_no: b.branch.no,
    account_no: by.accountNo,
    file_name: canary('roster_imports.file_name'),
    rows_read: 9413,
    mistakes_total: 1,
    created_at: at,
  }
  const mistake = { row: 2, column: '姓名', cell: 'A2', message: canary('roster_imports.mistakes'), value: '某' }
  const summary = {
    create: 9412,
    change: 0,
    unchanged: 0,
    warnings: [mistake],
    warningsTotal: 1,
    ignored: [canary('roster_imports.summary')],
    guessed: [],
  }
  const [imported, checked] = [
    await planted(platform, 'directory.roster_imports', {
      ...common,
      state: 'imported',
      imported_at: at,
      mistakes: { raw: `'${JSON.stringify([mistake])}'::jsonb` },
      summary,
    }),
    await planted(platform, 'directory.roster_imports', {
      ...common,
      state: 'checked',
      mistakes: { raw: `'${JSON.stringify([mistake])}'::jsonb` },
      summary,
    }),
  ]
  await row(platform, 'directory.roster_import_rows', {
    import_no: imported.no,
    row_number: 2,
    person_no: by.person.no,
    made: 'created',
  })
  return { imported, checked }
}

async function decisions(platform: TestPlatform, { b, requirements }: TwoUnits, by: By) {
  const decided = { subject_kind: 'o', subject_no: b.branch.no, organization_no: b.branch.no, requirement_code: 'T-hard' }
  const exemption = await planted(platform, 'rulebook.exemptions', {
    ...decided,
    valid: '[2026-01-01,2027-02-01)',
    ground: 'other',
    reason: canary('exemptions.reason'),
    decided_by: by.accountNo,
    decided_at: at,
  })
  await planted(platform, 'rulebook.exemptions', {
    ...decided,
    valid: '[2025-01-01,2025-02-01)',
    ground: 'other',
    reason: '',
    decided_by: by.accountNo,
    decided_at: at,
    revoked_at: at,
    revoked_from: '2025-01-20',
    revoke_reason: canary('exemptions.revoke_reason'),
  })
  await planted(platform, 'rulebook.declarations', {
    ...decided,
    period_no: 202609,
    reason: canary('declarations.reason'),
    declared_by: by.accountNo,
    declared_at: at,
  })
  const asked = { ...decided, period_no: 202609, reason: canary('reliefs.reason'), asked_by: by.accountNo, asked_at: at }
  const relief = await planted(platform, 'rulebook.reliefs', {
    ...asked,
    kind: 'extension',
    state: 'asked',
    until: '2026-10-20',
  })
  await planted(platform, 'rulebook.reliefs', {
    ...asked,
    kind: 'clock_stop',
    state: 'ended',
    stopped_from: '2026-09-10',
    ended_on: '2026-09-20',
    answer: canary('reliefs.answer'),
    decision_reason: canary('reliefs.decision_reason'),
  })
  await figures(platform, b, { requirementNo: requirements.hard, status: 3, figure: 9411 })
  return { exemption, relief }
}

async function told(platform: TestPlatform, { b }: TwoUnits, by: By) {
  const notice = await planted(platform, 'desk.notices', {
    account_no: by.accountNo,
    kind: 'supervision.case',
    title: canary('notices.title'),
    body: canary('notices.body'),
    link: '/cases/1',
    created_at: at,
  })
  const job = await planted(platform, 'kernel.jobs', {
    kind: 'roster',
    account_no: by.accountNo,
    organization_no: b.branch.no,
    state: 'done',
    message: canary('jobs.message'),
    result: { text: canary('jobs.result') },
    created_at: at,
    updated_at: at,
  })
  const view = await planted(platform, 'desk.saved_views', {
    account_no: by.accountNo,
    name: canary('saved_views.name'),
    filters: { text: canary('saved_views.filters') },
    shared_with_no: b.unit.no,
    kept_at: at,
  })
  return { notice, job, view }
}

/** Roster files, decisions about duties, figures, a notice and a job of the second unit. */
export async function foreignPapers(platform: TestPlatform, world: TwoUnits, by: By) {
  return {
    ...(await decisions(platform, world, by)),
    ...(await rosters(platform, world, by)),
    ...(await told(platform, world, by)),
  }
}
