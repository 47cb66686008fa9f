import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { allowsAll } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { addDays, type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { type Period, period } from '../../../kernel/time/period.ts'
import type { showLateness } from './lateness.contract.ts'
import './lateness.contract.ts'
import { shareOf } from './questions.rules.ts'

type Reply = z.output<(typeof showLateness)['reply']>
const db = (read: Read) => reading<'orglife' | 'directory' | 'rulebook'>(read)

/** Meetings recorded of an organization and its groups, held in a period. */
const recordsOf = (
  organizationNo: number,
  during: Period,
): RawBuilder<unknown> => sql`select distinct m.no from orglife.meeting_organizations h
  join orglife.meetings m on m.no = h.meeting_no and m.state = 'recorded'
  where h.held_on between ${during.starts}::date and ${during.ends}::date and h.organization_no in (
    select a.organization_no from directory.organization_ancestry a join directory.organizations g on g.no = a.organization_no
    where a.ancestor_no = ${organizationNo} and upper_inf(a.valid) and (a.depth = 0 or g.kind = 'group'))`

/** The requirements that count these records, and what each says about a late one. */
async function rulesOf(read: Read, organizationNo: number, during: Period): Promise<Reply['rules']> {
  const { rows } = await sql<Reply['rules'][number]>`select r.code, max(r.title) as title,
      max(r.due_offset_days + r.grace_days)::int as "graceDays", max(r.late_counts) as counts, max(r.late_credit)::float8 as credit
    from rulebook.evidence e join rulebook.requirements r on r.no = e.requirement_no
    where e.year = ${Number(during.starts.slice(0, 4))} and e.record_kind = 'meeting' and e.record_no in (${recordsOf(organizationNo, during)})
    group by r.code order by r.code`.execute(db(read))
  return rows
}

interface Counted {
  readonly id: string
  readonly title: string
  readonly heldOn: CivilDate
  readonly recordedOn: CivilDate
  readonly reason: string | null
  readonly late: boolean
  readonly corrected: boolean
}

async function countedOf(read: Read, organizationNo: number, during: Period): Promise<Counted[]> {
  const { rows } =
    await sql<Counted>`select m.id, m.title, m.held_on as "heldOn", m.recorded_on as "recordedOn", m.late_reason as reason,
      m.late_reason is not null or exists (select 1 from rulebook.evidence e join rulebook.requirements r on r.no = e.requirement_no
        join rulebook.periods p on p.no = e.period_no
        where e.year = extract(year from m.held_on) and e.record_kind = 'meeting' and e.record_no = m.no
          and e.recorded_on > p.ends + r.due_offset_days + r.grace_days) as late,
      (select count(*) from orglife.meeting_revisions v where v.meeting_no = m.no and v.state = 'recorded') > 1 as corrected
    from orglife.meetings m where m.no in (${recordsOf(organizationNo, during)}) order by m.held_on, m.no`.execute(db(read))
  return rows
}

/** The usual grace where no rule counted anything yet. */
const usualGrace = 10

/** How an organization kept its records in a period. Those above are told from which day on they may look. */
export async function latenessOf(
  read: Read,
  asked: { organization: string; period: string },
  by: { actor: Actor; today: CivilDate },
): Promise<Reply> {
  const organization = await db(read)
    .selectFrom('directory.organizations_now')
    .select(['no', 'id', 'name'])
    .where('id', '=', asked.organization)
    .executeTakeFirst()
  const organizations = [organization?.no ?? 0]
  if (!organization?.no || !(await allowsAll(read, by.actor, { permission: 'orglife.lateness.read', organizations })))
    throw new Problem('orglife.lateness_not_found')
  const during = period(asked.period)
  const rules = await rulesOf(read, organization.no, during)
  const grace = rules.length === 0 ? usualGrace : Math.max(...rules.map(({ graceDays }) => graceDays))
  const own = by.actor.readOrganizations.includes(organization.no)
  const aboveFrom = addDays(during.ends, grace + 1)
  if (!own && by.today < aboveFrom)
    throw new Problem('orglife.lateness_not_yet', {
      detail: `这一期和宽限期还没过，先由本组织自己看。${inChinese(aboveFrom)}起可以看。`,
    })
  const records = await countedOf(read, organization.no, during)
  const late = records.filter((record) => record.late)
  return {
    organization: { id: asked.organization, name: organization.name ?? '' },
    period: during.name,
    own,
    aboveFrom,
    recorded: records.length,
    inTime: records.length - late.length,
    late: late.length,
    corrected: records.filter((record) => record.corrected).length,
    lateShare: shareOf(late.length, records.length),
    lateRecords: late.map(({ id, title, heldOn, recordedOn, reason }) => ({ id, title, heldOn, recordedOn, reason })),
    rules,
  }
}
