import type { Route } from '../../kernel/http/route.ts'
import './accounts/work-items.queries.ts'
import { accountsRoutes } from './accounts/accounts.routes.ts'
import { ownAccountRoutes } from './accounts/own-account.routes.ts'
import { sessionRoutes } from './accounts/session.routes.ts'
import './committees/work-items.queries.ts'
import './grants/work-items.queries.ts'
import './persons/work-items.queries.ts'
import './organizations/collections.queries.ts'
import './posts/work-items.queries.ts'
import './search/sources.queries.ts'
import { grantsRoutes } from './grants/grants.routes.ts'
import { organizationsRoutes } from './organizations/organizations.routes.ts'
import { personsRoutes } from './persons/persons.routes.ts'
import { postsRoutes } from './posts/posts.routes.ts'
import { rosterRoutes } from './roster/roster.routes.ts'
import { workingDaysRoutes } from './working-days/working-days.routes.ts'

/** All operations of the module. */
export const directoryRoutes: readonly Route[] = [
  ...sessionRoutes,
  ...ownAccountRoutes,
  ...accountsRoutes,
  ...grantsRoutes,
  ...organizationsRoutes,
  ...personsRoutes,
  ...postsRoutes,
  ...rosterRoutes,
  ...workingDaysRoutes,
]

export { actorNamed, actorNumbered } from './accounts/operator.queries.ts'
export { createFirstAdministrators } from './accounts/first-administrators.actions.ts'
export { useMode } from './accounts/mode.store.ts'
export { hashPassword } from './accounts/password-hash.store.ts'
export { forgetStaleSessions } from './accounts/session.jobs.ts'
export { authenticate } from './accounts/session.queries.ts'
export { addSingleSignOn } from './accounts/single-sign-on.routes.ts'
export { deriveWholeAncestry } from './organizations/ancestry.store.ts'
export { foundWorkingCommittee } from './organizations/first-organization.actions.ts'
export { dissolveOrganizationAction, mergeOrganizationAction } from './organizations/endings.actions.ts'
export { organizationPinyin } from './organizations/organization-name.rules.ts'
export { createOrganizationAction, moveOrganizationAction } from './organizations/organizations.actions.ts'
export {
  dissolveTemporaryBranch,
  extendTemporaryBranch,
  foundTemporaryBranch,
  standingTemporaryBranch,
} from './organizations/temporary-branch.actions.ts'
export { splitOrganizationAction } from './organizations/split.actions.ts'
export { organizationEnded, organizationMoved, peopleChanged, treeChanged } from './organizations/organizations.events.ts'
export {
  organizationById,
  organizationByIds,
  type OrganizationRef,
  organizationsCalled,
} from './organizations/organizations.queries.ts'
export { idNumberCheckCharacter, judgeIdNumber } from './persons/id-number.rules.ts'
export { type NamePinyin, namePinyin } from './persons/name-order.rules.ts'
export { sealField } from './persons/persons.store.ts'
export type { RosterImportPage } from './roster/roster.contract.ts'
export { forgetStaleRosters, rosterChecksEnded } from './roster/roster.jobs.ts'
export { applyCheckedRoster, checkRosterFile } from './roster/roster-operator.actions.ts'
export { judgeRoster } from './roster/roster-sheet.rules.ts'
export { useStagingFolder } from './roster/roster-staging.store.ts'
export { workingDayAfter } from './working-days/working-days.store.ts'
