-- 调研文章: drafted by a leading official, looked at by two who are no colleagues, accepted, published.
create table learning.articles (
  no bigint generated always as identity primary key,
  id text not null unique,
  revision integer not null,
  state text not null constraint articles_state
    check (state in ('drafted', 'submitted', 'in_review', 'returned', 'accepted', 'published', 'withdrawn')),
  author_no bigint not null references directory.persons (no),
  author_name text not null,
  organization_no bigint not null references directory.organizations (no),
  title text not null,
  places jsonb not null,
  remark text,
  file_sha256 text not null,
  file_name text not null,
  round integer not null,
  first_submitted_on date,
  submitted_on date,
  accepted_on date,
  published_on date,
  state_reason text,
  created_on date not null,
  created_at timestamptz not null,
  created_by bigint not null,
  constraint articles_submitted check ((state in ('drafted', 'withdrawn')) or first_submitted_on is not null),
  constraint articles_accepted check ((state in ('accepted', 'published')) <= (accepted_on is not null))
);
comment on table learning.articles is '调研文章 as they stand: the projection of the last revision';
comment on column learning.articles.organization_no is 'The unit of the author when it was written; where there is none, the author''s own organization';
comment on column learning.articles.author_name is 'The name under which it is signed, for readers who may not open the person';
comment on column learning.articles.remark is 'What the author says about passages that occur elsewhere';
comment on column learning.articles.first_submitted_on is 'The day that counts for the year: a slow review never makes an article late';
create index articles_author on learning.articles (author_no, first_submitted_on);
create index articles_organization on learning.articles (organization_no, created_on);

create table learning.article_revisions (
  article_no bigint not null references learning.articles (no),
  revision integer not null,
  state text not null,
  body jsonb not null,
  reason text,
  recorded_at timestamptz not null,
  recorded_by bigint not null,
  primary key (article_no, revision)
);
comment on table learning.article_revisions is 'Each whole state of an article as entered. Insert only';

create table learning.article_texts (
  article_no bigint primary key references learning.articles (no),
  paragraphs jsonb not null
);
comment on table learning.article_texts is 'The text read from the Word file, for comparing and for the collection of the year';

create table learning.article_prints (
  article_no bigint not null references learning.articles (no),
  print bigint not null,
  primary key (article_no, print)
);
comment on table learning.article_prints is 'Fingerprints of runs of characters, by which passages that occur elsewhere are found';
create index article_prints_print on learning.article_prints (print);

create table learning.article_reviews (
  no bigint generated always as identity primary key,
  id text not null unique,
  article_no bigint not null references learning.articles (no),
  author_no bigint not null references directory.persons (no),
  organization_no bigint not null references directory.organizations (no),
  round integer not null,
  reviewer_no bigint not null references directory.persons (no),
  assigned_at timestamptz not null,
  assigned_by bigint not null,
  opinion text constraint article_reviews_opinion check (opinion in ('accept', 'revise')),
  text text,
  given_at timestamptz,
  constraint article_reviews_once unique (article_no, round, reviewer_no),
  constraint article_reviews_given check ((opinion is null) = (given_at is null) and (opinion is null) = (text is null))
);
comment on table learning.article_reviews is 'Who looks at an article in a round, and the opinion given';
create index article_reviews_open on learning.article_reviews (reviewer_no) where opinion is null;

grant select, insert on learning.articles, learning.article_revisions, learning.article_texts, learning.article_reviews to biaoshuai_app, biaoshuai_engine;
grant update on learning.articles, learning.article_texts, learning.article_reviews to biaoshuai_app, biaoshuai_engine;
grant delete on learning.article_reviews to biaoshuai_app, biaoshuai_engine;
grant select, insert, delete on learning.article_prints to biaoshuai_engine;
grant usage on all sequences in schema learning to biaoshuai_app, biaoshuai_engine;

-- A draft is the author's alone. Handed in, it is read by those who answer for the unit, and by its reviewers; published, by everybody.
alter table learning.article_reviews enable row level security;
create policy concerned on learning.article_reviews for select to biaoshuai_app using (reviewer_no = (select kernel.person_no())
  or author_no = (select kernel.person_no()) or directory.reads(organization_no));
create policy assigned on learning.article_reviews for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy given on learning.article_reviews for update to biaoshuai_app using (reviewer_no = (select kernel.person_no()));
create policy released on learning.article_reviews for delete to biaoshuai_app using (directory.writes(organization_no) and opinion is null);

alter table learning.articles enable row level security;
create policy concerned on learning.articles for select to biaoshuai_app using (author_no = (select kernel.person_no())
  or (state <> 'drafted' and first_submitted_on is not null and (directory.reads_on(organization_no, created_on) or state = 'published'
    or exists (select 1 from learning.article_reviews r where r.article_no = articles.no and r.reviewer_no = (select kernel.person_no())))));
create policy written on learning.articles for insert to biaoshuai_app with check (author_no = (select kernel.person_no()));
create policy changed on learning.articles for update to biaoshuai_app
  using (author_no = (select kernel.person_no()) or directory.writes(organization_no));
alter table learning.article_texts enable row level security;
create policy seen_with_article on learning.article_texts for select to biaoshuai_app
  using (exists (select 1 from learning.articles a where a.no = article_texts.article_no));
create policy written on learning.article_texts for insert to biaoshuai_app
  with check (exists (select 1 from learning.articles a where a.no = article_texts.article_no and a.author_no = (select kernel.person_no())));
create policy changed on learning.article_texts for update to biaoshuai_app
  using (exists (select 1 from learning.articles a where a.no = article_texts.article_no and a.author_no = (select kernel.person_no())));
alter table learning.article_revisions enable row level security;
create policy concerned on learning.article_revisions for select to biaoshuai_app using (exists (select 1 from learning.articles a
  where a.no = article_revisions.article_no and (a.author_no = (select kernel.person_no()) or directory.reads_on(a.organization_no, a.created_on))));
create policy entered on learning.article_revisions for insert to biaoshuai_app with check (exists (select 1 from learning.articles a
  where a.no = article_revisions.article_no and (a.author_no = (select kernel.person_no()) or directory.writes(a.organization_no))));
alter table learning.article_prints enable row level security;

do $$ declare part text; begin
  foreach part in array array['articles', 'article_revisions', 'article_texts', 'article_prints', 'article_reviews'] loop
    execute format('create policy engine_all on learning.%I to biaoshuai_engine using (true) with check (true)', part);
  end loop;
end $$;
