-- What can be found by its words. Derived from the records and rebuilt at any time; nobody reads it but through kernel.found.
create table kernel.search_entries (
  kind text not null,
  record_no bigint not null,
  record_id text not null,
  organization_nos bigint[] not null,
  title text not null,
  words text not null,
  happened_on date not null,
  grams tsvector not null,
  constraint search_entries_pkey primary key (kind, record_no)
);
comment on table kernel.search_entries is 'Words of records by which they are found; derived, rebuilt by a job.';
comment on column kernel.search_entries.organization_nos is 'Organizations in whose scope the record may be found; empty where its own row-level security alone decides.';
comment on column kernel.search_entries.words is 'Everything else that is searched, lower case, one space between words; at most 20000 characters.';
comment on column kernel.search_entries.grams is 'Pairs of neighbouring characters of title and words, so that two Chinese characters are found by an index.';
create index search_entries_grams on kernel.search_entries using gin (grams);
create index search_entries_newest on kernel.search_entries (kind, happened_on desc, record_no desc);

create table kernel.search_kinds (
  kind text not null constraint search_kinds_pkey primary key,
  built_as text not null,
  built_at timestamptz not null
);
comment on table kernel.search_kinds is 'Which kinds have been put into the index whole, and by which version of their source.';

alter table kernel.search_entries enable row level security;
create policy engine_all on kernel.search_entries to biaoshuai_engine using (true) with check (true);
alter table kernel.search_kinds enable row level security;
create policy engine_all on kernel.search_kinds to biaoshuai_engine using (true) with check (true);
grant select, insert, update, delete on kernel.search_entries, kernel.search_kinds to biaoshuai_engine;

-- Pairs of neighbouring characters, spaces left out.
create function kernel.grams(words text) returns tsvector language sql immutable parallel safe
  return (select array_to_tsvector(coalesce(array_agg(distinct pair), '{}')) from (
    select c || lead(c) over (order by at) as pair from unnest(string_to_array(words, null)) with ordinality as letters (c, at)) pairs
    where length(pair) = 2 and pair !~ '\s');
comment on function kernel.grams(text) is 'Pairs of neighbouring characters of a text, for searching in Chinese by two characters.';

-- Candidates for the reader, newest first. The reader's own row-level security decides afterwards what is shown.
create function kernel.found(asked_words text[], asked_kinds text[], before_day date, before_no bigint, before_kind text, most integer)
returns table (kind text, record_no bigint, happened_on date)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  scope bigint[] := kernel.read_orgs();
  wanted tsquery;
begin
  select string_agg(quote_literal(g.lexeme), ' & ')::tsquery into wanted
    from unnest(asked_words) w, unnest(tsvector_to_array(kernel.grams(w))) as g (lexeme);
  return query
    select e.kind, e.record_no, e.happened_on from kernel.search_entries e
    where e.grams @@ wanted and e.kind = any (asked_kinds)
      and (before_day is null or (e.happened_on, e.record_no, e.kind) < (before_day, before_no, before_kind))
      and (e.organization_nos = '{}' or exists (select 1 from directory.organization_ancestry a
        where a.organization_no = any (e.organization_nos) and a.ancestor_no = any (scope)))
      and not exists (select 1 from unnest(asked_words) w where position(w in lower(e.title) || E'\n' || e.words) = 0)
    order by e.happened_on desc, e.record_no desc, e.kind desc limit most;
end $$;
comment on function kernel.found(text[], text[], date, bigint, text, integer) is
  'Records whose words match, within the scopes of the transaction; at most so many. Candidates only: the caller reads each under its own row-level security.';
revoke all on function kernel.found(text[], text[], date, bigint, text, integer) from public;
grant execute on function kernel.found(text[], text[], date, bigint, text, integer) to biaoshuai_app, biaoshuai_engine;
