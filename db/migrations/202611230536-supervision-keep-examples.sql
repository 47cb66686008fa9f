-- R3: good-practice examples made from records, and lasting rules with the day on which each is to be reviewed.
create table supervision.examples (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint examples_state check (state in ('drafted', 'proposed', 'reviewed', 'returned', 'published', 'withdrawn')),
  organization_no bigint not null references directory.organizations (no),
  title text not null,
  dimension text not null constraint examples_dimension check (dimension in ('D1', 'D2', 'D3', 'D4', 'D5', 'D6')),
  practice text not null,
  effect text not null,
  written_on date not null,
  written_by bigint not null,
  proposed_by bigint,
  published_on date,
  constraint examples_published check (state <> 'published' or published_on is not null)
);
comment on table supervision.examples is '好做法 (R3): what an organization did that others may take up; the projection of the last step';
comment on column supervision.examples.published_on is 'Since when it is read in the whole city by whoever is signed in';
create index examples_organization on supervision.examples (organization_no, state);
create index examples_published_on on supervision.examples (published_on desc) where state = 'published';

create table supervision.example_links (
  no bigint generated always as identity primary key,
  id text not null unique,
  example_no bigint not null references supervision.examples (no),
  kind text not null constraint example_links_kind check (kind in ('meeting', 'work_record', 'case', 'task', 'problem')),
  reference text not null,
  linked_at timestamptz not null,
  linked_by bigint not null,
  unlinked_at timestamptz
);
comment on table supervision.example_links is 'Records that an example rests on, by their public ids alone: titles and figures are read where they stand, under their own access';
create index example_links_example on supervision.example_links (example_no);
create unique index example_links_once on supervision.example_links (example_no, kind, reference) where unlinked_at is null;

create table supervision.local_rules (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint local_rules_state check (state in ('in_force', 'repealed')),
  organization_no bigint not null references directory.organizations (no),
  kind text not null constraint local_rules_kind check (kind in ('deliberation', 'service', 'supervision', 'funds', 'review', 'other')),
  title text not null,
  number text,
  gist text,
  in_force_from date not null,
  review_on date not null,
  repealed_on date,
  origin_kind text constraint local_rules_origin_kind check (origin_kind in ('problem', 'decision', 'case', 'example')),
  origin_id text,
  file_id text,
  entered_on date not null,
  entered_by bigint not null,
  constraint local_rules_origin check ((origin_kind is null) = (origin_id is null)),
  constraint local_rules_review_later check (review_on > in_force_from),
  constraint local_rules_repealed check ((state = 'repealed') = (repealed_on is not null))
);
comment on table supervision.local_rules is '制度 (R3, 建章立制): lasting rules that an organization issued; the projection of the last step';
comment on column supervision.local_rules.review_on is 'The day by which it is to be looked at again';
comment on column supervision.local_rules.origin_id is 'Public id of the problem, decision, case or example that it came from';
create index local_rules_organization on supervision.local_rules (organization_no, state);
create index local_rules_review on supervision.local_rules (review_on) where state = 'in_force';

create table supervision.local_rule_reviews (
  no bigint generated always as identity primary key,
  rule_no bigint not null references supervision.local_rules (no),
  organization_no bigint not null references directory.organizations (no),
  due_on date not null,
  done_on date not null,
  outcome text not null constraint local_rule_reviews_outcome check (outcome in ('kept', 'revised', 'repealed'))
);
comment on table supervision.local_rule_reviews is 'Each review of a lasting rule: by when it was due, when it was done, what came of it. Insert only';
create index local_rule_reviews_rule on supervision.local_rule_reviews (rule_no);
create index local_rule_reviews_due on supervision.local_rule_reviews (organization_no, due_on);

alter table supervision.record_steps drop constraint record_steps_kind;
alter table supervision.record_steps add constraint record_steps_kind check (kind in ('problem', 'yellow_card', 'appeal', 'key_project', 'example', 'local_rule'));

grant select, insert, update on supervision.examples, supervision.local_rules to biaoshuai_app;
grant select, insert on supervision.example_links, supervision.local_rule_reviews to biaoshuai_app;
grant update (unlinked_at) on supervision.example_links to biaoshuai_app;
grant select, insert, update, delete on supervision.examples, supervision.example_links, supervision.local_rules to biaoshuai_engine;
grant select, insert on supervision.local_rule_reviews to biaoshuai_engine;
grant usage on all sequences in schema supervision to biaoshuai_app, biaoshuai_engine;

alter table supervision.examples enable row level security;
create policy in_scope on supervision.examples for select to biaoshuai_app using (directory.reads(organization_no) or state = 'published');
create policy entered on supervision.examples for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on supervision.examples for update to biaoshuai_app using (directory.writes(organization_no));
alter table supervision.example_links enable row level security;
create policy with_example on supervision.example_links for select to biaoshuai_app
  using (exists (select 1 from supervision.examples e where e.no = example_links.example_no));
create policy entered on supervision.example_links for insert to biaoshuai_app
  with check (exists (select 1 from supervision.examples e where e.no = example_links.example_no and directory.writes(e.organization_no)));
create policy changed on supervision.example_links for update to biaoshuai_app
  using (exists (select 1 from supervision.examples e where e.no = example_links.example_no and directory.writes(e.organization_no)));

alter table supervision.local_rules enable row level security;
create policy in_scope on supervision.local_rules for select to biaoshuai_app using (directory.reads(organization_no));
create policy entered on supervision.local_rules for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on supervision.local_rules for update to biaoshuai_app using (directory.writes(organization_no));
alter table supervision.local_rule_reviews enable row level security;
create policy with_rule on supervision.local_rule_reviews for select to biaoshuai_app
  using (exists (select 1 from supervision.local_rules r where r.no = local_rule_reviews.rule_no));
create policy entered on supervision.local_rule_reviews for insert to biaoshuai_app
  with check (exists (select 1 from supervision.local_rules r where r.no = local_rule_reviews.rule_no and directory.writes(r.organization_no)));

do $$ declare part text; begin
  foreach part in array array['examples', 'example_links', 'local_rules', 'local_rule_reviews'] loop
    execute format('create policy engine_all on supervision.%I to biaoshuai_engine using (true) with check (true)', part);
  end loop;
end $$;

drop policy with_record on supervision.record_steps;
create policy with_record on supervision.record_steps to biaoshuai_app using (case kind
    when 'problem' then exists (select 1 from supervision.problems p where p.no = record_no)
    when 'yellow_card' then exists (select 1 from supervision.yellow_cards y where y.no = record_no and directory.reads(y.organization_no))
    when 'key_project' then exists (select 1 from supervision.key_projects k where k.no = record_no)
    when 'example' then exists (select 1 from supervision.examples e where e.no = record_no and directory.reads(e.organization_no))
    when 'local_rule' then exists (select 1 from supervision.local_rules r where r.no = record_no)
    else exists (select 1 from supervision.appeals a where a.no = record_no) end)
  with check (case kind
    when 'problem' then exists (select 1 from supervision.problems p where p.no = record_no)
    when 'yellow_card' then exists (select 1 from supervision.yellow_cards y where y.no = record_no)
    when 'key_project' then exists (select 1 from supervision.key_projects k where k.no = record_no and directory.writes(k.organization_no))
    when 'example' then exists (select 1 from supervision.examples e where e.no = record_no and directory.writes(e.organization_no))
    when 'local_rule' then exists (select 1 from supervision.local_rules r where r.no = record_no and directory.writes(r.organization_no))
    else exists (select 1 from supervision.appeals a where a.no = record_no) end);
