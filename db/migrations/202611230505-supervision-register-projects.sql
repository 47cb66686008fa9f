-- D5.5: key projects, fields and posts with their temporary branch and supervisors. D5.4: what becomes of a finding keeps its source.
create table supervision.key_projects (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint key_projects_state check (state in ('planned', 'running', 'closed', 'withdrawn')),
  kind text not null constraint key_projects_kind check (kind in ('project', 'field', 'post')),
  name text not null,
  about text not null,
  risks text,
  organization_no bigint not null references directory.organizations (no),
  starts_on date not null,
  ends_on date,
  branch_no bigint references directory.organizations (no),
  result text,
  closed_on date,
  entered_on date not null,
  entered_by bigint not null,
  constraint key_projects_span check (ends_on is null or ends_on >= starts_on),
  constraint key_projects_project_ends check (kind <> 'project' or ends_on is not null),
  constraint key_projects_closed check ((state = 'closed') = (result is not null and closed_on is not null))
);
comment on table supervision.key_projects is '重点工程、重要领域、关键岗位 (D5.5); the projection of the last step';
comment on column supervision.key_projects.organization_no is 'The organization responsible';
comment on column supervision.key_projects.branch_no is 'Its temporary branch (ZB8), an organization of its own with a planned end';
create index key_projects_organization on supervision.key_projects (organization_no, state);
create index key_projects_branch on supervision.key_projects (branch_no) where branch_no is not null;

create table supervision.key_project_people (
  project_no bigint not null references supervision.key_projects (no),
  person_no bigint not null references directory.persons (no),
  part text not null constraint key_project_people_part check (part in ('supervisor', 'discipline')),
  primary key (project_no, person_no, part)
);
comment on table supervision.key_project_people is 'Who supervises a key project, and its discipline officers, today; earlier ones stand in the steps';
create index key_project_people_person on supervision.key_project_people (person_no);

alter table supervision.inspections add column key_project_no bigint references supervision.key_projects (no);
comment on column supervision.inspections.key_project_no is 'The key project that the visit is about';
create index inspections_key_project on supervision.inspections (key_project_no) where key_project_no is not null;

alter table supervision.problems add column finding_no bigint unique references supervision.findings (no);
comment on column supervision.problems.finding_no is 'The finding that it came from';
alter table supervision.findings drop constraint findings_state;
alter table supervision.findings add constraint findings_state check (state in ('noted', 'proposed', 'listed', 'handed_over', 'withdrawn'));

alter table supervision.record_steps drop constraint record_steps_kind;
alter table supervision.record_steps add constraint record_steps_kind check (kind in ('problem', 'yellow_card', 'appeal', 'key_project'));

create function supervision.works_on(project bigint) returns boolean language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select exists (select 1 from supervision.key_project_people p where p.project_no = project and p.person_no = kernel.person_no()) $$;
comment on function supervision.works_on is 'The reader supervises a key project or is one of its discipline officers';
revoke execute on function supervision.works_on from public;
grant execute on function supervision.works_on to biaoshuai_app, biaoshuai_engine;

grant select, insert, update on supervision.key_projects to biaoshuai_app;
grant select, insert, delete on supervision.key_project_people to biaoshuai_app;
grant select, insert, update, delete on supervision.key_projects, supervision.key_project_people to biaoshuai_engine;
grant usage on all sequences in schema supervision to biaoshuai_app, biaoshuai_engine;

alter table supervision.key_projects enable row level security;
create policy in_scope on supervision.key_projects for select to biaoshuai_app using (
  directory.reads(organization_no) or supervision.works_on(no));
create policy entered on supervision.key_projects for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on supervision.key_projects for update to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on supervision.key_projects to biaoshuai_engine using (true) with check (true);

alter table supervision.key_project_people enable row level security;
create policy with_project on supervision.key_project_people for select to biaoshuai_app
  using (exists (select 1 from supervision.key_projects k where k.no = key_project_people.project_no));
create policy entered on supervision.key_project_people for insert to biaoshuai_app
  with check (exists (select 1 from supervision.key_projects k where k.no = key_project_people.project_no and directory.writes(k.organization_no)));
create policy taken_out on supervision.key_project_people for delete to biaoshuai_app
  using (exists (select 1 from supervision.key_projects k where k.no = key_project_people.project_no and directory.writes(k.organization_no)));
create policy engine_all on supervision.key_project_people to biaoshuai_engine using (true) with check (true);

drop policy with_record on supervision.record_steps;
create policy with_record on supervision.record_steps to biaoshuai_app using (case kind
    when 'problem' then exists (select 1 from supervision.problems p where p.no = record_no)
    when 'yellow_card' then exists (select 1 from supervision.yellow_cards y where y.no = record_no and directory.reads(y.organization_no))
    when 'key_project' then exists (select 1 from supervision.key_projects k where k.no = record_no)
    else exists (select 1 from supervision.appeals a where a.no = record_no) end)
  with check (case kind
    when 'problem' then exists (select 1 from supervision.problems p where p.no = record_no)
    when 'yellow_card' then exists (select 1 from supervision.yellow_cards y where y.no = record_no)
    when 'key_project' then exists (select 1 from supervision.key_projects k where k.no = record_no and directory.writes(k.organization_no))
    else exists (select 1 from supervision.appeals a where a.no = record_no) end);
