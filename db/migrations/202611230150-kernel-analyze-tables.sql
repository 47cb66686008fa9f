-- After a bulk load the planner knows nothing of the new rows, and the program's roles own no table that they could analyze.
create function kernel.analyze_tables() returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  loaded text;
begin
  for loaded in
    select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ('directory', 'rulebook', 'orglife', 'supervision') and not c.relispartition
  loop
    execute 'analyze ' || loaded;
  end loop;
end $$;
comment on function kernel.analyze_tables is 'Takes statistics of the business tables after a bulk load';
revoke execute on function kernel.analyze_tables from public;
grant execute on function kernel.analyze_tables to biaoshuai_engine;
