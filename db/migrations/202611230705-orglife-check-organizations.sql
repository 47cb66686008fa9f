create table orglife.political_checks (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint political_checks_state check (state in ('started', 'concluded', 'answered', 'withdrawn')),
  organization_no bigint not null references directory.organizations (no),
  by_no bigint not null references directory.organizations (no),
  period_from date not null,
  period_to date not null,
  filled_on date not null,
  started_on date not null,
  conclusion text,
  concluded_on date,
  answer text,
  answered_on date,
  withdraw_reason text,
  constraint political_checks_days check (period_from <= period_to),
  constraint political_checks_other check (organization_no <> by_no),
  constraint political_checks_concluded check ((conclusion is null) = (concluded_on is null)
    and (state not in ('concluded', 'answered') or conclusion is not null)),
  constraint political_checks_answered check ((answer is null) = (answered_on is null) and (state <> 'answered' or answer is not null)),
  constraint political_checks_withdrawn check (state <> 'withdrawn' or withdraw_reason is not null)
);
comment on table orglife.political_checks is '专项考察 of an organization by a checklist filled from records. Nothing about single persons, no grade of the whole';
comment on column orglife.political_checks.by_no is 'The organization in whose name it is checked';
comment on column orglife.political_checks.filled_on is 'As of which day the lines were filled from records';
create index political_checks_organization on orglife.political_checks (organization_no, started_on);
create index political_checks_by on orglife.political_checks (by_no, concluded_on);

create table orglife.political_check_lines (
  check_no bigint not null references orglife.political_checks (no),
  position integer not null,
  code text not null,
  question text not null,
  figures jsonb not null,
  verdict text constraint political_check_lines_verdict check (verdict in ('conforms', 'mostly', 'fails', 'not_applicable')),
  finding text,
  primary key (check_no, position),
  constraint political_check_lines_code unique (check_no, code),
  constraint political_check_lines_found check ((verdict is null) = (finding is null))
);
comment on table orglife.political_check_lines is 'Questions of a check as they were asked, with the counts of that day and what the checker found';
comment on column orglife.political_check_lines.figures is 'Counts with the address of the records behind them, no names of persons';

create table orglife.political_check_steps (
  check_no bigint not null references orglife.political_checks (no),
  revision integer not null,
  action text not null,
  said text not null,
  acted_at timestamptz not null,
  acted_by bigint not null,
  primary key (check_no, revision)
);
comment on table orglife.political_check_steps is 'Every step of a check in words. Insert only';

grant select, insert, update on orglife.political_checks, orglife.political_check_lines to biaoshuai_app;
grant select, insert on orglife.political_check_steps to biaoshuai_app;
grant select, insert, update, delete on orglife.political_checks, orglife.political_check_lines to biaoshuai_engine;
grant select, insert on orglife.political_check_steps to biaoshuai_engine;
grant usage on all sequences in schema orglife to biaoshuai_app, biaoshuai_engine;

alter table orglife.political_checks enable row level security;
create policy in_scope on orglife.political_checks for select to biaoshuai_app using (directory.reads(organization_no));
create policy started on orglife.political_checks for insert to biaoshuai_app with check (directory.writes(organization_no) and directory.writes(by_no));
create policy changed on orglife.political_checks for update to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on orglife.political_checks to biaoshuai_engine using (true) with check (true);

do $$ declare part text; begin
  foreach part in array array['political_check_lines', 'political_check_steps'] loop
    execute format('alter table orglife.%I enable row level security', part);
    execute format('create policy seen_with_check on orglife.%I for select to biaoshuai_app
      using (exists (select 1 from orglife.political_checks p where p.no = %I.check_no))', part, part);
    execute format('create policy entered on orglife.%I for insert to biaoshuai_app with check (
      exists (select 1 from orglife.political_checks p where p.no = %I.check_no and directory.writes(p.organization_no)))', part, part);
    execute format('create policy engine_all on orglife.%I to biaoshuai_engine using (true) with check (true)', part);
  end loop;
end $$;
create policy changed on orglife.political_check_lines for update to biaoshuai_app using (
  exists (select 1 from orglife.political_checks p where p.no = political_check_lines.check_no
    and directory.writes(p.organization_no) and directory.writes(p.by_no)));
