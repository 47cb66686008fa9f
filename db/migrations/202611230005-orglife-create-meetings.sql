create schema orglife;
comment on schema orglife is '组织生活: meetings with ordered agendas';

create table orglife.meetings (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint meetings_state check (state in ('planned', 'cancelled', 'recorded', 'withdrawn')),
  organization_no bigint not null references directory.organizations (no),
  kinds text[] not null constraint meetings_kinds check (cardinality(kinds) > 0),
  title text not null,
  held_on date not null,
  place text,
  first_category text,
  chair_no bigint,
  speaker_no bigint,
  recorded_on date,
  recorded_at timestamptz,
  recorded_by bigint,
  late_reason text,
  planned_at timestamptz,
  state_reason text,
  constraint meetings_recorded check (state not in ('recorded', 'withdrawn') or recorded_on is not null)
);
comment on table orglife.meetings is 'Meetings as they stand; the projection of the last revision';
comment on column orglife.meetings.organization_no is 'The organization that holds it; those that take part together stand in meeting_organizations';
comment on column orglife.meetings.first_category is 'Category of agenda item 1 (D1.2)';
comment on column orglife.meetings.recorded_on is 'Day of the first record; a correction never moves it';
create index meetings_held on orglife.meetings (held_on desc, no desc);
create index meetings_organization on orglife.meetings (organization_no, held_on);
create index meetings_speaker on orglife.meetings (speaker_no, held_on) where speaker_no is not null;

create table orglife.meeting_revisions (
  meeting_no bigint not null references orglife.meetings (no),
  revision integer not null,
  state text not null,
  body jsonb not null,
  reason text,
  recorded_at timestamptz not null,
  recorded_by bigint not null,
  primary key (meeting_no, revision)
);
comment on table orglife.meeting_revisions is 'Each whole state of a meeting as recorded. Insert only';

create table orglife.meeting_organizations (
  meeting_no bigint not null references orglife.meetings (no),
  organization_no bigint not null references directory.organizations (no),
  held_on date not null,
  expected integer not null default 0,
  present integer not null default 0,
  eligible integer not null default 0,
  eligible_present integer not null default 0,
  committee_expected integer not null default 0,
  committee_present integer not null default 0,
  primary key (meeting_no, organization_no)
);
comment on table orglife.meeting_organizations is 'Which organizations held it together, with the heads each quorum is taken from (ZB7, ZB9)';
create index meeting_organizations_held on orglife.meeting_organizations (organization_no, held_on);

create table orglife.attendances (
  meeting_no bigint not null references orglife.meetings (no),
  person_no bigint not null references directory.persons (no),
  organization_no bigint not null references directory.organizations (no),
  presence text not null constraint attendances_presence check (presence in ('present', 'absent', 'sitting_in')),
  reason text,
  primary key (meeting_no, person_no)
);
comment on table orglife.attendances is 'Who was expected, present, absent with a reason, or sitting in. Entered by the recorder, never by a device';
create index attendances_person on orglife.attendances (person_no);

create table orglife.agenda_items (
  meeting_no bigint not null references orglife.meetings (no),
  position integer not null,
  title text not null,
  category text not null,
  primary key (meeting_no, position)
);
comment on table orglife.agenda_items is 'The ordered agenda';

create table orglife.votes (
  meeting_no bigint not null references orglife.meetings (no),
  position integer not null,
  matter text not null,
  eligible integer not null,
  present integer not null,
  yes integer not null,
  no_votes integer not null,
  abstained integer not null,
  passed boolean not null,
  primary key (meeting_no, position)
);
comment on table orglife.votes is 'Counts of votes; passed when yes is more than half of those eligible (ZB7)';

create table orglife.resolutions (
  no bigint generated always as identity primary key,
  meeting_no bigint not null references orglife.meetings (no),
  position integer not null,
  content text not null,
  owner_no bigint references directory.persons (no),
  due_on date,
  constraint resolutions_position unique (meeting_no, position)
);
comment on table orglife.resolutions is 'What was resolved, by whom and until when it is done';

create table orglife.meeting_files (
  meeting_no bigint not null references orglife.meetings (no),
  file_no bigint not null references kernel.files (no),
  primary key (meeting_no, file_no)
);
comment on table orglife.meeting_files is 'Attachments; never required';

create table orglife.leave_requests (
  meeting_no bigint not null references orglife.meetings (no),
  person_no bigint not null references directory.persons (no),
  reason text not null,
  asked_at timestamptz not null,
  primary key (meeting_no, person_no)
);
comment on table orglife.leave_requests is 'Leave asked for before the meeting';

grant usage on schema orglife to biaoshuai_app, biaoshuai_engine;
grant select on all tables in schema orglife to biaoshuai_app;
grant insert on all tables in schema orglife to biaoshuai_app;
grant update on orglife.meetings, orglife.meeting_organizations, orglife.leave_requests to biaoshuai_app;
grant delete on orglife.meeting_organizations, orglife.attendances, orglife.agenda_items, orglife.votes, orglife.resolutions, orglife.meeting_files to biaoshuai_app;
grant select, insert, update, delete on all tables in schema orglife to biaoshuai_engine;
revoke update, delete on orglife.meeting_revisions from biaoshuai_engine;
grant usage on all sequences in schema orglife to biaoshuai_app, biaoshuai_engine;

alter table orglife.meeting_organizations enable row level security;
create policy in_scope on orglife.meeting_organizations for select to biaoshuai_app using (directory.reads_on(organization_no, held_on));
create policy entered on orglife.meeting_organizations for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on orglife.meeting_organizations for update to biaoshuai_app using (directory.writes(organization_no));
create policy removed on orglife.meeting_organizations for delete to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on orglife.meeting_organizations to biaoshuai_engine using (true) with check (true);

alter table orglife.meetings enable row level security;
create policy in_scope on orglife.meetings for select to biaoshuai_app using (
  directory.reads_on(organization_no, held_on)
  or exists (select 1 from orglife.meeting_organizations o where o.meeting_no = meetings.no));
create policy entered on orglife.meetings for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on orglife.meetings for update to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on orglife.meetings to biaoshuai_engine using (true) with check (true);

do $$ declare part text; begin
  foreach part in array array['meeting_revisions', 'attendances', 'agenda_items', 'votes', 'resolutions', 'meeting_files', 'leave_requests'] loop
    execute format('alter table orglife.%I enable row level security', part);
    execute format('create policy with_meeting on orglife.%I to biaoshuai_app using (exists (select 1 from orglife.meetings m where m.no = %I.meeting_no))
      with check (exists (select 1 from orglife.meetings m where m.no = %I.meeting_no))', part, part, part);
    execute format('create policy engine_all on orglife.%I to biaoshuai_engine using (true) with check (true)', part);
  end loop;
end $$;
