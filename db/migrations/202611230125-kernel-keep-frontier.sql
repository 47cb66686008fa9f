-- What the running machinery keeps between two steps: the tree's right edge, and the state of an event that would not be handled.
create table ledger.frontier (
  one boolean primary key default true check (one),
  size bigint not null check (size >= 0),
  nodes jsonb not null,
  updated_at timestamptz not null
);
comment on table ledger.frontier is 'Right edge of the Merkle tree after the last numbered entry: all that the sequencer needs to go on';
insert into ledger.frontier (size, nodes, updated_at) values (0, '[]', now());
alter table ledger.frontier enable row level security;
create policy engine_all on ledger.frontier to biaoshuai_engine using (true) with check (true);
create policy audit_reads on ledger.frontier for select to biaoshuai_app using ((select kernel.administrator()) = 'audit');
create policy audit_reads on ledger.pending for select to biaoshuai_app using ((select kernel.administrator()) = 'audit');
grant select, update on ledger.frontier to biaoshuai_engine;
grant select on ledger.frontier, ledger.pending to biaoshuai_app;

alter table kernel.outbox add column due_at timestamptz;
alter table kernel.outbox add column dead_at timestamptz;
comment on column kernel.outbox.due_at is 'Not to be tried again before';
comment on column kernel.outbox.dead_at is 'Given up after the last attempt; somebody has to look';
drop index kernel.outbox_unhandled;
create index outbox_open on kernel.outbox (no) where handled_at is null and dead_at is null;
create index outbox_open_by_event on kernel.outbox (event, no) where handled_at is null and dead_at is null;
