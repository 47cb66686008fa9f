-- Events are handed in by every act and read by the engine alone.
revoke select on kernel.outbox from biaoshuai_app;
alter table kernel.outbox enable row level security;
create policy handed_in on kernel.outbox for insert to biaoshuai_app with check (true);
create policy engine_all on kernel.outbox to biaoshuai_engine using (true) with check (true);
