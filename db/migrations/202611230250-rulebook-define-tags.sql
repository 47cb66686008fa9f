create table rulebook.tags (
  no integer generated always as identity primary key,
  document_no integer not null references rulebook.documents (no),
  code text not null constraint tags_code unique,
  title text not null,
  hint text not null,
  fields text[] not null,
  unit text,
  categories jsonb not null,
  grades jsonb not null,
  kinds text[] not null,
  position integer not null
);
comment on table rulebook.tags is 'Tags of work records (工作纪实) as rulebooks define them: what practice is meant and what is asked of its record';
comment on column rulebook.tags.fields is 'What the form asks for besides: hours, persons, quantity, place';
comment on column rulebook.tags.categories is 'Ordered list of {code, title}; a record under the tag names one';
comment on column rulebook.tags.grades is 'Ordered list of {code, title} that somebody above may confirm';
comment on column rulebook.tags.kinds is 'Kinds of organization that usually record it; empty for all';
grant select on rulebook.tags to biaoshuai_app;
grant select, insert, update, delete, truncate on rulebook.tags to biaoshuai_engine;
grant usage on all sequences in schema rulebook to biaoshuai_app, biaoshuai_engine;
alter table rulebook.tags enable row level security;
create policy open_to_all on rulebook.tags for select to biaoshuai_app using (true);
create policy engine_all on rulebook.tags to biaoshuai_engine using (true) with check (true);
