create schema learning;
comment on schema learning is '学习培训: plans, classes with sessions, attendance by the organiser, hours of persons with their source';

create table learning.categories (
  code text primary key,
  title text not null unique,
  political_theory boolean not null,
  position integer not null,
  added_at timestamptz not null default now(),
  added_by bigint
);
comment on table learning.categories is 'What a session is about, and whether it counts as political theory. Added to, never changed, so that no share moves afterwards';
insert into learning.categories (code, title, political_theory, position) values
  ('political_theory', '政治理论', true, 1), ('party_spirit', '党性教育', false, 2), ('party_discipline', '党规党纪', false, 3),
  ('party_affairs', '党务知识', false, 4), ('business', '业务能力', false, 5), ('general_knowledge', '综合知识', false, 6);

create table learning.crediting_rules (
  code text primary key,
  value numeric(8, 4) not null constraint crediting_rules_value check (value >= 0),
  enabled boolean not null,
  reason text,
  changed_at timestamptz not null default now(),
  changed_by bigint
);
comment on table learning.crediting_rules is 'Local rules by which hours are credited; the ledger keeps each change';
insert into learning.crediting_rules (code, value, enabled) values ('self_study_cap', 16, true), ('day_hours', 8, false), ('leave_share', 0.1428, false);

create table learning.plans (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint plans_state check (state in ('recorded', 'withdrawn')),
  organization_no bigint not null references directory.organizations (no),
  year integer not null constraint plans_year check (year between 2000 and 2100),
  title text not null,
  note text,
  items jsonb not null,
  state_reason text,
  recorded_on date not null,
  recorded_at timestamptz not null,
  recorded_by bigint not null
);
comment on table learning.plans is 'Training plan of a year: which classes for whom, in which month';
comment on column learning.plans.items is 'List of {title, targetGroup, month, hours}';
create unique index plans_one_a_year on learning.plans (organization_no, year) where state = 'recorded';
create table learning.plan_revisions (
  plan_no bigint not null references learning.plans (no),
  revision integer not null,
  state text not null,
  body jsonb not null,
  reason text,
  recorded_at timestamptz not null,
  recorded_by bigint not null,
  primary key (plan_no, revision)
);
comment on table learning.plan_revisions is 'Each whole state of a plan as entered. Insert only';

create table learning.classes (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint classes_state check (state in ('planned', 'held', 'withdrawn')),
  organization_no bigint not null references directory.organizations (no),
  title text not null,
  target_group text not null,
  off_duty boolean not null,
  seats integer constraint classes_seats check (seats between 1 and 5000),
  starts_on date not null,
  ends_on date not null,
  hours numeric(6, 1) not null,
  theory_hours numeric(6, 1) not null,
  exception_reason text,
  recorded_on date,
  late_reason text,
  state_reason text,
  created_on date not null,
  created_at timestamptz not null,
  created_by bigint not null,
  constraint classes_days check (starts_on <= ends_on),
  constraint classes_hours check (hours > 0 and theory_hours >= 0 and theory_hours <= hours),
  constraint classes_share check (theory_hours * 10 >= hours * 7 or exception_reason is not null),
  constraint classes_recorded check ((state = 'held') <= (recorded_on is not null))
);
comment on table learning.classes is '培训班 as they stand: the projection of the last revision';
comment on column learning.classes.theory_hours is 'Hours of sessions whose category counts as political theory';
comment on column learning.classes.exception_reason is 'Why it was set up below seventy per cent; it is then counted as unmet';
comment on column learning.classes.recorded_on is 'Day on which attendance was first entered; a correction never moves it';
comment on column learning.classes.off_duty is '脱产: only then is leave held against the total';
create index classes_ended on learning.classes (ends_on desc, no desc);
create index classes_organization on learning.classes (organization_no, ends_on);

create table learning.class_revisions (
  class_no bigint not null references learning.classes (no),
  revision integer not null,
  state text not null,
  body jsonb not null,
  reason text,
  recorded_at timestamptz not null,
  recorded_by bigint not null,
  primary key (class_no, revision)
);
comment on table learning.class_revisions is 'Each whole state of a class as entered, with participants and absences. Insert only';

create table learning.class_sessions (
  class_no bigint not null references learning.classes (no),
  position integer not null,
  title text not null,
  held_on date not null,
  hours numeric(4, 1) not null constraint class_sessions_hours check (hours > 0 and hours <= 24 and hours * 2 = trunc(hours * 2)),
  category text not null references learning.categories (code),
  teacher text,
  place text,
  primary key (class_no, position)
);
comment on table learning.class_sessions is 'Sessions of a class in their order';

