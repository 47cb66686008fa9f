-- 上级部署, their matters, the tasks made of them, what is linked to a task as evidence, and every step.
create table supervision.decisions (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint decisions_state check (state in ('recorded', 'closed', 'withdrawn')),
  organization_no bigint not null references directory.organizations (no),
  document_number text not null,
  title text not null,
  issuer text not null,
  issued_on date not null,
  recorded_at timestamptz not null,
  recorded_by bigint not null,
  state_reason text
);
comment on table supervision.decisions is '上级部署: decisions of those above as an organization recorded them; the projection of the last step';
create index decisions_organization on supervision.decisions (organization_no, state);

create table supervision.decision_matters (
  no bigint generated always as identity primary key,
  id text not null unique,
  decision_no bigint not null references supervision.decisions (no),
  position integer not null,
  text text not null,
  due_on date not null,
  dropped boolean not null default false
);
comment on table supervision.decision_matters is 'Matters of a decision, each to be broken down into tasks; a dropped one stays behind its decision''s steps';
create index decision_matters_decision on supervision.decision_matters (decision_no, position);
create index decision_matters_due on supervision.decision_matters (due_on);

create table supervision.decision_steps (
  decision_no bigint not null references supervision.decisions (no),
  revision integer not null,
  action text not null,
  state text not null,
  body jsonb not null,
  reason text,
  acted_at timestamptz not null,
  acted_by bigint not null,
  primary key (decision_no, revision)
);
comment on table supervision.decision_steps is 'Every step of a decision with its whole words. Insert only';

create table supervision.tasks (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint tasks_state check (state in ('assigned', 'extension_asked', 'waiting', 'reported', 'closed', 'cancelled')),
  organization_no bigint not null references directory.organizations (no),
  given_by_no bigint not null references directory.organizations (no),
  owner_no bigint not null references directory.persons (no),
  title text not null,
  criterion text not null,
  due_on date not null,
  decision_no bigint references supervision.decisions (no),
  matter_no bigint references supervision.decision_matters (no),
  plan_no bigint,
  plan_item text,
  parent_no bigint references supervision.tasks (no),
  promised_title text,
  promised_due_on date,
  promised_criterion text,
  given_on date not null,
  given_at timestamptz not null,
  given_by bigint not null,
  waiting_since date,
  waiting_for text,
  waited_days integer not null default 0,
  asked_due_on date,
  report text,
  reported_on date,
  reported_by bigint,
  verification text,
  verified_by bigint,
  ended_on date,
  constraint tasks_matter check ((matter_no is null) = (decision_no is null)),
  constraint tasks_promise check ((parent_no is null) = (promised_due_on is null) and (parent_no is null) = (promised_criterion is null)),
  constraint tasks_waiting check ((state in ('waiting', 'extension_asked')) = (waiting_since is not null)),
  constraint tasks_asked check ((state = 'extension_asked') = (asked_due_on is not null)),
  constraint tasks_ended check ((state in ('closed', 'cancelled')) = (ended_on is not null))
);
comment on table supervision.tasks is '任务: what is to be done by which organization and person, by when, to what standard (R1: 到人到时到位); the projection of the last step';
comment on column supervision.tasks.given_by_no is 'The organization that gave it: there it is verified, extended, changed';
comment on column supervision.tasks.promised_due_on is 'The day that the task above promised when this one was made of it; kept whatever becomes of the other';
comment on column supervision.tasks.waiting_since is 'First day of the wait for somebody above that is on now, an extension asked for among them';
create index tasks_organization on supervision.tasks (organization_no, state);
create index tasks_giver on supervision.tasks (given_by_no, state);
create index tasks_owner on supervision.tasks (owner_no);
create index tasks_matter_of on supervision.tasks (matter_no) where matter_no is not null;
create index tasks_parts on supervision.tasks (parent_no) where parent_no is not null;
create index tasks_due on supervision.tasks (due_on) where state = 'assigned';

create table supervision.task_steps (
  task_no bigint not null references supervision.tasks (no),
  revision integer not null,
  action text not null,
  state text not null,
  body jsonb not null,
  reason text,
  acted_on date not null,
  acted_at timestamptz not null,
  acted_by bigint not null,
  primary key (task_no, revision)
);
comment on table supervision.task_steps is 'Every step of a task; what changed of owner, day and criterion stands in the body with before and after. Insert only';
create index task_steps_day on supervision.task_steps (acted_on);

create table supervision.task_evidence (
  no bigint generated always as identity primary key,
  id text not null unique,
  task_no bigint not null references supervision.tasks (no),
  kind text not null constraint task_evidence_kind check (kind in ('meeting', 'work_record', 'file', 'paper')),
  reference text,
  title text not null,
  said text,
  linked_on date not null,
  linked_at timestamptz not null,
  linked_by bigint not null,
  unlinked_at timestamptz,
  constraint task_evidence_reference check ((kind = 'paper') = (reference is null))
);
comment on table supervision.task_evidence is 'Records that show how far a task has come; a paper is described in words, nothing has to be uploaded';
comment on column supervision.task_evidence.reference is 'Public id of the meeting, work record or file';
create index task_evidence_task on supervision.task_evidence (task_no);
create unique index task_evidence_once on supervision.task_evidence (task_no, kind, reference) where unlinked_at is null;

