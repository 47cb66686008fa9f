create table rulebook.owed_changes (
  no bigint generated always as identity primary key
);
comment on table rulebook.owed_changes is 'One row a change of who owes what (people, tree, exemptions, rules); the largest number is the version of counts kept in memory';
grant select on rulebook.owed_changes to biaoshuai_app;
grant select, insert, delete on rulebook.owed_changes to biaoshuai_engine;
grant usage on all sequences in schema rulebook to biaoshuai_engine;
alter table rulebook.owed_changes enable row level security;
create policy version_open on rulebook.owed_changes for select to biaoshuai_app using (true);
create policy engine_all on rulebook.owed_changes to biaoshuai_engine using (true) with check (true);
