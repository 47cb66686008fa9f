-- The calendar that another program subscribes to, by a secret address of its own; and what has been reminded of already.
create table rulebook.calendar_subscriptions (
  account_no bigint primary key references directory.accounts (no),
  token_hash text not null unique,
  created_at timestamptz not null
);
comment on table rulebook.calendar_subscriptions is 'One secret calendar address an account; replaced by a new one, gone when revoked';
comment on column rulebook.calendar_subscriptions.token_hash is 'Hash of the secret part of the address, which is shown once';
grant select, insert, update, delete on rulebook.calendar_subscriptions to biaoshuai_app;
grant select on rulebook.calendar_subscriptions to biaoshuai_engine;
alter table rulebook.calendar_subscriptions enable row level security;
create policy own on rulebook.calendar_subscriptions to biaoshuai_app
  using (account_no = (select kernel.account_no())) with check (account_no = (select kernel.account_no()));
create policy engine_all on rulebook.calendar_subscriptions to biaoshuai_engine using (true) with check (true);

create table rulebook.reminders (
  requirement_no integer not null,
  period_no integer not null,
  subject_kind "char" not null,
  subject_no bigint not null,
  organization_no bigint not null,
  due_on date not null,
  reminded_on date not null,
  primary key (organization_no, period_no, requirement_no, subject_kind, subject_no, due_on)
);
comment on table rulebook.reminders is 'Duties of which those who keep them were told before the last day, once for each last day';
grant select, insert, delete on rulebook.reminders to biaoshuai_engine;
alter table rulebook.reminders enable row level security;
create policy engine_all on rulebook.reminders to biaoshuai_engine using (true) with check (true);
