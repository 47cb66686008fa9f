-- Official papers: drafted from an object, issued with a number of their series, withdrawn but never taken out of the count.
create table supervision.paper_numbers (
  series text not null constraint paper_numbers_series check (series ~ '^[一-龥]+$'),
  year integer not null,
  last integer not null,
  primary key (series, year)
);
comment on table supervision.paper_numbers is 'Last number given per series and year; the row is locked until the paper that takes one is issued, so none is lost';

create table supervision.papers (
  no bigint generated always as identity primary key,
  id text not null unique,
  state text not null constraint papers_state check (state in ('draft', 'issued', 'withdrawn')),
  kind text not null,
  organization_no bigint not null references directory.organizations (no),
  object_kind text not null,
  object_id text not null,
  object_revision integer not null,
  title text not null,
  body jsonb not null,
  series text not null,
  year integer,
  sequence integer,
  number text unique,
  drafted_at timestamptz not null,
  drafted_by bigint not null,
  issued_on date,
  issued_at timestamptz,
  issued_by bigint,
  issue_reason text,
  file_sha256 text,
  withdrawn_on date,
  withdrawn_at timestamptz,
  withdrawn_by bigint,
  withdrawn_reason text,
  constraint papers_series_number unique (series, year, sequence),
  constraint papers_numbered check ((number is null) = (issued_at is null) and (number is null) = (sequence is null)
    and (number is null) = (year is null) and (number is null) = (file_sha256 is null) and (number is null) = (issue_reason is null)),
  constraint papers_issued check (state <> 'draft' or number is null),
  constraint papers_kept check (state <> 'issued' or number is not null),
  constraint papers_withdrawn check ((state = 'withdrawn') = (withdrawn_at is not null) and (state = 'withdrawn') = (withdrawn_reason is not null))
);
comment on table supervision.papers is '文书: what an organization says to others in the form of an official paper';
comment on column supervision.papers.body is 'The whole text as data, frozen when drafted; issuing adds number and day alone';
comment on column supervision.papers.object_revision is 'How the object stood when the paper was drafted; a paper about something that has moved on is not issued';
create index papers_organization on supervision.papers (organization_no, no desc);
create index papers_object on supervision.papers (object_kind, object_id);

create table supervision.paper_addressees (
  paper_no bigint not null references supervision.papers (no),
  organization_no bigint not null references directory.organizations (no),
  issuer_no bigint not null references directory.organizations (no),
  primary key (paper_no, organization_no)
);
comment on table supervision.paper_addressees is '主送: organizations that a paper speaks to; they read it once it is issued';
create index paper_addressees_organization on supervision.paper_addressees (organization_no);

grant select, insert on supervision.papers, supervision.paper_addressees to biaoshuai_app;
grant update (state, year, sequence, number, issued_on, issued_at, issued_by, issue_reason, file_sha256, withdrawn_on, withdrawn_at,
  withdrawn_by, withdrawn_reason) on supervision.papers to biaoshuai_app;
grant select, insert, update on supervision.papers, supervision.paper_addressees, supervision.paper_numbers to biaoshuai_engine;
grant usage on all sequences in schema supervision to biaoshuai_app, biaoshuai_engine;

-- The policy of addressees looks at no paper, so this does not turn in a circle.
alter table supervision.paper_addressees enable row level security;
create policy in_scope on supervision.paper_addressees for select to biaoshuai_app
  using (directory.reads(organization_no) or directory.reads(issuer_no));
create policy drafted on supervision.paper_addressees for insert to biaoshuai_app with check (directory.writes(issuer_no));
create policy engine_all on supervision.paper_addressees to biaoshuai_engine using (true) with check (true);

alter table supervision.papers enable row level security;
create policy in_scope on supervision.papers for select to biaoshuai_app
  using (directory.reads(organization_no) or number is not null and exists (
    select 1 from supervision.paper_addressees a where a.paper_no = papers.no and directory.reads(a.organization_no)));
create policy drafted on supervision.papers for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy changed on supervision.papers for update to biaoshuai_app using (directory.writes(organization_no));
create policy engine_all on supervision.papers to biaoshuai_engine using (true) with check (true);

alter table supervision.paper_numbers enable row level security;
create policy engine_all on supervision.paper_numbers to biaoshuai_engine using (true) with check (true);
