-- The supervisor's desk keeps views; a person chooses by which way each line of notices comes; group robots tell counts.
create table desk.saved_views (
  no bigint generated always as identity primary key,
  id text not null unique,
  account_no bigint not null references directory.accounts (no),
  name text not null,
  filters jsonb not null,
  shared_with_no bigint references directory.organizations (no),
  kept_at timestamptz not null,
  constraint saved_views_name unique (account_no, name)
);
comment on table desk.saved_views is 'Filters of the supervisor''s desk under a name, of one account; shared with those who hold a role at exactly one organization if the owner wishes';
create index saved_views_shared on desk.saved_views (shared_with_no) where shared_with_no is not null;

grant select, insert, delete on desk.saved_views to biaoshuai_app;
grant update (filters, shared_with_no, kept_at) on desk.saved_views to biaoshuai_app;
grant select, insert, update, delete on desk.saved_views to biaoshuai_engine;
alter table desk.saved_views enable row level security;
create policy seen on desk.saved_views for select to biaoshuai_app
  using (account_no = (select kernel.account_no()) or shared_with_no = any ((select kernel.read_orgs())::bigint[]));
create policy kept on desk.saved_views for insert to biaoshuai_app
  with check (account_no = (select kernel.account_no())
    and (shared_with_no is null or shared_with_no = any ((select kernel.read_orgs())::bigint[])));
create policy changed on desk.saved_views for update to biaoshuai_app using (account_no = (select kernel.account_no()))
  with check (account_no = (select kernel.account_no())
    and (shared_with_no is null or shared_with_no = any ((select kernel.read_orgs())::bigint[])));
create policy dropped on desk.saved_views for delete to biaoshuai_app using (account_no = (select kernel.account_no()));
create policy engine_all on desk.saved_views to biaoshuai_engine using (true) with check (true);

alter table desk.notices add column even_quiet boolean not null default false;
comment on column desk.notices.even_quiet is 'A rule says that it goes out in quiet hours too';

alter table desk.mail_addresses
  alter column quiet_from set default 21,
  add column quiet_days_off boolean not null default true,
  add column digest_every text not null default 'day' constraint mail_addresses_digest_every check (digest_every in ('day', 'week')),
  add column digest_hour smallint not null default 8 constraint mail_addresses_digest_hour check (digest_hour between 0 and 23),
  add column digest_weekday smallint not null default 1 constraint mail_addresses_digest_weekday check (digest_weekday between 1 and 5),
  add column ways jsonb not null default '{}';
comment on column desk.mail_addresses.quiet_days_off is 'No mail on Saturdays and Sundays';
comment on column desk.mail_addresses.ways is 'Line of notices to the way it comes: mail, digest or site; a line that is not named comes as it does by default';

create table desk.robots (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  organization_no bigint not null references directory.organizations (no),
  name text not null,
  provider text not null constraint robots_provider check (provider in ('wecom', 'dingtalk')),
  host text not null,
  address_sealed text not null,
  secret_sealed text,
  lines text[] not null,
  hour smallint not null constraint robots_hour check (hour between 8 and 20),
  enabled boolean not null,
  made_at timestamptz not null,
  made_by bigint not null,
  sent_at timestamptz,
  failed_at timestamptz,
  failure text
);
comment on table desk.robots is '群机器人: where counts and links are told, for one organization and what stands under it; kept by the system administrator';
comment on column desk.robots.address_sealed is 'The address holds the robot''s key; encrypted, bound to this row';
comment on column desk.robots.secret_sealed is 'What 钉钉 signs with; encrypted, bound to this row';
comment on column desk.robots.failure is 'Why the last attempt failed, in plain words, without address or answer';

create table desk.robot_posts (
  no bigint generated always as identity primary key,
  robot_no bigint not null references desk.robots (no),
  line text not null,
  slot text not null,
  text text not null,
  state text not null constraint robot_posts_state check (state in ('queued', 'sent', 'failed')),
  queued_at timestamptz not null,
  attempts integer not null default 0,
  sent_at timestamptz,
  constraint robot_posts_once unique (robot_no, line, slot)
);
comment on table desk.robot_posts is 'What was told to a robot: one line once a slot (a day, a test), so that a restart repeats nothing';
create index robot_posts_queued on desk.robot_posts (queued_at) where state = 'queued';

grant select, insert on desk.robots, desk.robot_posts to biaoshuai_app;
grant update (revision, name, lines, hour, enabled, host, address_sealed, secret_sealed, failed_at, failure) on desk.robots to biaoshuai_app;
grant select, insert, update on desk.robots, desk.robot_posts to biaoshuai_engine;
grant usage on all sequences in schema desk to biaoshuai_app, biaoshuai_engine;
do $$ declare part text; begin
  foreach part in array array['robots', 'robot_posts'] loop
    execute format('alter table desk.%I enable row level security', part);
    execute format('create policy of_system on desk.%I to biaoshuai_app using ((select kernel.administrator()) = ''system'')
      with check ((select kernel.administrator()) = ''system'')', part);
    execute format('create policy engine_all on desk.%I to biaoshuai_engine using (true) with check (true)', part);
  end loop;
end $$;
