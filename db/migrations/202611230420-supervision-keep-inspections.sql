-- D5.4: inspections, announced or not; their checklist, findings, and the sheets that both sides sign on the spot.
create table supervision.inspections (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint inspections_state check (state in ('planned', 'announced', 'started', 'signed', 'closed', 'cancelled')),
  manner text not null constraint inspections_manner check (manner in ('open', 'unannounced')),
  title text not null,
  organization_no bigint not null references directory.organizations (no),
  led_by_organization_no bigint not null references directory.organizations (no),
  visit_on date not null,
  planned_at timestamptz not null,
  planned_by bigint not null,
  despite text,
  announced_at timestamptz,
  announced_check text,
  started_at timestamptz,
  started_by bigint,
  signed_at timestamptz,
  conclusion text,
  closed_at timestamptz,
  cancel_reason text,
  remark text,
  remarked_at timestamptz,
  remarked_by bigint,
  known boolean not null generated always as (announced_at is not null or started_at is not null) stored,
  constraint inspections_led_from_above check (led_by_organization_no <> organization_no),
  constraint inspections_open_is_announced check (manner = 'open' or announced_at is null),
  constraint inspections_one_remark check ((remark is null) = (remarked_at is null) and (remark is null) = (remarked_by is null))
);
comment on table supervision.inspections is '检查: one visit to one organization; the projection of the last step';
comment on column supervision.inspections.led_by_organization_no is 'Who sends the visit; stands above the organization visited';
comment on column supervision.inspections.known is 'The visited may know of it: announced, or started. Before that an unannounced visit is nobody''s of theirs';
comment on column supervision.inspections.despite is 'Why it is visited again although it was visited lately';
comment on column supervision.inspections.announced_check is 'The announcement in the register of announced checks';
create index inspections_organization on supervision.inspections (organization_no, visit_on desc);
create index inspections_led_by on supervision.inspections (led_by_organization_no, state);

create table supervision.inspection_inspectors (
  inspection_no bigint not null references supervision.inspections (no),
  person_no bigint not null references directory.persons (no),
  primary key (inspection_no, person_no)
);
comment on table supervision.inspection_inspectors is 'Who visits; several of several units in a joint visit';
create index inspection_inspectors_person on supervision.inspection_inspectors (person_no);

create table supervision.inspection_lines (
  no bigint generated always as identity primary key,
  id text not null unique,
  inspection_no bigint not null references supervision.inspections (no),
  position integer not null,
  kind text not null constraint inspection_lines_kind check (kind in ('requirement', 'weak', 'case', 'fixed', 'own')),
  requirement_code text,
  clause text,
  question text not null,
  why text not null default '',
  dropped boolean not null default false,
  revision integer not null default 0,
  answer text constraint inspection_lines_answer check (answer in ('good', 'short', 'not_looked')),
  note text,
  answered_at timestamptz,
  answered_by bigint
);
comment on table supervision.inspection_lines is 'The checklist of one inspection; a dropped line stays, so that an answer given on the spot is not lost';
comment on column supervision.inspection_lines.revision is 'Counts its answers; an answer names the one that it was given over';
create index inspection_lines_inspection on supervision.inspection_lines (inspection_no, position);

create table supervision.inspection_answers (
  line_no bigint not null references supervision.inspection_lines (no),
  revision integer not null,
  answer text not null,
  note text,
  answered_at timestamptz not null,
  answered_by bigint not null,
  primary key (line_no, revision)
);
comment on table supervision.inspection_answers is 'Every answer to a line of the checklist. Insert only';

create table supervision.findings (
  no bigint generated always as identity primary key,
  id text not null unique,
  client_id text not null,
  revision integer not null,
  state text not null constraint findings_state check (state in ('noted', 'proposed', 'handed_over', 'withdrawn')),
  inspection_no bigint not null references supervision.inspections (no),
  organization_no bigint not null references directory.organizations (no),
  kind text not null constraint findings_kind check (kind in
    ('requirement', 'unlawful_fee', 'solicitation', 'buck_passing', 'bad_attitude', 'falsification', 'other')),
  requirement_code text,
  seen text not null,
  serious boolean not null,
  file_ids text[] not null default '{}',
  noted_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by bigint not null,
  case_no bigint references supervision.cases (no),
  constraint findings_once unique (inspection_no, client_id),
  constraint findings_requirement check ((kind = 'requirement') = (requirement_code is not null)),
  constraint findings_proposed check ((state = 'proposed') = (case_no is not null))
);
comment on table supervision.findings is 'What was seen on an inspection; never a location, never a required photo';
comment on column supervision.findings.client_id is 'Made on the device that noted it, so that it is merged once';
comment on column supervision.findings.noted_at is 'When it was noted on the spot, as the device told it';
comment on column supervision.findings.state is 'handed_over (移交纪检) is seen by the discipline line alone';
create index findings_inspection on supervision.findings (inspection_no);
create index findings_organization on supervision.findings (organization_no);

