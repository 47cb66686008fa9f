-- Exemptions with their ground, kept once for a person, ended by revocation from a day on.
alter table rulebook.exemptions
  add column ground text not null default 'other' constraint exemptions_ground check (ground in (
    'aged_or_infirm', 'illness', 'long_leave', 'mobile_member', 'new_organization', 'temporary_branch', 'other')),
  add column decider_no bigint,
  add column revoked_from date,
  add column revoked_by bigint,
  add column revoke_reason text,
  add constraint exemptions_revocation check ((revoked_at is null) = (revoked_from is null));
alter table rulebook.exemptions alter column ground drop default;
comment on column rulebook.exemptions.ground is 'Counts for the requirements that list it, for the one the decision names, and, where other, for what the decision says';
comment on column rulebook.exemptions.decider_no is 'The organization that decided: the one above, or the branch for its member';
comment on column rulebook.exemptions.organization_no is 'The organization itself, or the one that the person belongs to';
comment on column rulebook.exemptions.reason is 'Personal where the subject is a person: health, leave';
comment on column rulebook.exemptions.revoked_from is 'Periods that end on this day or later are due again';
create index exemptions_holder on rulebook.exemptions (subject_kind, subject_no);

-- A colleague's illness is not everybody's to read: whoever keeps the organization, those above, and the person.
drop policy in_scope on rulebook.exemptions;
create policy seen on rulebook.exemptions for select to biaoshuai_app using (
  case when subject_kind = 'p' then subject_no = (select kernel.person_no()) or directory.writes(organization_no)
    else directory.reads(organization_no) end);
create policy decided on rulebook.exemptions for insert to biaoshuai_app with check (directory.writes(organization_no));
create policy revoked on rulebook.exemptions for update to biaoshuai_app
  using (directory.writes(organization_no)) with check (directory.writes(organization_no));
revoke update on rulebook.exemptions from biaoshuai_app;
grant update (revoked_at, revoked_from, revoked_by, revoke_reason) on rulebook.exemptions to biaoshuai_app;
