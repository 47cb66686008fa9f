-- Row-level security of the directory. Names of organizations are open to everybody signed in; persons are not.
-- Policies compare integer numbers only, so that the planner may use every index.

create function directory.reads(organization bigint) returns boolean language sql stable parallel safe
  as $$ select exists (
    select 1 from directory.organization_ancestry a
    where a.organization_no = organization and a.ancestor_no = any (kernel.read_orgs()) and upper_inf(a.valid)) $$;
comment on function directory.reads is 'Read by today''s tree: the organization stands under one the account may read';

create function directory.reads_on(organization bigint, day date) returns boolean language sql stable parallel safe
  as $$ select exists (
    select 1 from directory.organization_ancestry a
    where a.organization_no = organization and a.ancestor_no = any (kernel.read_orgs())
      and (upper_inf(a.valid) or a.valid @> day)) $$;
comment on function directory.reads_on is 'Read by today''s tree or by the tree of the record''s own day';

create function directory.writes(organization bigint) returns boolean language sql stable parallel safe
  as $$ select exists (
    select 1 from directory.organization_ancestry a
    where a.organization_no = organization and a.ancestor_no = any (kernel.write_orgs()) and upper_inf(a.valid)) $$;
comment on function directory.writes is 'Write by today''s tree';

grant usage on schema directory to biaoshuai_app, biaoshuai_engine;
grant select on all tables in schema directory to biaoshuai_app;
grant insert, update on directory.organizations, directory.organization_names, directory.organization_edges, directory.responsibilities,
  directory.persons, directory.memberships, directory.posts, directory.committees, directory.committee_members, directory.accounts,
  directory.grants, directory.roster_imports, directory.roster_import_rows to biaoshuai_app;
grant insert on directory.person_revisions to biaoshuai_app;
grant insert, update, delete on directory.organization_ancestry, directory.sessions, directory.sign_in_failures to biaoshuai_engine;
grant select, insert, update, delete on all tables in schema directory to biaoshuai_engine;
revoke update, delete on directory.person_revisions from biaoshuai_engine;
grant usage on all sequences in schema directory to biaoshuai_app, biaoshuai_engine;

alter table directory.organizations enable row level security;
create policy names_open on directory.organizations for select to biaoshuai_app using ((select kernel.account_no()) is not null);
create policy created on directory.organizations for insert to biaoshuai_app with check (cardinality((select kernel.write_orgs())) > 0);
create policy changed on directory.organizations for update to biaoshuai_app using (directory.writes(no));
create policy engine_all on directory.organizations to biaoshuai_engine using (true) with check (true);

alter table directory.organization_names enable row level security;
create policy names_open on directory.organization_names for select to biaoshuai_app using ((select kernel.account_no()) is not null);
create policy named on directory.organization_names for insert to biaoshuai_app with check (cardinality((select kernel.write_orgs())) > 0);
create policy renamed on directory.organization_names for update to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on directory.organization_names to biaoshuai_engine using (true) with check (true);

alter table directory.organization_edges enable row level security;
create policy names_open on directory.organization_edges for select to biaoshuai_app using ((select kernel.account_no()) is not null);
create policy placed on directory.organization_edges for insert to biaoshuai_app with check (directory.writes(parent_no));
create policy moved on directory.organization_edges for update to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on directory.organization_edges to biaoshuai_engine using (true) with check (true);

alter table directory.organization_ancestry enable row level security;
create policy names_open on directory.organization_ancestry for select to biaoshuai_app using ((select kernel.account_no()) is not null);
create policy engine_all on directory.organization_ancestry to biaoshuai_engine using (true) with check (true);

alter table directory.responsibilities enable row level security;
create policy in_scope on directory.responsibilities to biaoshuai_app
  using (directory.reads(organization_no)) with check (directory.writes(organization_no));
create policy engine_all on directory.responsibilities to biaoshuai_engine using (true) with check (true);

alter table directory.memberships enable row level security;
create policy in_scope on directory.memberships for select to biaoshuai_app
  using (person_no = (select kernel.person_no()) or directory.reads_on(organization_no, lower(valid)));
create policy joined on directory.memberships for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on directory.memberships for update to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on directory.memberships to biaoshuai_engine using (true) with check (true);

