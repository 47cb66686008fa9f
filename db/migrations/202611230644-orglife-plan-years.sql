create table orglife.year_plans (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint year_plans_state check (state in ('drafted', 'approved')),
  organization_no bigint not null references directory.organizations (no),
  year integer not null,
  approved_on date,
  approval text,
  drafted_on date not null,
  constraint year_plans_one unique (organization_no, year),
  constraint year_plans_approved check ((state = 'approved') = (approved_on is not null))
);
comment on table orglife.year_plans is '支部年度计划: proposed from what is due, decided by the branch';
comment on column orglife.year_plans.approval is 'By which meeting or how the branch decided it';

create table orglife.year_plan_items (
  no bigint generated always as identity primary key,
  id text not null unique,
  plan_no bigint not null references orglife.year_plans (no),
  month integer not null constraint year_plan_items_month check (month between 1 and 12),
  kind text not null,
  title text not null,
  requirements text[] not null,
  state text not null constraint year_plan_items_state check (state in ('planned', 'cancelled')),
  reason text,
  meeting_no bigint references orglife.meetings (no)
);
comment on table orglife.year_plan_items is 'Lines of a year plan: a meeting of a kind in a month. Whether it was held is read from the records, never entered here';
comment on column orglife.year_plan_items.requirements is 'Codes of the requirements that ask for it; empty for what the branch added';
create index year_plan_items_plan on orglife.year_plan_items (plan_no, month);
create unique index year_plan_items_meeting on orglife.year_plan_items (meeting_no) where meeting_no is not null;

create table orglife.year_plan_steps (
  plan_no bigint not null references orglife.year_plans (no),
  revision integer not null,
  action text not null,
  said text not null,
  reason text,
  body jsonb not null,
  acted_at timestamptz not null,
  acted_by bigint not null,
  primary key (plan_no, revision)
);
comment on table orglife.year_plan_steps is 'Every change of a plan in words, and the whole plan as it then stood. Insert only';

grant select, insert, update on orglife.year_plans, orglife.year_plan_items to biaoshuai_app;
grant select, insert on orglife.year_plan_steps to biaoshuai_app;
grant select, insert, update, delete on orglife.year_plans, orglife.year_plan_items to biaoshuai_engine;
grant select, insert on orglife.year_plan_steps to biaoshuai_engine;
grant usage on all sequences in schema orglife to biaoshuai_app, biaoshuai_engine;

alter table orglife.year_plans enable row level security;
create policy in_scope on orglife.year_plans for select to biaoshuai_app using (directory.reads(organization_no));
create policy drafted on orglife.year_plans for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on orglife.year_plans for update to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on orglife.year_plans to biaoshuai_engine using (true) with check (true);

do $$ declare part text; begin
  foreach part in array array['year_plan_items', 'year_plan_steps'] loop
    execute format('alter table orglife.%I enable row level security', part);
    execute format('create policy seen_with_plan on orglife.%I for select to biaoshuai_app
      using (exists (select 1 from orglife.year_plans p where p.no = %I.plan_no))', part, part);
    execute format('create policy entered on orglife.%I for insert to biaoshuai_app with check (
      exists (select 1 from orglife.year_plans p where p.no = %I.plan_no and directory.writes(p.organization_no)))', part, part);
    execute format('create policy engine_all on orglife.%I to biaoshuai_engine using (true) with check (true)', part);
  end loop;
end $$;
create policy changed on orglife.year_plan_items for update to biaoshuai_app using (
  exists (select 1 from orglife.year_plans p where p.no = year_plan_items.plan_no and directory.writes(p.organization_no)));
