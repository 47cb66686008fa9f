import { sql } from 'kysely'
import type { z } from 'zod'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { expectedAt } from './expected.queries.ts'
import { chosenOrganizations } from './meeting-body.queries.ts'
import { type AgendaCategory, type MeetingKind, meetingKinds } from './meetings.contract.ts'
import type { meetingForm } from './meeting-form.contract.ts'
import { agendaTemplates, expects, kindsFor } from './meetings.rules.ts'

type Form = z.output<(typeof meetingForm)['reply']>

/** What is most often still due at an organization: the kind held least lately among those it holds regularly. */
async function suggested(read: Read, organizationNo: number, kinds: readonly MeetingKind[]): Promise<MeetingKind> {
  const regular = kinds.filter((kind) =>
    [
      'theme_day',
      'committee_meeting',
      'members_meeting',
      'group_meeting',
      'leading_group_meeting',
      'party_committee_meeting',
    ].includes(kind),
  )
  const rows = await sql<{
    kind: MeetingKind
    last: string | null
  }>`select k.kind, max(m.held_on)::text as last from unnest(${regular as string[]}::text[]) as k (kind)
    left join orglife.meetings m on k.kind = any (m.kinds) and m.state = 'recorded' and m.organization_no = ${organizationNo}
    group by k.kind order by max(m.held_on) nulls last`.execute(reading<'orglife'>(read))
  return rows.rows.find((row) => row.last !== null)?.kind ?? regular[0] ?? kinds[0] ?? 'members_meeting'
}

async function lastAgenda(
  read: Read,
  organizationNo: number,
  kind: MeetingKind,
): Promise<{ title: string; category: AgendaCategory }[]> {
  const rows = await sql<{ title: string; category: AgendaCategory }>`select i.title, i.category from orglife.agenda_items i
    where i.meeting_no = (select m.no from orglife.meetings m where m.organization_no = ${organizationNo} and m.state = 'recorded' and ${kind} = any (m.kinds)
      order by m.held_on desc, m.no desc limit 1) order by i.position`.execute(reading<'orglife'>(read))
  return rows.rows
}

const chairs = ['branch_secretary', 'group_leader', 'general_branch_secretary', 'committee_secretary', 'leading_group_secretary']

/** Who usually takes the chair (ZB11): whoever holds the first post of the organization that day. */
async function chairOf(read: Read, organizationNo: number, day: CivilDate): Promise<string | null> {
  const holder = await reading<'directory'>(read)
    .selectFrom('directory.posts as t')
    .innerJoin('directory.persons as p', 'p.no', 't.person_no')
    .select('p.id')
    .where('t.organization_no', '=', organizationNo)
    .where('t.post', 'in', chairs)
    .where(sql<boolean>`t.valid @> ${day}::date`)
    .orderBy('t.no')
    .executeTakeFirst()
  return holder?.id ?? null
}

/** Everything the form begins with, so that nine times of ten nothing but the names of the absent is to be tapped. */
export async function meetingFormOf(
  read: Read,
  asked: { organization: string; kind?: MeetingKind | undefined; heldOn?: CivilDate | undefined },
  today: CivilDate,
): Promise<Form> {
  const [organization] = await chosenOrganizations(read, [asked.organization])
  if (!organization) throw new RangeError('no organization asked')
  const kinds = kindsFor(organization.kind)
  const kind = asked.kind ?? (await suggested(read, organization.no, kinds))
  const heldOn = asked.heldOn ?? today
  const everybody = await expectedAt(read, [organization.no], heldOn)
  const people = expects([kind]) === 'committee' ? everybody.filter((person) => person.onCommittee) : everybody
  const db = reading<'orglife' | 'directory'>(read)
  const planned = await db
    .selectFrom('orglife.meetings')
    .select(['id', 'no', 'title', 'held_on'])
    .where('organization_no', '=', organization.no)
    .where('state', '=', 'planned')
    .where('held_on', '<=', heldOn)
    .orderBy('held_on', 'desc')
    .limit(10)
    .execute()
  const leave = await db
    .selectFrom('orglife.leave_requests')
    .select(['person_no', 'reason'])
    .where('meeting_no', 'in', [0, ...planned.map((row) => row.no)])
    .execute()
  const chairId = await chairOf(read, organization.no, heldOn)
  return {
    organization: { id: organization.id, name: organization.name, kind: organization.kind },
    kinds,
    suggestedKind: kind,
    title: `${meetingKinds[kind]}（${inChinese(heldOn)}）`,
    heldOn,
    chairId,
    expected: people.map((person) => ({
      personId: person.personId,
      name: person.name,
      eligible: person.eligible,
      exempt: person.exempt,
      leave: leave.find((row) => row.person_no === person.personNo)?.reason ?? null,
    })),
    lastAgenda: await lastAgenda(read, organization.no, kind),
    template: [...(agendaTemplates[kind] ?? [{ title: '政治理论学习', category: 'political_theory' as const }])],
    planned: planned.map((row) => ({ id: row.id, title: row.title, heldOn: row.held_on })),
  }
}
