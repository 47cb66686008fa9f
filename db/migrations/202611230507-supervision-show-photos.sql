-- A photo is taken up before anybody knows whose organization it is about. Whoever sees the finding it belongs to sees it, and nobody else.
create policy with_finding on kernel.files for select to biaoshuai_app using (
  organization_no is null and exists (select 1 from supervision.findings f where f.file_ids @> array[files.id]));
create index findings_files on supervision.findings using gin (file_ids) where file_ids <> '{}';

create function supervision.is_joint(inspection bigint) returns boolean language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select count(distinct coalesce((select a.ancestor_no from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no
      where a.organization_no = p.home_no and upper_inf(a.valid) and u.kind = 'unit' order by a.depth limit 1), p.home_no)) > 1
    from supervision.inspection_inspectors v join directory.persons p on p.no = v.person_no where v.inspection_no = inspection $$;
comment on function supervision.is_joint is 'The inspectors of a visit come from several units, as far as their homes say';
revoke execute on function supervision.is_joint from public;
grant execute on function supervision.is_joint to biaoshuai_app, biaoshuai_engine;