grant select, insert on supervision.decisions, supervision.decision_matters, supervision.decision_steps, supervision.tasks,
  supervision.task_steps, supervision.task_evidence to biaoshuai_app;
grant update (revision, state, document_number, title, issuer, issued_on, state_reason) on supervision.decisions to biaoshuai_app;
grant update (position, text, due_on, dropped) on supervision.decision_matters to biaoshuai_app;
grant update (revision, state, owner_no, title, criterion, due_on, waiting_since, waiting_for, waited_days, asked_due_on, report, reported_on,
  reported_by, verification, verified_by, ended_on) on supervision.tasks to biaoshuai_app;
grant update (unlinked_at) on supervision.task_evidence to biaoshuai_app;
grant select, insert, update, delete on supervision.decisions, supervision.decision_matters, supervision.tasks, supervision.task_evidence to biaoshuai_engine;
grant select, insert on supervision.decision_steps, supervision.task_steps to biaoshuai_engine;
grant usage on all sequences in schema supervision to biaoshuai_app, biaoshuai_engine;

alter table supervision.tasks enable row level security;
create policy in_scope on supervision.tasks for select to biaoshuai_app
  using (directory.reads(organization_no) or directory.reads(given_by_no) or owner_no = (select kernel.person_no()));
create policy given on supervision.tasks for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on supervision.tasks for update to biaoshuai_app
  using (directory.writes(organization_no) or directory.writes(given_by_no) or owner_no = (select kernel.person_no()));
create policy engine_all on supervision.tasks to biaoshuai_engine using (true) with check (true);

alter table supervision.task_steps enable row level security;
create policy with_task on supervision.task_steps to biaoshuai_app
  using (exists (select 1 from supervision.tasks t where t.no = task_steps.task_no))
  with check (acted_by = (select kernel.account_no()) and exists (select 1 from supervision.tasks t where t.no = task_steps.task_no));
create policy engine_all on supervision.task_steps to biaoshuai_engine using (true) with check (true);

alter table supervision.task_evidence enable row level security;
create policy with_task on supervision.task_evidence for select to biaoshuai_app
  using (exists (select 1 from supervision.tasks t where t.no = task_evidence.task_no));
create policy linked on supervision.task_evidence for insert to biaoshuai_app
  with check (linked_by = (select kernel.account_no()) and exists (select 1 from supervision.tasks t where t.no = task_evidence.task_no
    and (directory.writes(t.organization_no) or t.owner_no = (select kernel.person_no()))));
create policy unlinked on supervision.task_evidence for update to biaoshuai_app
  using (exists (select 1 from supervision.tasks t where t.no = task_evidence.task_no
    and (directory.writes(t.organization_no) or t.owner_no = (select kernel.person_no()))));
create policy engine_all on supervision.task_evidence to biaoshuai_engine using (true) with check (true);

-- Whoever has a task made of a decision reads the decision; the policies of tasks look at no decision, so this does not turn in a circle.
alter table supervision.decisions enable row level security;
create policy in_scope on supervision.decisions for select to biaoshuai_app
  using (directory.reads(organization_no) or exists (select 1 from supervision.tasks t where t.decision_no = decisions.no));
create policy recorded on supervision.decisions for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on supervision.decisions for update to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on supervision.decisions to biaoshuai_engine using (true) with check (true);

alter table supervision.decision_matters enable row level security;
create policy with_decision on supervision.decision_matters for select to biaoshuai_app
  using (exists (select 1 from supervision.decisions d where d.no = decision_matters.decision_no));
create policy recorded on supervision.decision_matters for insert to biaoshuai_app
  with check (exists (select 1 from supervision.decisions d where d.no = decision_matters.decision_no and directory.writes(d.organization_no)));
create policy changed on supervision.decision_matters for update to biaoshuai_app
  using (exists (select 1 from supervision.decisions d where d.no = decision_matters.decision_no and directory.writes(d.organization_no)));
create policy engine_all on supervision.decision_matters to biaoshuai_engine using (true) with check (true);

alter table supervision.decision_steps enable row level security;
create policy with_decision on supervision.decision_steps for select to biaoshuai_app
  using (exists (select 1 from supervision.decisions d where d.no = decision_steps.decision_no));
create policy taken on supervision.decision_steps for insert to biaoshuai_app
  with check (acted_by = (select kernel.account_no())
    and exists (select 1 from supervision.decisions d where d.no = decision_steps.decision_no and directory.writes(d.organization_no)));
create policy engine_all on supervision.decision_steps to biaoshuai_engine using (true) with check (true);

-- An overdue task proposes a case, once for each day that it promised.
alter table supervision.cases add column task_no bigint references supervision.tasks (no), add column task_due_on date;
alter table supervision.cases drop constraint cases_source;
alter table supervision.cases add constraint cases_source check (source in ('obligation', 'finding', 'problem', 'task', 'manual'));
create unique index cases_one_per_task on supervision.cases (task_no, task_due_on) where source = 'task';
