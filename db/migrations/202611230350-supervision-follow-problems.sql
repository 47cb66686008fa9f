-- Problem list, letters without a sender, the ladder's rungs and talks, yellow cards, appeals. One table of steps for the new kinds.
create table supervision.letters (
  id text primary key,
  organization_no bigint not null references directory.organizations (no),
  dimension text not null constraint letters_dimension check (dimension in ('D1', 'D2', 'D3', 'D4', 'D5', 'D6')),
  body text not null constraint letters_body check (length(body) between 1 and 4000),
  told_on date not null,
  state text not null default 'waiting' constraint letters_state check (state in ('waiting', 'taken', 'set_aside'))
);
comment on table supervision.letters is '匿名来信: told without signing in. No sender, no address, no clock time, no order of arrival; sifted by the working committee''s officers alone';
comment on column supervision.letters.told_on is 'The day, and nothing finer';

create table supervision.problems (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint problems_state check (state in ('raised', 'rejected', 'rectifying', 'rectified', 'verified', 'closed')),
  organization_no bigint not null references directory.organizations (no),
  title text not null,
  description text not null,
  source text not null constraint problems_source check (source in ('self', 'masses', 'mutual', 'superior')),
  dimension text not null constraint problems_dimension check (dimension in ('D1', 'D2', 'D3', 'D4', 'D5', 'D6')),
  raised_on date not null,
  raised_by bigint,
  recurs_of bigint references supervision.problems (no),
  owner_no bigint references directory.persons (no),
  due_on date,
  remedies text,
  rectification text,
  rectified_by bigint,
  verification text,
  verified_by bigint,
  verified_on date,
  closed_on date,
  constraint problems_recurs check (recurs_of < no)
);
comment on table supervision.problems is '问题清单 (M2); the projection of the last step';
comment on column supervision.problems.raised_by is 'Account that raised it; null when it came by a letter, of whose sender nothing is known';
create index problems_organization on supervision.problems (organization_no, state);
create index problems_owner on supervision.problems (owner_no) where owner_no is not null;

alter table supervision.cases
  add column rung text constraint cases_rung check (rung in ('talk_held', 'talked', 'card_proposed', 'accountability'));
comment on column supervision.cases.rung is 'How far up the ladder beyond supervision; null below the talk';

create table supervision.talks (
  no bigint generated always as identity primary key,
  case_no bigint not null references supervision.cases (no),
  revision integer not null,
  held_on date not null,
  talked_to_no bigint not null references directory.persons (no),
  said text not null,
  demands text not null,
  talked_by bigint not null,
  confirmed_at timestamptz,
  confirmed_by bigint,
  remark text,
  withdrawn_at timestamptz,
  constraint talks_one_per_step unique (case_no, revision),
  constraint talks_confirmed check ((confirmed_at is null) = (confirmed_by is null))
);
comment on table supervision.talks is '约谈: recorded by one side, confirmed by the other with its remark; withdrawn when an appeal is upheld';

create table supervision.yellow_cards (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint yellow_cards_state check (state in ('proposed', 'heard', 'declined', 'in_force', 'lifted', 'revoked')),
  organization_no bigint not null references directory.organizations (no),
  case_no bigint references supervision.cases (no),
  entry text,
  grounds text not null,
  records jsonb not null default '[]',
  proposed_on date not null,
  proposed_by bigint not null,
  hear_by date not null,
  statement text,
  decision text,
  decided_on date,
  decided_by bigint,
  is_public boolean not null default false,
  trace_months integer not null default 12 constraint yellow_cards_trace check (trace_months between 1 and 60),
  lifted_on date,
  shown_until date
);
comment on table supervision.yellow_cards is '黄牌警示 (D3.5): proposed from records, heard, decided by people, lifted when every item has passed';
comment on column supervision.yellow_cards.entry is 'What the proposal rests on, so that the same is proposed once: requirement and last period';
comment on column supervision.yellow_cards.shown_until is 'After this day a lifted card stands in the history only';
create unique index yellow_cards_entry on supervision.yellow_cards (organization_no, entry) where entry is not null;
create index yellow_cards_organization on supervision.yellow_cards (organization_no, state);

