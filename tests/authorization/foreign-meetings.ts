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
interface Made {
  readonly recorded: Planted
  readonly planned: Planted
}

async function headsAndRevisions(
  platform: TestPlatform,
  { b }: TwoUnits,
  { recorded, planned: plannedMeeting, by }: Made & { by: By },
): Promise<void> {
  const of = { meeting_no: recorded.no }
  for (const { no, day } of [
    { no: recorded.no, day: '2026-10-15' },
    { no: plannedMeeting.no, day: '2026-11-25' },
  ]) {
    await row(platform, 'orglife.meeting_organizations', {
      meeting_no: no,
      organization_no: b.branch.no,
      held_on: day,
      expected: 9417,
      present: 9416,
      eligible: 9415,
      eligible_present: 9414,
    })
  }
  await row(platform, 'orglife.meeting_revisions', {
    ...of,
    revision: 1,
    state: 'recorded',
    body: { title: canary('meeting_revisions.body') },
    reason: canary('meeting_revisions.reason'),
    recorded_at: at,
    recorded_by: by.accountNo,
  })
  await row(platform, 'orglife.meeting_revisions', {
    meeting_no: plannedMeeting.no,
    revision: 1,
    state: 'planned',
    body: { title: canary('meeting_revisions.body') },
    recorded_at: at,
    recorded_by: by.accountNo,
  })
}

async function details(platform: TestPlatform, { b }: TwoUnits, { recorded, planned, by }: Made & { by: By }): Promise<void> {
  const of = { meeting_no: recorded.no }
  await row(platform, 'orglife.attendances', {
    ...of,
    person_no: by.person.no,
    organization_no: b.branch.no,
    presence: 'absent',
    reason: canary('attendances.reason'),
  })
  await row(platform, 'orglife.agenda_items', {
    ...of,
    position: 1,
    title: canary('agenda_items.title'),
    category: 'political_theory',
  })
  await row(platform, 'orglife.votes', {
    ...of,
    position: 1,
    matter: canary('votes.matter'),
    eligible: 9,
    present: 9,
    yes: 9,
    no_votes: 0,
    abstained: 0,
    passed: true,
  })
  await row(platform, 'orglife.resolutions', {
    ...of,
    position: 1,
    content: canary('resolutions.content'),
    owner_no: by.person.no,
  })
  await row(platform, 'orglife.meeting_files', { ...of, file_no: by.file.no })
  await row(platform, 'orglife.leave_requests', {
    meeting_no: planned.no,
    person_no: by.person.no,
    reason: canary('leave_requests.reason'),
    asked_at: at,
  })
}

/** A question about the record, seen by those above already, and a check announced to the branch. */
async function questions(platform: TestPlatform, { b }: TwoUnits, { recorded, by }: Made & { by: By }) {
  const question = await planted(platform, 'orglife.questions', {
    detector: 'on_leave',
    key: canary('questions.key'),
    organization_no: b.branch.no,
    sentence: canary('questions.sentence'),
    meeting_nos: { raw: `array[${recorded.no}]::bigint[]` },
    person_nos: { raw: `array[${by.person.no}]::bigint[]` },
    passages: [canary('questions.passages')],
    asked_on: '2026-10-20',
    seen_above_from: '2026-11-03',
    visible_above: true,
  })
  const announcedCheck = await planted(platform, 'orglife.announced_checks', {
    organization_no: b.branch.no,
    title: canary('announced_checks.title'),
    announced_on: '2026-10-20',
    visit_on: '2026-11-20',
    noted_at: at,
    noted_by: by.accountNo,
  })
  return { question, announcedCheck }
}

/** A recorded and a planned meeting of the second unit, with a canary in every text. */
export async function foreignMeetings(platform: TestPlatform, world: TwoUnits, by: By) {
  const { b } = world
  const common = {
    revision: 1,
    organization_no: b.branch.no,
    kinds: ['members_meeting'],
    chair_no: by.person.no,
    speaker_no: by.person.no,
  }
  const recorded = await planted(platform, 'orglife.meetings', {
    ...common,
    state: 'recorded',
    title: canary('meetings.title'),
    held_on: '2026-10-15',
    place: canary('meetings.place'),
    minutes: canary('meetings.minutes'),
    first_category: 'political_theory',
    recorded_on: '2026-10-20',
    recorded_at: at,
    recorded_by: by.accountNo,
    late_reason: canary('meetings.late_reason'),
    state_reason: canary('meetings.state_reason'),
  })
  const plannedMeeting = await planted(platform, 'orglife.meetings', {
    ...common,
    state: 'planned',
    title: canary('meetings.title.planned'),
    held_on: '2026-11-25',
    planned_at: at,
  })
  const made = { recorded, planned: plannedMeeting, by }
  await headsAndRevisions(platform, world, made)
  await details(platform, world, made)
  return { recorded, plannedMeeting, ...(await questions(platform, world, made)) }
}
