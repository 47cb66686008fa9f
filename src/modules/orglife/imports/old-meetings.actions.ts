import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { bodyOf } from '../meetings/meeting-body.queries.ts'
import { countedAsStored, countedOf, meetingFacts } from '../meetings/meeting-facts.queries.ts'
import { agendaCategories, meetingKinds, recordMeetingBody } from '../meetings/meetings.contract.ts'
import { changeState, findMeeting, insertMeeting } from '../meetings/meetings.store.ts'
import type { SheetRecords } from './imports.actions.ts'
import './imports.policy.ts'
import { type OldMeeting, oldMeeting, oldMeetingsSheet } from './old-meetings.contract.ts'
import { meetingColumns, meetingIn, type SheetMeeting } from './old-meetings.rules.ts'
import { rosterOf } from './roster.queries.ts'
import { peopleCalled, refusedIn } from './row-faults.rules.ts'

/** What a field of the record is called in the sheet. */
const columns: Readonly<Record<string, string>> = {
  kinds: '类别',
  title: '名称',
  heldOn: '召开日期',
  place: '地点',
  agenda: '议程',
  chairId: '主持人',
  speakerId: '主讲人',
  absent: '缺席',
  minutes: '纪要',
  resolutions: '决议',
}
const columnOf = (field: string): string => columns[field.split('.')[0] ?? ''] ?? '名称'

/** The record as the form would have sent it. */
const recordOf = (meeting: OldMeeting, organizationId: string) =>
  recordMeetingBody.parse({ ...meeting, organizationIds: [organizationId] })

function withPeople(
  meeting: SheetMeeting,
  people: readonly { personId: string; name: string }[],
  fault: (column: string, message: string) => void,
): unknown {
  const named = (column: string, name: string) => peopleCalled([name], people, (message) => fault(column, message))[0]
  const { row: _, place, chair, speaker, minutes, absent, ...rest } = meeting
  return {
    ...rest,
    ...(place && { place }),
    ...(minutes && { minutes }),
    ...(chair && { chairId: named('主持人', chair) }),
    ...(speaker && { speakerId: named('主讲人', speaker) }),
    absent: absent.flatMap(({ name, reason }) => {
      const personId = named('缺席', name)
      return personId ? [{ personId, reason }] : []
    }),
  }
}

const keyOf = ({ title, heldOn }: { title: string; heldOn: string }) => `${heldOn} ${title}`

async function standing(read: Read, organizationNo: number, meetings: readonly { heldOn: string }[]): Promise<Set<string>> {
  const { rows } = await sql<{
    title: string
    heldOn: string
  }>`select m.title, m.held_on::text as "heldOn" from orglife.meetings m
    join orglife.meeting_organizations o on o.meeting_no = m.no where o.organization_no = ${organizationNo} and m.state = 'recorded'
      and m.held_on = any (${meetings.map(({ heldOn }) => heldOn)}::date[])`.execute(reading<'orglife'>(read))
  return new Set(rows.map(keyOf))
}

const checked: SheetRecords<OldMeeting>['checked'] = async (read, { organization, today, rows, faults }) => {
  const people = rosterOf(read, organization.no)
  const said = rows.flatMap((row) => {
    const before = faults.length
    const meeting = meetingIn(row)
    return meeting && faults.length === before ? [meeting] : []
  })
  const seen = await standing(read, organization.no, said)
  const records: { row: number; label: string; record: OldMeeting }[] = []
  for (const meeting of said) {
    const { row, heldOn } = meeting
    const before = faults.length
    const fault = (column: string, message: string) => void faults.push({ row, column, message })
    if (heldOn > today) fault('召开日期', '召开日期还没到。')
    if (seen.has(keyOf(meeting))) fault('名称', '这天同名的会议已经记过，或在表里写了两次。')
    seen.add(keyOf(meeting))
    const parsed = oldMeeting.safeParse(withPeople(meeting, await people(heldOn), fault))
    if (!parsed.success) for (const { path, message } of parsed.error.issues) fault(columnOf(path.join('.')), message)
    else if (faults.length === before) {
      const body = recordOf(parsed.data, organization.id)
      for (const { column, message } of await refusedIn(() => bodyOf(read, body, [organization]), columnOf))
        fault(column, message)
    }
    if (faults.length > before || !parsed.success) continue
    const away = parsed.data.absent.length > 0 ? `缺席 ${parsed.data.absent.length} 人` : '全到'
    const kinds = parsed.data.kinds.map((kind) => meetingKinds[kind]).join('、')
    records.push({ row, label: `${inChinese(heldOn)} ${meeting.title}（${kinds}，${away}）`, record: parsed.data })
  }
  return records
}

/** Old meetings from a sheet, one a row. */
export const oldMeetings: SheetRecords<OldMeeting> = {
  sheet: oldMeetingsSheet,
  permission: 'orglife.meeting',
  object: 'meeting',
  served: 'meeting',
  columns: meetingColumns,
  choices: () => Promise.resolve({ 类别: Object.values(meetingKinds), 首项类别: Object.values(agendaCategories) }),
  record: oldMeeting,
  checked,
  standing,
  keyOf,
  enter: async (work, { organization, today, record, lateReason }) => {
    if (record.heldOn > today)
      throw new Problem('orglife.held_in_future', { errors: [{ field: 'heldOn', message: '召开日期还没到。' }] })
    const body = await bodyOf(work.tx, recordOf(record, organization.id), [organization])
    const entered = await insertMeeting(work, body, { state: 'recorded', lateReason })
    return { ...entered, heldOn: body.heldOn, revision: 1, touched: meetingFacts(countedOf(body)) }
  },
  takeBack: async (work, { no, revision, reason }) => {
    const row = await reading<'orglife'>(work.tx)
      .selectFrom('orglife.meetings')
      .select(['id', 'revision', 'state'])
      .where('no', '=', no)
      .executeTakeFirst()
    if (!row || row.revision !== revision || row.state !== 'recorded') return null
    const meeting = await findMeeting(work.tx, row.id)
    const touched = meetingFacts(await countedAsStored(work.tx, no))
    if (!meeting || !(await changeState(work, meeting, { state: 'withdrawn', reason })))
      throw new Problem('kernel.changed_meanwhile')
    return { id: row.id, touched }
  },
}