create table supervision.yellow_card_items (
  no bigint generated always as identity primary key,
  id text not null unique,
  card_no bigint not null references supervision.yellow_cards (no),
  title text not null,
  owner_no bigint not null references directory.persons (no),
  due_on date not null,
  state text not null default 'open' constraint yellow_card_items_state check (state in ('open', 'done', 'passed')),
  result text,
  done_by bigint,
  test text,
  tested_by bigint
);
comment on table supervision.yellow_card_items is 'What is to be put right, one by one; done by one side, tested by another person';
create index yellow_card_items_card on supervision.yellow_card_items (card_no);
create table supervision.yellow_card_reports (
  card_no bigint not null references supervision.yellow_cards (no),
  month text not null constraint yellow_card_reports_month check (month ~ '^\d{4}-\d{2}$'),
  report text not null,
  reported_at timestamptz not null,
  reported_by bigint not null,
  primary key (card_no, month)
);
comment on table supervision.yellow_card_reports is 'One report a month while a card is in force';
create table supervision.card_conditions (
  no bigint generated always as identity primary key,
  organization_no bigint not null references directory.organizations (no),
  entries jsonb not null,
  hearing_days integer not null,
  reason text not null,
  set_at timestamptz not null,
  set_by bigint not null
);
comment on table supervision.card_conditions is 'When the system proposes a yellow card, as the working committee decided; the last row holds. Without a row nothing is proposed';

create table supervision.appeals (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint appeals_state check (state in ('filed', 'taken', 'upheld', 'rejected', 'withdrawn')),
  organization_no bigint not null references directory.organizations (no),
  measure text not null constraint appeals_measure check (measure in ('case_step', 'yellow_card', 'problem')),
  measure_id text not null,
  measure_revision integer not null,
  measure_title text not null,
  measure_by bigint not null,
  measure_on date not null,
  reasons text not null,
  filed_on date not null,
  filed_by bigint not null,
  decide_by date not null,
  handler bigint,
  decision text,
  decided_on date
);
comment on table supervision.appeals is '申诉 against a measure, handled by another than whoever took it';
create unique index appeals_one_open on supervision.appeals (measure, measure_id, measure_revision) where state in ('filed', 'taken');
create index appeals_organization on supervision.appeals (organization_no, state);

create table supervision.record_steps (
  kind text not null constraint record_steps_kind check (kind in ('problem', 'yellow_card', 'appeal')),
  record_no bigint not null,
  revision integer not null,
  action text not null,
  state text not null,
  body jsonb not null,
  reason text,
  signed_as text not null,
  acted_at timestamptz not null,
  acted_by bigint not null,
  primary key (kind, record_no, revision)
);
comment on table supervision.record_steps is 'Every step of problems, yellow cards and appeals, signed by account, role and moment. Insert only';

grant select, insert on supervision.problems, supervision.talks, supervision.yellow_cards, supervision.yellow_card_items,
  supervision.yellow_card_reports, supervision.card_conditions, supervision.appeals, supervision.record_steps to biaoshuai_app;
grant update on supervision.problems, supervision.talks, supervision.yellow_cards, supervision.yellow_card_items, supervision.appeals to biaoshuai_app;
grant select on supervision.letters to biaoshuai_app;
grant update (state) on supervision.letters to biaoshuai_app;
grant select, insert, update, delete on supervision.letters, supervision.problems, supervision.talks, supervision.yellow_cards,
  supervision.yellow_card_items to biaoshuai_engine;
grant select, insert, update on supervision.appeals to biaoshuai_engine;
grant select, insert on supervision.yellow_card_reports, supervision.card_conditions, supervision.record_steps to biaoshuai_engine;
grant usage on all sequences in schema supervision to biaoshuai_app, biaoshuai_engine;

alter table supervision.letters enable row level security;
create policy officers_sift on supervision.letters to biaoshuai_app using (exists (
  select 1 from directory.organization_ancestry a join directory.organizations up on up.no = a.ancestor_no and up.kind = 'working_committee'
  where a.organization_no = letters.organization_no and upper_inf(a.valid) and a.ancestor_no = any ((select kernel.write_orgs())::bigint[])));

