-- Deadlines are counted in working days: Monday to Friday, but for the days off and the swapped working days that are published
-- for each year. A year is entered as a whole; the last row of a year holds, those before stay.
create table directory.working_day_years (
  no bigint generated always as identity primary key,
  year integer not null constraint working_day_years_year check (year between 2020 and 2100),
  days jsonb not null constraint working_day_years_list check (jsonb_typeof(days) = 'array'),
  source text not null,
  set_at timestamptz not null,
  set_by bigint
);
comment on table directory.working_day_years is 'Days off and swapped working days of a year, as entered; insert-only, the last row of a year holds';
comment on column directory.working_day_years.days is 'Array of {day, kind: off | work, name}';
comment on column directory.working_day_years.set_by is 'Account that entered it; null for what came with the product';
create index working_day_years_last on directory.working_day_years (year, no desc);

grant select, insert on directory.working_day_years to biaoshuai_app, biaoshuai_engine;
alter table directory.working_day_years enable row level security;
create policy open_to_all on directory.working_day_years for select to biaoshuai_app using ((select kernel.account_no()) is not null);
create policy set_by_writers on directory.working_day_years for insert to biaoshuai_app
  with check (set_by = (select kernel.account_no()) and (cardinality((select kernel.write_orgs())) > 0 or (select kernel.administrator()) = 'system'));
create policy engine_all on directory.working_day_years to biaoshuai_engine using (true) with check (true);

-- The arrangement published for 2026 (General Office of the State Council, 4 November 2025).
insert into directory.working_day_years (year, days, source, set_at) values (2026, '[
  {"day": "2026-01-01", "kind": "off", "name": "元旦"},
  {"day": "2026-01-02", "kind": "off", "name": "元旦"},
  {"day": "2026-01-03", "kind": "off", "name": "元旦"},
  {"day": "2026-01-04", "kind": "work", "name": "元旦"},
  {"day": "2026-02-14", "kind": "work", "name": "春节"},
  {"day": "2026-02-15", "kind": "off", "name": "春节"},
  {"day": "2026-02-16", "kind": "off", "name": "春节"},
  {"day": "2026-02-17", "kind": "off", "name": "春节"},
  {"day": "2026-02-18", "kind": "off", "name": "春节"},
  {"day": "2026-02-19", "kind": "off", "name": "春节"},
  {"day": "2026-02-20", "kind": "off", "name": "春节"},
  {"day": "2026-02-21", "kind": "off", "name": "春节"},
  {"day": "2026-02-22", "kind": "off", "name": "春节"},
  {"day": "2026-02-23", "kind": "off", "name": "春节"},
  {"day": "2026-02-28", "kind": "work", "name": "春节"},
  {"day": "2026-04-04", "kind": "off", "name": "清明节"},
  {"day": "2026-04-05", "kind": "off", "name": "清明节"},
  {"day": "2026-04-06", "kind": "off", "name": "清明节"},
  {"day": "2026-05-01", "kind": "off", "name": "劳动节"},
  {"day": "2026-05-02", "kind": "off", "name": "劳动节"},
  {"day": "2026-05-03", "kind": "off", "name": "劳动节"},
  {"day": "2026-05-04", "kind": "off", "name": "劳动节"},
  {"day": "2026-05-05", "kind": "off", "name": "劳动节"},
  {"day": "2026-05-09", "kind": "work", "name": "劳动节"},
  {"day": "2026-06-19", "kind": "off", "name": "端午节"},
  {"day": "2026-06-20", "kind": "off", "name": "端午节"},
  {"day": "2026-06-21", "kind": "off", "name": "端午节"},
  {"day": "2026-09-20", "kind": "work", "name": "国庆节"},
  {"day": "2026-09-25", "kind": "off", "name": "中秋节"},
  {"day": "2026-09-26", "kind": "off", "name": "中秋节"},
  {"day": "2026-09-27", "kind": "off", "name": "中秋节"},
  {"day": "2026-10-01", "kind": "off", "name": "国庆节"},
  {"day": "2026-10-02", "kind": "off", "name": "国庆节"},
  {"day": "2026-10-03", "kind": "off", "name": "国庆节"},
  {"day": "2026-10-04", "kind": "off", "name": "国庆节"},
  {"day": "2026-10-05", "kind": "off", "name": "国庆节"},
  {"day": "2026-10-06", "kind": "off", "name": "国庆节"},
  {"day": "2026-10-07", "kind": "off", "name": "国庆节"},
  {"day": "2026-10-10", "kind": "work", "name": "国庆节"}]', '国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）', '2025-11-04T00:00:00+08:00');
