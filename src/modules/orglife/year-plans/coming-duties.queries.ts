import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { calendarOf } from '../../rulebook/index.ts'
import type { MeetingKind } from '../meetings/meetings.contract.ts'
import type { OrganizationKind } from '../../directory/organizations/organizations.contract.ts'
import { kindsFor } from '../meetings/meetings.rules.ts'
import type { DutyOfYear } from './year-plans.rules.ts'

interface Rule {
  readonly code: string
  readonly kinds: string[]
  readonly least: number
}

/** Rules in force that ask for meetings of some kind. */
async function meetingRules(read: Read, today: CivilDate): Promise<Map<string, Rule>> {
  const { rows } =
    await sql<Rule>`select distinct on (r.code) r.code, array(select jsonb_array_elements_text(r.params -> 'kinds')) as kinds,
      coalesce((r.target ->> 'at_least')::int, 1) as least
    from rulebook.requirements r where r.measure = 'orglife.meetings_held' and r.enabled and r.awaits is null and r.cadence <> 'event'
      and (upper_inf(r.valid) or upper(r.valid) > ${today}::date) and r.target ? 'at_least' order by r.code, r.version desc`.execute(
      reading<'rulebook'>(read),
    )
  return new Map(rows.map((rule) => [rule.code, rule]))
}

/** What falls due of a branch in a year and is met by a meeting, by the rules, the tree and the people of today. */
export async function dutiesOfYear(
  read: Read,
  organization: { no: number; id: string; name: string; kind: string },
  asked: { year: number; today: CivilDate },
): Promise<DutyOfYear[]> {
  const rules = await meetingRules(read, asked.today)
  // What is asked for December falls due in the year after.
  const span = { from: `${asked.year}-01-01`, to: `${asked.year + 1}-02-15`, asOf: asked.today }
  const duties = await calendarOf(read, organization, { ...span, codes: [...rules.keys()] })
  const own = kindsFor(organization.kind as OrganizationKind)
  return duties
    .filter(
      ({ subject, period, status }) =>
        subject.kind === 'organization' && period.startsWith(`${asked.year}`) && status !== 'exempt',
    )
    .flatMap(({ requirement, period }) => {
      const rule = rules.get(requirement)
      if (!rule) return []
      const kinds = (rule.kinds as MeetingKind[]).filter((kind) => own.includes(kind))
      return [{ requirement, period, kinds, least: rule.least }]
    })
}
