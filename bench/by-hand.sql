-- What somebody would write by hand for one report: the status of every duty of the year in which a province has any (28 requirements),
-- from the facts, and how many of each status every organization has under it. :today, :since and :kinds are put in by the bench.
-- Nothing of the engine is used but the periods' names; the bench compares the result with the cells, row by row.
with spans as (
  select p.no, p.cadence, p.starts, p.ends, least(p.ends, :today) as day, p.ends + 5 as late_after from rulebook.periods p
  where p.starts between :since and :today),
organizations as (
  select o.no, o.kind, o.established_on, s.no as period_no, s.cadence, s.starts, s.ends, s.day, s.late_after
  from directory.organizations o join spans s on o.established_on <= s.starts and (o.dissolved_on is null or o.dissolved_on > s.ends)),
members as materialized (
  select m.organization_no, s.day, count(*) filter (where m.standing = 'full') as whole, count(*) as all_of_them
  from directory.memberships m join (select distinct day from spans where cadence in ('month', 'quarter', 'year')) s
    on lower(m.valid) <= s.day and coalesce(upper(m.valid) > s.day, true)
  where m.standing in ('full', 'probationary') group by 1, 2),
members_under as materialized (
  select a.ancestor_no as organization_no, s.day, count(distinct m.person_no) as all_of_them
  from (select distinct day from spans where cadence = 'quarter') s
  join directory.memberships m on m.standing in ('full', 'probationary') and lower(m.valid) <= s.day and coalesce(upper(m.valid) > s.day, true)
  join directory.organizations b on b.no = m.organization_no and b.kind in ('branch', 'joint_branch', 'temporary_branch')
  join directory.organization_ancestry a on a.organization_no = m.organization_no and a.valid @> s.day
  join directory.organizations u on u.no = a.ancestor_no and u.kind = 'unit'
  group by 1, 2),
committees as materialized (
  select distinct on (c.organization_no, s.day) c.organization_no, s.day, c.no, c.due_on, c.extended_to
  from directory.committees c join (select distinct day from spans where cadence in ('month', 'quarter')) s
    on c.elected_on <= s.day and (c.ended_on is null or c.ended_on > s.day)
  where c.kind = 'committee' order by c.organization_no, s.day, c.elected_on desc, c.no desc),
committee_members as materialized (
  select c.no, c.day, count(distinct m.person_no) as size, bool_or(position('纪检委员' in m.duty) > 0) as discipline
  from committees c join directory.committee_members m on m.committee_no = c.no and m.valid @> c.day group by 1, 2),
held as materialized (
  select mo.organization_no, k.kind, date_trunc('month', mo.held_on)::date as month, count(*) as records,
    count(*) filter (where not (k.kind = 'committee_meeting' and mo.committee_present * 2 < mo.committee_expected
      or k.kind = 'members_meeting' and mo.eligible_present * 2 < mo.eligible)) as counted,
    min(m.recorded_on) filter (where not (k.kind = 'committee_meeting' and mo.committee_present * 2 < mo.committee_expected
      or k.kind = 'members_meeting' and mo.eligible_present * 2 < mo.eligible)) as first_recorded
  from orglife.meeting_organizations mo join orglife.meetings m on m.no = mo.meeting_no and m.state = 'recorded' cross join unnest(m.kinds) k (kind)
  where mo.held_on between :since and :today and k.kind in ('theme_day', 'committee_meeting', 'members_meeting', 'theory_study_group') group by 1, 2, 3),
first_items as materialized (
  select mo.organization_no, date_trunc('month', mo.held_on)::date as month, count(*) as records, min(m.recorded_on) as first_recorded,
    count(*) filter (where m.first_category is distinct from 'political_theory') as other
  from orglife.meeting_organizations mo join orglife.meetings m on m.no = mo.meeting_no and m.state = 'recorded'
    and m.kinds && array['members_meeting', 'committee_meeting', 'leading_group_meeting']
  where mo.held_on between :since and :today group by 1, 2),
asked as (
  select * from (values ('ZB14', 'month', 'theme_day', array['branch', 'joint_branch', 'temporary_branch'], true, false),
    ('ZB9', 'month', 'committee_meeting', array['branch', 'joint_branch'], false, true),
    ('ZB6', 'quarter', 'members_meeting', array['branch', 'joint_branch', 'temporary_branch'], true, false),
    ('QB10', 'quarter', 'theory_study_group', array['leading_group'], false, false)) as v (code, cadence, kind, kinds, members_wanted, committee_wanted)),
