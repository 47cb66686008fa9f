alter table rulebook.owed_changes add column organization_nos bigint[];
comment on column rulebook.owed_changes.organization_nos is 'Where who owes what may have changed; null for everywhere';
comment on table rulebook.owed_changes is 'One row a change of who owes what (people, tree, exemptions, rules), so that counts kept in memory are counted again where it changed';
