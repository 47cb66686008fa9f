-- Mail beside the notices on the page: where to, when not, and which cannot wait for the morning.
alter table desk.notices add column urgent boolean not null default false;
create index notices_unmailed on desk.notices (account_no) where mailed_at is null and put_away_at is null;
revoke update on desk.notices from biaoshuai_app;
grant update (put_away_at) on desk.notices to biaoshuai_app;

create table desk.mail_addresses (
  account_no bigint primary key references directory.accounts (no),
  address text not null,
  digest boolean not null default true,
  quiet_from smallint not null default 20 constraint mail_addresses_quiet_from check (quiet_from between 0 and 23),
  quiet_until smallint not null default 8 constraint mail_addresses_quiet_until check (quiet_until between 0 and 23),
  digested_on date
);
comment on table desk.mail_addresses is 'Where an account wants its mail, and between which hours none is sent';
comment on column desk.mail_addresses.address is 'Personal: e-mail address, entered by the account''s owner';
grant select, insert, update on desk.mail_addresses to biaoshuai_app;
grant select, update on desk.mail_addresses to biaoshuai_engine;
alter table desk.mail_addresses enable row level security;
create policy own on desk.mail_addresses to biaoshuai_app
  using (account_no = (select kernel.account_no())) with check (account_no = (select kernel.account_no()));
create policy engine_all on desk.mail_addresses to biaoshuai_engine using (true) with check (true);
