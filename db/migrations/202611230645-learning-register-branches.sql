-- A class may be open to the branches under its organizer: they register their own people, and whoever finds no seat waits.
create function learning.stands_over_reader(organization bigint) returns boolean language sql stable parallel safe
  as $$ select exists (
    select 1 from directory.organization_ancestry a
    where a.ancestor_no = organization and a.organization_no = any (kernel.read_orgs()) and upper_inf(a.valid)) $$;
comment on function learning.stands_over_reader is 'What an organization gives to those under it: the reader''s own organizations stand under it today';
revoke execute on function learning.stands_over_reader from public;
grant execute on function learning.stands_over_reader to biaoshuai_app, biaoshuai_engine;

alter table learning.classes add registers_until date, add plan_no bigint references learning.plans (no), add plan_item text,
  add constraint classes_planned check ((plan_no is null) = (plan_item is null));
comment on column learning.classes.registers_until is 'Last day on which branches under the organizer may register their own people; null when the organizer alone does';
comment on column learning.classes.plan_item is 'Key of the line of the yearly plan that this class carries out';
create index classes_plan on learning.classes (plan_no) where plan_no is not null;

create policy open_below on learning.classes for select to biaoshuai_app
  using (state = 'planned' and registers_until is not null and learning.stands_over_reader(organization_no));

create table learning.waiting (
  no bigint generated always as identity primary key,
  class_no bigint not null references learning.classes (no),
  person_no bigint not null references directory.persons (no),
  organization_no bigint not null references directory.organizations (no),
  host_no bigint not null references directory.organizations (no),
  held_on date not null,
  entered_at timestamptz not null,
  entered_by bigint not null,
  constraint waiting_once unique (class_no, person_no)
);
comment on table learning.waiting is '候补: who finds no seat, in the order of registering; moves up when a seat falls free';
create index waiting_organization on learning.waiting (organization_no);
grant select, insert, delete on learning.waiting to biaoshuai_engine;
grant select on learning.waiting to biaoshuai_app;
alter table learning.waiting enable row level security;
create policy own_or_in_scope on learning.waiting for select to biaoshuai_app using (person_no = (select kernel.person_no())
  or directory.reads_on(organization_no, held_on) or directory.reads_on(host_no, held_on));
create policy engine_all on learning.waiting to biaoshuai_engine using (true) with check (true);
