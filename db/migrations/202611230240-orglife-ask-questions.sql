-- Hours and minutes of a meeting, both free to be left out; announced checks; questions to whoever keeps the records.
alter table orglife.meetings
  add column starts_at time,
  add column ends_at time,
  add column minutes text,
  add constraint meetings_hours check (ends_at is null or starts_at is not null and ends_at > starts_at),
  add constraint meetings_minutes check (length(minutes) <= 20000);
comment on column orglife.meetings.starts_at is 'Clock time in Asia/Shanghai, never required';
comment on column orglife.meetings.minutes is '会议纪要: what was discussed, in the recorder''s words, never required. Compared with other minutes as a copy check only';

create table orglife.announced_checks (
  no bigint generated always as identity primary key,
  id text not null unique,
  organization_no bigint not null references directory.organizations (no),
  title text not null,
  announced_on date not null,
  visit_on date not null,
  noted_at timestamptz not null,
  noted_by bigint not null,
  cancelled_at timestamptz,
  cancel_reason text,
  constraint announced_checks_order check (visit_on >= announced_on),
  constraint announced_checks_cancelled check ((cancelled_at is null) = (cancel_reason is null))
);
comment on table orglife.announced_checks is 'Checks announced to an organization and all under it: when it was told, when the visit is';
create index announced_checks_visit on orglife.announced_checks (visit_on);

create table orglife.questions (
  no bigint generated always as identity primary key,
  id text not null unique,
  detector text not null constraint questions_detector check (detector in ('burst', 'two_rooms', 'on_leave', 'not_a_member', 'same_minutes')),
  key text not null constraint questions_asked_once unique,
  organization_no bigint not null references directory.organizations (no),
  sentence text not null,
  meeting_nos bigint[] not null,
  person_nos bigint[] not null default '{}',
  passages text[] not null default '{}',
  asked_on date not null,
  seen_above_from date not null,
  visible_above boolean not null default false,
  state text not null default 'open' constraint questions_state check (state in ('open', 'answered')),
  answer_kind text constraint questions_answer_kind check (answer_kind in ('explained', 'corrected', 'withdrawn', 'asked_wrongly')),
  answer text,
  answered_at timestamptz,
  answered_by bigint,
  constraint questions_answered check ((state = 'answered') = (answer_kind is not null and answer is not null and answered_at is not null and answered_by is not null))
);
comment on table orglife.questions is 'Questions to whoever keeps the records, never verdicts. Nothing counts them; each key is asked once';
comment on column orglife.questions.key is 'What the question is about; asked once and never again, whatever the answer';
comment on column orglife.questions.person_nos is 'Persons concerned; names are shown under the reader''s own scope only';
comment on column orglife.questions.passages is 'Passages of the asked organization''s own minutes that stand elsewhere as well';
comment on column orglife.questions.visible_above is 'Those above see it once it is answered or the waiting time is over';
create index questions_organization on orglife.questions (organization_no, asked_on desc);
create index questions_waiting on orglife.questions (seen_above_from) where not visible_above;

create table orglife.minutes_sketches (
  meeting_no bigint primary key references orglife.meetings (no),
  revision integer not null,
  words integer not null
);
comment on table orglife.minutes_sketches is 'Which revision of a meeting''s minutes stands in the two tables beside it';
create table orglife.minutes_bands (
  meeting_no bigint not null references orglife.meetings (no),
  band smallint not null,
  hash integer not null,
  primary key (band, hash, meeting_no)
);
comment on table orglife.minutes_bands is 'Bands of a MinHash signature: minutes that share one may be alike. Numbers, no words';
create index minutes_bands_meeting on orglife.minutes_bands (meeting_no);
create table orglife.minutes_passages (
  meeting_no bigint not null references orglife.meetings (no),
  organization_no bigint not null references directory.organizations (no),
  hash bigint not null,
  primary key (hash, organization_no, meeting_no)
);
comment on table orglife.minutes_passages is 'Hashes of passages, to know what many organizations say alike because it was sent to them all';
create index minutes_passages_meeting on orglife.minutes_passages (meeting_no);

grant select, insert on orglife.announced_checks to biaoshuai_app;
grant update (cancelled_at, cancel_reason) on orglife.announced_checks to biaoshuai_app;
grant select on orglife.questions to biaoshuai_app;
grant update (state, answer_kind, answer, answered_at, answered_by, visible_above) on orglife.questions to biaoshuai_app;
grant select, insert, update, delete on orglife.announced_checks, orglife.questions, orglife.minutes_sketches, orglife.minutes_bands,
  orglife.minutes_passages to biaoshuai_engine;
grant usage on all sequences in schema orglife to biaoshuai_app, biaoshuai_engine;

alter table orglife.announced_checks enable row level security;
create policy above_and_below on orglife.announced_checks for select to biaoshuai_app using (
  directory.reads(organization_no)
  or exists (select 1 from directory.organization_ancestry a where a.ancestor_no = announced_checks.organization_no
    and a.organization_no = any ((select kernel.read_orgs())::bigint[]) and upper_inf(a.valid)));
create policy noted on orglife.announced_checks for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy cancelled on orglife.announced_checks for update to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on orglife.announced_checks to biaoshuai_engine using (true) with check (true);

alter table orglife.questions enable row level security;
create policy own_first on orglife.questions for select to biaoshuai_app using (
  organization_no = any ((select kernel.read_orgs())::bigint[]) or visible_above and directory.reads(organization_no));
create policy answered on orglife.questions for update to biaoshuai_app
  using (organization_no = any ((select kernel.write_orgs())::bigint[]));
create policy engine_all on orglife.questions to biaoshuai_engine using (true) with check (true);

do $$ declare part text; begin
  foreach part in array array['minutes_sketches', 'minutes_bands', 'minutes_passages'] loop
    execute format('alter table orglife.%I enable row level security', part);
    execute format('create policy engine_all on orglife.%I to biaoshuai_engine using (true) with check (true)', part);
  end loop;
end $$;
