import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { exemptFrom, measure } from '../../rulebook/index.ts'
import { countedKinds, coveredSet, type CoveredSet, reachedSet, selection } from './measure-parameters.contract.ts'
import { chosen } from './work-records.measures.ts'

const day = sql`least(d.ends, d.as_of)`

const membersOf = (
  standings: readonly string[],
) => sql`select distinct m.person_no as no, p.name, p.exempt_from_duties as freed from directory.organization_ancestry a
    join directory.memberships m on m.organization_no = a.organization_no and m.valid @> ${day} and m.standing = any (${[...standings]}::text[])
    join directory.persons p on p.no = m.person_no
    where a.ancestor_no = d.organization_no and a.valid @> ${day}`

const organizationsOf = (
  kinds: readonly string[],
) => sql`select distinct o.no, n.name, false as freed from directory.organization_ancestry a
    join directory.organizations o on o.no = a.organization_no and o.kind = any (${[...kinds]}::text[])
      and o.established_on <= d.starts and (o.dissolved_on is null or o.dissolved_on > d.ends)
    join directory.organization_names n on n.organization_no = o.no and n.valid @> ${day}
    where a.ancestor_no = d.organization_no and a.depth > 0 and a.valid @> ${day}`

/** Who stands in the set on the period's last day (or today, when that is still to come): no, name; freed says who is excused by the own file. */
export const sets: Readonly<Record<CoveredSet, RawBuilder<unknown>>> = {
  members: membersOf(['full', 'probationary']),
  full_members: membersOf(['full']),
  committee: sql`select distinct p.no, p.name, false as freed from directory.committees c join directory.committee_members m on m.committee_no = c.no and m.valid @> ${day}
    join directory.persons p on p.no = m.person_no
    where c.organization_no = d.organization_no and c.kind = 'committee' and c.elected_on <= ${day} and (c.ended_on is null or c.ended_on > ${day})`,
  leading_group: sql`select distinct p.no, p.name, false as freed from directory.organization_ancestry a
    join directory.organizations o on o.no = a.organization_no and o.kind = 'leading_group'
    join directory.posts t on t.organization_no = o.no and t.valid @> ${day} join directory.persons p on p.no = t.person_no
    where a.ancestor_no = d.organization_no and a.valid @> ${day}`,
  groups: organizationsOf(['group']),
  branches: organizationsOf(['branch', 'joint_branch']),
  units: organizationsOf(['unit']),
}
const ofOrganizations: readonly CoveredSet[] = ['groups', 'branches', 'units']

/** Who was not reached was not reached in time either: days after the end that no grace lasts. */
const neverInTime = 500

/** Whom a coverage asks about, and what reached them. */
interface Covered {
  /** no, name, freed of each. */
  readonly whom: RawBuilder<unknown>
  /** Number of the one whom a decision relieves, over the one called `s`; null for nobody. See `relieved`. */
  readonly relievedNo: RawBuilder<unknown>
  /** Of what kind that one is. */
  readonly kind: 'person' | 'organization'
  /** 人, 个, 对. */
  readonly heads: string
  /** record_kind, record_no, recorded_on, held_on of all that reached the one called `s` in the period of `d`. */
  readonly reaching: RawBuilder<unknown>
}

/** Who is relieved of them, by decision or the own file: the number, or null. */
export const relieved = (code: string, kind: 'o' | 'p', no: RawBuilder<unknown> = sql`s.no`) =>
  sql`case when s.freed or ${exemptFrom(code, kind, no)} then ${no} end`

/**
 * Each record counts those whom it reached first, and the rest stand in one row of their own with their names: so numerator and
 * denominator add up to the set, and the figure opens to the records that carried it. Who is relieved counts neither way, in a row of
 * the own; why is told where exemptions are read.
 */
