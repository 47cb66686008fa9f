create table orglife.entries (
  no bigint generated always as identity primary key,
  id text not null unique,
  kind text not null,
  revision integer not null,
  state text not null constraint entries_state check (state in ('recorded', 'withdrawn')),
  organization_no bigint not null references directory.organizations (no),
  title text not null,
  labels text[] not null,
  content jsonb not null,
  held_on date not null,
  place text,
  confined boolean not null,
  recorded_on date not null,
  recorded_at timestamptz not null,
  recorded_by bigint not null,
  late_reason text,
  state_reason text
);
comment on table orglife.entries is 'Records of organisation life of every kind that the register of kinds names, as they stand; the projection of the last revision';
comment on column orglife.entries.kind is 'Code of the kind, such as ceremony or talk; the kind says what the content holds';
comment on column orglife.entries.labels is 'What of the content may be counted apart, such as the form of a ceremony';
comment on column orglife.entries.content is 'Fields of the kind, checked against its schema when entered';
comment on column orglife.entries.confined is 'Seen by those who took part and by those who keep records for the organization, by nobody else';
comment on column orglife.entries.recorded_on is 'Day of the first record; a correction never moves it';
create index entries_held on orglife.entries (kind, held_on desc, no desc);
create index entries_organization on orglife.entries (organization_no, held_on);

create table orglife.entry_revisions (
  entry_no bigint not null references orglife.entries (no),
  revision integer not null,
  state text not null,
  body jsonb not null,
  reason text,
  recorded_at timestamptz not null,
  recorded_by bigint not null,
  primary key (entry_no, revision)
);
comment on table orglife.entry_revisions is 'Each whole state of an entry as entered. Insert only';

create table orglife.entry_organizations (
  entry_no bigint not null references orglife.entries (no),
  organization_no bigint not null references directory.organizations (no),
  held_on date not null,
  confined boolean not null,
  primary key (entry_no, organization_no)
);
comment on table orglife.entry_organizations is 'Which organizations did it together';
create index entry_organizations_held on orglife.entry_organizations (organization_no, held_on);

create table orglife.entry_persons (
  entry_no bigint not null references orglife.entries (no),
  person_no bigint not null references directory.persons (no),
  role text not null,
  held_on date not null,
  primary key (entry_no, person_no, role)
);
comment on table orglife.entry_persons is 'Who took part and as what, such as speaker or attendee';
create index entry_persons_person on orglife.entry_persons (person_no, held_on);

create table orglife.entry_files (
  entry_no bigint not null references orglife.entries (no),
  file_no bigint not null references kernel.files (no),
  primary key (entry_no, file_no)
);
comment on table orglife.entry_files is 'Attachments; never required';

grant select, insert on orglife.entries, orglife.entry_revisions, orglife.entry_organizations, orglife.entry_persons, orglife.entry_files
  to biaoshuai_app;
grant update on orglife.entries to biaoshuai_app;
grant delete on orglife.entry_organizations, orglife.entry_persons, orglife.entry_files to biaoshuai_app;
grant select, insert, update, delete on orglife.entries, orglife.entry_organizations, orglife.entry_persons, orglife.entry_files
  to biaoshuai_engine;
grant select, insert on orglife.entry_revisions to biaoshuai_engine;
grant usage on all sequences in schema orglife to biaoshuai_app, biaoshuai_engine;

alter table orglife.entry_organizations enable row level security;
create policy in_scope on orglife.entry_organizations for select to biaoshuai_app
  using ((not confined and directory.reads_on(organization_no, held_on)) or directory.writes(organization_no));
create policy entered on orglife.entry_organizations for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy removed on orglife.entry_organizations for delete to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on orglife.entry_organizations to biaoshuai_engine using (true) with check (true);

-- Whoever took part sees the entry wherever it was made; the others by their organizations.
alter table orglife.entry_persons enable row level security;
create policy own_or_in_scope on orglife.entry_persons for select to biaoshuai_app using (person_no = (select kernel.person_no())
  or exists (select 1 from orglife.entry_organizations o where o.entry_no = entry_persons.entry_no));
create policy engine_all on orglife.entry_persons to biaoshuai_engine using (true) with check (true);

alter table orglife.entries enable row level security;
create policy own_or_in_scope on orglife.entries for select to biaoshuai_app using (directory.writes(organization_no)
  or exists (select 1 from orglife.entry_organizations o where o.entry_no = entries.no)
  or exists (select 1 from orglife.entry_persons p where p.entry_no = entries.no and p.person_no = (select kernel.person_no())));
create policy entered on orglife.entries for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on orglife.entries for update to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on orglife.entries to biaoshuai_engine using (true) with check (true);

do $$ declare part text; begin
  foreach part in array array['entry_revisions', 'entry_persons', 'entry_files'] loop
    execute format('alter table orglife.%I enable row level security', part);
    execute format('create policy entered on orglife.%I for insert to biaoshuai_app with check (
      exists (select 1 from orglife.entries e where e.no = %I.entry_no and directory.writes(e.organization_no)))', part, part);
    execute format('create policy removed on orglife.%I for delete to biaoshuai_app using (
      exists (select 1 from orglife.entries e where e.no = %I.entry_no and directory.writes(e.organization_no)))', part, part);
  end loop;
  foreach part in array array['entry_revisions', 'entry_files'] loop
    execute format('create policy seen_with_entry on orglife.%I for select to biaoshuai_app
      using (exists (select 1 from orglife.entries e where e.no = %I.entry_no))', part, part);
    execute format('create policy engine_all on orglife.%I to biaoshuai_engine using (true) with check (true)', part);
  end loop;
end $$;
