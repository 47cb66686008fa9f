-- 政治生日, optional: a branch that switches it on sees whose day of joining the Party comes; a member may say no. Nothing is sent to anybody.
create table orglife.birthday_branches (
  organization_no bigint primary key references directory.organizations (no),
  since date not null,
  set_by bigint not null
);
comment on table orglife.birthday_branches is 'Branches that want to be shown days of joining the Party; a branch without a row is shown nothing';

create table orglife.birthdays_declined (
  person_no bigint primary key references directory.persons (no),
  declined_on date not null
);
comment on table orglife.birthdays_declined is 'Members who do not want their day to be shown to the branch; no reason is asked';

grant select, insert, delete on orglife.birthday_branches, orglife.birthdays_declined to biaoshuai_app;
grant select, insert, update, delete on orglife.birthday_branches, orglife.birthdays_declined to biaoshuai_engine;

alter table orglife.birthday_branches enable row level security;
create policy in_scope on orglife.birthday_branches for select to biaoshuai_app using (directory.reads(organization_no));
create policy set_on on orglife.birthday_branches for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy set_off on orglife.birthday_branches for delete to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on orglife.birthday_branches to biaoshuai_engine using (true) with check (true);

-- Those who would be shown the day must know that it is not to be shown.
alter table orglife.birthdays_declined enable row level security;
create policy own_or_kept on orglife.birthdays_declined for select to biaoshuai_app using (person_no = (select kernel.person_no())
  or exists (select 1 from directory.memberships m where m.person_no = birthdays_declined.person_no and directory.writes(m.organization_no)));
create policy own on orglife.birthdays_declined for insert to biaoshuai_app with check (person_no = (select kernel.person_no()));
create policy own_back on orglife.birthdays_declined for delete to biaoshuai_app using (person_no = (select kernel.person_no()));
create policy engine_all on orglife.birthdays_declined to biaoshuai_engine using (true) with check (true);
