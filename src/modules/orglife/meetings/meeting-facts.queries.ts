import { sql } from 'kysely'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import type { TouchedFacts } from '../../rulebook/index.ts'
import type { MeetingBody } from './meetings.store.ts'

/** What of a meeting is counted anywhere. */
interface Counted {
  readonly organizations: readonly number[]
  readonly heldOn: string
  readonly kinds: readonly string[]
  readonly categories: readonly string[]
  readonly resolutions: number
  /** Whoever came may owe it to an organization elsewhere: a leader who joins a branch's meeting. */
  readonly persons: readonly number[]
}

export const countedOf = (body: MeetingBody): Counted => ({
  organizations: body.organizations.map((heads) => heads.organizationNo),
  heldOn: body.heldOn,
  kinds: body.kinds,
  categories: body.agenda.map(({ category }) => category),
  resolutions: body.resolutions.length,
  persons: [...body.attendance.map(({ personNo }) => personNo), ...(body.speakerNo === null ? [] : [body.speakerNo])],
})

/** The same of a meeting as it stands, whoever came from wherever; to be asked before it is changed. */
export async function countedAsStored(read: Read, no: number): Promise<Counted> {
  const { rows } = await asEngine(read, () =>
    sql<Counted>`select m.held_on::text as "heldOn", m.kinds,
      array(select o.organization_no::int from orglife.meeting_organizations o where o.meeting_no = m.no) as organizations,
      array(select distinct i.category from orglife.agenda_items i where i.meeting_no = m.no) as categories,
      (select count(*)::int from orglife.resolutions r where r.meeting_no = m.no) as resolutions,
      array(select a.person_no::int from orglife.attendances a where a.meeting_no = m.no
        union select m.speaker_no::int where m.speaker_no is not null) as persons
    from orglife.meetings m where m.no = ${no}`.execute(reading<'orglife'>(read)),
  )
  const [found] = rows
  if (!found) throw new Error(`there is no meeting ${no}`)
  return found
}

const measures = [
  'meetings_held',
  'first_agenda_item',
  'meetings_with_item',
  'meetings_attended',
  'members_reached',
  'quorum_reached',
  'chaired_by_entitled',
  'theme_day_kept_to',
  'rectification_listed',
]

/** What meetings bear on, old and new alike: work records, resolutions that nobody took and lectures of nobody are left alone. */
export function meetingFacts(...meetings: readonly Counted[]): TouchedFacts {
  const kinds = [...new Set(meetings.flatMap((meeting) => meeting.kinds))]
  const counting = [
    ...measures,
    ...(kinds.includes('lecture') ? ['lectures_given'] : []),
    ...(meetings.some(({ resolutions }) => resolutions > 0) ? ['resolutions_settled'] : []),
  ]
  return {
    organizations: [...new Set(meetings.flatMap(({ organizations }) => organizations))],
    persons: [...new Set(meetings.flatMap(({ persons }) => persons))],
    dates: meetings.map(({ heldOn }) => heldOn),
    of: counting.map((name) => `orglife.${name}`),
    about: {
      kinds,
      'orglife.rectification_listed:after': kinds,
      'orglife.meetings_with_item:category': meetings.flatMap(({ categories }) => categories),
    },
  }
}