create table supervision.finding_revisions (
  finding_no bigint not null references supervision.findings (no),
  revision integer not null,
  action text not null,
  body jsonb not null,
  reason text,
  acted_at timestamptz not null,
  acted_by bigint not null,
  primary key (finding_no, revision)
);
comment on table supervision.finding_revisions is 'Each whole state of a finding. Insert only';

create table supervision.inspection_sheets (
  no bigint generated always as identity primary key,
  inspection_no bigint not null references supervision.inspections (no),
  client_id text not null,
  covers text[] not null,
  signatures jsonb not null,
  refusal text,
  signed_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by bigint not null,
  constraint inspection_sheets_once unique (inspection_no, client_id),
  constraint inspection_sheets_size check (pg_column_size(signatures) <= 400000)
);
comment on table supervision.inspection_sheets is '签字单: both sides sign on the glass what the sheet covers, or the refusal stands with its reason. Insert only';
comment on column supervision.inspection_sheets.covers is 'Client ids of the findings that lay before the signers';
comment on column supervision.inspection_sheets.signatures is '[{side, name, strokes}], strokes as drawn';

create table supervision.inspection_steps (
  inspection_no bigint not null references supervision.inspections (no),
  revision integer not null,
  action text not null,
  state text not null,
  body jsonb not null,
  reason text,
  acted_at timestamptz not null,
  acted_by bigint not null,
  primary key (inspection_no, revision)
);
comment on table supervision.inspection_steps is 'Every step of an inspection. Insert only';

create function supervision.is_of(organization bigint) returns boolean language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select exists (
    select 1 from directory.organization_ancestry a where a.ancestor_no = organization and upper_inf(a.valid) and a.organization_no in (
      select p.home_no from directory.persons p where p.no = kernel.person_no()
      union all select m.organization_no from directory.memberships m where m.person_no = kernel.person_no() and upper_inf(m.valid)
      union all select t.organization_no from directory.posts t where t.person_no = kernel.person_no() and upper_inf(t.valid))) $$;
comment on function supervision.is_of is 'The reader belongs to the organization or stands under it, by home, membership or post';
create function supervision.inspects(inspection bigint) returns boolean language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select exists (select 1 from supervision.inspection_inspectors i where i.inspection_no = inspection and i.person_no = kernel.person_no()) $$;
comment on function supervision.inspects is 'The reader is one of the inspectors of an inspection';
create function supervision.of_discipline(organization bigint) returns boolean language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select exists (
    select 1 from directory.grants g join directory.organization_ancestry a on a.ancestor_no = g.organization_no and upper_inf(a.valid)
    where a.organization_no = organization and g.account_no = kernel.account_no() and g.role = 'discipline_secretary' and g.state = 'approved'
      and g.valid @> (now() at time zone 'Asia/Shanghai')::date
      and g.organization_no = any (kernel.read_orgs())) $$;
comment on function supervision.of_discipline is 'The reader is a discipline secretary of the organization or above it today';
revoke execute on function supervision.is_of, supervision.inspects, supervision.of_discipline from public;
grant execute on function supervision.is_of, supervision.inspects, supervision.of_discipline to biaoshuai_app, biaoshuai_engine;

grant select, insert on supervision.inspections, supervision.inspection_inspectors, supervision.inspection_lines, supervision.inspection_answers,
  supervision.findings, supervision.finding_revisions, supervision.inspection_sheets, supervision.inspection_steps to biaoshuai_app;