alter table directory.persons enable row level security;
create policy in_scope on directory.persons for select to biaoshuai_app
  using (no = (select kernel.person_no()) or directory.reads(home_no)
    or exists (select 1 from directory.memberships m where m.person_no = persons.no));
create policy entered on directory.persons for insert to biaoshuai_app with check (directory.writes(home_no));
create policy changed on directory.persons for update to biaoshuai_app using (directory.writes(home_no));
create policy engine_all on directory.persons to biaoshuai_engine using (true) with check (true);

alter table directory.person_revisions enable row level security;
create policy in_scope on directory.person_revisions for select to biaoshuai_app
  using (exists (select 1 from directory.persons p where p.no = person_revisions.person_no));
create policy entered on directory.person_revisions for insert to biaoshuai_app
  with check (exists (select 1 from directory.persons p where p.no = person_revisions.person_no));
create policy engine_all on directory.person_revisions to biaoshuai_engine using (true) with check (true);

alter table directory.posts enable row level security;
create policy in_scope on directory.posts for select to biaoshuai_app
  using (person_no = (select kernel.person_no()) or directory.reads_on(organization_no, lower(valid)));
create policy entered on directory.posts for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on directory.posts for update to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on directory.posts to biaoshuai_engine using (true) with check (true);

alter table directory.committees enable row level security;
create policy in_scope on directory.committees for select to biaoshuai_app using (directory.reads_on(organization_no, elected_on));
create policy entered on directory.committees for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on directory.committees for update to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on directory.committees to biaoshuai_engine using (true) with check (true);
alter table directory.committee_members enable row level security;
create policy in_scope on directory.committee_members to biaoshuai_app
  using (exists (select 1 from directory.committees c where c.no = committee_members.committee_no))
  with check (exists (select 1 from directory.committees c where c.no = committee_members.committee_no and directory.writes(c.organization_no)));
create policy engine_all on directory.committee_members to biaoshuai_engine using (true) with check (true);

alter table directory.accounts enable row level security;
create policy own_or_administrator on directory.accounts for select to biaoshuai_app
  using (no = (select kernel.account_no()) or (select kernel.administrator()) in ('system', 'security', 'audit'));
create policy created on directory.accounts for insert to biaoshuai_app with check ((select kernel.administrator()) = 'system');
create policy changed on directory.accounts for update to biaoshuai_app
  using (no = (select kernel.account_no()) or (select kernel.administrator()) in ('system', 'security'));
create policy engine_all on directory.accounts to biaoshuai_engine using (true) with check (true);

alter table directory.sessions enable row level security;
create policy engine_all on directory.sessions to biaoshuai_engine using (true) with check (true);
alter table directory.sign_in_failures enable row level security;
create policy engine_all on directory.sign_in_failures to biaoshuai_engine using (true) with check (true);

alter table directory.grants enable row level security;
create policy own_or_administrator on directory.grants for select to biaoshuai_app
  using (account_no = (select kernel.account_no()) or (select kernel.administrator()) in ('system', 'security'));
create policy proposed on directory.grants for insert to biaoshuai_app with check ((select kernel.administrator()) = 'security');
create policy decided on directory.grants for update to biaoshuai_app using ((select kernel.administrator()) = 'security');
create policy engine_all on directory.grants to biaoshuai_engine using (true) with check (true);

alter table directory.roster_imports enable row level security;
create policy in_scope on directory.roster_imports to biaoshuai_app
  using (directory.reads(organization_no)) with check (directory.writes(organization_no));
create policy engine_all on directory.roster_imports to biaoshuai_engine using (true) with check (true);
alter table directory.roster_import_rows enable row level security;
create policy in_scope on directory.roster_import_rows to biaoshuai_app
  using (exists (select 1 from directory.roster_imports i where i.no = roster_import_rows.import_no))
  with check (exists (select 1 from directory.roster_imports i where i.no = roster_import_rows.import_no));
create policy engine_all on directory.roster_import_rows to biaoshuai_engine using (true) with check (true);

alter table kernel.files enable row level security;
create policy in_scope on kernel.files to biaoshuai_app
  using (uploaded_by = (select kernel.account_no()) or (organization_no is not null and directory.reads(organization_no)))
  with check (uploaded_by = (select kernel.account_no()));
create policy engine_all on kernel.files to biaoshuai_engine using (true) with check (true);
grant select, insert on kernel.files to biaoshuai_app, biaoshuai_engine;
