-- Where an organization stood elsewhere on a day than it does today is asked of the few rows that ended or began since.
create index organization_ancestry_ended on directory.organization_ancestry (ancestor_no, (upper(valid))) where not upper_inf(valid);
create index organization_ancestry_begun on directory.organization_ancestry (ancestor_no, (lower(valid))) where upper_inf(valid);

create view directory.present_ancestry with (security_invoker = true) as
  with recursive heirs as (
    select o.no as organization_no, coalesce(o.successor_no, (
        select e.parent_no from directory.organization_edges e where e.organization_no = o.no order by lower(e.valid) desc limit 1)) as heir_no
    from directory.organizations o where o.dissolved_on is not null
    union all
    select h.organization_no, coalesce(o.successor_no, (
        select e.parent_no from directory.organization_edges e where e.organization_no = o.no order by lower(e.valid) desc limit 1))
    from heirs h join directory.organizations o on o.no = h.heir_no where o.dissolved_on is not null)
  select a.organization_no, a.ancestor_no from directory.organization_ancestry a where upper_inf(a.valid)
  union all
  select h.organization_no, a.ancestor_no from heirs h
  join directory.organizations o on o.no = h.heir_no and o.dissolved_on is null
  join directory.organization_ancestry a on a.organization_no = h.heir_no and upper_inf(a.valid);
comment on view directory.present_ancestry is
  'Today''s tree for what was: an ended organization stands with its own past under its successor, or under its last parent where it has none';
grant select on directory.present_ancestry to biaoshuai_app, biaoshuai_engine;
