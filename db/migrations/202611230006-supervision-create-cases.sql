create schema supervision;
comment on schema supervision is '督办: cases from proposal to verified closure';

create table supervision.cases (
  no bigint generated always as identity primary key,
  id text not null unique,
  number text unique,
  revision integer not null,
  state text not null constraint cases_state check (state in ('proposed', 'dismissed', 'reminded', 'supervised', 'reported', 'closed')),
  organization_no bigint not null references directory.organizations (no),
  opened_by_organization_no bigint not null references directory.organizations (no),
  title text not null,
  source text not null constraint cases_source check (source in ('obligation', 'finding', 'problem', 'manual')),
  requirement_code text,
  requirement_no integer,
  period_no integer,
  period text,
  subject_kind "char",
  subject_no bigint,
  owner_no bigint references directory.persons (no),
  due_on date,
  remedies text,
  proposed_at timestamptz not null,
  opened_at timestamptz,
  opened_by bigint,
  report text,
  reported_at timestamptz,
  reported_by bigint,
  verification text,
  verified_at timestamptz,
  verified_by bigint,
  waiting_since date,
  waiting_for text,
  waited_days integer not null default 0
);
comment on table supervision.cases is 'Supervised items; the projection of the last step';
create index cases_organization on supervision.cases (organization_no, state);
create index cases_state_due on supervision.cases (state, due_on);
create unique index cases_one_per_obligation on supervision.cases (requirement_no, period_no, subject_kind, subject_no, organization_no)
  where source = 'obligation';

create table supervision.case_steps (
  case_no bigint not null references supervision.cases (no),
  revision integer not null,
  action text not null,
  state text not null,
  body jsonb not null,
  reason text,
  acted_at timestamptz not null,
  acted_by bigint not null,
  primary key (case_no, revision)
);
comment on table supervision.case_steps is 'Every step of a case with its words. Insert only';

grant usage on schema supervision to biaoshuai_app, biaoshuai_engine;
grant select, insert on all tables in schema supervision to biaoshuai_app;
grant update on supervision.cases to biaoshuai_app;
grant select, insert, update, delete on all tables in schema supervision to biaoshuai_engine;
revoke update, delete on supervision.case_steps from biaoshuai_engine;
grant usage on all sequences in schema supervision to biaoshuai_app, biaoshuai_engine;

alter table supervision.cases enable row level security;
create policy in_scope on supervision.cases for select to biaoshuai_app
  using (directory.reads(organization_no) or directory.reads(opened_by_organization_no));
create policy entered on supervision.cases for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on supervision.cases for update to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on supervision.cases to biaoshuai_engine using (true) with check (true);
alter table supervision.case_steps enable row level security;
create policy with_case on supervision.case_steps to biaoshuai_app
  using (exists (select 1 from supervision.cases c where c.no = case_steps.case_no))
  with check (exists (select 1 from supervision.cases c where c.no = case_steps.case_no));
create policy engine_all on supervision.case_steps to biaoshuai_engine using (true) with check (true);

create schema desk;
comment on schema desk is '工作台: notices to a person, their delivery';
create table desk.notices (
  no bigint generated always as identity primary key,
  id text not null unique,
  account_no bigint not null references directory.accounts (no),
  kind text not null,
  title text not null,
  body text not null,
  link text not null,
  created_at timestamptz not null,
  put_away_at timestamptz,
  mailed_at timestamptz
);
comment on table desk.notices is 'What an account is told; whether it was opened is not recorded, putting away is the reader''s own act';
create index notices_account on desk.notices (account_no, no desc);
grant usage on schema desk to biaoshuai_app, biaoshuai_engine;
grant select, update on desk.notices to biaoshuai_app;
grant select, insert, update, delete on desk.notices to biaoshuai_engine;
grant usage on all sequences in schema desk to biaoshuai_engine;
alter table desk.notices enable row level security;
create policy own on desk.notices to biaoshuai_app using (account_no = (select kernel.account_no())) with check (account_no = (select kernel.account_no()));
create policy engine_all on desk.notices to biaoshuai_engine using (true) with check (true);
