create table orglife.circulars (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint circulars_state check (state in ('issued', 'withdrawn', 'superseded')),
  organization_no bigint not null references directory.organizations (no),
  kind text not null,
  title text not null,
  content text not null,
  valid_from date not null,
  valid_until date not null,
  meeting_no bigint references orglife.meetings (no),
  supersedes_no bigint references orglife.circulars (no),
  issued_at timestamptz not null,
  issued_by bigint not null,
  ended_on date,
  end_reason text,
  constraint circulars_days check (valid_from <= valid_until)
);
comment on table orglife.circulars is '通知 from an organization to those under it. Asks for no reply and notes nobody who opened it';
create index circulars_organization on orglife.circulars (organization_no, valid_until);

create table orglife.circular_addressees (
  circular_no bigint not null references orglife.circulars (no),
  organization_no bigint not null references directory.organizations (no),
  from_no bigint not null references directory.organizations (no),
  primary key (circular_no, organization_no)
);
comment on table orglife.circular_addressees is 'To whom: the organization and all under it';
create index circular_addressees_organization on orglife.circular_addressees (organization_no);

create table orglife.circular_files (
  circular_no bigint not null references orglife.circulars (no),
  file_no bigint not null references kernel.files (no),
  primary key (circular_no, file_no)
);
comment on table orglife.circular_files is 'Material that goes with a notice';

grant select, insert, update on orglife.circulars to biaoshuai_app;
grant select, insert on orglife.circular_addressees, orglife.circular_files to biaoshuai_app;
grant select, insert, update, delete on orglife.circulars, orglife.circular_addressees, orglife.circular_files to biaoshuai_engine;
grant usage on all sequences in schema orglife to biaoshuai_app, biaoshuai_engine;

-- Read by those above, and by everybody who stands under one of those to whom it goes.
alter table orglife.circular_addressees enable row level security;
create policy above_and_below on orglife.circular_addressees for select to biaoshuai_app using (
  directory.reads(organization_no) or directory.reads(from_no)
  or exists (select 1 from directory.organization_ancestry a where a.organization_no = any (kernel.read_orgs())
    and a.ancestor_no = circular_addressees.organization_no and upper_inf(a.valid)));
create policy sent on orglife.circular_addressees for insert to biaoshuai_app with check (directory.writes(from_no));
create policy engine_all on orglife.circular_addressees to biaoshuai_engine using (true) with check (true);

alter table orglife.circulars enable row level security;
create policy above_and_below on orglife.circulars for select to biaoshuai_app using (
  directory.reads(organization_no) or exists (select 1 from orglife.circular_addressees a where a.circular_no = circulars.no));
create policy issued on orglife.circulars for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy ended on orglife.circulars for update to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on orglife.circulars to biaoshuai_engine using (true) with check (true);

alter table orglife.circular_files enable row level security;
create policy seen_with_circular on orglife.circular_files for select to biaoshuai_app
  using (exists (select 1 from orglife.circulars c where c.no = circular_files.circular_no));
create policy added on orglife.circular_files for insert to biaoshuai_app
  with check (exists (select 1 from orglife.circulars c where c.no = circular_files.circular_no and directory.writes(c.organization_no)));
create policy engine_all on orglife.circular_files to biaoshuai_engine using (true) with check (true);

-- Material goes to everybody who may read the notice, and what is attached to a request to those who got a copy.
create policy with_circular on kernel.files for select to biaoshuai_app
  using (exists (select 1 from orglife.circular_files x where x.file_no = files.no));
create policy with_request on kernel.files for select to biaoshuai_app
  using (exists (select 1 from orglife.request_files x where x.file_no = files.no));
create index circular_files_file on orglife.circular_files (file_no);
create index request_files_file on orglife.request_files (file_no);
