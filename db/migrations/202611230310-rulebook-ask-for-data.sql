-- 专项填报: a form, report or figure asked for beyond recording the work that the rules prescribe, with what it costs.
create table rulebook.data_requests (
  no bigint generated always as identity primary key,
  id text not null unique,
  issuer_no bigint not null,
  title text not null,
  purpose text not null,
  kind text not null constraint data_requests_kind check (kind in ('form', 'report', 'figure')),
  fields jsonb not null,
  recipient_kinds text[] not null,
  cadence text not null constraint data_requests_cadence check (cadence in ('once', 'month', 'quarter', 'half', 'year')),
  first_due date not null,
  last_day date not null,
  minutes_estimated integer not null constraint data_requests_minutes check (minutes_estimated between 1 and 960),
  state text not null constraint data_requests_state check (state in ('draft', 'published', 'ended', 'discarded')),
  revision integer not null default 1,
  made_by bigint not null,
  made_at timestamptz not null,
  published_by bigint,
  published_at timestamptz,
  ended_on date,
  end_reason text,
  constraint data_requests_sunset check (last_day >= first_due and last_day <= first_due + 366),
  constraint data_requests_ended check ((state = 'ended') = (ended_on is not null and end_reason is not null)),
  constraint data_requests_published check ((state in ('published', 'ended')) = (published_at is not null))
);
comment on table rulebook.data_requests is 'Forms, reports and figures asked for beyond recording; each has a last day';
comment on column rulebook.data_requests.fields is 'List of {key, title, kind, unit, choices}';
comment on column rulebook.data_requests.last_day is 'Sunset: no round is asked for after it';
comment on column rulebook.data_requests.minutes_estimated is 'Minutes of one answer as the issuer guesses, until enough who answered have said theirs';

create table rulebook.data_request_rounds (
  request_no bigint not null references rulebook.data_requests (no),
  due_on date not null,
  primary key (request_no, due_on)
);
comment on table rulebook.data_request_rounds is 'Days on which a published request falls due';

create table rulebook.data_request_recipients (
  request_no bigint not null references rulebook.data_requests (no),
  organization_no bigint not null,
  primary key (request_no, organization_no)
);
comment on table rulebook.data_request_recipients is 'Whom a published request asks, fixed on publishing';
create index data_request_recipients_asked on rulebook.data_request_recipients (organization_no);

create table rulebook.data_answers (
  no bigint generated always as identity primary key,
  id text not null unique,
  request_no bigint not null references rulebook.data_requests (no),
  due_on date not null,
  organization_no bigint not null,
  values jsonb not null,
  minutes integer constraint data_answers_minutes check (minutes between 1 and 960),
  answered_by bigint not null,
  answered_at timestamptz not null,
  revision integer not null default 1,
  constraint data_answers_once unique (request_no, due_on, organization_no)
);
comment on table rulebook.data_answers is 'The last answer of each recipient and round';
comment on column rulebook.data_answers.minutes is 'How long it took, as whoever answered says; free to be left out';

create table rulebook.data_answer_revisions (
  answer_no bigint not null references rulebook.data_answers (no),
  revision integer not null,
  values jsonb not null,
  minutes integer,
  recorded_by bigint not null,
  recorded_at timestamptz not null,
  primary key (answer_no, revision)
);
comment on table rulebook.data_answer_revisions is 'Every answer that was ever given; nothing is rewritten';

alter table rulebook.data_requests enable row level security;
alter table rulebook.data_request_rounds enable row level security;
alter table rulebook.data_request_recipients enable row level security;
alter table rulebook.data_answers enable row level security;
alter table rulebook.data_answer_revisions enable row level security;

create policy asked on rulebook.data_request_recipients for select to biaoshuai_app using (directory.reads(organization_no));
create policy named on rulebook.data_request_recipients for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy engine_all on rulebook.data_request_recipients to biaoshuai_engine using (true) with check (true);

create policy seen on rulebook.data_requests for select to biaoshuai_app using (
  directory.reads(issuer_no) or exists (select 1 from rulebook.data_request_recipients r where r.request_no = no));
create policy made on rulebook.data_requests for insert to biaoshuai_app with check (directory.writes(issuer_no));
create policy changed on rulebook.data_requests for update to biaoshuai_app
  using (directory.writes(issuer_no)) with check (directory.writes(issuer_no));
create policy engine_all on rulebook.data_requests to biaoshuai_engine using (true) with check (true);

create policy seen on rulebook.data_request_rounds for select to biaoshuai_app using (
  exists (select 1 from rulebook.data_requests q where q.no = request_no));
create policy set on rulebook.data_request_rounds for insert to biaoshuai_app with check (
  exists (select 1 from rulebook.data_requests q where q.no = request_no and directory.writes(q.issuer_no)));
create policy engine_all on rulebook.data_request_rounds to biaoshuai_engine using (true) with check (true);

create policy in_scope on rulebook.data_answers for select to biaoshuai_app using (directory.reads(organization_no));
create policy given on rulebook.data_answers for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy corrected on rulebook.data_answers for update to biaoshuai_app
  using (directory.writes(organization_no)) with check (directory.writes(organization_no));
create policy engine_all on rulebook.data_answers to biaoshuai_engine using (true) with check (true);

create policy in_scope on rulebook.data_answer_revisions for select to biaoshuai_app using (
  exists (select 1 from rulebook.data_answers a where a.no = answer_no));
create policy given on rulebook.data_answer_revisions for insert to biaoshuai_app with check (
  exists (select 1 from rulebook.data_answers a where a.no = answer_no and directory.writes(a.organization_no)));
create policy engine_all on rulebook.data_answer_revisions to biaoshuai_engine using (true) with check (true);

grant select, insert on rulebook.data_requests, rulebook.data_request_rounds, rulebook.data_request_recipients, rulebook.data_answers,
  rulebook.data_answer_revisions to biaoshuai_app;
grant update (title, purpose, kind, fields, recipient_kinds, cadence, first_due, last_day, minutes_estimated, state, revision, published_by,
  published_at, ended_on, end_reason) on rulebook.data_requests to biaoshuai_app;
grant update (values, minutes, answered_by, answered_at, revision) on rulebook.data_answers to biaoshuai_app;
grant select, insert, update, delete on rulebook.data_requests, rulebook.data_request_rounds, rulebook.data_request_recipients,
  rulebook.data_answers to biaoshuai_engine;
grant select, insert on rulebook.data_answer_revisions to biaoshuai_engine;
grant usage on all sequences in schema rulebook to biaoshuai_app, biaoshuai_engine;
