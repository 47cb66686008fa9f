-- Who took part is written by the organizations that entered it: asked through the entry, the two policies would ask each other.
drop policy entered on orglife.entry_persons;
drop policy removed on orglife.entry_persons;
create policy entered on orglife.entry_persons for insert to biaoshuai_app with check (
  exists (select 1 from orglife.entry_organizations o where o.entry_no = entry_persons.entry_no and directory.writes(o.organization_no)));
create policy removed on orglife.entry_persons for delete to biaoshuai_app using (
  exists (select 1 from orglife.entry_organizations o where o.entry_no = entry_persons.entry_no and directory.writes(o.organization_no)));
