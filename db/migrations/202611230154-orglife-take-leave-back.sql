-- Leave is taken back by whoever asked for it, as long as the meeting is ahead.
grant delete on orglife.leave_requests to biaoshuai_app;
create policy removed on orglife.leave_requests for delete to biaoshuai_app using (person_no = (select kernel.person_no())
  and exists (select 1 from orglife.meetings m where m.no = leave_requests.meeting_no and m.state = 'planned'));
