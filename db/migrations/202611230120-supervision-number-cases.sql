-- Numbers of supervised cases without gaps, and the owner's own view: whoever is to act sees and answers the case wherever it stands.
create table supervision.case_numbers (
  year integer primary key,
  last integer not null
);
comment on table supervision.case_numbers is 'Last number given in a year; taken under the row''s lock in the transaction that uses it, so none is lost';
grant select, insert, update on supervision.case_numbers to biaoshuai_engine;
alter table supervision.case_numbers enable row level security;
create policy engine_all on supervision.case_numbers to biaoshuai_engine using (true) with check (true);

create index cases_owner on supervision.cases (owner_no) where owner_no is not null;
create policy owner_sees on supervision.cases for select to biaoshuai_app using (owner_no = (select kernel.person_no()));
create policy owner_answers on supervision.cases for update to biaoshuai_app
  using (owner_no = (select kernel.person_no())) with check (owner_no = (select kernel.person_no()));
