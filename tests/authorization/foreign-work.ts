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

async function aWorkRecord(platform: TestPlatform, { b }: TwoUnits, by: By): Promise<Planted> {
  const record = await planted(platform, 'orglife.work_records', {
    revision: 1,
    state: 'recorded',
    organization_no: b.branch.no,
    title: canary('work_records.title'),
    content: canary('work_records.content'),
    held_on: '2026-10-15',
    place: canary('work_records.place'),
    result: canary('work_records.result'),
    recorded_on: '2026-10-20',
    recorded_at: at,
    recorded_by: by.accountNo,
    late_reason: canary('work_records.late_reason'),
  })
  const of = { record_no: record.no }
  await row(platform, 'orglife.work_record_organizations', { ...of, organization_no: b.branch.no, held_on: '2026-10-15' })
  await row(platform, 'orglife.work_record_tags', { ...of, tag: 'visit' })
  await row(platform, 'orglife.work_record_persons', { ...of, person_no: by.person.no, held_on: '2026-10-15' })
  await row(platform, 'orglife.work_record_files', { ...of, file_no: by.file.no })
  await row(platform, 'orglife.work_record_links', { ...of, kind: 'meeting', linked_id: canary('work_record_links.linked_id') })
  await row(platform, 'orglife.work_record_grades', {
    ...of,
    revision: 1,
    tag: 'visit',
    grade: 'good',
    reason: canary('work_record_grades.reason'),
    graded_on: '2026-10-21',
    graded_at: at,
    graded_by: by.accountNo,
  })
  await row(platform, 'orglife.work_record_revisions', {
    ...of,
    revision: 1,
    state: 'recorded',
    body: { content: canary('work_record_revisions.body') },
    reason: canary('work_record_revisions.reason'),
    recorded_at: at,
    recorded_by: by.accountNo,
  })
  return record
}

async function aDetermination(platform: TestPlatform, { b }: TwoUnits, by: By): Promise<Planted> {
  const determination = await planted(platform, 'rulebook.determinations', {
    revision: 1,
    state: 'objected',
    requirement_code: 'T-hard',
    matter: 'T1',
    organization_no: b.branch.no,
    period_no: 202610,
    met: false,
    seen: canary('determinations.seen'),
    seen_on: '2026-10-15',
    manner: 'on_the_spot',
    stated_on: '2026-10-20',
    stated_at: at,
    stated_by: by.accountNo,
    object_until: '2026-11-30',
    objection: canary('determinations.objection'),
    objected_at: at,
    objected_by: by.accountNo,
  })
  await row(platform, 'rulebook.determination_evidence', {
    determination_no: determination.no,
    kind: 'record',
    reference: canary('determination_evidence.reference'),
  })
  await row(platform, 'rulebook.determination_revisions', {
    determination_no: determination.no,
    revision: 1,
    state: 'stated',
    body: { seen: canary('determination_revisions.body') },
    reason: canary('determination_revisions.reason'),
    recorded_at: at,
    recorded_by: by.accountNo,
  })
  return determination
}

/** A work record and a determination of the second unit, with a canary in every text. */
export async function foreignWork(platform: TestPlatform, world: TwoUnits, by: By) {
  return {
    workRecord: await aWorkRecord(platform, world, by),
    determination: await aDetermination(platform, world, by),
  }
}
