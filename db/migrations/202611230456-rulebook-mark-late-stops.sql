-- A clock that is stopped after the last day had gone by moves nothing: late is late. It is kept all the same, so that everybody sees
-- that the matter waits for those above, and for what.
alter table rulebook.reliefs add column begun_late boolean not null default false;
comment on column rulebook.reliefs.begun_late is 'A clock stop that began after the last day: shown as waiting, without bearing on the judgement';
