-- Old meetings brought in from a sheet: each is a meeting like any other, recorded on the day of the import, late where it is late.
create table orglife.meeting_imports (
  no bigint generated always as identity primary key,
  id text not null unique,
  organization_no bigint not null references directory.organizations (no),
  meetings integer not null constraint meeting_imports_some check (meetings > 0),
  late_reason text not null,
  imported_at timestamptz not null,
  imported_by bigint not null,
  undone_at timestamptz,
  undone_by bigint,
  undo_reason text,
  constraint meeting_imports_undone check ((undone_at is null) = (undo_reason is null) and (undone_at is null) = (undone_by is null))
);
comment on table orglife.meeting_imports is 'Imports of old meetings; undoing one withdraws those of its meetings that nobody has corrected since';
create index meeting_imports_organization on orglife.meeting_imports (organization_no);

create table orglife.imported_meetings (
  import_no bigint not null references orglife.meeting_imports (no),
  meeting_no bigint not null references orglife.meetings (no),
  primary key (import_no, meeting_no)
);
comment on table orglife.imported_meetings is 'Which meetings an import made';

grant select, insert, update on orglife.meeting_imports to biaoshuai_app, biaoshuai_engine;
grant select, insert on orglife.imported_meetings to biaoshuai_app, biaoshuai_engine;
alter table orglife.meeting_imports enable row level security;
create policy in_scope on orglife.meeting_imports for select to biaoshuai_app using (directory.reads(organization_no));
create policy entered on orglife.meeting_imports for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy undone on orglife.meeting_imports for update to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on orglife.meeting_imports to biaoshuai_engine using (true) with check (true);
alter table orglife.imported_meetings enable row level security;
create policy with_import on orglife.imported_meetings for select to biaoshuai_app
  using (exists (select 1 from orglife.meeting_imports i where i.no = imported_meetings.import_no));
create policy entered on orglife.imported_meetings for insert to biaoshuai_app
  with check (exists (select 1 from orglife.meeting_imports i where i.no = imported_meetings.import_no and directory.writes(i.organization_no)));
create policy engine_all on orglife.imported_meetings to biaoshuai_engine using (true) with check (true);
