-- Minutes are compared some days after they were recorded, when it is known what was sent to many organizations alike.
alter table orglife.minutes_sketches add column compare_from date not null, add column compared_on date;
comment on column orglife.minutes_sketches.compare_from is 'First day on which these minutes are compared with earlier ones';
create index minutes_sketches_waiting on orglife.minutes_sketches (compare_from) where compared_on is null;
create index meetings_with_minutes on orglife.meetings (no) where minutes is not null;
-- What was entered since the last look is found without passing over everything.
create index meeting_revisions_recorded on orglife.meeting_revisions (recorded_at);
