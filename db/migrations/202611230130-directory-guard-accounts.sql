-- Accounts: separation of the three administrators, one-time passwords, known addresses, reading a session in one call.

alter table directory.accounts add column password_expires_at timestamptz;
comment on column directory.accounts.password_expires_at is 'End of a one-time password that nobody has changed yet';
create unique index accounts_one_per_person on directory.accounts (person_no) where person_no is not null;

comment on column directory.sign_in_failures.address is 'Keyed index of the network address, never the address';
create index sign_in_failures_last on directory.sign_in_failures (last_failed_at);

create table directory.sign_in_addresses (
  account_no bigint not null references directory.accounts (no),
  address text not null,
  last_used_at timestamptz not null,
  primary key (account_no, address)
);
comment on table directory.sign_in_addresses is 'Where an account has signed in before; the brake on guessing spares these';
comment on column directory.sign_in_addresses.address is 'Keyed index of the network address, never the address';
alter table directory.sign_in_addresses enable row level security;
create policy engine_all on directory.sign_in_addresses to biaoshuai_engine using (true) with check (true);
grant select, insert, update, delete on directory.sign_in_addresses to biaoshuai_engine;

-- 三员分立: what an account is, it is from its creation on; so no grant can be given while it turns into an administrator.
create function directory.keep_administrator() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.administrator is distinct from old.administrator then
    raise exception 'an account never becomes or stops being an administrator'
      using errcode = 'check_violation', constraint = 'accounts_administrator_for_ever';
  end if;
  return new;
end $$;
create trigger accounts_administrator_for_ever before update on directory.accounts
  for each row execute function directory.keep_administrator();

create function directory.refuse_grant_to_administrator() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from directory.accounts a where a.no = new.account_no and a.administrator is null) then
    raise exception 'an administrator holds no grant'
      using errcode = 'check_violation', constraint = 'grants_none_for_administrators';
  end if;
  return new;
end $$;
create trigger grants_none_for_administrators before insert or update of account_no, role, organization_no on directory.grants
  for each row execute function directory.refuse_grant_to_administrator();

-- The session behind a token with the account's live grants, in one round trip. It notes the use at most once a minute and
-- deletes what has expired. It runs as the owner, because whoever calls is nobody yet.
create function directory.session_of(hash text, at timestamptz, today date, idle interval, idle_administrator interval)
  returns jsonb language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  found_session jsonb;
  stale boolean;
begin
  select jsonb_build_object(
      'accountNo', a.no, 'accountId', a.id, 'name', a.display_name, 'personNo', a.person_no, 'administrator', a.administrator,
      'secondFactor', s.second_factor, 'enrolled', a.totp_confirmed_at is not null, 'demonstration', a.demonstration,
      'mustChangePassword', a.must_change_password, 'passwordSetAt', a.password_set_at, 'expiresAt', s.expires_at,
      'grants', coalesce((
        select jsonb_agg(jsonb_build_object('role', g.role, 'organizationNo', g.organization_no) order by g.no)
        from directory.grants g where g.account_no = a.no and g.state = 'approved' and g.valid @> today), '[]')),
    s.seen_at <= at - interval '1 minute'
  into found_session, stale
  from directory.sessions s
  join directory.accounts a on a.no = s.account_no
  where s.token_hash = hash and a.state = 'active' and at < s.expires_at
    and at < s.seen_at + case when a.administrator is null then idle else idle_administrator end;
  if found_session is null then
    delete from directory.sessions where token_hash = hash;
  elsif stale then
    update directory.sessions set seen_at = at where token_hash = hash;
  end if;
  return found_session;
end $$;
comment on function directory.session_of is 'Who stands behind a session token now; null when nobody does';
revoke all on function directory.session_of from public;
grant execute on function directory.session_of to biaoshuai_app, biaoshuai_engine;
