-- What a document says, edition by edition, as data; and the drafts from which editions come.
create table rulebook.editions (
  no integer generated always as identity primary key,
  document_no integer not null references rulebook.documents (no),
  edition integer not null,
  body jsonb not null,
  begins date not null,
  what text not null,
  reason text,
  published_by bigint,
  published_at timestamptz not null,
  constraint editions_number unique (document_no, edition)
);
comment on table rulebook.editions is 'Each document as a rulebook file, one row whenever something was published, ended or switched. Insert only; requirements are derived';
comment on column rulebook.editions.begins is 'Day from which what changed applies';
comment on column rulebook.editions.what is 'loaded, published, ended, requirement_ended, switched';

create table rulebook.drafts (
  no integer generated always as identity primary key,
  id text not null unique,
  document_no integer references rulebook.documents (no),
  base_edition integer,
  origin text not null constraint drafts_origin check (origin in ('new', 'clone', 'copy', 'import', 'shipped')),
  state text not null default 'open' constraint drafts_state check (state in ('open', 'published', 'discarded')),
  version integer not null,
  body jsonb not null,
  content_hash text,
  published_edition integer,
  changed_by bigint,
  changed_at timestamptz not null,
  constraint drafts_base check ((document_no is null) = (base_edition is null) or state = 'published')
);
comment on table rulebook.drafts is 'Documents being written, right or wrong; the last revision of each';
comment on column rulebook.drafts.content_hash is 'SHA-256 of the shipped file that it came from, so that one file makes one draft';
create unique index drafts_shipped_once on rulebook.drafts (content_hash);
create index drafts_document on rulebook.drafts (document_no);

create table rulebook.draft_revisions (
  draft_no integer not null references rulebook.drafts (no),
  version integer not null,
  body jsonb not null,
  what text not null,
  changed_by bigint,
  changed_at timestamptz not null,
  primary key (draft_no, version)
);
comment on table rulebook.draft_revisions is 'Every state of a draft, whole, with who and when. Insert only';

grant select on rulebook.editions to biaoshuai_app;
grant select, insert on rulebook.drafts, rulebook.draft_revisions to biaoshuai_app;
grant update (document_no, base_edition, state, version, body, published_edition, changed_by, changed_at) on rulebook.drafts to biaoshuai_app;
grant select, insert on rulebook.editions, rulebook.draft_revisions to biaoshuai_engine;
grant select, insert, update on rulebook.drafts to biaoshuai_engine;
grant usage on all sequences in schema rulebook to biaoshuai_app, biaoshuai_engine;

-- Rules bind the whole city: whoever writes them must stand at the top of the tree.
create function rulebook.at_the_top(scopes bigint[]) returns boolean language sql stable set search_path = ''
  as $$ select exists (select 1 from directory.organizations o where o.no = any (scopes) and o.kind = 'working_committee'
    and not exists (select 1 from directory.organization_edges e where e.organization_no = o.no and upper_inf(e.valid))) $$;
comment on function rulebook.at_the_top is 'Whether one of these organizations is a working committee with nobody above it';
grant execute on function rulebook.at_the_top to biaoshuai_app, biaoshuai_engine;

alter table rulebook.editions enable row level security;
create policy open_to_read on rulebook.editions for select to biaoshuai_app using (true);
create policy engine_all on rulebook.editions to biaoshuai_engine using (true) with check (true);
alter table rulebook.drafts enable row level security;
create policy seen_at_the_top on rulebook.drafts for select to biaoshuai_app
  using ((select rulebook.at_the_top((select kernel.read_orgs())::bigint[])));
create policy begun_at_the_top on rulebook.drafts for insert to biaoshuai_app
  with check ((select rulebook.at_the_top((select kernel.write_orgs())::bigint[])));
create policy changed_at_the_top on rulebook.drafts for update to biaoshuai_app
  using ((select rulebook.at_the_top((select kernel.write_orgs())::bigint[])))
  with check ((select rulebook.at_the_top((select kernel.write_orgs())::bigint[])));
create policy engine_all on rulebook.drafts to biaoshuai_engine using (true) with check (true);
alter table rulebook.draft_revisions enable row level security;
create policy seen_at_the_top on rulebook.draft_revisions for select to biaoshuai_app
  using ((select rulebook.at_the_top((select kernel.read_orgs())::bigint[])));
create policy kept_at_the_top on rulebook.draft_revisions for insert to biaoshuai_app
  with check ((select rulebook.at_the_top((select kernel.write_orgs())::bigint[])));
create policy engine_all on rulebook.draft_revisions to biaoshuai_engine using (true) with check (true);
