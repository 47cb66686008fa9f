-- A figure of a province opens as fast as one of a branch: the first screen of what is short, and of the records counted or not, is
-- read in order from an index instead of sorting all there is. What is met stands in none of the first two.
create index obligations_open on rulebook.obligations (requirement_no, period_no, due_on, organization_no, subject_no) where status in (3, 4);
create index obligations_late on rulebook.obligations (requirement_no, period_no, due_on, organization_no, subject_no) where status = 2;
create index evidence_counted on rulebook.evidence (requirement_no, period_no, recorded_on desc, record_no desc) where reason is null;
create index evidence_not_counted on rulebook.evidence (requirement_no, period_no, recorded_on desc, record_no desc) where reason is not null;
