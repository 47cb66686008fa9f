-- Who belongs to an organization in which standing is asked for every duty of every branch: answered from the index alone, in the
-- order of organizations. It takes the place of the index by organization.
create index memberships_belonging on directory.memberships (organization_no, standing) include (person_no, valid);
drop index directory.memberships_organization;
