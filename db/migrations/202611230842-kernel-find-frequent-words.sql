-- A word that stands in nearly every record has too many candidates to be sorted. Whoever reads few organizations finds by these first; for
-- whoever reads many, the newest records are looked through first, and the index only for what is still missing.
create index search_entries_latest on kernel.search_entries (happened_on desc, record_no desc, kind desc);
create index search_entries_organizations on kernel.search_entries using gin (organization_nos);
create index search_entries_everywhere on kernel.search_entries (kind) where organization_nos = '{}';

create or replace function kernel.found(asked_words text[], asked_kinds text[], before_day date, before_no bigint, before_kind text, most integer)
returns table (kind text, record_no bigint, happened_on date)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  scope bigint[] := kernel.read_orgs();
  mine bigint[] := array(select distinct a.organization_no from directory.organization_ancestry a where a.ancestor_no = any (scope) limit 501);
  looked_through constant integer := 1500;
  last record;
  returned integer := 0;
  wanted tsquery;
  beyond constant text := '($3 is null or (e.happened_on, e.record_no, e.kind) < ($3, $4, $5))';
  newest constant text := 'order by e.happened_on desc, e.record_no desc, e.kind desc';
  candidates constant text := 'select e.kind, e.record_no, e.happened_on from %s e where e.grams @@ $1 and e.kind = any ($2) and ' || beyond || '
      and (e.organization_nos = ''{}'' or exists (select 1 from directory.organization_ancestry a
        where a.organization_no = any (e.organization_nos) and a.ancestor_no = any ($7)))
      and not exists (select 1 from unnest($8) w where position(w in lower(e.title) || E''\n'' || e.words) = 0) ' || newest || ' limit $6';
begin
  select string_agg(quote_literal(g.lexeme), ' & ')::tsquery into wanted
    from unnest(asked_words) w, unnest(tsvector_to_array(kernel.grams(w))) as g (lexeme);
  if cardinality(mine) <= 500 then
    return query execute format(candidates, '(select * from kernel.search_entries where grams @@ $1 and organization_nos && $9
        union all select * from kernel.search_entries where grams @@ $1 and organization_nos = ''{}'')')
      using wanted, asked_kinds, before_day, before_no, before_kind, most, scope, asked_words, mine;
    return;
  end if;
  return query execute format(candidates, '(select * from kernel.search_entries e where ' || beyond || ' ' || newest || ' limit $9)')
    using wanted, asked_kinds, before_day, before_no, before_kind, most, scope, asked_words, looked_through;
  get diagnostics returned = row_count;
  if returned >= most then return; end if;
  execute 'select e.happened_on, e.record_no, e.kind from kernel.search_entries e where ' || replace(replace(replace(beyond, '$3', '$1'), '$4', '$2'), '$5', '$3')
    || ' ' || newest || ' offset $4 - 1 limit 1' into last using before_day, before_no, before_kind, looked_through;
  if last.record_no is null then return; end if;
  return query execute format(candidates, 'kernel.search_entries')
    using wanted, asked_kinds, last.happened_on, last.record_no, last.kind, most - returned, scope, asked_words;
end $$;