create table learning.participants (
  class_no bigint not null references learning.classes (no),
  person_no bigint not null references directory.persons (no),
  organization_no bigint not null references directory.organizations (no),
  host_no bigint not null references directory.organizations (no),
  held_on date not null,
  hours numeric(6, 1),
  theory_hours numeric(6, 1),
  missed_hours numeric(6, 1),
  primary key (class_no, person_no),
  constraint participants_hours check (hours >= 0 and theory_hours >= 0 and theory_hours <= hours and missed_hours >= 0)
);
comment on table learning.participants is 'Who is registered; hours credited once the organiser has entered attendance';
comment on column learning.participants.organization_no is 'The branch (or other home) of the person when registered';
comment on column learning.participants.host_no is 'The organization that holds the class';
create index participants_person on learning.participants (person_no, held_on);
create index participants_organization on learning.participants (organization_no, held_on);

create table learning.absences (
  class_no bigint not null,
  position integer not null,
  person_no bigint not null,
  reason text not null,
  primary key (class_no, position, person_no),
  constraint absences_participant foreign key (class_no, person_no) references learning.participants (class_no, person_no)
);
comment on table learning.absences is 'Sessions that a participant missed, with the reason as entered by the organiser';

create table learning.study_records (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint study_records_state check (state in ('submitted', 'confirmed', 'refused', 'withdrawn')),
  kind text not null constraint study_records_kind check (kind in ('sent_out', 'self_study')),
  person_no bigint not null references directory.persons (no),
  organization_no bigint not null references directory.organizations (no),
  title text not null,
  category text not null references learning.categories (code),
  level text not null constraint study_records_level check (level in ('unit', 'county', 'city', 'province', 'national')),
  held_on date not null,
  hours numeric(6, 1) not null constraint study_records_hours check (hours > 0 and hours <= 1000 and hours * 2 = trunc(hours * 2)),
  credited numeric(6, 1) constraint study_records_credited check (credited >= 0 and credited <= hours),
  late_reason text,
  state_reason text,
  recorded_on date not null,
  recorded_at timestamptz not null,
  recorded_by bigint not null
);
comment on table learning.study_records is '外派培训 and 自学: hours beside classes; counted once the branch has confirmed them';
create index study_records_person on learning.study_records (person_no, held_on);
create index study_records_organization on learning.study_records (organization_no, held_on);
create table learning.study_record_revisions (
  record_no bigint not null references learning.study_records (no),
  revision integer not null,
  state text not null,
  body jsonb not null,
  reason text,
  recorded_at timestamptz not null,
  recorded_by bigint not null,
  primary key (record_no, revision)
);
comment on table learning.study_record_revisions is 'Each whole state of such a record as entered. Insert only';

create table learning.correction_requests (
  no bigint generated always as identity primary key,
  id text not null unique,
  state text not null constraint correction_requests_state check (state in ('asked', 'answered')),
  person_no bigint not null references directory.persons (no),
  organization_no bigint not null references directory.organizations (no),
  class_no bigint references learning.classes (no),
  record_no bigint references learning.study_records (no),
  text text not null,
  asked_at timestamptz not null,
  asked_by bigint not null,
  answer text,
  answered_at timestamptz,
  answered_by bigint,
  constraint correction_requests_one check (num_nonnulls(class_no, record_no) = 1),
  constraint correction_requests_answered check ((state = 'answered') = (answer is not null))
);
comment on table learning.correction_requests is 'What a person says is wrong with her own hours; answered by whoever entered them';
create index correction_requests_open on learning.correction_requests (organization_no) where state = 'asked';

grant usage on schema learning to biaoshuai_app, biaoshuai_engine;
grant select on all tables in schema learning to biaoshuai_app, biaoshuai_engine;
grant insert on all tables in schema learning to biaoshuai_app, biaoshuai_engine;
grant update on learning.crediting_rules, learning.plans, learning.classes, learning.participants, learning.study_records,
  learning.correction_requests to biaoshuai_app, biaoshuai_engine;
grant delete on learning.class_sessions, learning.participants, learning.absences to biaoshuai_app, biaoshuai_engine;
revoke insert on learning.crediting_rules from biaoshuai_app, biaoshuai_engine;
grant usage on all sequences in schema learning to biaoshuai_app, biaoshuai_engine;

alter table learning.categories enable row level security;
create policy open on learning.categories for select to biaoshuai_app using (true);
create policy added on learning.categories for insert to biaoshuai_app with check (
  exists (select 1 from directory.organizations o where o.kind = 'working_committee' and directory.writes(o.no)));
alter table learning.crediting_rules enable row level security;
create policy open on learning.crediting_rules for select to biaoshuai_app using (true);
create policy changed on learning.crediting_rules for update to biaoshuai_app using (
  exists (select 1 from directory.organizations o where o.kind = 'working_committee' and directory.writes(o.no)));

alter table learning.plans enable row level security;
create policy in_scope on learning.plans for select to biaoshuai_app using (directory.reads_on(organization_no, make_date(year, 1, 1)));
create policy entered on learning.plans for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on learning.plans for update to biaoshuai_app using (directory.writes(organization_no));

