-- What an import must remember to be undone, and how to know that nothing has come to hang on a person since.
alter table directory.roster_imports add column sha256 text;
comment on column directory.roster_imports.sha256 is 'Hash of the uploaded bytes, so that a repeated upload is known';
comment on column directory.roster_imports.staged_path is 'Name of the file in the staging folder; null once it is deleted';
alter table directory.roster_import_rows add column memberships_before jsonb;
comment on column directory.roster_import_rows.memberships_before is 'Memberships of a changed person as they were, to be put back';
create index roster_imports_organization on directory.roster_imports (organization_no);

create function directory.persons_in_use(persons bigint[]) returns bigint[] language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  link record;
  found_nos bigint[];
  used bigint[] := '{}';
begin
  for link in
    select c.conrelid::regclass as place, a.attname as part
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'directory.persons'::regclass
      and c.conrelid not in ('directory.memberships'::regclass, 'directory.person_revisions'::regclass, 'directory.roster_import_rows'::regclass)
  loop
    execute format('select array_agg(distinct %I) from %s where %I = any ($1)', link.part, link.place, link.part) into found_nos using persons;
    used := used || coalesce(found_nos, '{}');
  end loop;
  return used;
end $$;
comment on function directory.persons_in_use is 'Which of the persons something refers to, in whatever schema: posts, accounts, attendance, duties';
revoke all on function directory.persons_in_use from public;
grant execute on function directory.persons_in_use to biaoshuai_engine;
