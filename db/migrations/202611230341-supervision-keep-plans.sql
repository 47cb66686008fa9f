-- 实施方案 (M1): one of each unit and year, in versions; what is published is read below while an amendment is being written.
create table supervision.unit_plans (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint unit_plans_state check (state in ('drafted', 'submitted', 'returned', 'approved', 'published', 'amended')),
  organization_no bigint not null references directory.organizations (no),
  year integer not null constraint unit_plans_year check (year between 2019 and 2045),
  title text not null,
  version integer not null,
  published_version integer,
  submitted_by bigint,
  submitted_on date,
  published_on date,
  state_reason text,
  constraint unit_plans_once unique (organization_no, year)
);
comment on table supervision.unit_plans is '实施方案: a unit''s plan of a year as it stands; the words stand in its versions';
comment on column supervision.unit_plans.published_version is 'The version that the unit''s organizations read; null until the first is published';

create table supervision.unit_plan_versions (
  plan_no bigint not null references supervision.unit_plans (no),
  version integer not null,
  body jsonb not null,
  written_at timestamptz not null,
  written_by bigint not null,
  primary key (plan_no, version)
);
comment on table supervision.unit_plan_versions is 'Whole texts of a plan: sections and items; a version that was submitted is never written again';

create table supervision.unit_plan_files (
  plan_no bigint not null references supervision.unit_plans (no),
  version integer not null,
  file_no bigint not null references kernel.files (no),
  primary key (plan_no, version, file_no)
);
comment on table supervision.unit_plan_files is 'Attachments of a version; never required';

create table supervision.unit_plan_steps (
  plan_no bigint not null references supervision.unit_plans (no),
  revision integer not null,
  action text not null,
  state text not null,
  version integer not null,
  reason text,
  acted_at timestamptz not null,
  acted_by bigint not null,
  primary key (plan_no, revision)
);
comment on table supervision.unit_plan_steps is 'Every step of a plan. Insert only';

alter table supervision.tasks add constraint tasks_plan foreign key (plan_no) references supervision.unit_plans (no);

grant select, insert on supervision.unit_plans, supervision.unit_plan_versions, supervision.unit_plan_files, supervision.unit_plan_steps to biaoshuai_app;
grant update (revision, state, title, version, published_version, submitted_by, submitted_on, published_on, state_reason) on supervision.unit_plans to biaoshuai_app;
grant update (body, written_at, written_by) on supervision.unit_plan_versions to biaoshuai_app;
grant delete on supervision.unit_plan_files to biaoshuai_app;
grant select, insert, update, delete on supervision.unit_plans, supervision.unit_plan_versions, supervision.unit_plan_files to biaoshuai_engine;
grant select, insert on supervision.unit_plan_steps to biaoshuai_engine;
grant usage on all sequences in schema supervision to biaoshuai_app, biaoshuai_engine;

-- A published plan is read by everybody who may read anything under the unit.
create function supervision.reads_below(organization bigint) returns boolean language sql stable parallel safe
  as $$ select exists (
    select 1 from directory.organization_ancestry a
    where a.ancestor_no = organization and a.organization_no = any (kernel.read_orgs()) and upper_inf(a.valid)) $$;
comment on function supervision.reads_below is 'The account may read some organization that stands under the given one by today''s tree';
grant execute on function supervision.reads_below to biaoshuai_app, biaoshuai_engine;

alter table supervision.unit_plans enable row level security;
create policy in_scope on supervision.unit_plans for select to biaoshuai_app
  using (directory.reads(organization_no) or (published_version is not null and supervision.reads_below(organization_no)));
create policy written on supervision.unit_plans for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on supervision.unit_plans for update to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on supervision.unit_plans to biaoshuai_engine using (true) with check (true);

alter table supervision.unit_plan_versions enable row level security;
create policy with_plan on supervision.unit_plan_versions for select to biaoshuai_app
  using (exists (select 1 from supervision.unit_plans p where p.no = unit_plan_versions.plan_no
    and (directory.reads(p.organization_no) or p.published_version = unit_plan_versions.version)));
create policy written on supervision.unit_plan_versions for insert to biaoshuai_app
  with check (exists (select 1 from supervision.unit_plans p where p.no = unit_plan_versions.plan_no and directory.writes(p.organization_no)));
create policy changed on supervision.unit_plan_versions for update to biaoshuai_app
  using (exists (select 1 from supervision.unit_plans p where p.no = unit_plan_versions.plan_no and p.version = unit_plan_versions.version
    and p.state in ('drafted', 'returned', 'amended') and directory.writes(p.organization_no)));
create policy engine_all on supervision.unit_plan_versions to biaoshuai_engine using (true) with check (true);

alter table supervision.unit_plan_files enable row level security;
create policy with_version on supervision.unit_plan_files for select to biaoshuai_app
  using (exists (select 1 from supervision.unit_plan_versions v where v.plan_no = unit_plan_files.plan_no and v.version = unit_plan_files.version));
create policy added on supervision.unit_plan_files for insert to biaoshuai_app
  with check (exists (select 1 from supervision.unit_plans p where p.no = unit_plan_files.plan_no and directory.writes(p.organization_no)));
create policy removed on supervision.unit_plan_files for delete to biaoshuai_app
  using (exists (select 1 from supervision.unit_plans p where p.no = unit_plan_files.plan_no and directory.writes(p.organization_no)));
create policy engine_all on supervision.unit_plan_files to biaoshuai_engine using (true) with check (true);

alter table supervision.unit_plan_steps enable row level security;
create policy in_scope on supervision.unit_plan_steps for select to biaoshuai_app
  using (exists (select 1 from supervision.unit_plans p where p.no = unit_plan_steps.plan_no and directory.reads(p.organization_no)));
create policy taken on supervision.unit_plan_steps for insert to biaoshuai_app
  with check (acted_by = (select kernel.account_no())
    and exists (select 1 from supervision.unit_plans p where p.no = unit_plan_steps.plan_no and directory.writes(p.organization_no)));
create policy engine_all on supervision.unit_plan_steps to biaoshuai_engine using (true) with check (true);