meetings as materialized (
  select q.code, o.no as organization_no, o.period_no, o.day, o.late_after,
    q.members_wanted and (o.kind = 'temporary_branch' or coalesce(max(b.whole), 0) = 0) as exempt,
    coalesce(sum(h.records), 0) as records, coalesce(sum(h.counted), 0) as counted, min(h.first_recorded) as first_recorded
  from asked q join organizations o on o.cadence = q.cadence and o.kind = any (q.kinds)
  left join members b on b.organization_no = o.no and b.day = o.day
  left join committees c on c.organization_no = o.no and c.day = o.day
  left join held h on h.organization_no = o.no and h.kind = q.kind and h.month between o.starts and o.ends
  where not q.committee_wanted or b.whole >= 7 and c.no is not null
  group by q.code, q.members_wanted, o.no, o.kind, o.period_no, o.day, o.late_after),
branches as materialized (
  select o.no as organization_no, o.kind, o.period_no, o.day, o.late_after, o.established_on, coalesce(b.whole, 0) as whole,
    coalesce(b.all_of_them, 0) as all_of_them, c.no as committee_no, c.due_on, c.extended_to, m.size, coalesce(m.discipline, false) as discipline,
    case when o.kind in ('branch', 'joint_branch') then exists (select 1 from directory.posts t where t.organization_no = o.no and t.post = 'branch_secretary' and t.valid @> o.day) end as secretary
  from organizations o left join members b on b.organization_no = o.no and b.day = o.day
  left join committees c on c.organization_no = o.no and c.day = o.day left join committee_members m on m.no = c.no and m.day = c.day
  where o.cadence = 'quarter' and o.kind in ('branch', 'joint_branch', 'general_branch', 'party_committee')),
-- `enough` null: nothing to judge; `waits`: what is short may be made good until the last day for recording.
registers as (
  select v.code, b.organization_no, b.period_no, b.late_after, v.enough, v.waits
  from branches b cross join lateral (values
    ('ZB20.4', b.secretary, true),
    ('ZB21', case when b.kind in ('branch', 'joint_branch') and b.whole >= 7 and b.committee_no is not null then b.secretary or coalesce(
      (select max(upper(t.valid)) from directory.posts t where t.organization_no = b.organization_no and t.post = 'branch_secretary' and not b.secretary and upper(t.valid) <= b.day),
      b.established_on) + interval '3 months' > b.day end, true),
    ('ZB1.2', case when b.kind in ('branch', 'joint_branch') then b.all_of_them <= 50 end, true),
    ('ZB20.1', case when b.kind in ('branch', 'joint_branch') and b.whole >= 7 then b.committee_no is not null end, true),
    ('ZB20.2', case when b.kind in ('branch', 'joint_branch') and b.whole >= 7 and b.committee_no is not null then coalesce(b.size, 0) between 3 and 7 end, true),
    ('ZB20.3', case when b.kind in ('branch', 'joint_branch') and b.whole >= 7 and b.committee_no is not null then coalesce(b.size, 0) between 3 and 5 end, true),
    ('JG5.3', case when b.kind in ('general_branch', 'branch', 'joint_branch') and b.whole >= 7 and b.committee_no is not null then b.discipline end, true),
    ('JG4', coalesce(b.extended_to, b.due_on) > b.day, false),
    ('D6.3', coalesce(b.extended_to, b.due_on) > b.day, false),
    ('ZB22', coalesce(least(b.extended_to, (b.due_on + interval '12 months')::date), b.due_on) > b.day, false)) as v (code, enough, waits)
  union all
  select v.code, o.no, o.period_no, o.late_after, v.enough, true
  from organizations o left join members_under u on u.organization_no = o.no and u.day = o.day
  cross join lateral (values
    ('JG1', o.kind = 'unit' and u.all_of_them >= 100, array['party_committee']),
    ('ZB1.1', o.kind = 'unit' and u.all_of_them >= 3, array['branch', 'joint_branch']),
    ('R1', o.kind = 'unit', array['work_leading_group']),
    ('JG5', o.kind = 'party_committee', array['discipline_committee'])) as q (code, asked, kinds)
  cross join lateral (select exists (select 1 from directory.organization_ancestry a join directory.organizations w on w.no = a.organization_no
    where a.ancestor_no = o.no and a.depth > 0 and a.valid @> o.day and w.kind = any (q.kinds)) as enough) x
  cross join lateral (select q.code, x.enough) v
  where o.cadence = 'quarter' and o.kind in ('unit', 'party_committee') and q.asked
  union all
  select v.code, o.no, o.period_no, o.late_after, v.enough, true
  from organizations o cross join lateral (values
    ('JG4.3', exists (select 1 from directory.posts t where t.organization_no = o.no and t.post = 'full_time_deputy' and t.valid @> o.day)),
    ('JG4.2', exists (select 1 from directory.posts t where t.organization_no = o.no and t.post = 'committee_secretary' and t.valid @> o.day))) as v (code, enough)
  where o.cadence = 'quarter' and o.kind = 'party_committee'
  union all
  select 'R1.1', o.no, o.period_no, o.late_after, (select count(distinct r.duty) from directory.responsibilities r
    where r.organization_no = o.no and r.duty in ('first', 'direct') and r.valid @> o.day) = 2, true
  from organizations o where o.cadence = 'quarter' and o.kind = 'unit'
  union all
  select 'ZB23', o.no, o.period_no, o.late_after, bool_and(coalesce(s.full_since + interval '12 months' <= lower(t.valid), false)), false
  from organizations o join directory.posts t on t.organization_no = o.no and t.post = 'branch_secretary' and t.valid @> o.day
  join directory.persons s on s.no = t.person_no
  where o.cadence = 'year' and o.kind in ('branch', 'joint_branch') group by 1, 2, 3, 4),
