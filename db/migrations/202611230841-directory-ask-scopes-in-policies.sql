-- A policy that calls a function for each row takes seconds where a list looks through many records of others. The same question, asked in the
-- policy itself, lets the planner collect the reader's organizations once, or look a single one up, as the statement needs.
do $$
declare
  asked record;
  under constant text := 'select 1 from directory.organization_ancestry a where a.organization_no = %s and a.ancestor_no = any ((select kernel.read_orgs())::bigint[])';
  now_under constant text := format('exists (%s and upper_inf(a.valid))', under);
  once_under constant text := format('exists (%s and not upper_inf(a.valid))', under);
  then_under constant text := format('exists (%s and a.valid @> %%s)', under);
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
      found := regexp_match(question, 'directory\.reads_on\(([a-z_.]+), ((?:[^()]|\([^()]*\))+)\)');
      exit when found is null;
      if found[1] !~ '\.' then found[1] := asked.tablename || '.' || found[1]; end if;
      if found[2] ~ '^[a-z_]+$' then found[2] := asked.tablename || '.' || found[2]; end if;
      found[2] := replace(found[2], 'lower(valid)', 'lower(' || asked.tablename || '.valid)');
      question := regexp_replace(question, 'directory\.reads_on\(([a-z_.]+), ((?:[^()]|\([^()]*\))+)\)',
        '(' || format(now_under, found[1]) || ' or ' || format(once_under, found[1]) || ' and ' || format(then_under, found[1], found[2]) || ')');
    end loop;
    loop
      found := regexp_match(question, 'directory\.reads\(([a-z_.]+)\)');
      exit when found is null;
      if found[1] !~ '\.' then found[1] := asked.tablename || '.' || found[1]; end if;
      question := regexp_replace(question, 'directory\.reads\(([a-z_.]+)\)', format(now_under, found[1]));
    end loop;
    execute format('alter policy %I on %I.%I using (%s)', asked.policyname, asked.schemaname, asked.tablename, question);
  end loop;
end $$;
