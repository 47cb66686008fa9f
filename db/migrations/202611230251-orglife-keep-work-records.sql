create table orglife.work_records (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint work_records_state check (state in ('recorded', 'withdrawn')),
  organization_no bigint not null references directory.organizations (no),
  title text not null,
  content text not null,
  started_on date,
  held_on date not null,
  hours numeric(6, 1),
  quantity integer,
  place text,
  result text,
  recorded_on date not null,
  recorded_at timestamptz not null,
  recorded_by bigint not null,
  late_reason text,
  state_reason text,
  constraint work_records_days check (started_on is null or started_on <= held_on),
  constraint work_records_hours check (hours > 0 and hours <= 2000 and hours * 2 = trunc(hours * 2)),
  constraint work_records_quantity check (quantity between 1 and 1000000)
);
comment on table orglife.work_records is '工作纪实 as they stand: something done for which there is no module of its own; the projection of the last revision';
comment on column orglife.work_records.held_on is 'The day of it, or the last day where it took several; the period in which this day lies counts it';
comment on column orglife.work_records.hours is 'Hours of one who took part, to the half';
comment on column orglife.work_records.recorded_on is 'Day of the first record; a correction never moves it';
create index work_records_held on orglife.work_records (held_on desc, no desc);
create index work_records_organization on orglife.work_records (organization_no, held_on);

create table orglife.work_record_revisions (
  record_no bigint not null references orglife.work_records (no),
  revision integer not null,
  state text not null,
  body jsonb not null,
  reason text,
  recorded_at timestamptz not null,
  recorded_by bigint not null,
  primary key (record_no, revision)
);
comment on table orglife.work_record_revisions is 'Each whole state of a work record as entered. Insert only';

create table orglife.work_record_organizations (
  record_no bigint not null references orglife.work_records (no),
  organization_no bigint not null references directory.organizations (no),
  held_on date not null,
  primary key (record_no, organization_no)
);
comment on table orglife.work_record_organizations is 'Which organizations did it together';
create index work_record_organizations_held on orglife.work_record_organizations (organization_no, held_on);

create table orglife.work_record_tags (
  record_no bigint not null references orglife.work_records (no),
  tag text not null,
  category text,
  primary key (record_no, tag)
);
comment on table orglife.work_record_tags is 'Tags under which it counts, each with the category that the tag asks for';
create index work_record_tags_tag on orglife.work_record_tags (tag, record_no);

create table orglife.work_record_persons (
  record_no bigint not null references orglife.work_records (no),
  person_no bigint not null references directory.persons (no),
  held_on date not null,
  primary key (record_no, person_no)
);
comment on table orglife.work_record_persons is 'Who took part, as entered by the recorder';
create index work_record_persons_person on orglife.work_record_persons (person_no, held_on);

create table orglife.work_record_files (
  record_no bigint not null references orglife.work_records (no),
  file_no bigint not null references kernel.files (no),
  primary key (record_no, file_no)
);
comment on table orglife.work_record_files is 'Attachments; never required';

create table orglife.work_record_links (
  record_no bigint not null references orglife.work_records (no),
  kind text not null constraint work_record_links_kind check (kind in ('meeting', 'work_record')),
  linked_id text not null,
  primary key (record_no, kind, linked_id)
);
comment on table orglife.work_record_links is 'Other records that belong with it';

create table orglife.work_record_grades (
  no bigint generated always as identity primary key,
  record_no bigint not null references orglife.work_records (no),
  revision integer not null,
  tag text not null,
  grade text not null,
  reason text not null,
  graded_on date not null,
  graded_at timestamptz not null,
  graded_by bigint not null
);
comment on table orglife.work_record_grades is 'Quality confirmed by somebody above who did not enter the record; insert only, the last one of a tag holds';
create index work_record_grades_record on orglife.work_record_grades (record_no, tag, no desc);

grant select, insert on orglife.work_records, orglife.work_record_revisions, orglife.work_record_organizations, orglife.work_record_tags,
  orglife.work_record_persons, orglife.work_record_files, orglife.work_record_links, orglife.work_record_grades to biaoshuai_app;
grant update on orglife.work_records to biaoshuai_app;
grant delete on orglife.work_record_organizations, orglife.work_record_tags, orglife.work_record_persons, orglife.work_record_files,
  orglife.work_record_links to biaoshuai_app;
grant select, insert, update, delete on orglife.work_records, orglife.work_record_organizations, orglife.work_record_tags,
  orglife.work_record_persons, orglife.work_record_files, orglife.work_record_links to biaoshuai_engine;
grant select, insert on orglife.work_record_revisions, orglife.work_record_grades to biaoshuai_engine;
grant usage on all sequences in schema orglife to biaoshuai_app, biaoshuai_engine;

alter table orglife.work_record_organizations enable row level security;
create policy in_scope on orglife.work_record_organizations for select to biaoshuai_app using (directory.reads_on(organization_no, held_on));
create policy entered on orglife.work_record_organizations for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy removed on orglife.work_record_organizations for delete to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on orglife.work_record_organizations to biaoshuai_engine using (true) with check (true);

alter table orglife.work_records enable row level security;
create policy in_scope on orglife.work_records for select to biaoshuai_app using (
  directory.reads_on(organization_no, held_on)
  or exists (select 1 from orglife.work_record_organizations o where o.record_no = work_records.no));
create policy entered on orglife.work_records for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on orglife.work_records for update to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on orglife.work_records to biaoshuai_engine using (true) with check (true);

-- What hangs on a record is seen with it and written only by whoever may write for the organization that entered it.
do $$ declare part text; begin
  foreach part in array array['work_record_revisions', 'work_record_tags', 'work_record_persons', 'work_record_files', 'work_record_links'] loop
    execute format('alter table orglife.%I enable row level security', part);
    execute format('create policy seen_with_record on orglife.%I for select to biaoshuai_app
      using (exists (select 1 from orglife.work_records w where w.no = %I.record_no))', part, part);
    execute format('create policy entered on orglife.%I for insert to biaoshuai_app with check (
      exists (select 1 from orglife.work_records w where w.no = %I.record_no and directory.writes(w.organization_no)))', part, part);
    execute format('create policy removed on orglife.%I for delete to biaoshuai_app using (
      exists (select 1 from orglife.work_records w where w.no = %I.record_no and directory.writes(w.organization_no)))', part, part);
    execute format('create policy engine_all on orglife.%I to biaoshuai_engine using (true) with check (true)', part);
  end loop;
end $$;

-- Nobody grades what he entered himself, and everybody signs with his own account.
alter table orglife.work_record_grades enable row level security;
create policy seen_with_record on orglife.work_record_grades for select to biaoshuai_app
  using (exists (select 1 from orglife.work_records w where w.no = work_record_grades.record_no));
create policy graded on orglife.work_record_grades for insert to biaoshuai_app with check (
  graded_by = (select kernel.account_no()) and exists (select 1 from orglife.work_records w where w.no = work_record_grades.record_no
    and directory.writes(w.organization_no) and w.recorded_by <> graded_by));
create policy engine_all on orglife.work_record_grades to biaoshuai_engine using (true) with check (true);
