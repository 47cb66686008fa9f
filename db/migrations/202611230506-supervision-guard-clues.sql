-- 线索 (D5.5): seen by the discipline line alone, never by whoever is named in one. What was said is sealed, bound to its row and column.
create table supervision.clues (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint clues_state check (state in ('received', 'assessed', 'verifying', 'transferred', 'filed', 'concluded')),
  organization_no bigint not null references directory.organizations (no),
  handled_by_no bigint not null references directory.organizations (no),
  source text not null constraint clues_source check (source in ('report', 'superior', 'own', 'finding', 'problem', 'key_project')),
  finding_no bigint references supervision.findings (no),
  problem_no bigint references supervision.problems (no),
  key_project_no bigint references supervision.key_projects (no),
  title_cipher text not null,
  matter_cipher text not null,
  informant_cipher text,
  outcome_cipher text,
  received_on date not null,
  received_by bigint not null,
  assess_by date not null,
  due_on date,
  concluded_on date,
  constraint clues_concluded check ((state = 'concluded') = (outcome_cipher is not null and concluded_on is not null))
);
comment on table supervision.clues is '线索: the discipline line alone reads it; no text in it stands unsealed';
comment on column supervision.clues.handled_by_no is 'Whose discipline line handles it: the organization concerned, or the one above where somebody at its head is named';
comment on column supervision.clues.title_cipher is 'Sealed, bound to this column and the row''s id; likewise the other texts';
create index clues_handled_by on supervision.clues (handled_by_no, state);

create table supervision.clue_persons (
  clue_no bigint not null references supervision.clues (no),
  person_no bigint not null references directory.persons (no),
  named_at timestamptz not null,
  primary key (clue_no, person_no)
);
comment on table supervision.clue_persons is 'Who is named in a clue; each of them is kept out of everything about it. Nobody is taken off again';
create index clue_persons_person on supervision.clue_persons (person_no);

create table supervision.clue_steps (
  clue_no bigint not null references supervision.clues (no),
  revision integer not null,
  action text not null,
  state text not null,
  words_cipher text not null,
  signed_as text not null,
  acted_at timestamptz not null,
  acted_by bigint not null,
  primary key (clue_no, revision)
);
comment on table supervision.clue_steps is 'Every step of a clue, signed; its reason and words are sealed, bound to clue and revision. Insert only';

create function supervision.keeps_clue(clue bigint, handled_by bigint) returns boolean language sql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$ select kernel.person_no() is not null and supervision.of_discipline(handled_by)
    and not exists (select 1 from supervision.clue_persons p where p.clue_no = clue and p.person_no = kernel.person_no()) $$;
comment on function supervision.keeps_clue is 'The reader is of the discipline line that handles a clue, is known as a person, and is not named in it';
create function supervision.barred_from_finding(finding bigint) returns boolean language sql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$ select exists (select 1 from supervision.clues c where c.finding_no = finding and not supervision.keeps_clue(c.no, c.handled_by_no)) $$;
comment on function supervision.barred_from_finding is 'A clue came from a finding that was handed over, and the reader may not see the clue';
revoke execute on function supervision.keeps_clue, supervision.barred_from_finding from public;
grant execute on function supervision.keeps_clue, supervision.barred_from_finding to biaoshuai_app, biaoshuai_engine;

grant select, update on supervision.clues to biaoshuai_app;
grant select on supervision.clue_persons to biaoshuai_app;
grant select, insert on supervision.clue_steps to biaoshuai_app;
grant select, insert, update on supervision.clues to biaoshuai_engine;
grant select, insert on supervision.clue_persons, supervision.clue_steps to biaoshuai_engine;
grant usage on all sequences in schema supervision to biaoshuai_app, biaoshuai_engine;

alter table supervision.clues enable row level security;
create policy of_the_line on supervision.clues for select to biaoshuai_app using (supervision.keeps_clue(no, handled_by_no));
create policy changed on supervision.clues for update to biaoshuai_app using (supervision.keeps_clue(no, handled_by_no));
create policy engine_all on supervision.clues to biaoshuai_engine using (true) with check (true);

alter table supervision.clue_persons enable row level security;
create policy with_clue on supervision.clue_persons for select to biaoshuai_app
  using (exists (select 1 from supervision.clues c where c.no = clue_persons.clue_no));
create policy engine_all on supervision.clue_persons to biaoshuai_engine using (true) with check (true);

alter table supervision.clue_steps enable row level security;
create policy with_clue on supervision.clue_steps to biaoshuai_app
  using (exists (select 1 from supervision.clues c where c.no = clue_steps.clue_no))
  with check (exists (select 1 from supervision.clues c where c.no = clue_steps.clue_no));
create policy engine_all on supervision.clue_steps to biaoshuai_engine using (true) with check (true);

-- Whoever is named in the clue that came of a finding does not see that finding either.
drop policy in_scope on supervision.findings;
create policy in_scope on supervision.findings for select to biaoshuai_app using (case when state = 'handed_over'
  then supervision.of_discipline(organization_no) and not supervision.barred_from_finding(no)
  else exists (select 1 from supervision.inspections i where i.no = findings.inspection_no
    and (directory.reads(i.led_by_organization_no) or supervision.inspects(i.no) or i.signed_at is not null)) end);
