import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { bodyOf, type ChosenOrganization, chosenOrganizations } from '../meetings/meeting-body.queries.ts'
import { type Expected, expectedAt } from '../meetings/expected.queries.ts'
import { recordMeetingBody } from '../meetings/meetings.contract.ts'
import { type ImportFault, type OldMeeting, oldMeeting } from './imports.contract.ts'
import type { SheetColumn, SheetMeeting } from './sheet.rules.ts'

/** What a field of the record is called in the sheet. */
const columns: Readonly<Record<string, SheetColumn>> = {
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
export const recordOf = (meeting: OldMeeting, organizationId: string) =>
  recordMeetingBody.parse({ ...meeting, organizationIds: [organizationId] })

type Named = { id: string } | { message: string }

function personCalled(name: string, people: readonly Expected[]): Named {
  const found = people.filter((person) => person.name === name)
  if (found.length > 1) return { message: `有 ${found.length} 位“${name}”，这一次请在页面上单独补记。` }
  const [person] = found
  return person ? { id: person.personId } : { message: `那天的名单里没有“${name}”，请核对姓名和日期。` }
}

/** People of a day, asked once for each day. */
function roster(read: Read, organization: ChosenOrganization): (day: string) => Promise<Expected[]> {
  const known = new Map<string, Promise<Expected[]>>()
  return (day) => {
    const people = known.get(day) ?? expectedAt(read, [organization.no], day)
    known.set(day, people)
    return people
  }
}

function withPeople(
  meeting: SheetMeeting,
  people: readonly Expected[],
  fault: (column: SheetColumn, message: string) => void,
): unknown {
  const named = (column: SheetColumn, name: string): string | undefined => {
    const found = personCalled(name, people)
    if ('id' in found) return found.id
    fault(column, found.message)
    return undefined
  }
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

/** Titles and days of what stands recorded already, so that nothing is recorded twice. */
export async function alreadyHeld(
  read: Read,
  organizationNo: number,
  meetings: readonly { title: string; heldOn: string }[],
): Promise<Set<string>> {
  const { rows } = await sql<{
    title: string
    heldOn: string
  }>`select m.title, m.held_on::text as "heldOn" from orglife.meetings m
    join orglife.meeting_organizations o on o.meeting_no = m.no where o.organization_no = ${organizationNo} and m.state = 'recorded'
      and m.held_on = any (${meetings.map(({ heldOn }) => heldOn)}::date[])`.execute(reading<'orglife'>(read))
  return new Set(rows.map(sameMeeting))
}
export const sameMeeting = ({ title, heldOn }: { title: string; heldOn: string }) => `${heldOn} ${title}`

/** What the rules of meetings say against one, in the words of the sheet. */
async function refusal(
  read: Read,
  organization: ChosenOrganization,
  meeting: OldMeeting,
): Promise<{ column: string; message: string }[]> {
  try {
    await bodyOf(read, recordOf(meeting, organization.id), [organization])
    return []
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const named = error.errors.map(({ field, message }) => ({ column: columnOf(field), message }))
    return named.length > 0 ? named : [{ column: '名称', message: error.detail }]
  }
}

/** Meetings of a sheet ready to be recorded, and what is wrong with the others. */
export async function checked(
  read: Read,
  asked: { organizationId: string; meetings: readonly SheetMeeting[]; today: string },
): Promise<{ meetings: (OldMeeting & { row: number })[]; faults: ImportFault[] }> {
  const [organization] = await chosenOrganizations(read, [asked.organizationId])
  if (!organization) throw new Problem('directory.organization_not_found')
  const people = roster(read, organization)
  const seen = await alreadyHeld(read, organization.no, asked.meetings)
  const meetings: (OldMeeting & { row: number })[] = []
  const faults: ImportFault[] = []
  for (const meeting of asked.meetings) {
    const { row, heldOn } = meeting
    const own: { column: string; message: string }[] = []
    const fault = (column: string, message: string) => void own.push({ column, message })
    if (heldOn > asked.today) fault('召开日期', '召开日期还没到。')
    if (seen.has(sameMeeting(meeting))) fault('名称', '这天同名的会议已经记过，或在表里写了两次。')
    seen.add(sameMeeting(meeting))
    const parsed = oldMeeting.safeParse(withPeople(meeting, await people(heldOn), fault))
    if (!parsed.success) for (const { path, message } of parsed.error.issues) fault(columnOf(path.join('.')), message)
    else if (own.length === 0) own.push(...(await refusal(read, organization, parsed.data)))
    if (own.length === 0 && parsed.success) meetings.push({ ...parsed.data, row })
    faults.push(...own.map((one) => ({ row, ...one })))
  }
  return { meetings, faults }
}
