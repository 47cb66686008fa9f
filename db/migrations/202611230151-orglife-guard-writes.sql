-- What hangs on a meeting is written only by whoever may write for one of the organizations that hold it; leave by the person alone.
do $$ declare part text; begin
  foreach part in array array['meeting_revisions', 'attendances', 'agenda_items', 'votes', 'resolutions', 'meeting_files'] loop
    execute format('drop policy with_meeting on orglife.%I', part);
    execute format('create policy seen_with_meeting on orglife.%I for select to biaoshuai_app
      using (exists (select 1 from orglife.meetings m where m.no = %I.meeting_no))', part, part);
    execute format('create policy entered on orglife.%I for insert to biaoshuai_app with check (
      exists (select 1 from orglife.meetings m where m.no = %I.meeting_no and directory.writes(m.organization_no)))', part, part);
    execute format('create policy removed on orglife.%I for delete to biaoshuai_app using (
      exists (select 1 from orglife.meetings m where m.no = %I.meeting_no and directory.writes(m.organization_no)))', part, part);
  end loop;
end $$;
drop policy with_meeting on orglife.leave_requests;
create policy seen_with_meeting on orglife.leave_requests for select to biaoshuai_app
  using (exists (select 1 from orglife.meetings m where m.no = leave_requests.meeting_no));
create policy asked on orglife.leave_requests for insert to biaoshuai_app with check (person_no = (select kernel.person_no())
  and exists (select 1 from orglife.meetings m where m.no = leave_requests.meeting_no));
create policy changed on orglife.leave_requests for update to biaoshuai_app using (person_no = (select kernel.person_no()));
