create table rulebook.determinations (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint determinations_state check (state in ('stated', 'objected', 'upheld', 'changed', 'withdrawn')),
  requirement_code text not null,
  matter text not null,
  organization_no bigint not null references directory.organizations (no),
  period_no integer not null references rulebook.periods (no),
  met boolean not null,
  seen text not null,
  seen_on date not null,
  manner text not null constraint determinations_manner check (manner in ('on_the_spot', 'by_documents')),
  stated_on date not null,
  stated_at timestamptz not null,
  stated_by bigint not null,
  object_until date not null,
  objection text,
  objected_at timestamptz,
  objected_by bigint,
  decision text,
  decided_at timestamptz,
  decided_by bigint,
  state_reason text,
  constraint determinations_one_objection check ((objection is null) = (objected_by is null)),
  constraint determinations_decided_by_another check (decided_by is distinct from stated_by or decided_by is null)
);
comment on table rulebook.determinations is '认定: what an authorised person saw of a requirement at an organization in a period, met or not; objection once, decided by another';
comment on column rulebook.determinations.matter is 'What is judged, as the requirement''s measure names it; versions and copies of a requirement share it';
create unique index determinations_one_in_force on rulebook.determinations (matter, organization_no, period_no) where state <> 'withdrawn';
create index determinations_organization on rulebook.determinations (organization_no, period_no);

create table rulebook.determination_revisions (
  determination_no bigint not null references rulebook.determinations (no),
  revision integer not null,
  state text not null,
  body jsonb not null,
  reason text,
  recorded_at timestamptz not null,
  recorded_by bigint not null,
  primary key (determination_no, revision)
);
comment on table rulebook.determination_revisions is 'Each whole state of a determination. Insert only';

create table rulebook.determination_evidence (
  determination_no bigint not null references rulebook.determinations (no),
  kind text not null constraint determination_evidence_kind check (kind in ('file', 'record')),
  reference text not null,
  primary key (determination_no, kind, reference)
);
comment on table rulebook.determination_evidence is 'What it rests on: uploaded files and records, by id; never required';

grant select, insert, update on rulebook.determinations to biaoshuai_app;
grant select, insert on rulebook.determination_revisions to biaoshuai_app;
grant select, insert, delete on rulebook.determination_evidence to biaoshuai_app;
grant select, insert, update, delete, truncate on rulebook.determinations, rulebook.determination_evidence to biaoshuai_engine;
grant select, insert on rulebook.determination_revisions to biaoshuai_engine;
grant usage on all sequences in schema rulebook to biaoshuai_app, biaoshuai_engine;

alter table rulebook.determinations enable row level security;
create policy in_scope on rulebook.determinations for select to biaoshuai_app using (directory.reads_on(organization_no, seen_on));
create policy entered on rulebook.determinations for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on rulebook.determinations for update to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on rulebook.determinations to biaoshuai_engine using (true) with check (true);
do $$ declare part text; begin
  foreach part in array array['determination_revisions', 'determination_evidence'] loop
    execute format('alter table rulebook.%I enable row level security', part);
    execute format('create policy seen_with_determination on rulebook.%I for select to biaoshuai_app
      using (exists (select 1 from rulebook.determinations f where f.no = %I.determination_no))', part, part);
    execute format('create policy entered on rulebook.%I for insert to biaoshuai_app with check (
      exists (select 1 from rulebook.determinations f where f.no = %I.determination_no and directory.writes(f.organization_no)))', part, part);
    execute format('create policy engine_all on rulebook.%I to biaoshuai_engine using (true) with check (true)', part);
  end loop;
end $$;
create policy removed on rulebook.determination_evidence for delete to biaoshuai_app using (
  exists (select 1 from rulebook.determinations f where f.no = determination_evidence.determination_no and directory.writes(f.organization_no)));
