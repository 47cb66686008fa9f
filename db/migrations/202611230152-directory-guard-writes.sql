-- A name is given to an own organization, or to one that has no place yet.
drop policy named on directory.organization_names;
create policy named on directory.organization_names for insert to biaoshuai_app with check (
  directory.writes(organization_no)
  or (cardinality((select kernel.write_orgs())) > 0
    and not exists (select 1 from directory.organization_edges e where e.organization_no = organization_names.organization_no)
    and not exists (select 1 from directory.organization_edges e where e.parent_no = organization_names.organization_no)));
