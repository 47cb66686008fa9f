-- 延期 moves the last day of one obligation; 停表 leaves the days out while something waits for those above.
create table rulebook.reliefs (
  no bigint generated always as identity primary key,
  id text not null unique,
  kind text not null constraint reliefs_kind check (kind in ('extension', 'clock_stop')),
  state text not null constraint reliefs_state check (state in ('asked', 'granted', 'refused', 'withdrawn', 'ended')),
  requirement_code text not null,
  subject_kind "char" not null,
  subject_no bigint not null,
  organization_no bigint not null,
  period_no integer not null,
  reason text not null,
  until date,
  stopped_from date,
  ended_on date,
  answer text,
  waits_on text,
  asked_by bigint not null,
  asked_at timestamptz not null,
  decided_by bigint,
  decided_at timestamptz,
  decision_reason text,
  ended_by bigint,
  constraint reliefs_extension check (kind <> 'extension' or until is not null and stopped_from is null),
  constraint reliefs_clock_stop check (kind <> 'clock_stop' or until is null and stopped_from is not null),
  constraint reliefs_ended check ((state = 'ended') = (ended_on is not null)),
  constraint reliefs_not_backwards check (ended_on is null or ended_on >= stopped_from)
);
comment on table rulebook.reliefs is 'Extensions and clock stops of single obligations, from asking to decision and end';
comment on column rulebook.reliefs.reason is 'Why the day is to move, or what is waited for';
comment on column rulebook.reliefs.until is 'Extension: the new last day, as asked and then as granted';
comment on column rulebook.reliefs.stopped_from is 'Clock stop: first day that does not count; the day it was asked';
comment on column rulebook.reliefs.ended_on is 'Clock stop: the day of the answer, which counts again';
comment on column rulebook.reliefs.waits_on is 'Id of the pending request that a module linked; its answer ends the stop';
create index reliefs_obligation on rulebook.reliefs (organization_no, period_no);
create index reliefs_requirement on rulebook.reliefs (requirement_code) where state in ('granted', 'ended');
create unique index reliefs_one_open on rulebook.reliefs (kind, requirement_code, subject_kind, subject_no, organization_no, period_no)
  where state = 'asked' or kind = 'clock_stop' and state = 'granted';

grant select, insert on rulebook.reliefs to biaoshuai_app;
grant update (state, until, ended_on, answer, decided_by, decided_at, decision_reason, ended_by) on rulebook.reliefs to biaoshuai_app;
grant select, insert, update, delete on rulebook.reliefs to biaoshuai_engine;
grant usage on all sequences in schema rulebook to biaoshuai_app, biaoshuai_engine;
alter table rulebook.reliefs enable row level security;
create policy seen on rulebook.reliefs for select to biaoshuai_app using (
  subject_kind = 'p' and subject_no = (select kernel.person_no()) or directory.reads(organization_no));
create policy asked on rulebook.reliefs for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy decided on rulebook.reliefs for update to biaoshuai_app
  using (directory.writes(organization_no)) with check (directory.writes(organization_no));
create policy engine_all on rulebook.reliefs to biaoshuai_engine using (true) with check (true);
