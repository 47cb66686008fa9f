import { type RawBuilder, sql } from 'kysely'
import { reading, type Tx } from '../../kernel/database/handles.ts'
import type { CivilDate } from '../../kernel/time/civil-date.ts'
import type { ProvinceNumbers } from './province-directory.ts'

/** A number from 0 to 1 that is the same for the same branch, month and question. */
const lot = (key: RawBuilder<unknown>, question: number) =>
  sql`((hashint8extended(${key}, ${sql.lit(question)}) & 1048575) / 1048576.0)`

/**
 * Writes the meetings of a span of branches and units over the year, all of their parts in one statement. Heads are kept by
 * organization; attendance by person is left out at this size.
 */
export async function writeProvinceMeetings(
  tx: Tx,
  is: ProvinceNumbers,
  part: { firstUnit: number; units: number; since: CivilDate; today: CivilDate },
): Promise<void> {
  const source = sql`(${branchEvents(is, part)} union all ${unitEvents(is, part)})`
  await sql`with asked as (select * from ${source} t),
    months as (select m::date as starts, (m + interval '1 month - 1 day')::date as ends, extract(month from m)::int as month
      from generate_series(${part.since}::date, ${part.today}::date, interval '1 month') m),
    events as (
      select a.*, m.starts, m.ends, m.month, a.organization_no * 4096 + m.month * 16 + a.sort as key,
        m.starts + (5 + a.sort * 3 + a.organization_no % 5)::int as held_on
      from asked a join months m on m.month = any (a.months)),
    drawn as (
      select e.*, ${lot(sql`e.key`, 2)} < (1 - e.reliability) * 0.45 + 0.008 as late, ${lot(sql`e.key`, 3)} < 0.02 as careless,
        (e.people * (0.86 + 0.14 * ${lot(sql`e.key`, 4)}))::int as came
      from events e where e.held_on <= ${part.today}::date and ${lot(sql`e.key`, 1)} < e.reliability),
    timed as (
      select *, case when late then ends + 6 + (key % 9)::int else least(held_on + (key % 3)::int, ends + 5, ${part.today}::date) end as recorded_on from drawn),
    made as (
      insert into orglife.meetings (id, revision, state, organization_no, kinds, title, held_on, first_category, chair_no, speaker_no, recorded_on,
        recorded_at, recorded_by, late_reason)
      select 'mtg_' || left(md5('province/' || organization_no || '/' || starts || '/' || sort), 24), 1, 'recorded', organization_no, kinds,
        extract(year from starts) || '年' || month || '月' || name, held_on, case when careless then 'business' else 'political_theory' end,
        chair_no, speaker_no, recorded_on,
        (recorded_on + case when recorded_on < ${part.today}::date then interval '17 hours' else interval '0' end) at time zone 'Asia/Shanghai', 0, case when late then '月后补记（演示）。' end
      from timed where recorded_on <= ${part.today}::date
      returning no, id, organization_no, kinds, title, held_on, first_category, chair_no, speaker_no, late_reason, recorded_at),
    heads as (
      insert into orglife.meeting_organizations (meeting_no, organization_no, held_on, expected, present, eligible, eligible_present, committee_expected, committee_present)
      select m.no, m.organization_no, m.held_on, t.people, t.came, t.people, t.came, t.committee, least(t.came, t.committee)
      from made m join timed t on t.organization_no = m.organization_no and t.held_on = m.held_on and t.kinds = m.kinds),
    items as (
      insert into orglife.agenda_items (meeting_no, position, title, category)
      select no, 1, case first_category when 'business' then '研究业务工作（演示）' else '学习理论文章（演示）' end, first_category from made)
    insert into orglife.meeting_revisions (meeting_no, revision, state, body, reason, recorded_at, recorded_by)
    select m.no, 1, 'recorded', jsonb_build_object('kinds', m.kinds, 'title', m.title, 'heldOn', m.held_on, 'chairNo', m.chair_no, 'speakerNo', m.speaker_no),
      m.late_reason, m.recorded_at, 0 from made m`.execute(reading<'orglife'>(tx))
}

interface Part {
  readonly firstUnit: number
  readonly units: number
}

const everyMonth = sql`array[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]`
const ordinaryMonths = sql`array[1, 2, 4, 5, 7, 8, 10, 11]`
const quarterEnds = sql`array[3, 6, 9, 12]`

/** Theme days (at the quarter's end with the members' meeting), committee meetings, the yearly organization-life meeting. */
function branchEvents(is: ProvinceNumbers, part: Part): RawBuilder<unknown> {
  const { branchesPerUnit: perUnit, membersPerBranch: members } = is.shape
  const from = part.firstUnit * perUnit
  return sql`(select ${is.branches}::bigint + b as organization_no, k.sort, k.name, k.kinds, k.months, k.people, 3 as committee,
      ${is.persons}::bigint + b * ${members}::int as chair_no, null::bigint as speaker_no,
      case when ${lot(sql`b::bigint`, 7)} < 0.65 then 0.97 when ${lot(sql`b::bigint`, 7)} < 0.9 then 0.89 else 0.7 end as reliability
    from generate_series(${from}::int, ${from + part.units * perUnit}::int - 1) b
    cross join (values
      (1, '主题党日', '{theme_day}'::text[], ${ordinaryMonths}, ${members}::int),
      (2, '支部党员大会暨主题党日', '{members_meeting,theme_day}', ${quarterEnds}, ${members}::int),
      (3, '支委会', '{committee_meeting}', ${everyMonth}, 3),
      (4, '组织生活会', '{organization_life_meeting}', array[12], ${members}::int)) as k (sort, name, kinds, months, people))`
}

/** Leading groups by month, and the secretary's lecture once a year. */
function unitEvents(is: ProvinceNumbers, part: Part): RawBuilder<unknown> {
  const ofUnit = is.shape.branchesPerUnit * is.shape.membersPerBranch
  const head = sql`${is.persons}::bigint + u * ${ofUnit}::int + 5`
  const units = sql`generate_series(${part.firstUnit}::int, ${part.firstUnit + part.units}::int - 1) u`
  return sql`(select ${is.leadingGroups}::bigint + u, 5, '党组会议', '{leading_group_meeting}'::text[], ${everyMonth}, 1, 1, ${head}, null::bigint, 0.97 from ${units}
    union all
    select ${is.leadingGroups}::bigint + u, 6, '党组书记讲党课', '{lecture}'::text[], array[6], 1, 1, ${head}, ${head}, 0.85 from ${units})`
}
