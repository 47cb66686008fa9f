create schema directory;
comment on schema directory is '组织与人员: organizations and the tree through time, persons, posts, committees, accounts, grants';

create table directory.organizations (
  no bigint generated always as identity primary key,
  id text not null unique,
  kind text not null constraint organizations_kind check (kind in ('working_committee', 'unit', 'party_committee', 'general_branch',
    'branch', 'group', 'leading_group', 'discipline_committee', 'joint_branch', 'temporary_branch', 'work_leading_group')),
  position integer not null default 0,
  established_on date not null,
  dissolved_on date,
  successor_no bigint references directory.organizations (no),
  approved_by_no bigint references directory.organizations (no),
  ends_on date,
  constraint organizations_life check (dissolved_on is null or dissolved_on >= established_on)
);
comment on table directory.organizations is 'Every organization that ever was; dissolved ones keep their facts';
comment on column directory.organizations.position is '组织序: order among siblings as the working committee sets it';
comment on column directory.organizations.ends_on is 'Planned end of a temporary branch (ZB8)';

create table directory.organization_names (
  organization_no bigint not null references directory.organizations (no),
  name text not null,
  short_name text,
  pinyin text not null,
  valid daterange not null,
  constraint organization_names_one_at_a_time exclude using gist (organization_no with =, valid with &&)
);
comment on table directory.organization_names is 'Names through time';

create table directory.organization_edges (
  organization_no bigint not null references directory.organizations (no),
  parent_no bigint not null references directory.organizations (no),
  valid daterange not null,
  constraint organization_edges_one_parent exclude using gist (organization_no with =, valid with &&),
  constraint organization_edges_not_self check (organization_no <> parent_no)
);
comment on table directory.organization_edges is 'The tree through time: who stood under whom, when';
create index organization_edges_parent on directory.organization_edges (parent_no);

create table directory.organization_ancestry (
  organization_no bigint not null references directory.organizations (no),
  ancestor_no bigint not null references directory.organizations (no),
  depth integer not null,
  valid daterange not null
);
comment on table directory.organization_ancestry is 'Derived from the edges: every organization with all that stand above it, itself at depth 0';
create index organization_ancestry_up on directory.organization_ancestry (organization_no, ancestor_no);
create index organization_ancestry_down on directory.organization_ancestry (ancestor_no, organization_no);

create view directory.organizations_now with (security_invoker = true) as
  select o.no, o.id, o.kind, o.position, o.established_on, o.dissolved_on, o.ends_on, n.name, n.short_name, n.pinyin, e.parent_no
  from directory.organizations o
  join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid)
  left join directory.organization_edges e on e.organization_no = o.no and upper_inf(e.valid);
comment on view directory.organizations_now is 'Organizations with their last name and parent, dissolved ones included';

create table directory.responsibilities (
  no bigint generated always as identity primary key,
  organization_no bigint not null references directory.organizations (no),
  person_no bigint not null,
  duty text not null constraint responsibilities_duty check (duty in ('first', 'direct', 'deputy', 'member')),
  valid daterange not null
);
comment on table directory.responsibilities is '责任链 (R1): first responsibility of the secretary, direct responsibility of the deputy in charge';
create index responsibilities_organization on directory.responsibilities (organization_no);

create table directory.persons (
  no bigint generated always as identity primary key,
  id text not null unique,
  name text not null,
  pinyin text not null,
  initials text not null,
  sex text constraint persons_sex check (sex in ('male', 'female')),
  birth_on date,
  ethnicity text,
  education text,
  category text not null constraint persons_category check (category in ('full_member', 'probationary_member', 'development_target', 'activist', 'applicant', 'staff')),
  home_no bigint not null references directory.organizations (no),
  id_number_cipher text,
  id_number_index text,
  phone_cipher text,
  landline_cipher text,
  address_cipher text,
  job text,
  joined_on date,
  full_since date,
  membership_state text not null default 'normal' constraint persons_membership_state check (membership_state in ('normal', 'suspended', 'stopped', 'removed', 'none')),
  is_lost boolean not null default false,
  is_mobile boolean not null default false,
  exempt_from_duties boolean not null default false,
  left_on date,
  revision integer not null default 1
);
comment on table directory.persons is 'Members and other staff';
comment on column directory.persons.id_number_cipher is 'Personal: citizen ID number, encrypted and bound to this row and column';
comment on column directory.persons.id_number_index is 'Personal: keyed blind index of the ID number, for equality only';
comment on column directory.persons.phone_cipher is 'Personal: mobile number, encrypted and bound to this row and column';
comment on column directory.persons.landline_cipher is 'Personal: landline, encrypted and bound to this row and column';
comment on column directory.persons.address_cipher is 'Personal: home address, encrypted and bound to this row and column';
comment on column directory.persons.birth_on is 'Personal: date of birth';
comment on column directory.persons.exempt_from_duties is 'JY6: age, illness or disability; left out of every denominator';
comment on column directory.persons.home_no is 'The organization that keeps the file: the branch of a member, the unit of other staff';
create unique index persons_one_id_number on directory.persons (id_number_index) where id_number_index is not null;
create index persons_home on directory.persons (home_no);
create index persons_pinyin on directory.persons (pinyin text_pattern_ops);
create index persons_initials on directory.persons (initials text_pattern_ops);
create index persons_name on directory.persons (name text_pattern_ops);

create table directory.person_revisions (
  person_no bigint not null references directory.persons (no),
  revision integer not null,
  body jsonb not null,
  recorded_at timestamptz not null,
  recorded_by bigint,
  reason text,
  primary key (person_no, revision)
);
comment on table directory.person_revisions is 'Each state of a person''s file as recorded; ciphers stay ciphers. Insert only';

