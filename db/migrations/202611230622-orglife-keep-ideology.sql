create table orglife.ideology_keepers (
  no bigint generated always as identity primary key,
  id text not null unique,
  organization_no bigint not null references directory.organizations (no),
  person_no bigint not null references directory.persons (no),
  duty text not null constraint ideology_keepers_duty check (duty in ('first', 'direct')),
  valid daterange not null,
  recorded_on date not null,
  recorded_at timestamptz not null,
  recorded_by bigint not null,
  end_reason text,
  constraint ideology_keepers_days check (not isempty(valid) and not lower_inf(valid))
);
comment on table orglife.ideology_keepers is '意识形态责任人 of an organization: who answers for it from when to when. Says nothing of what anybody said';
create index ideology_keepers_organization on orglife.ideology_keepers (organization_no);
create unique index ideology_keepers_one on orglife.ideology_keepers (organization_no, duty) where upper_inf(valid);

create table orglife.outlets (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint outlets_state check (state in ('open', 'closed')),
  organization_no bigint not null references directory.organizations (no),
  kind text not null,
  name text not null,
  address text,
  keeper_no bigint not null references directory.persons (no),
  deputy_no bigint references directory.persons (no),
  opened_on date not null,
  review_on date not null,
  closed_on date,
  recorded_on date not null,
  constraint outlets_keepers check (deputy_no is null or deputy_no <> keeper_no),
  constraint outlets_closed check ((state = 'closed') = (closed_on is not null))
);
comment on table orglife.outlets is '阵地: sites, accounts, groups that an organization runs, with keeper and deputy. A register; nothing of what is published there is read or kept';
comment on column orglife.outlets.review_on is 'By when somebody looks whether it is still needed and still has its keepers';
create index outlets_organization on orglife.outlets (organization_no, state);

create table orglife.outlet_revisions (
  outlet_no bigint not null references orglife.outlets (no),
  revision integer not null,
  action text not null,
  state text not null,
  body jsonb not null,
  reason text,
  recorded_at timestamptz not null,
  recorded_by bigint not null,
  primary key (outlet_no, revision)
);
comment on table orglife.outlet_revisions is 'Each whole state of an outlet in the register. Insert only';

grant select, insert, update on orglife.ideology_keepers, orglife.outlets to biaoshuai_app;
grant select, insert on orglife.outlet_revisions to biaoshuai_app;
grant select, insert, update, delete on orglife.ideology_keepers, orglife.outlets to biaoshuai_engine;
grant select, insert on orglife.outlet_revisions to biaoshuai_engine;
grant usage on all sequences in schema orglife to biaoshuai_app, biaoshuai_engine;

do $$ declare part text; begin
  foreach part in array array['ideology_keepers', 'outlets'] loop
    execute format('alter table orglife.%I enable row level security', part);
    execute format('create policy in_scope on orglife.%I for select to biaoshuai_app using (directory.reads(organization_no))', part);
    execute format('create policy entered on orglife.%I for insert to biaoshuai_app with check (directory.writes(organization_no))', part);
    execute format('create policy changed on orglife.%I for update to biaoshuai_app using (directory.writes(organization_no))', part);
    execute format('create policy engine_all on orglife.%I to biaoshuai_engine using (true) with check (true)', part);
  end loop;
end $$;
alter table orglife.outlet_revisions enable row level security;
create policy seen_with_outlet on orglife.outlet_revisions for select to biaoshuai_app
  using (exists (select 1 from orglife.outlets o where o.no = outlet_revisions.outlet_no));
create policy entered on orglife.outlet_revisions for insert to biaoshuai_app
  with check (exists (select 1 from orglife.outlets o where o.no = outlet_revisions.outlet_no and directory.writes(o.organization_no)));
create policy engine_all on orglife.outlet_revisions to biaoshuai_engine using (true) with check (true);