alter table supervision.problems enable row level security;
create policy in_scope on supervision.problems for select to biaoshuai_app using (
  directory.reads(organization_no) or raised_by = (select kernel.account_no()) or owner_no = (select kernel.person_no()));
create policy entered on supervision.problems for insert to biaoshuai_app with check (directory.reads(organization_no));
create policy changed on supervision.problems for update to biaoshuai_app using (
  directory.writes(organization_no) or raised_by = (select kernel.account_no()) or owner_no = (select kernel.person_no()));

alter table supervision.talks enable row level security;
create policy with_case on supervision.talks to biaoshuai_app
  using (exists (select 1 from supervision.cases c where c.no = talks.case_no))
  with check (exists (select 1 from supervision.cases c where c.no = talks.case_no));

alter table supervision.yellow_cards enable row level security;
create policy in_scope on supervision.yellow_cards for select to biaoshuai_app using (
  directory.reads(organization_no) or is_public and state = 'in_force');
create policy entered on supervision.yellow_cards for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on supervision.yellow_cards for update to biaoshuai_app using (directory.writes(organization_no));
alter table supervision.yellow_card_items enable row level security;
create policy with_card on supervision.yellow_card_items for select to biaoshuai_app
  using (exists (select 1 from supervision.yellow_cards y where y.no = yellow_card_items.card_no));
create policy entered on supervision.yellow_card_items for insert to biaoshuai_app
  with check (exists (select 1 from supervision.yellow_cards y where y.no = yellow_card_items.card_no and directory.writes(y.organization_no)));
create policy changed on supervision.yellow_card_items for update to biaoshuai_app
  using (exists (select 1 from supervision.yellow_cards y where y.no = yellow_card_items.card_no and directory.writes(y.organization_no)));
alter table supervision.yellow_card_reports enable row level security;
create policy with_card on supervision.yellow_card_reports to biaoshuai_app
  using (exists (select 1 from supervision.yellow_cards y where y.no = yellow_card_reports.card_no and directory.reads(y.organization_no)))
  with check (exists (select 1 from supervision.yellow_cards y where y.no = yellow_card_reports.card_no and directory.writes(y.organization_no)));
alter table supervision.card_conditions enable row level security;
create policy open_to_all on supervision.card_conditions for select to biaoshuai_app using (true);
create policy set_by_writers on supervision.card_conditions for insert to biaoshuai_app with check (directory.writes(organization_no));

alter table supervision.appeals enable row level security;
create policy in_scope on supervision.appeals for select to biaoshuai_app using (
  directory.reads(organization_no) or filed_by = (select kernel.account_no()));
create policy entered on supervision.appeals for insert to biaoshuai_app with check (
  directory.writes(organization_no) or filed_by = (select kernel.account_no()));
create policy changed on supervision.appeals for update to biaoshuai_app using (
  directory.writes(organization_no) or filed_by = (select kernel.account_no()));

alter table supervision.record_steps enable row level security;
create policy with_record on supervision.record_steps to biaoshuai_app using (case kind
    when 'problem' then exists (select 1 from supervision.problems p where p.no = record_no)
    when 'yellow_card' then exists (select 1 from supervision.yellow_cards y where y.no = record_no and directory.reads(y.organization_no))
    else exists (select 1 from supervision.appeals a where a.no = record_no) end)
  with check (case kind
    when 'problem' then exists (select 1 from supervision.problems p where p.no = record_no)
    when 'yellow_card' then exists (select 1 from supervision.yellow_cards y where y.no = record_no)
    else exists (select 1 from supervision.appeals a where a.no = record_no) end);

do $$ declare part text; begin
  foreach part in array array['letters', 'problems', 'talks', 'yellow_cards', 'yellow_card_items', 'yellow_card_reports',
    'card_conditions', 'appeals', 'record_steps'] loop
    execute format('create policy engine_all on supervision.%I to biaoshuai_engine using (true) with check (true)', part);
  end loop;
end $$;