statuses as materialized (
  select code, organization_no, period_no, late_after, case when exempt then 5 when counted > 0 and first_recorded <= late_after then 1 when counted > 0 then 2
    when :today > late_after then case when records > 0 then 3 else 4 end end as status
  from meetings
  union all
  select 'D1.2', o.no, o.period_no, o.late_after, case when f.other > 0 then 3 when f.first_recorded <= o.late_after then 1 else 2 end
  from organizations o join first_items f on f.organization_no = o.no and f.month = o.starts
  where o.cadence = 'month' and o.kind in ('branch', 'joint_branch', 'temporary_branch', 'general_branch', 'party_committee', 'leading_group')
  union all
  select code, organization_no, period_no, late_after, case when enough then 1 when not waits or :today > late_after then 3 end from registers where enough is not null
  union all
  select v.code, o.no, o.period_no, o.late_after, case when w.first_recorded <= o.late_after then 1 when w.first_recorded is not null then 2 when :today > o.late_after then 4 end
  from organizations o cross join (values ('QB11', 'strict_governance_study'), ('JG16', 'party_building_study')) as v (code, tag)
  cross join lateral (select min(w.recorded_on) as first_recorded from orglife.work_record_organizations a join orglife.work_records w on w.no = a.record_no and w.state = 'recorded'
    where a.organization_no = o.no and a.held_on between o.starts and o.ends and exists (select 1 from orglife.work_record_tags t where t.record_no = w.no and t.tag = v.tag)) w
  where o.cadence = 'half' and o.kind = 'leading_group'
  union all
  select 'ZB12', o.no, o.period_no, o.late_after, case when min(m.recorded_on) <= o.late_after then 1 when count(m.no) > 0 then 2 when :today > o.late_after then 4 end
  from organizations o join directory.posts t on t.organization_no = o.no and t.post = 'leading_group_secretary' and t.valid @> o.day
  left join orglife.meetings m on m.speaker_no = t.person_no and m.held_on between o.starts and o.ends and m.state = 'recorded' and 'lecture' = any (m.kinds)
  where o.cadence = 'year' and o.kind = 'leading_group' group by o.no, o.period_no, o.late_after, t.person_no),
whole as (
  select code, organization_no, period_no, status from statuses where status is not null
  union all
  select v.code, s.organization_no, q.no, case when bool_and(s.status in (1, 2)) then 1 else 3 end
  from (values ('HN7', array['ZB20.1', 'ZB20.2', 'ZB20.4', 'JG4']), ('HN8', array['ZB6', 'ZB9', 'ZB14'])) as v (code, codes)
  join statuses s on s.code = any (v.codes) and s.status between 1 and 4
  join rulebook.periods p on p.no = s.period_no join spans q on q.cadence = 'quarter' and q.starts <= p.starts and q.ends >= p.ends and :today > q.late_after
  join directory.organizations o on o.no = s.organization_no and o.kind in ('branch', 'joint_branch')
  group by 1, 2, 3),
placed as (
  select w.code, e.parent_no as organization_no, w.period_no, p.ends, w.status, false as own, count(*) as duties
  from whole w join rulebook.periods p on p.no = w.period_no join directory.organization_edges e on e.organization_no = w.organization_no and e.valid @> p.ends
  group by 1, 2, 3, 4, 5
  union all
  select w.code, w.organization_no, w.period_no, p.ends, w.status, true, count(*) from whole w join rulebook.periods p on p.no = w.period_no
  join directory.organizations o on o.no = w.organization_no and o.kind = any (:kinds) group by 1, 2, 3, 4, 5)
select s.code, a.ancestor_no, s.period_no, sum(s.duties) filter (where s.status = 1) as met, sum(s.duties) filter (where s.status = 2) as met_late,
  sum(s.duties) filter (where s.status = 3) as unmet, sum(s.duties) filter (where s.status = 4) as not_reported, sum(s.duties) filter (where s.status = 5) as exempt
from placed s join directory.organization_ancestry a on a.organization_no = s.organization_no and a.valid @> s.ends and (a.depth = 0 or not s.own)
join directory.organizations o on o.no = a.ancestor_no and o.kind = any (:kinds)
group by 1, 2, 3
