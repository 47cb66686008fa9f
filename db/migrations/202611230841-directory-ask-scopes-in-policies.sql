-- A policy that calls a function for each row takes seconds where a list looks through many records of others. The same question is asked in the
-- policy itself: whoever reads few organizations has them collected once for a statement; for whoever reads very many, each row is looked up.
create function directory.reads_few() returns boolean language sql stable parallel safe as $$
  select (select c.reltuples from pg_catalog.pg_class c where c.oid = 'directory.organization_ancestry'::regclass) < 30000
    or not exists (select 1 from directory.organizations o where o.no = any (kernel.read_orgs()) and o.kind = 'working_committee') $$;
comment on function directory.reads_few() is 'Whether the reader''s organizations are few enough to be collected for every statement: all but those of a working committee over tens of thousands';

do $$
declare
  asked record;
  mine constant text := 'from directory.organization_ancestry a where a.ancestor_no = any ((select kernel.read_orgs())::bigint[])';
  few constant text := '(select directory.reads_few())';
  among constant text := '%1$s in (select a.organization_no ' || mine || ' and ' || few;
  looked_up constant text := 'exists (select 1 ' || mine || ' and a.organization_no = %1$s and ';
  reads constant text := '(' || among || ' and upper_inf(a.valid)) or not ' || few || ' and ' || looked_up || 'upper_inf(a.valid) offset 0))';
  reads_on constant text := '(' || among || ' and upper_inf(a.valid)) or ' || among || ' and not upper_inf(a.valid)) and ' || looked_up
    || 'a.valid @> %2$s) or not ' || few || ' and ' || looked_up || '(upper_inf(a.valid) or a.valid @> %2$s) offset 0))';
  on_day constant text := 'directory\.reads_on\(([a-z_.]+), ((?:[^()]|\([^()]*\))+)\)';
  now_only constant text := 'directory\.reads\(([a-z_.]+)\)';
  question text;
  found text[];
begin
  for asked in
    select p.schemaname, p.tablename, p.policyname, p.qual from pg_policies p
    where p.cmd = 'SELECT' and p.qual ~ 'directory\.reads(_on)?\('
      and (p.schemaname || '.' || p.tablename) in ('directory.persons', 'directory.memberships', 'orglife.meetings', 'orglife.meeting_organizations',
        'orglife.work_records', 'orglife.work_record_organizations', 'orglife.entry_organizations', 'supervision.cases', 'learning.classes',
        'learning.participants', 'learning.study_records')
  loop
    question := asked.qual;
    loop
      found := regexp_match(question, on_day);
      exit when found is null;
      if found[1] !~ '\.' then found[1] := asked.tablename || '.' || found[1]; end if;
      if found[2] ~ '^[a-z_]+$' then found[2] := asked.tablename || '.' || found[2]; end if;
      found[2] := replace(found[2], 'lower(valid)', 'lower(' || asked.tablename || '.valid)');
      question := regexp_replace(question, on_day, format(reads_on, found[1], found[2]));
    end loop;
    loop
      found := regexp_match(question, now_only);
      exit when found is null;
      if found[1] !~ '\.' then found[1] := asked.tablename || '.' || found[1]; end if;
      question := regexp_replace(question, now_only, format(reads, found[1]));
    end loop;
    execute format('alter policy %I on %I.%I using (%s)', asked.policyname, asked.schemaname, asked.tablename, question);
  end loop;
end $$;
