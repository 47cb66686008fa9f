create table rulebook.requirements_stamp (
  only_row boolean primary key default true constraint requirements_stamp_only_row check (only_row),
  stamp uuid not null default gen_random_uuid()
);
comment on table rulebook.requirements_stamp is 'One row, another value whenever requirements change, whoever changes them: what is kept in memory of them under a value is right in every process';
insert into rulebook.requirements_stamp default values;
grant select on rulebook.requirements_stamp to biaoshuai_app, biaoshuai_engine;
alter table rulebook.requirements_stamp enable row level security;
create policy stamp_open on rulebook.requirements_stamp for select to biaoshuai_app, biaoshuai_engine using (true);

create function rulebook.stamp_requirements() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update rulebook.requirements_stamp set stamp = gen_random_uuid();
  return null;
end $$;
comment on function rulebook.stamp_requirements() is 'Gives the requirements another stamp';
create trigger requirements_stamped after insert or update or delete or truncate on rulebook.requirements
  for each statement execute function rulebook.stamp_requirements();
revoke execute on function rulebook.stamp_requirements() from public;
