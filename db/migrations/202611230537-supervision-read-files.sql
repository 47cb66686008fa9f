-- What is in force below is read below: attachments of a published plan, lasting rules of those above and their files.
create policy with_plan on kernel.files for select to biaoshuai_app
  using (exists (select 1 from supervision.unit_plan_files x where x.file_no = files.no));
create index unit_plan_files_file on supervision.unit_plan_files (file_no);
drop policy in_scope on supervision.local_rules;
create policy in_scope on supervision.local_rules for select to biaoshuai_app
  using (directory.reads(organization_no) or supervision.reads_below(organization_no));
create policy with_rule on kernel.files for select to biaoshuai_app
  using (exists (select 1 from supervision.local_rules l where l.file_id = files.id));
create index local_rules_file on supervision.local_rules (file_id) where file_id is not null;
drop policy with_record on supervision.record_steps;
create policy with_record on supervision.record_steps to biaoshuai_app using (case kind
    when 'problem' then exists (select 1 from supervision.problems p where p.no = record_no)
    when 'yellow_card' then exists (select 1 from supervision.yellow_cards y where y.no = record_no and directory.reads(y.organization_no))
    when 'key_project' then exists (select 1 from supervision.key_projects k where k.no = record_no)
    when 'example' then exists (select 1 from supervision.examples e where e.no = record_no and directory.reads(e.organization_no))
    when 'local_rule' then exists (select 1 from supervision.local_rules r where r.no = record_no and directory.reads(r.organization_no))
    else exists (select 1 from supervision.appeals a where a.no = record_no) end)
  with check (case kind
    when 'problem' then exists (select 1 from supervision.problems p where p.no = record_no)
    when 'yellow_card' then exists (select 1 from supervision.yellow_cards y where y.no = record_no)
    when 'key_project' then exists (select 1 from supervision.key_projects k where k.no = record_no and directory.writes(k.organization_no))
    when 'example' then exists (select 1 from supervision.examples e where e.no = record_no and directory.writes(e.organization_no))
    when 'local_rule' then exists (select 1 from supervision.local_rules r where r.no = record_no and directory.writes(r.organization_no))
    else exists (select 1 from supervision.appeals a where a.no = record_no) end);
