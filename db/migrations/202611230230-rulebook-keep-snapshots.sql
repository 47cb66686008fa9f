-- Freeze and replay: a period's figures as they stood on a day, with everything from which they can be computed again.
create table rulebook.snapshots (
  no bigint generated always as identity primary key,
  id text not null unique,
  organization_no bigint not null,
  period_no integer not null references rulebook.periods (no),
  state text not null constraint snapshots_state check (state in ('freezing', 'frozen', 'failed')),
  as_of date not null,
  note text,
  supersedes_no bigint constraint snapshots_superseded_once unique references rulebook.snapshots (no),
  supersede_reason text,
  requested_by bigint not null,
  requested_at timestamptz not null,
  job_id text,
  frozen_at timestamptz,
  failure text,
  file_sha256 text,
  file_bytes bigint,
  content_sha256 text,
  signature text,
  head jsonb,
  sections jsonb,
  constraint snapshots_reason check ((supersedes_no is null) = (supersede_reason is null)),
  constraint snapshots_sealed check (state <> 'frozen' or (frozen_at is not null and file_sha256 is not null and file_bytes is not null
    and content_sha256 is not null and signature is not null and head is not null and sections is not null))
);
comment on table rulebook.snapshots is 'Frozen periods: signed input revisions, rule, tree and measure versions, as-of date and result. Frozen is final; a later one names the earlier';
comment on column rulebook.snapshots.file_sha256 is 'Content address of the file in the file store';
comment on column rulebook.snapshots.content_sha256 is 'SHA-256 of everything before the seal; what the signature stands for';
comment on column rulebook.snapshots.sections is 'Rows and SHA-256 of each part of the file';
-- One line of snapshots for an organization and period; an attempt that failed does not count.
create unique index snapshots_first on rulebook.snapshots (organization_no, period_no) where supersedes_no is null and state <> 'failed';
create index snapshots_period on rulebook.snapshots (period_no, organization_no);

create table rulebook.snapshot_obligations (
  snapshot_no bigint not null references rulebook.snapshots (no),
  period_no integer not null,
  requirement_no integer not null,
  organization_no bigint not null,
  subject_kind "char" not null,
  subject_no bigint not null,
  status smallint not null,
  numerator numeric(12, 2) not null,
  denominator numeric(12, 2) not null,
  due_on date not null,
  primary key (snapshot_no, organization_no, period_no, requirement_no, subject_kind, subject_no)
);
comment on table rulebook.snapshot_obligations is 'Obligations as frozen, filled from the signed file. Insert only';

create table rulebook.snapshot_evidence (
  snapshot_no bigint not null references rulebook.snapshots (no),
  period_no integer not null,
  requirement_no integer not null,
  organization_no bigint not null,
  subject_kind "char" not null,
  subject_no bigint not null,
  record_kind text not null,
  record_no bigint not null,
  numerator numeric(12, 2) not null,
  denominator numeric(12, 2) not null,
  recorded_on date not null,
  primary key (snapshot_no, organization_no, period_no, requirement_no, subject_kind, subject_no, record_kind, record_no)
);
comment on table rulebook.snapshot_evidence is 'Records behind each frozen obligation, filled from the signed file. Insert only';

create table rulebook.snapshot_cells (
  snapshot_no bigint not null references rulebook.snapshots (no),
  period_no integer not null,
  requirement_no integer not null,
  organization_no bigint not null,
  met integer not null,
  met_late integer not null,
  unmet integer not null,
  not_reported integer not null,
  exempt integer not null,
  numerator numeric(16, 2) not null,
  denominator numeric(16, 2) not null,
  primary key (snapshot_no, organization_no, period_no, requirement_no)
);
comment on table rulebook.snapshot_cells is 'Cells as frozen, filled from the signed file. Insert only';

