-- Who acted is shown by name to everybody who may see the act; the account itself stays closed.
create function directory.account_name(account bigint) returns text language sql stable security definer set search_path = ''
  as $$ select a.display_name from directory.accounts a where a.no = account $$;
comment on function directory.account_name is 'Display name of an account, for histories';
revoke execute on function directory.account_name from public;
grant execute on function directory.account_name to biaoshuai_app, biaoshuai_engine;
