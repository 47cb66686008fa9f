-- Row by row a function that asks costs ten times what the question itself does. The same conditions as directory.reads() and
-- directory.reads_on(), written out for the three large tables; offset 0 keeps the question by index instead of collecting first all
-- that may be read.
alter policy in_scope on rulebook.cells using (exists (
  select 1 from directory.organization_ancestry a where a.organization_no = cells.organization_no
    and a.ancestor_no = any ((select kernel.read_orgs())::bigint[]) and upper_inf(a.valid) offset 0));
alter policy in_scope on rulebook.obligations using (
  subject_kind = 'p' and subject_no = (select kernel.person_no()) or exists (
    select 1 from directory.organization_ancestry a where a.organization_no = obligations.organization_no
      and a.ancestor_no = any ((select kernel.read_orgs())::bigint[]) and (upper_inf(a.valid) or a.valid @> obligations.due_on) offset 0));
alter policy in_scope on rulebook.evidence using (exists (
  select 1 from directory.organization_ancestry a where a.organization_no = evidence.organization_no
    and a.ancestor_no = any ((select kernel.read_orgs())::bigint[]) and (upper_inf(a.valid) or a.valid @> evidence.recorded_on) offset 0));
