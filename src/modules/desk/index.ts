import { keepNoticesWith } from '../../kernel/notices/registry.ts'
import type { Route } from '../../kernel/http/route.ts'
import { auditRoutes } from './audit/audit.routes.ts'
import './audit/work-items.queries.ts'
import { collectionsRoutes } from './collections/collections.routes.ts'
import { dueRoutes } from './due/due.routes.ts'
import { itemsRoutes } from './items/items.routes.ts'
import { robotsRoutes } from './robots/robots.routes.ts'
import { searchRoutes } from './search/search.routes.ts'
import { viewsRoutes } from './views/views.routes.ts'
import { mailRoutes } from './mail/mail.routes.ts'
import { keepNotice } from './notices/notices.store.ts'
import { noticesRoutes } from './notices/notices.routes.ts'

export { sendDigests } from './mail/digests.jobs.ts'
export { planRobotPosts, sendRobotPost } from './robots/robots.jobs.ts'
export { postJob as robotPostJob } from './robots/robots.store.ts'

/** Every operation of the desk. */
export const deskRoutes: readonly Route[] = [
  ...dueRoutes,
  ...itemsRoutes,
  ...collectionsRoutes,
  ...searchRoutes,
  ...viewsRoutes,
  ...robotsRoutes,
  ...noticesRoutes,
  ...mailRoutes,
  ...auditRoutes,
]

keepNoticesWith(keepNotice)