alter table learning.participants enable row level security;
create policy own_or_in_scope on learning.participants for select to biaoshuai_app using (person_no = (select kernel.person_no())
  or directory.reads_on(organization_no, held_on) or directory.reads_on(host_no, held_on));
create policy entered on learning.participants for insert to biaoshuai_app with check (directory.writes(host_no));
create policy changed on learning.participants for update to biaoshuai_app using (directory.writes(host_no));
create policy removed on learning.participants for delete to biaoshuai_app using (directory.writes(host_no));

alter table learning.classes enable row level security;
create policy in_scope on learning.classes for select to biaoshuai_app using (directory.reads_on(organization_no, ends_on)
  or exists (select 1 from learning.participants p where p.class_no = classes.no));
create policy entered on learning.classes for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on learning.classes for update to biaoshuai_app using (directory.writes(organization_no));

alter table learning.absences enable row level security;
create policy seen_with_participant on learning.absences for select to biaoshuai_app using (
  exists (select 1 from learning.participants p where p.class_no = absences.class_no and p.person_no = absences.person_no));

alter table learning.class_sessions enable row level security;
create policy seen_with_class on learning.class_sessions for select to biaoshuai_app
  using (exists (select 1 from learning.classes c where c.no = class_sessions.class_no));

-- Revisions name everybody who took part, so only the organization that holds the class and those above read them.
alter table learning.class_revisions enable row level security;
create policy in_scope on learning.class_revisions for select to biaoshuai_app
  using (exists (select 1 from learning.classes c where c.no = class_revisions.class_no and directory.reads_on(c.organization_no, c.ends_on)));
alter table learning.plan_revisions enable row level security;
create policy seen_with_plan on learning.plan_revisions for select to biaoshuai_app
  using (exists (select 1 from learning.plans p where p.no = plan_revisions.plan_no));
create policy entered on learning.plan_revisions for insert to biaoshuai_app with check (
  exists (select 1 from learning.plans p where p.no = plan_revisions.plan_no and directory.writes(p.organization_no)));

do $$ declare part text; begin
  foreach part in array array['absences', 'class_sessions', 'class_revisions'] loop
    execute format('create policy entered on learning.%I for insert to biaoshuai_app with check (
      exists (select 1 from learning.classes c where c.no = %I.class_no and directory.writes(c.organization_no)))', part, part);
  end loop;
  foreach part in array array['absences', 'class_sessions'] loop
    execute format('create policy removed on learning.%I for delete to biaoshuai_app using (
      exists (select 1 from learning.classes c where c.no = %I.class_no and directory.writes(c.organization_no)))', part, part);
  end loop;
  foreach part in array array['categories', 'crediting_rules', 'plans', 'plan_revisions', 'classes', 'class_revisions', 'class_sessions', 'participants',
    'absences', 'study_records', 'study_record_revisions', 'correction_requests'] loop
    execute format('create policy engine_all on learning.%I to biaoshuai_engine using (true) with check (true)', part);
  end loop;
end $$;

-- Self-study is handed in by the person alone and confirmed by the branch.
alter table learning.study_records enable row level security;
create policy own_or_in_scope on learning.study_records for select to biaoshuai_app
  using (person_no = (select kernel.person_no()) or directory.reads_on(organization_no, held_on));
create policy entered on learning.study_records for insert to biaoshuai_app with check (directory.writes(organization_no)
  or (person_no = (select kernel.person_no()) and kind = 'self_study' and state = 'submitted'));
create policy changed on learning.study_records for update to biaoshuai_app using (directory.writes(organization_no)
  or (person_no = (select kernel.person_no()) and kind = 'self_study' and state = 'submitted'))
  with check (directory.writes(organization_no)
  or (person_no = (select kernel.person_no()) and kind = 'self_study' and state in ('submitted', 'withdrawn')));
alter table learning.study_record_revisions enable row level security;
create policy seen_with_record on learning.study_record_revisions for select to biaoshuai_app
  using (exists (select 1 from learning.study_records r where r.no = study_record_revisions.record_no));
create policy entered on learning.study_record_revisions for insert to biaoshuai_app with check (
  recorded_by = (select kernel.account_no()) and exists (select 1 from learning.study_records r where r.no = study_record_revisions.record_no
    and (directory.writes(r.organization_no) or r.person_no = (select kernel.person_no()))));

alter table learning.correction_requests enable row level security;
create policy own_or_in_scope on learning.correction_requests for select to biaoshuai_app
  using (person_no = (select kernel.person_no()) or directory.reads_on(organization_no, asked_at::date));
create policy asked on learning.correction_requests for insert to biaoshuai_app
  with check (person_no = (select kernel.person_no()) and state = 'asked');
create policy answered on learning.correction_requests for update to biaoshuai_app using (directory.writes(organization_no));
