-- Old records of every kind come in by the same door: what was made for meetings holds for any kind of sheet.
alter table orglife.meeting_imports rename to sheet_imports;
alter table orglife.sheet_imports rename column meetings to records;
alter table orglife.sheet_imports rename constraint meeting_imports_some to sheet_imports_some;
alter table orglife.sheet_imports rename constraint meeting_imports_undone to sheet_imports_undone;
alter index orglife.meeting_imports_organization rename to sheet_imports_organization;
alter table orglife.sheet_imports
  add column kind text not null default '/api/v1/meeting-imports',
  add column first_on date,
  add column last_on date,
  add column fingerprint text;
alter table orglife.sheet_imports alter column kind drop default;
update orglife.sheet_imports i set first_on = d.first_on, last_on = d.last_on
from (select t.import_no, min(m.held_on) as first_on, max(m.held_on) as last_on from orglife.imported_meetings t
  join orglife.meetings m on m.no = t.meeting_no group by t.import_no) d where d.import_no = i.no;
alter table orglife.sheet_imports
  alter column first_on set not null,
  alter column last_on set not null,
  add constraint sheet_imports_days check (first_on <= last_on),
  add constraint sheet_imports_fingerprint check (fingerprint ~ '^[0-9a-f]{64}$');
comment on table orglife.sheet_imports is 'Imports of old records from sheets; undoing one withdraws those of its records that nobody has changed since';
comment on column orglife.sheet_imports.kind is 'The kind of sheet, by the address under which it is brought in';
comment on column orglife.sheet_imports.fingerprint is 'SHA-256 of the cells of the sheet; the same sheet is recognised when it comes again';

create table orglife.imported_records (
  import_no bigint not null references orglife.sheet_imports (no),
  record_no bigint not null,
  revision integer not null,
  constraint imported_records_key primary key (import_no, record_no)
);
comment on table orglife.imported_records is 'Which records an import made, and in which revision it left them';
insert into orglife.imported_records (import_no, record_no, revision) select import_no, meeting_no, 1 from orglife.imported_meetings;
drop table orglife.imported_meetings;
grant select, insert on orglife.imported_records to biaoshuai_app, biaoshuai_engine;
alter table orglife.imported_records enable row level security;
create policy with_import on orglife.imported_records for select to biaoshuai_app
  using (exists (select 1 from orglife.sheet_imports i where i.no = imported_records.import_no));
create policy entered on orglife.imported_records for insert to biaoshuai_app
  with check (exists (select 1 from orglife.sheet_imports i where i.no = imported_records.import_no and directory.writes(i.organization_no)));
create policy engine_all on orglife.imported_records to biaoshuai_engine using (true) with check (true);