create table rulebook.snapshot_replays (
  no bigint generated always as identity primary key,
  id text not null unique,
  snapshot_no bigint not null references rulebook.snapshots (no),
  state text not null constraint snapshot_replays_state check (state in ('running', 'done', 'failed')),
  outcome text constraint snapshot_replays_outcome check (outcome in ('same', 'differs', 'version_differs', 'refused')),
  found jsonb,
  asked_by bigint,
  started_at timestamptz not null,
  ended_at timestamptz,
  job_id text,
  constraint snapshot_replays_ended check (state <> 'done' or (outcome is not null and found is not null and ended_at is not null))
);
comment on table rulebook.snapshot_replays is 'Recomputations of a snapshot in an empty database, and whether every byte came out the same';
create index snapshot_replays_snapshot on rulebook.snapshot_replays (snapshot_no, no);

-- Frozen is final, whoever asks: no unfreezing, no second filling.
create function rulebook.keep_frozen() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$ begin
  if tg_op = 'DELETE' then raise exception 'a snapshot is never deleted' using errcode = '42501'; end if;
  if old.state = 'frozen' then raise exception 'what is frozen stays as it is' using errcode = '42501'; end if;
  if (old.organization_no, old.period_no, old.requested_by) is distinct from (new.organization_no, new.period_no, new.requested_by) then
    raise exception 'a snapshot is of one organization and period' using errcode = '42501'; end if;
  return new;
end $$;
create trigger snapshots_final before update or delete on rulebook.snapshots for each row execute function rulebook.keep_frozen();

grant select, insert on rulebook.snapshots, rulebook.snapshot_replays to biaoshuai_app;
grant select on rulebook.snapshot_obligations, rulebook.snapshot_evidence, rulebook.snapshot_cells to biaoshuai_app;
grant select, insert, update on rulebook.snapshots, rulebook.snapshot_replays to biaoshuai_engine;
grant select, insert on rulebook.snapshot_obligations, rulebook.snapshot_evidence, rulebook.snapshot_cells to biaoshuai_engine;
grant usage on all sequences in schema rulebook to biaoshuai_app, biaoshuai_engine;

alter table rulebook.snapshots enable row level security;
-- The audit administrator judges the seal and sees no figure.
create policy in_scope on rulebook.snapshots for select to biaoshuai_app
  using (directory.reads(organization_no) or (select kernel.administrator()) = 'audit');
create policy asked on rulebook.snapshots for insert to biaoshuai_app with check (directory.writes(organization_no) and state = 'freezing');
create policy engine_all on rulebook.snapshots to biaoshuai_engine using (true) with check (true);
alter table rulebook.snapshot_obligations enable row level security;
create policy in_scope on rulebook.snapshot_obligations for select to biaoshuai_app using (
  (subject_kind = 'p' and subject_no = (select kernel.person_no())) or directory.reads_on(organization_no, due_on));
create policy engine_all on rulebook.snapshot_obligations to biaoshuai_engine using (true) with check (true);
alter table rulebook.snapshot_evidence enable row level security;
create policy in_scope on rulebook.snapshot_evidence for select to biaoshuai_app using (directory.reads_on(organization_no, recorded_on));
create policy engine_all on rulebook.snapshot_evidence to biaoshuai_engine using (true) with check (true);
alter table rulebook.snapshot_cells enable row level security;
create policy in_scope on rulebook.snapshot_cells for select to biaoshuai_app using (directory.reads(organization_no));
create policy engine_all on rulebook.snapshot_cells to biaoshuai_engine using (true) with check (true);
alter table rulebook.snapshot_replays enable row level security;
create policy with_snapshot on rulebook.snapshot_replays for select to biaoshuai_app
  using (exists (select 1 from rulebook.snapshots s where s.no = snapshot_no));
create policy asked on rulebook.snapshot_replays for insert to biaoshuai_app
  with check (exists (select 1 from rulebook.snapshots s where s.no = snapshot_no and directory.reads(s.organization_no)) and state = 'running');
create policy engine_all on rulebook.snapshot_replays to biaoshuai_engine using (true) with check (true);

create function rulebook.schema_version() returns text language sql stable security definer set search_path = ''
  as $$ select max(name) from migrations.applied $$;
comment on function rulebook.schema_version is 'The newest migration by name: the shape of the tables that a snapshot was taken from';
revoke execute on function rulebook.schema_version from public;
grant execute on function rulebook.schema_version to biaoshuai_app, biaoshuai_engine;
