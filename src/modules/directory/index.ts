export { organizationMoved, peopleChanged, treeChanged } from './organizations/organizations.events.ts'
export {
  numbersUnder,
  organizationById,
  organizationByIds,
  organizationNames,
  type OrganizationRef,
  organizationsByNos,
  pathOf,
} from './organizations/organizations.queries.ts'
export { committeeOn, type CommitteeMemberOn, type MemberOn, membersOn, staffOn, type Standing } from './persons/members.queries.ts'
export { personNames, type PersonRef, personsByIds, personsByNos } from './persons/persons.queries.ts'
export { type PostHolder, postHoldersOn } from './posts/posts.queries.ts'
