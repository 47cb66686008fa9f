create schema rulebook;
comment on schema rulebook is '制度与指标: documents, clauses, requirements in versions, obligations, evidence, cells';

create table rulebook.documents (
  no integer generated always as identity primary key,
  id text not null unique,
  code text not null unique,
  title text not null,
  issuer text not null,
  kind text not null,
  issued_on date not null,
  valid daterange not null,
  note text,
  content_hash text not null,
  loaded_at timestamptz not null
);
comment on table rulebook.documents is 'Governing documents; after the first load the database is the truth';

create table rulebook.clauses (
  no integer generated always as identity primary key,
  document_no integer not null references rulebook.documents (no),
  code text not null,
  title text not null,
  gist text not null,
  dimension text,
  position integer not null,
  constraint clauses_code unique (document_no, code)
);
comment on table rulebook.clauses is 'Clauses with our codes and our wording';

create table rulebook.requirements (
  no integer generated always as identity primary key,
  id text not null unique,
  document_no integer not null references rulebook.documents (no),
  code text not null,
  version integer not null,
  title text not null,
  dimension text not null,
  strength text not null constraint requirements_strength check (strength in ('hard', 'soft')),
  confidence text not null,
  enabled boolean not null,
  reason_off text,
  subject jsonb not null,
  cadence text not null constraint requirements_cadence check (cadence in ('month', 'quarter', 'half', 'year')),
  due_offset_days integer not null default 0,
  grace_days integer not null,
  measure text not null,
  params jsonb not null,
  target jsonb not null,
  formula text not null,
  remedy text not null,
  source jsonb not null,
  clauses text[] not null,
  valid daterange not null,
  constraint requirements_version unique (code, version),
  constraint requirements_one_version_at_a_time exclude using gist (code with =, valid with &&),
  constraint requirements_reason_off check (enabled or reason_off is not null)
);
comment on table rulebook.requirements is 'What is asked, of whom, how often, how measured; one row a version';

create table rulebook.periods (
  no integer primary key,
  name text not null unique,
  cadence text not null,
  starts date not null,
  ends date not null,
  year smallint not null
);
comment on table rulebook.periods is 'Natural months, quarters, halves and years, 2019 to 2045';
insert into rulebook.periods (no, name, cadence, starts, ends, year)
  select y * 100 + m, y || '-' || lpad(m::text, 2, '0'), 'month', make_date(y, m, 1), (make_date(y, m, 1) + interval '1 month - 1 day')::date, y
  from generate_series(2019, 2045) y, generate_series(1, 12) m
  union all
  select y * 100 + 20 + q, y || 'Q' || q, 'quarter', make_date(y, q * 3 - 2, 1), (make_date(y, q * 3 - 2, 1) + interval '3 month - 1 day')::date, y
  from generate_series(2019, 2045) y, generate_series(1, 4) q
  union all
  select y * 100 + 30 + h, y || 'H' || h, 'half', make_date(y, h * 6 - 5, 1), (make_date(y, h * 6 - 5, 1) + interval '6 month - 1 day')::date, y
  from generate_series(2019, 2045) y, generate_series(1, 2) h
  union all
  select y * 100 + 40, y::text, 'year', make_date(y, 1, 1), make_date(y, 12, 31), y
  from generate_series(2019, 2045) y;
create index periods_span on rulebook.periods (starts, ends);

create table rulebook.period_nesting (
  period_no integer not null references rulebook.periods (no),
  outer_no integer not null references rulebook.periods (no),
  primary key (period_no, outer_no)
);
comment on table rulebook.period_nesting is 'Each period with itself and the longer ones in which it lies';
insert into rulebook.period_nesting (period_no, outer_no)
  select p.no, o.no from rulebook.periods p join rulebook.periods o on o.year = p.year and o.starts <= p.starts and p.ends <= o.ends;

-- Statuses: 1 met, 2 met late, 3 unmet, 4 not reported, 5 exempt. Not due and not applicable are never stored.
create table rulebook.obligations (
  year smallint not null,
  requirement_no integer not null,
  period_no integer not null,
  subject_kind "char" not null,
  subject_no bigint not null,
  organization_no bigint not null,
  status smallint not null,
  numerator integer not null,
  denominator integer not null,
  due_on date not null,
  primary key (year, organization_no, period_no, requirement_no, subject_kind, subject_no)
) partition by range (year);
comment on table rulebook.obligations is 'Requirement × subject × period as it stands. status: 1 met, 2 met late, 3 unmet, 4 not reported, 5 exempt';
comment on column rulebook.obligations.subject_kind is 'o: subject_no is an organization; p: a person, whose post''s organization is organization_no';

create table rulebook.evidence (
  year smallint not null,
  requirement_no integer not null,
  period_no integer not null,
  subject_kind "char" not null,
  subject_no bigint not null,
  organization_no bigint not null,
  record_kind text not null,
  record_no bigint not null,
  numerator integer not null,
  denominator integer not null,
  recorded_on date not null,
  reason text,
  primary key (year, organization_no, period_no, requirement_no, subject_kind, subject_no, record_kind, record_no)
) partition by range (year);
comment on table rulebook.evidence is 'Records behind each obligation; with a reason where one is not counted';

create index evidence_record on rulebook.evidence (record_kind, record_no);

