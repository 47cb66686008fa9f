create table orglife.resolution_reports (
  no bigint generated always as identity primary key,
  meeting_no bigint not null references orglife.meetings (no),
  content text not null,
  settled boolean not null,
  note text not null,
  reported_on date not null,
  reported_at timestamptz not null,
  reported_by bigint not null
);
comment on table orglife.resolution_reports is 'What became of a resolution; insert only, the last word holds';
comment on column orglife.resolution_reports.content is 'The resolution in its own words: a correction of the record that leaves it as it was keeps what was reported';
create index resolution_reports_meeting on orglife.resolution_reports (meeting_no, content, no desc);

create table orglife.theme_days (
  no bigint generated always as identity primary key,
  organization_no bigint not null references directory.organizations (no),
  day integer not null constraint theme_days_day check (day between 1 and 31),
  since date not null,
  decided_at timestamptz not null,
  decided_by bigint not null
);
comment on table orglife.theme_days is 'Day of the month on which an organization holds its theme day, from a day on; insert only, the last one holds';
create index theme_days_organization on orglife.theme_days (organization_no, since desc, no desc);

grant select, insert on orglife.resolution_reports, orglife.theme_days to biaoshuai_app, biaoshuai_engine;
grant usage on all sequences in schema orglife to biaoshuai_app, biaoshuai_engine;

alter table orglife.resolution_reports enable row level security;
create policy seen_with_meeting on orglife.resolution_reports for select to biaoshuai_app
  using (exists (select 1 from orglife.meetings m where m.no = resolution_reports.meeting_no));
-- By keepers of the meeting's organization, or by the member to whom the resolution was given; each signs with her own account.
create policy reported on orglife.resolution_reports for insert to biaoshuai_app with check (
  reported_by = (select kernel.account_no()) and exists (select 1 from orglife.meetings m where m.no = resolution_reports.meeting_no
    and (directory.writes(m.organization_no) or exists (select 1 from orglife.resolutions r where r.meeting_no = m.no
      and r.content = resolution_reports.content and r.owner_no = (select kernel.person_no())))));
create policy engine_all on orglife.resolution_reports to biaoshuai_engine using (true) with check (true);

alter table orglife.theme_days enable row level security;
create policy in_scope on orglife.theme_days for select to biaoshuai_app using (directory.reads_on(organization_no, since));
create policy decided on orglife.theme_days for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy engine_all on orglife.theme_days to biaoshuai_engine using (true) with check (true);

-- By this a report finds its resolution where the words themselves are not kept, as in frozen inputs.
alter table orglife.resolutions add column content_key text generated always as (md5(content)) stored;
comment on column orglife.resolutions.content_key is 'Hash of the words';
alter table orglife.resolution_reports add column content_key text generated always as (md5(content)) stored;
comment on column orglife.resolution_reports.content_key is 'Hash of the words';
