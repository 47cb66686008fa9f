-- 党员请示 (条例 on members' requests): a paper that a member sends to her own branch, in the same tables and with the same clocks as those of
-- organizations. It is hers, her branch's and that of whoever it was passed to; nobody above reads it for standing above.
alter table orglife.request_reports
  add column asker_no bigint references directory.persons (no),
  add column matter text,
  add column desk_nos bigint[] not null default '{}',
  add column by_member boolean generated always as (asker_no is not null) stored,
  add constraint request_reports_matter check (matter in ('assigned_work', 'speak_for', 'foreign_contact', 'transfer', 'other')),
  add constraint request_reports_asked check ((asker_no is null) = (matter is null));
comment on column orglife.request_reports.asker_no is 'The member who asks her own branch; null for a paper of an organization';
comment on column orglife.request_reports.matter is 'Which of the five kinds of matter a member asks about';
comment on column orglife.request_reports.desk_nos is 'Of what a member asks: organizations with which it lies or lay, the only ones that read it';
comment on column orglife.request_reports.by_member is 'Asked by a member, without saying by whom: enters frozen figures';
create index request_reports_asker on orglife.request_reports (asker_no) where asker_no is not null;

create function orglife.keeps_desk(organization bigint) returns boolean language sql stable parallel safe
  as $$ select organization = any (kernel.write_orgs()) or exists (select 1 from directory.organization_edges e
    join directory.organizations o on o.no = e.organization_no and o.kind in ('party_committee', 'general_branch')
    where e.organization_no = organization and upper_inf(e.valid) and e.parent_no = any (kernel.write_orgs())) $$;
comment on function orglife.keeps_desk is 'The account keeps records at exactly this organization, or at the unit whose committee it is';

create function orglife.sees_desks(organizations bigint[]) returns boolean language sql stable parallel safe
  as $$ select exists (select 1 from unnest(organizations) d (no) where orglife.keeps_desk(d.no)) $$;
comment on function orglife.sees_desks is 'The account keeps one of these desks';

drop policy in_scope on orglife.request_reports;
create policy in_scope on orglife.request_reports for select to biaoshuai_app using (
  case when asker_no is not null then asker_no = (select kernel.person_no()) or orglife.sees_desks(desk_nos)
  else directory.reads(organization_no) or directory.reads(at_no)
    or state <> 'drafted' and exists (select 1 from orglife.request_copies c where c.request_no = request_reports.no) end);
drop policy drafted on orglife.request_reports;
create policy drafted on orglife.request_reports for insert to biaoshuai_app with check (
  case when asker_no is not null then asker_no = (select kernel.person_no()) else directory.writes(organization_no) end);
drop policy changed on orglife.request_reports;
create policy changed on orglife.request_reports for update to biaoshuai_app using (
  case when asker_no is not null then asker_no = (select kernel.person_no()) or orglife.keeps_desk(at_no) else directory.writes(organization_no) end)
  with check (
  case when asker_no is not null then asker_no = (select kernel.person_no()) or orglife.sees_desks(desk_nos) else directory.writes(organization_no) end);

-- Whoever may see what a member asks is the member or one of its desks; that the act is hers to take is asked of the paper itself.
do $$ declare part text; begin
  foreach part in array array['request_steps', 'request_stations'] loop
    execute format('create policy entered_of_member on orglife.%I for insert to biaoshuai_app with check (
      exists (select 1 from orglife.request_reports r where r.no = %I.request_no and r.asker_no is not null))', part, part);
  end loop;
end $$;
create policy moved_of_member on orglife.request_stations for update to biaoshuai_app using (
  exists (select 1 from orglife.request_reports r where r.no = request_stations.request_no and r.asker_no is not null));
