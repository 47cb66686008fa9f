-- What is still open after a reminder goes up the chain of responsibility, by days that the working committee sets; the ladder's
-- conditions become data; a case may come from a problem.
create table supervision.escalation_rules (
  no bigint generated always as identity primary key,
  organization_no bigint not null references directory.organizations (no),
  days jsonb not null,
  even_in_quiet boolean not null,
  reason text not null,
  set_at timestamptz not null,
  set_by bigint not null
);
comment on table supervision.escalation_rules is 'Days after which an unanswered reminder goes to the next responsible person, by line; the last row holds. Without a row nothing goes up';
comment on column supervision.escalation_rules.even_in_quiet is 'Whether the notice of an escalation goes out in quiet hours too';

create table supervision.ladder_conditions (
  no bigint generated always as identity primary key,
  organization_no bigint not null references directory.organizations (no),
  conditions jsonb not null,
  reason text not null,
  set_at timestamptz not null,
  set_by bigint not null
);
comment on table supervision.ladder_conditions is 'When the system proposes the next step of the ladder (提醒, 督办, 约谈, 黄牌, 问责建议); the last row holds. Without a row the shipped ones do';

alter table supervision.cases add column problem_no bigint references supervision.problems (no);
comment on column supervision.cases.problem_no is 'The problem that the case was opened from';
create unique index cases_one_open_per_problem on supervision.cases (problem_no)
  where problem_no is not null and state in ('proposed', 'reminded', 'supervised', 'reported');

grant select, insert on supervision.escalation_rules, supervision.ladder_conditions to biaoshuai_app, biaoshuai_engine;
grant usage on all sequences in schema supervision to biaoshuai_app, biaoshuai_engine;

do $$ declare part text; begin
  foreach part in array array['escalation_rules', 'ladder_conditions'] loop
    execute format('alter table supervision.%I enable row level security', part);
    execute format('create policy open_to_all on supervision.%I for select to biaoshuai_app using (true)', part);
    execute format('create policy set_by_writers on supervision.%I for insert to biaoshuai_app with check (directory.writes(organization_no))', part);
    execute format('create policy engine_all on supervision.%I to biaoshuai_engine using (true) with check (true)', part);
  end loop;
end $$;
