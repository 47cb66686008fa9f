create table orglife.fact_corrections (
  no bigint generated always as identity primary key,
  id text not null unique,
  state text not null constraint fact_corrections_state check (state in ('asked', 'answered')),
  person_no bigint not null references directory.persons (no),
  organization_no bigint not null references directory.organizations (no),
  record_kind text not null,
  record_id text not null,
  text text not null,
  asked_on date not null,
  asked_at timestamptz not null,
  asked_by bigint not null,
  outcome text constraint fact_corrections_outcome check (outcome in ('corrected', 'kept')),
  answer text,
  answered_at timestamptz,
  answered_by bigint,
  constraint fact_corrections_answered check ((state = 'answered') = (answer is not null and outcome is not null))
);
comment on table orglife.fact_corrections is 'What a person says is wrong in a record that names her; answered with a reason by those who keep the record';
create index fact_corrections_open on orglife.fact_corrections (organization_no) where state = 'asked';
create index fact_corrections_person on orglife.fact_corrections (person_no);

grant select, insert on orglife.fact_corrections to biaoshuai_app, biaoshuai_engine;
grant update (state, outcome, answer, answered_at, answered_by) on orglife.fact_corrections to biaoshuai_app, biaoshuai_engine;
grant usage on all sequences in schema orglife to biaoshuai_app, biaoshuai_engine;

-- Between the person and those who keep the record; nobody else reads what she said.
alter table orglife.fact_corrections enable row level security;
create policy own_or_kept on orglife.fact_corrections for select to biaoshuai_app
  using (person_no = (select kernel.person_no()) or directory.writes(organization_no));
create policy asked on orglife.fact_corrections for insert to biaoshuai_app
  with check (person_no = (select kernel.person_no()) and asked_by = (select kernel.account_no()) and state = 'asked');
create policy answered on orglife.fact_corrections for update to biaoshuai_app
  using (directory.writes(organization_no) and state = 'asked') with check (directory.writes(organization_no) and answered_by = (select kernel.account_no()));
create policy engine_all on orglife.fact_corrections to biaoshuai_engine using (true) with check (true);
