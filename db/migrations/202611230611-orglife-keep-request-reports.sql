create table orglife.request_reports (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint request_reports_state
    check (state in ('drafted', 'sent', 'received', 'returned', 'passed', 'answered', 'followed_up', 'closed', 'withdrawn')),
  kind text not null constraint request_reports_kind check (kind in ('request', 'report')),
  urgent boolean not null,
  organization_no bigint not null references directory.organizations (no),
  to_no bigint not null references directory.organizations (no),
  at_no bigint not null references directory.organizations (no),
  title text not null,
  content text not null,
  document_number text,
  act_on date,
  after_reason text,
  after_told boolean generated always as (after_reason is not null) stored,
  skip_reason text,
  skip_told boolean generated always as (skip_reason is not null) stored,
  meeting_no bigint references orglife.meetings (no),
  circulated text,
  signer text,
  copy_owed_no bigint references directory.organizations (no),
  direct boolean not null,
  decided boolean not null,
  after_act boolean not null default false,
  continued boolean not null default false,
  return_ground text,
  sent_on date,
  sent_by bigint,
  answered_on date,
  follow_due_on date,
  state_reason text,
  drafted_on date not null,
  drafted_by bigint not null,
  constraint request_reports_sent check (state in ('drafted', 'withdrawn') or sent_on is not null)
);
comment on table orglife.request_reports is '请示报告: one matter each, from an organization to those above it; the projection of its steps';
comment on column orglife.request_reports.to_no is 'Whom it is addressed to';
comment on column orglife.request_reports.at_no is 'Where it lies now: another one than addressed when it was passed upward';
comment on column orglife.request_reports.act_on is 'The day on which what is asked for is to be done; sent on that day or later it is after the act';
comment on column orglife.request_reports.copy_owed_no is 'The other side of a twofold leadership, to which a copy is owed';
comment on column orglife.request_reports.skip_told is 'That there is a reason, without its words: enters frozen figures';
comment on column orglife.request_reports.direct is 'Addressed to the direct superior';
comment on column orglife.request_reports.decided is 'Names the meeting or circulation that decided it, and who signed';
comment on column orglife.request_reports.continued is 'Something was reported after it: what came next, or how it went';
comment on column orglife.request_reports.sent_on is 'Day of the last sending';
create index request_reports_organization on orglife.request_reports (organization_no, sent_on);
create index request_reports_at on orglife.request_reports (at_no, state);

create table orglife.request_steps (
  request_no bigint not null references orglife.request_reports (no),
  revision integer not null,
  action text not null,
  state text not null,
  organization_no bigint not null references directory.organizations (no),
  said text,
  body jsonb,
  acted_on date not null,
  acted_at timestamptz not null,
  acted_by bigint not null,
  primary key (request_no, revision)
);
comment on table orglife.request_steps is 'Every step with the words of the answer, the return, what was reported after; the whole paper where it was written anew. Insert only';
comment on column orglife.request_steps.organization_no is 'On whose behalf: the sender, or the organization where it lay';

create table orglife.request_stations (
  request_no bigint not null references orglife.request_reports (no),
  position integer not null,
  organization_no bigint not null references directory.organizations (no),
  arrived_on date not null,
  received_on date,
  due_on date,
  told_on date,
  told_until date,
  told_reason text,
  done_on date,
  outcome text constraint request_stations_outcome check (outcome in ('answered', 'returned', 'passed', 'withdrawn', 'closed')),
  primary key (request_no, position)
);
comment on table orglife.request_stations is 'Each organization above with which a request or report lay, with its clock';
comment on column orglife.request_stations.due_on is 'Last day of the answer, by the days that the rule said when it arrived; null for a report';
comment on column orglife.request_stations.told_on is 'Day on which it was said beforehand why it takes longer, and until when';
create index request_stations_due on orglife.request_stations (organization_no, due_on);

create table orglife.request_copies (
  request_no bigint not null references orglife.request_reports (no),
  organization_no bigint not null references directory.organizations (no),
  from_no bigint not null references directory.organizations (no),
  primary key (request_no, organization_no)
);
comment on table orglife.request_copies is '抄送';
comment on column orglife.request_copies.from_no is 'The sender, so that its policies need look at no paper';

create table orglife.request_files (
  request_no bigint not null references orglife.request_reports (no),
  file_no bigint not null references kernel.files (no),
  primary key (request_no, file_no)
);
comment on table orglife.request_files is 'Attachments; never required';

grant select, insert, update on orglife.request_reports, orglife.request_stations to biaoshuai_app;
grant select, insert on orglife.request_steps to biaoshuai_app;
grant select, insert, delete on orglife.request_copies, orglife.request_files to biaoshuai_app;
grant select, insert, update, delete on orglife.request_reports, orglife.request_stations, orglife.request_copies, orglife.request_files to biaoshuai_engine;
grant select, insert on orglife.request_steps to biaoshuai_engine;
grant usage on all sequences in schema orglife to biaoshuai_app, biaoshuai_engine;

-- Copies look at nothing else, so that a paper may be read by those who got a copy without turning in a circle.
alter table orglife.request_copies enable row level security;
create policy in_scope on orglife.request_copies for select to biaoshuai_app using (directory.reads(organization_no) or directory.reads(from_no));
create policy copied on orglife.request_copies for insert to biaoshuai_app with check (directory.writes(from_no));
create policy removed on orglife.request_copies for delete to biaoshuai_app using (directory.writes(from_no));
create policy engine_all on orglife.request_copies to biaoshuai_engine using (true) with check (true);

alter table orglife.request_reports enable row level security;
create policy in_scope on orglife.request_reports for select to biaoshuai_app using (
  directory.reads(organization_no) or directory.reads(at_no)
  or state <> 'drafted' and exists (select 1 from orglife.request_copies c where c.request_no = request_reports.no));
create policy drafted on orglife.request_reports for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on orglife.request_reports for update to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on orglife.request_reports to biaoshuai_engine using (true) with check (true);

do $$ declare part text; begin
  foreach part in array array['request_steps', 'request_stations', 'request_files'] loop
    execute format('alter table orglife.%I enable row level security', part);
    execute format('create policy seen_with_paper on orglife.%I for select to biaoshuai_app
      using (exists (select 1 from orglife.request_reports r where r.no = %I.request_no))', part, part);
    execute format('create policy entered on orglife.%I for insert to biaoshuai_app with check (
      exists (select 1 from orglife.request_reports r where r.no = %I.request_no and directory.writes(r.organization_no)))', part, part);
    execute format('create policy engine_all on orglife.%I to biaoshuai_engine using (true) with check (true)', part);
  end loop;
end $$;
create policy moved_on on orglife.request_stations for update to biaoshuai_app using (
  exists (select 1 from orglife.request_reports r where r.no = request_stations.request_no and directory.writes(r.organization_no)));
create policy removed on orglife.request_files for delete to biaoshuai_app using (
  exists (select 1 from orglife.request_reports r where r.no = request_files.request_no and directory.writes(r.organization_no)));
