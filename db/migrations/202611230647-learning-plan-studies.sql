-- 学习计划: units of study with short self-tests. What is kept of a person is that a unit is done, never an answer and never a mark.
create table learning.study_plans (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint study_plans_state check (state in ('open', 'closed', 'withdrawn')),
  organization_no bigint not null references directory.organizations (no),
  year integer not null constraint study_plans_year check (year between 2000 and 2100),
  topic text not null constraint study_plans_topic check (topic in ('three_regulations', 'discipline', 'other')),
  audience text not null constraint study_plans_audience check (audience in ('party_workers', 'branch_secretaries', 'party_members')),
  title text not null,
  note text,
  state_reason text,
  recorded_on date not null,
  recorded_at timestamptz not null,
  recorded_by bigint not null
);
comment on table learning.study_plans is '学习计划: units of study that an organization lays out for those under it';
create index study_plans_organization on learning.study_plans (organization_no, year);

create table learning.study_plan_revisions (
  plan_no bigint not null references learning.study_plans (no),
  revision integer not null,
  state text not null,
  body jsonb not null,
  reason text,
  recorded_at timestamptz not null,
  recorded_by bigint not null,
  primary key (plan_no, revision)
);
comment on table learning.study_plan_revisions is 'Each whole state of a study plan as entered. Insert only';

create table learning.study_units (
  no bigint generated always as identity primary key,
  id text not null unique,
  plan_no bigint not null references learning.study_plans (no),
  organization_no bigint not null references directory.organizations (no),
  position integer not null,
  title text not null,
  material text,
  by_day date,
  asked integer not null constraint study_units_asked check (asked between 0 and 50),
  right_share numeric(3, 2) not null constraint study_units_share check (right_share > 0 and right_share <= 1),
  removed boolean not null default false
);
comment on table learning.study_units is 'A unit of study: what to read, how many questions a self-test asks, and which share must be right';
create index study_units_plan on learning.study_units (plan_no, position);

create table learning.study_questions (
  no bigint generated always as identity primary key,
  id text not null unique,
  unit_no bigint not null references learning.study_units (no),
  organization_no bigint not null references directory.organizations (no),
  position integer not null,
  kind text not null constraint study_questions_kind check (kind in ('single', 'multiple', 'true_false')),
  text text not null,
  options jsonb not null,
  right_options integer[] not null constraint study_questions_right check (cardinality(right_options) > 0),
  explanation text
);
comment on table learning.study_questions is 'The question bank of a unit, replaced as a whole';
create index study_questions_unit on learning.study_questions (unit_no, position);

create table learning.study_done (
  unit_no bigint not null references learning.study_units (no),
  person_no bigint not null references directory.persons (no),
  organization_no bigint not null references directory.organizations (no),
  done_on date not null,
  recorded_at timestamptz not null,
  primary key (unit_no, person_no)
);
comment on table learning.study_done is 'That somebody is done with a unit of study: no answers, no marks, no time';
comment on column learning.study_done.organization_no is 'The branch (or other home) of the person on that day';
create index study_done_organization on learning.study_done (organization_no);
create index study_done_person on learning.study_done (person_no);

grant select, insert on learning.study_plans, learning.study_plan_revisions, learning.study_units, learning.study_questions, learning.study_done
  to biaoshuai_app, biaoshuai_engine;
grant update on learning.study_plans, learning.study_units to biaoshuai_app, biaoshuai_engine;
grant delete on learning.study_questions to biaoshuai_app, biaoshuai_engine;
grant usage on all sequences in schema learning to biaoshuai_app, biaoshuai_engine;

alter table learning.study_plans enable row level security;
create policy in_scope_or_from_above on learning.study_plans for select to biaoshuai_app
  using (directory.reads_on(organization_no, recorded_on) or learning.stands_over_reader(organization_no));
create policy entered on learning.study_plans for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on learning.study_plans for update to biaoshuai_app using (directory.writes(organization_no));
alter table learning.study_plan_revisions enable row level security;
create policy seen_with_plan on learning.study_plan_revisions for select to biaoshuai_app
  using (exists (select 1 from learning.study_plans p where p.no = study_plan_revisions.plan_no and directory.reads_on(p.organization_no, p.recorded_on)));
create policy entered on learning.study_plan_revisions for insert to biaoshuai_app
  with check (exists (select 1 from learning.study_plans p where p.no = study_plan_revisions.plan_no and directory.writes(p.organization_no)));
alter table learning.study_units enable row level security;
create policy seen_with_plan on learning.study_units for select to biaoshuai_app
  using (exists (select 1 from learning.study_plans p where p.no = study_units.plan_no));
create policy entered on learning.study_units for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on learning.study_units for update to biaoshuai_app using (directory.writes(organization_no));
alter table learning.study_questions enable row level security;
create policy seen_with_unit on learning.study_questions for select to biaoshuai_app
  using (exists (select 1 from learning.study_units u where u.no = study_questions.unit_no));
create policy entered on learning.study_questions for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy removed on learning.study_questions for delete to biaoshuai_app using (directory.writes(organization_no));

-- Who is done is known to the person and, by name, to the branch; those above are given counts alone.
alter table learning.study_done enable row level security;
create policy own_or_of_the_branch on learning.study_done for select to biaoshuai_app
  using (person_no = (select kernel.person_no()) or organization_no = any (kernel.read_orgs()));
create policy own on learning.study_done for insert to biaoshuai_app with check (person_no = (select kernel.person_no()));

do $$ declare part text; begin
  foreach part in array array['study_plans', 'study_plan_revisions', 'study_units', 'study_questions', 'study_done'] loop
    execute format('create policy engine_all on learning.%I to biaoshuai_engine using (true) with check (true)', part);
  end loop;
end $$;