grant update on supervision.inspections, supervision.inspection_lines, supervision.findings to biaoshuai_app;
grant select, insert, update, delete on supervision.inspections, supervision.inspection_inspectors, supervision.inspection_lines,
  supervision.findings to biaoshuai_engine;
grant select, insert on supervision.inspection_answers, supervision.finding_revisions, supervision.inspection_sheets,
  supervision.inspection_steps to biaoshuai_engine;
grant usage on all sequences in schema supervision to biaoshuai_app, biaoshuai_engine;

alter table supervision.inspections enable row level security;
create policy in_scope on supervision.inspections for select to biaoshuai_app using (
  directory.reads(led_by_organization_no) and (known or not supervision.is_of(organization_no))
  or supervision.inspects(no) or known and directory.reads(organization_no));
create policy entered on supervision.inspections for insert to biaoshuai_app with check (
  directory.writes(led_by_organization_no) and directory.writes(organization_no));
create policy changed on supervision.inspections for update to biaoshuai_app using (
  directory.writes(led_by_organization_no) or supervision.inspects(no) or known and directory.writes(organization_no));
create policy engine_all on supervision.inspections to biaoshuai_engine using (true) with check (true);

do $$ declare part text; begin
  foreach part in array array['inspection_inspectors', 'inspection_lines', 'inspection_sheets', 'inspection_steps'] loop
    execute format('alter table supervision.%I enable row level security', part);
    execute format('create policy with_inspection on supervision.%I for select to biaoshuai_app
      using (exists (select 1 from supervision.inspections i where i.no = %I.inspection_no))', part, part);
    execute format('create policy entered on supervision.%I for insert to biaoshuai_app with check (exists (select 1 from supervision.inspections i
      where i.no = %I.inspection_no and (directory.writes(i.led_by_organization_no) or supervision.inspects(i.no)%s)))', part, part,
      case when part = 'inspection_steps' then ' or i.known and directory.writes(i.organization_no)' else '' end);
    execute format('create policy engine_all on supervision.%I to biaoshuai_engine using (true) with check (true)', part);
  end loop;
end $$;
create policy changed on supervision.inspection_lines for update to biaoshuai_app using (exists (select 1 from supervision.inspections i
  where i.no = inspection_lines.inspection_no and (directory.writes(i.led_by_organization_no) or supervision.inspects(i.no))));

alter table supervision.inspection_answers enable row level security;
create policy with_line on supervision.inspection_answers to biaoshuai_app
  using (exists (select 1 from supervision.inspection_lines l where l.no = inspection_answers.line_no))
  with check (exists (select 1 from supervision.inspection_lines l join supervision.inspections i on i.no = l.inspection_no
    where l.no = inspection_answers.line_no and (directory.writes(i.led_by_organization_no) or supervision.inspects(i.no))));
create policy engine_all on supervision.inspection_answers to biaoshuai_engine using (true) with check (true);

-- What went to the discipline line is theirs alone; the visited see the rest once it was signed.
alter table supervision.findings enable row level security;
create policy in_scope on supervision.findings for select to biaoshuai_app using (case when state = 'handed_over'
  then supervision.of_discipline(organization_no)
  else exists (select 1 from supervision.inspections i where i.no = findings.inspection_no
    and (directory.reads(i.led_by_organization_no) or supervision.inspects(i.no) or i.signed_at is not null)) end);
create policy entered on supervision.findings for insert to biaoshuai_app with check (exists (select 1 from supervision.inspections i
  where i.no = findings.inspection_no and (directory.writes(i.led_by_organization_no) or supervision.inspects(i.no))));
create policy changed on supervision.findings for update to biaoshuai_app using (exists (select 1 from supervision.inspections i
  where i.no = findings.inspection_no and (directory.writes(i.led_by_organization_no) or supervision.inspects(i.no)))) with check (true);
create policy engine_all on supervision.findings to biaoshuai_engine using (true) with check (true);

alter table supervision.finding_revisions enable row level security;
create policy with_finding on supervision.finding_revisions for select to biaoshuai_app
  using (exists (select 1 from supervision.findings f where f.no = finding_revisions.finding_no));
create policy entered on supervision.finding_revisions for insert to biaoshuai_app with check (
  exists (select 1 from supervision.findings f where f.no = finding_revisions.finding_no));
create policy engine_all on supervision.finding_revisions to biaoshuai_engine using (true) with check (true);
