-- 荐书: instalments that an organization recommends to those under it; notes are shared in the branch, and taken back at will.
create table learning.reading_lists (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint reading_lists_state check (state in ('recommended', 'withdrawn')),
  organization_no bigint not null references directory.organizations (no),
  title text not null,
  issued_on date not null,
  note text,
  late_reason text,
  state_reason text,
  recorded_on date not null,
  recorded_at timestamptz not null,
  recorded_by bigint not null
);
comment on table learning.reading_lists is '荐书: one instalment as it stands, the projection of its last revision';
create index reading_lists_organization on learning.reading_lists (organization_no, issued_on);

create table learning.reading_books (
  list_no bigint not null references learning.reading_lists (no),
  position integer not null,
  category text not null constraint reading_books_category check (category in ('political_theory', 'party_rules', 'economy', 'science', 'law')),
  title text not null,
  author text,
  remark text,
  primary key (list_no, position)
);
comment on table learning.reading_books is 'Books of an instalment, each in one of the five categories of D2.1';

create table learning.reading_list_revisions (
  list_no bigint not null references learning.reading_lists (no),
  revision integer not null,
  state text not null,
  body jsonb not null,
  reason text,
  recorded_at timestamptz not null,
  recorded_by bigint not null,
  primary key (list_no, revision)
);
comment on table learning.reading_list_revisions is 'Each whole state of an instalment as entered. Insert only';

create table learning.reading_notes (
  no bigint generated always as identity primary key,
  id text not null unique,
  list_no bigint not null references learning.reading_lists (no),
  person_no bigint not null references directory.persons (no),
  organization_no bigint not null references directory.organizations (no),
  state text not null constraint reading_notes_state check (state in ('shared', 'withdrawn')),
  text text not null,
  shared_at timestamptz not null,
  withdrawn_at timestamptz,
  constraint reading_notes_taken_back check ((state = 'withdrawn') = (withdrawn_at is not null) and (state = 'shared' or text = ''))
);
comment on table learning.reading_notes is 'Notes on what was read, shared in the branch by whoever likes; no measure, figure or check reads them';
comment on column learning.reading_notes.text is 'Emptied when the author takes the note back: nothing rests on it';
create index reading_notes_list on learning.reading_notes (list_no, organization_no);

grant select, insert on learning.reading_lists, learning.reading_books, learning.reading_list_revisions, learning.reading_notes to biaoshuai_app, biaoshuai_engine;
grant update on learning.reading_lists, learning.reading_notes to biaoshuai_app, biaoshuai_engine;
grant delete on learning.reading_books to biaoshuai_app, biaoshuai_engine;
grant usage on all sequences in schema learning to biaoshuai_app, biaoshuai_engine;

alter table learning.reading_lists enable row level security;
create policy in_scope_or_from_above on learning.reading_lists for select to biaoshuai_app
  using (directory.reads_on(organization_no, issued_on) or learning.stands_over_reader(organization_no));
create policy entered on learning.reading_lists for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on learning.reading_lists for update to biaoshuai_app using (directory.writes(organization_no));
alter table learning.reading_books enable row level security;
create policy seen_with_list on learning.reading_books for select to biaoshuai_app
  using (exists (select 1 from learning.reading_lists l where l.no = reading_books.list_no));
create policy entered on learning.reading_books for insert to biaoshuai_app
  with check (exists (select 1 from learning.reading_lists l where l.no = reading_books.list_no and directory.writes(l.organization_no)));
create policy removed on learning.reading_books for delete to biaoshuai_app
  using (exists (select 1 from learning.reading_lists l where l.no = reading_books.list_no and directory.writes(l.organization_no)));
alter table learning.reading_list_revisions enable row level security;
create policy in_scope on learning.reading_list_revisions for select to biaoshuai_app
  using (exists (select 1 from learning.reading_lists l where l.no = reading_list_revisions.list_no and directory.reads_on(l.organization_no, l.issued_on)));
create policy entered on learning.reading_list_revisions for insert to biaoshuai_app
  with check (exists (select 1 from learning.reading_lists l where l.no = reading_list_revisions.list_no and directory.writes(l.organization_no)));

-- A note is for the author's branch: who stands above it reads none.
alter table learning.reading_notes enable row level security;
create policy own_or_of_the_branch on learning.reading_notes for select to biaoshuai_app
  using (person_no = (select kernel.person_no()) or (state = 'shared' and organization_no = any (kernel.read_orgs())));
create policy shared on learning.reading_notes for insert to biaoshuai_app with check (person_no = (select kernel.person_no()));
create policy taken_back on learning.reading_notes for update to biaoshuai_app using (person_no = (select kernel.person_no()));

do $$ declare part text; begin
  foreach part in array array['reading_lists', 'reading_books', 'reading_list_revisions', 'reading_notes'] loop
    execute format('create policy engine_all on learning.%I to biaoshuai_engine using (true) with check (true)', part);
  end loop;
end $$;
