-- Cadences without a natural period, grounds of lateness, what waits for a module, clauses without a countable requirement.
alter table rulebook.clauses add column uncounted text;
comment on column rulebook.clauses.uncounted is 'Why this clause has no requirement that can be counted, or who carries it';

alter table rulebook.requirements
  drop constraint requirements_cadence,
  add constraint requirements_cadence check (cadence in ('month', 'quarter', 'half', 'year', 'once', 'event')),
  add column period_cadence text not null generated always as (case when cadence in ('once', 'event') then 'month' else cadence end) stored,
  add column due_by date,
  add column event jsonb,
  add column awaits text,
  add column late_counts text not null default 'met_late' constraint requirements_late_counts check (late_counts in ('met_late', 'unmet')),
  add column late_credit numeric(4, 2) not null default 1 constraint requirements_late_credit check (late_credit between 0 and 1),
  add column weight numeric(5, 2) not null default 1 constraint requirements_weight check (weight between 0 and 100),
  add column notice_days integer not null default 7 constraint requirements_notice_days check (notice_days between 0 and 366),
  add constraint requirements_due_by check ((cadence = 'once') = (due_by is not null)),
  add constraint requirements_event check ((cadence = 'event') = (event is not null));
comment on column rulebook.requirements.period_cadence is 'Cadence of the periods its obligations belong to: a deadline lies in a month';
comment on column rulebook.requirements.due_by is 'Last day of what is asked once';
comment on column rulebook.requirements.event is 'What begins the clock: name, params, and months or days until the deadline';
comment on column rulebook.requirements.awaits is 'Module that does not feed the measure yet: never evaluated, shown as no data source';
comment on column rulebook.requirements.late_credit is 'Share that a late record earns in a standing';
comment on column rulebook.requirements.notice_days is 'Days before the deadline on which its subject is told';

-- Hours have halves: what a measure sums is exact to two decimals.
alter table rulebook.obligations alter column numerator type numeric(12, 2), alter column denominator type numeric(12, 2);
alter table rulebook.evidence alter column numerator type numeric(12, 2), alter column denominator type numeric(12, 2);
alter table rulebook.cells alter column numerator type numeric(16, 2), alter column denominator type numeric(16, 2);
alter table rulebook.cell_deltas alter column numerator type numeric(16, 2), alter column denominator type numeric(16, 2);