export function covered({ whom, relievedNo, kind, heads, reaching }: Covered): RawBuilder<unknown> {
  return sql`
    select d.subject_kind, d.subject_no, d.organization_no, d.period_no,
      case when e.no is not null then ${kind} else coalesce(f.record_kind, 'organization') end as record_kind, coalesce(e.no, f.record_no, d.organization_no) as record_no,
      case when f.record_no is null then 0 else count(*) end as numerator, case when e.no is null then count(*) else 0 end as denominator,
      case when e.no is null then coalesce(f.recorded_on, d.ends + ${neverInTime}::int) else d.starts end as recorded_on,
      case when e.no is not null then '按规定或经决定免除，不计入' when f.record_no is null then '还有 ' || count(*) || ${` ${heads}没有覆盖：`} || (array_to_string((array_agg(s.name order by s.no))[1:5], '、'))
        || case when count(*) > 5 then '等' else '' end end as reason
    from due d cross join lateral (${whom}) s cross join lateral (select ${relievedNo} as no) e
    left join lateral (select r.record_kind, r.record_no, r.recorded_on from (${reaching}) r
      order by r.recorded_on, r.held_on, r.record_kind desc, r.record_no limit 1) f on e.no is null
    where d.subject_kind = 'o'
    group by d.subject_kind, d.subject_no, d.organization_no, d.period_no, d.starts, d.ends, e.no, f.record_kind, f.record_no, f.recorded_on`
}

export const workRecordCoverage = measure({
  name: 'orglife.work_record_coverage',
  version: 2,
  title: '工作纪实覆盖到的人或组织占应覆盖的比重',
  judged: 'short_at_end',
  params: z.strictObject({ set: coveredSet, ...selection.shape }),
  facts: ({ set, ...asked }, _years, code) => {
    const groups = ofOrganizations.includes(set)
    const link = groups
      ? sql`orglife.work_record_organizations x on x.organization_no = s.no`
      : sql`orglife.work_record_persons x on x.person_no = s.no`
    return covered({
      whom: sets[set],
      relievedNo: relieved(code, groups ? 'o' : 'p'),
      kind: groups ? 'organization' : 'person',
      heads: groups ? '个' : '人',
      reaching: sql`select 'work-record' as record_kind, w.no as record_no, w.held_on, w.recorded_on from (select 1) one join ${link} and x.held_on between d.starts and d.ends
        join orglife.work_records w on w.no = x.record_no and w.state = 'recorded' and ${chosen(asked)}`,
    })
  },
})

export const membersReached = measure({
  name: 'orglife.members_reached',
  version: 2,
  title: '参加过指定会议的人占应参加的比重',
  judged: 'short_at_end',
  params: z.strictObject({ kinds: countedKinds, set: reachedSet.default('members') }),
  facts: ({ kinds, set }, _years, code) =>
    covered({
      whom: sets[set],
      relievedNo: relieved(code, 'p'),
      kind: 'person',
      heads: '人',
      reaching: sql`select 'meeting' as record_kind, m.no as record_no, m.held_on, m.recorded_on from orglife.attendances x
        join orglife.meetings m on m.no = x.meeting_no and m.state = 'recorded' and m.held_on between d.starts and d.ends and m.kinds && ${[...kinds]}::text[]
        where x.person_no = s.no and x.presence in ('present', 'sitting_in')`,
    }),
})

export const meetingsAttended = measure({
  name: 'orglife.meetings_attended',
  version: 1,
  title: '本人参加指定会议的次数',
  params: z.strictObject({
    kinds: countedKinds,
    held_by: z
      .array(
        z.enum([
          'branch',
          'joint_branch',
          'temporary_branch',
          'group',
          'general_branch',
          'party_committee',
          'leading_group',
          'unit',
        ]),
      )
      .min(1)
      .optional()
      .meta({ title: '由哪类组织召开', help: '不写则不限' }),
    sitting_in: z.boolean().default(false).meta({ title: '列席也算' }),
  }),
  facts: ({ kinds, held_by: holders, sitting_in: also }) => {
    const came = also ? sql`x.presence in ('present', 'sitting_in')` : sql`x.presence = 'present'`
    const by = holders
      ? sql`and exists (select 1 from orglife.meeting_organizations mo join directory.organizations o on o.no = mo.organization_no
          where mo.meeting_no = m.no and o.kind = any (${[...holders]}::text[]))`
      : sql``
    return sql`select d.subject_kind, d.subject_no, d.organization_no, d.period_no, 'meeting' as record_kind, m.no as record_no,
        (${came})::int as numerator, 1 as denominator, m.recorded_on,
        case when ${came} then null when x.presence = 'sitting_in' then '列席不计入' else '缺席：' || coalesce(x.reason, '没有写原因') end as reason
      from due d join orglife.attendances x on x.person_no = d.subject_no
      join orglife.meetings m on m.no = x.meeting_no and m.state = 'recorded' and m.held_on between d.starts and d.ends
        and m.kinds && ${[...kinds]}::text[] ${by}
      where d.subject_kind = 'p'`
  },
})