create table directory.memberships (
  no bigint generated always as identity primary key,
  person_no bigint not null references directory.persons (no),
  organization_no bigint not null references directory.organizations (no),
  standing text not null constraint memberships_standing check (standing in ('full', 'probationary', 'development_target', 'activist', 'staff')),
  valid daterange not null,
  constraint memberships_one_at_a_time exclude using gist (person_no with =, organization_no with =, valid with &&)
);
comment on table directory.memberships is 'Who belonged to which branch, group or unit, in which standing, when';
create index memberships_organization on directory.memberships (organization_no);
create index memberships_person on directory.memberships (person_no);

create table directory.posts (
  no bigint generated always as identity primary key,
  id text not null unique,
  person_no bigint not null references directory.persons (no),
  organization_no bigint not null references directory.organizations (no),
  post text not null,
  full_time boolean not null default false,
  valid daterange not null
);
comment on table directory.posts is 'Posts with dates; the code list is the contract''s';
create index posts_organization on directory.posts (organization_no, post);
create index posts_person on directory.posts (person_no);

create table directory.committees (
  no bigint generated always as identity primary key,
  id text not null unique,
  organization_no bigint not null references directory.organizations (no),
  kind text not null constraint committees_kind check (kind in ('committee', 'discipline_committee')),
  elected_on date not null,
  term_years integer not null constraint committees_term check (term_years between 1 and 5),
  due_on date not null,
  extended_to date,
  ended_on date
);
comment on table directory.committees is 'Terms of elected committees and when the next election is due (ZB21, JG1–JG3)';
create index committees_organization on directory.committees (organization_no);

create table directory.committee_members (
  committee_no bigint not null references directory.committees (no),
  person_no bigint not null references directory.persons (no),
  duty text not null,
  valid daterange not null,
  primary key (committee_no, person_no, duty)
);
comment on table directory.committee_members is 'Members of a committee with their division of work';

create table directory.accounts (
  no bigint generated always as identity primary key,
  id text not null unique,
  username text not null,
  username_key text not null unique,
  display_name text not null,
  person_no bigint references directory.persons (no),
  administrator text constraint accounts_administrator check (administrator in ('system', 'security', 'audit')),
  password_hash text,
  password_set_at timestamptz,
  must_change_password boolean not null default false,
  totp_secret_cipher text,
  totp_confirmed_at timestamptz,
  totp_last_step bigint,
  oidc_subject text unique,
  state text not null default 'active' constraint accounts_state check (state in ('pending', 'active', 'disabled')),
  created_by bigint,
  created_at timestamptz not null,
  demonstration boolean not null default false,
  preferences jsonb not null default '{}'
);
comment on table directory.accounts is 'Who can sign in; an account alone may do nothing';
comment on column directory.accounts.administrator is '三员: one of the three at most, and never together with a grant';
comment on column directory.accounts.username_key is 'Username folded (NFKC, lower case), so that look-alikes clash';
comment on column directory.accounts.totp_secret_cipher is 'Personal: second-factor secret, encrypted and bound';

create table directory.sessions (
  token_hash text primary key,
  account_no bigint not null references directory.accounts (no),
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  second_factor text not null constraint sessions_second_factor check (second_factor in ('none', 'required', 'done')),
  address text
);
comment on table directory.sessions is 'Signed-in sessions; the token itself is only in the cookie';
create index sessions_account on directory.sessions (account_no);

create table directory.sign_in_failures (
  username_key text not null,
  address text not null,
  failures integer not null,
  last_failed_at timestamptz not null,
  locked_until timestamptz,
  primary key (username_key, address)
);
comment on table directory.sign_in_failures is 'Failures by name and address, so that an attacker elsewhere can''t lock a colleague out';

create table directory.grants (
  no bigint generated always as identity primary key,
  id text not null unique,
  account_no bigint not null references directory.accounts (no),
  role text not null,
  organization_no bigint not null references directory.organizations (no),
  valid daterange not null,
  post_no bigint references directory.posts (no),
  state text not null constraint grants_state check (state in ('proposed', 'approved', 'refused', 'ended')),
  proposed_by bigint,
  proposed_at timestamptz not null,
  decided_by bigint,
  decided_at timestamptz,
  reason text
);
comment on table directory.grants is 'Role × organization subtree × dates; proposed from a post, approved by the security administrator';
create index grants_account on directory.grants (account_no);
create unique index grants_no_twice on directory.grants (account_no, role, organization_no) where state in ('proposed', 'approved');

create table directory.roster_imports (
  no bigint generated always as identity primary key,
  id text not null unique,
  organization_no bigint not null references directory.organizations (no),
  account_no bigint not null,
  file_name text not null,
  state text not null constraint roster_imports_state check (state in ('checking', 'refused', 'checked', 'importing', 'imported', 'undone', 'failed')),
  rows_read integer not null default 0,
  mistakes jsonb not null default '[]',
  mistakes_total integer not null default 0,
  summary jsonb,
  staged_path text,
  created_at timestamptz not null,
  imported_at timestamptz,
  undone_at timestamptz
);
comment on table directory.roster_imports is 'Each roster file: what was found, what was done, whether it was undone';

create table directory.roster_import_rows (
  import_no bigint not null references directory.roster_imports (no),
  row_number integer not null,
  person_no bigint not null references directory.persons (no),
  made text not null constraint roster_import_rows_made check (made in ('created', 'changed')),
  revision_before integer,
  primary key (import_no, row_number)
);
comment on table directory.roster_import_rows is 'What an import did to each person, so that it can be undone';
