import { sql } from 'kysely'
import type { Platform } from '../../kernel/platform.ts'
import { addDays, type CivilDate } from '../../kernel/time/civil-date.ts'
import { ceremonies } from '../../modules/orglife/ceremonies/ceremonies.contract.ts'
import type { EntryKind } from '../../modules/orglife/entries/entry-kind.contract.ts'
import { heartTalks } from '../../modules/orglife/heart-talks/heart-talks.contract.ts'
import { entryActionsOf, fixThemeDayAction } from '../../modules/orglife/index.ts'
import { talks } from '../../modules/orglife/talks/talks.contract.ts'
import { actingBefore, idsIn, stageOf } from './acting.ts'

/** A ceremony, a talk and some heart talks of the shown branch, entered by its secretary as anybody would. */
export async function entriesCourse(platform: Platform, today: CivilDate): Promise<void> {
  const stage = await stageOf(platform)
  if (!stage) return
  const act = await actingBefore(platform, today)
  const members = await idsIn(
    platform,
    sql`select p.id from directory.memberships m join directory.persons p on p.no = m.person_no join directory.organizations o on o.no = m.organization_no
      where o.id = ${stage.shown.id} and upper_inf(m.valid) and m.standing = 'full' and not p.exempt_from_duties and p.id <> ${stage.shown.personId}
      order by p.no`,
  )
  const record = (kind: EntryKind, ago: number, fields: Readonly<Record<string, unknown>>) => {
    const body = { organizationIds: [stage.shown.id], heldOn: addDays(today, -ago), ...fields }
    return act('zhibu', ago, [entryActionsOf(kind).record, kind.recordBody.parse(body)])
  }
  await act('zhibu', 30, [fixThemeDayAction, { organizationId: stage.shown.id, day: 15 }])
  await record(ceremonies, 12, { forms: ['oath'], attendeeIds: [stage.shown.personId, ...members], place: '党员活动室' })
  await record(talks, 9, {
    topic: '办事流程怎样少跑一趟（演示）',
    audience: 'residents',
    listeners: 18,
    place: '社区会议室',
    speakerIds: [stage.shown.personId],
  })
  const [first, second, third] = members
  if (!first || !second || !third) return
  await record(heartTalks, 7, { talkerIds: [stage.shown.personId], talkedWithIds: [first, second] })
  await record(heartTalks, 4, { talkerIds: [third], talkedWithIds: [first], occasion: 'before_meeting' })
}