create table rulebook.cells (
  year smallint not null,
  requirement_no integer not null,
  organization_no bigint not null,
  period_no integer not null,
  met integer not null,
  met_late integer not null,
  unmet integer not null,
  not_reported integer not null,
  exempt integer not null,
  numerator bigint not null,
  denominator bigint not null,
  primary key (year, organization_no, period_no, requirement_no)
) partition by range (year);
comment on table rulebook.cells is 'Sums of obligations under an organization, by the tree of each period''s last day';

do $$ begin
  for y in 2019..2045 loop
    execute format('create table rulebook.obligations_%s partition of rulebook.obligations for values from (%s) to (%s)', y, y, y + 1);
    execute format('create table rulebook.evidence_%s partition of rulebook.evidence for values from (%s) to (%s)', y, y, y + 1);
    execute format('create table rulebook.cells_%s partition of rulebook.cells for values from (%s) to (%s)', y, y, y + 1);
  end loop;
end $$;

create table rulebook.cell_deltas (
  no bigint generated always as identity primary key,
  requirement_no integer not null,
  organization_no bigint not null,
  period_no integer not null,
  met integer not null,
  met_late integer not null,
  unmet integer not null,
  not_reported integer not null,
  exempt integer not null,
  numerator integer not null,
  denominator integer not null
);
comment on table rulebook.cell_deltas is 'Changes on their way to the cells, one row for each organization above; one updater takes them away';

create table rulebook.exemptions (
  no bigint generated always as identity primary key,
  id text not null unique,
  requirement_code text,
  subject_kind "char" not null,
  subject_no bigint not null,
  organization_no bigint not null,
  valid daterange not null,
  reason text not null,
  decided_by bigint not null,
  decided_at timestamptz not null,
  revoked_at timestamptz
);
comment on table rulebook.exemptions is 'Exemptions by decision, with reason and end date; without a requirement code, from all';
create index exemptions_subject on rulebook.exemptions (organization_no);

create table rulebook.declarations (
  no bigint generated always as identity primary key,
  id text not null unique,
  requirement_code text not null,
  subject_kind "char" not null,
  subject_no bigint not null,
  organization_no bigint not null,
  period_no integer not null references rulebook.periods (no),
  reason text not null,
  declared_by bigint not null,
  declared_at timestamptz not null,
  withdrawn_at timestamptz
);
comment on table rulebook.declarations is '未开展: the subject itself says with a reason that nothing was held';
create unique index declarations_one on rulebook.declarations (requirement_code, subject_kind, subject_no, organization_no, period_no) where withdrawn_at is null;

grant usage on schema rulebook to biaoshuai_app, biaoshuai_engine;
grant select on rulebook.documents, rulebook.clauses, rulebook.requirements, rulebook.periods, rulebook.period_nesting to biaoshuai_app;
grant select on rulebook.obligations, rulebook.evidence, rulebook.cells to biaoshuai_app;
grant select, insert, update on rulebook.exemptions, rulebook.declarations to biaoshuai_app;
grant select, insert, update, delete, truncate on all tables in schema rulebook to biaoshuai_engine;
grant usage on all sequences in schema rulebook to biaoshuai_app, biaoshuai_engine;

-- Documents and rules are open to everybody signed in; whose duty stands how is not.
alter table rulebook.obligations enable row level security;
create policy in_scope on rulebook.obligations for select to biaoshuai_app using (
  (subject_kind = 'p' and subject_no = (select kernel.person_no()))
  or directory.reads_on(organization_no, due_on));
create policy engine_all on rulebook.obligations to biaoshuai_engine using (true) with check (true);
alter table rulebook.evidence enable row level security;
create policy in_scope on rulebook.evidence for select to biaoshuai_app using (directory.reads_on(organization_no, recorded_on));
create policy engine_all on rulebook.evidence to biaoshuai_engine using (true) with check (true);
alter table rulebook.cells enable row level security;
create policy in_scope on rulebook.cells for select to biaoshuai_app using (directory.reads(organization_no));
create policy engine_all on rulebook.cells to biaoshuai_engine using (true) with check (true);
alter table rulebook.cell_deltas enable row level security;
create policy engine_all on rulebook.cell_deltas to biaoshuai_engine using (true) with check (true);
alter table rulebook.exemptions enable row level security;
create policy in_scope on rulebook.exemptions to biaoshuai_app
  using (directory.reads(organization_no)) with check (directory.writes(organization_no));
create policy engine_all on rulebook.exemptions to biaoshuai_engine using (true) with check (true);
alter table rulebook.declarations enable row level security;
create policy in_scope on rulebook.declarations to biaoshuai_app
  using (directory.reads(organization_no)) with check (directory.writes(organization_no));
create policy engine_all on rulebook.declarations to biaoshuai_engine using (true) with check (true);

create function rulebook.cells_pending() returns bigint language sql stable security definer set search_path = ''
  as $$ select count(*) from (select 1 from rulebook.cell_deltas limit 1000) t $$;
comment on function rulebook.cells_pending is 'How many changes are on their way to the cells, up to 1000';
revoke execute on function rulebook.cells_pending from public;
grant execute on function rulebook.cells_pending to biaoshuai_app, biaoshuai_engine;
