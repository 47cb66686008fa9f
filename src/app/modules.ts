import { afterwardsWhen } from '../kernel/actions/events.ts'
import { filesRoutes } from '../kernel/files/files.routes.ts'
import type { Route } from '../kernel/http/route.ts'
import { jobsRoutes } from '../kernel/jobs/jobs.routes.ts'
import { deskRoutes } from '../modules/desk/index.ts'
import { directoryRoutes } from '../modules/directory/index.ts'
import { declareLearningMeasures, learningRoutes } from '../modules/learning/index.ts'
import { declareOrglifeMeasures, orglifeRoutes } from '../modules/orglife/index.ts'
import { recompute, recomputeWanted, rulebookRoutes, startRulebook } from '../modules/rulebook/index.ts'
import { declareSupervisionMeasures, proposeCases, supervisionRoutes } from '../modules/supervision/index.ts'
import { healthRoutes } from './health.routes.ts'

let registered = false

/** Puts the modules together, in their order: measures to the engine, listeners to the events. Once in a process. */
export function registerModules(): void {
  if (registered) return
  registered = true
  startRulebook()
  declareOrglifeMeasures()
  declareLearningMeasures()
  declareSupervisionMeasures()
  afterwardsWhen(recomputeWanted, async (tx, wanted) => {
    await proposeCases(tx, { changes: await recompute(tx, wanted), at: new Date() })
  })
}

/** Every operation of the product. */
export const routes: readonly Route[] = [
  ...healthRoutes,
  ...directoryRoutes,
  ...rulebookRoutes,
  ...orglifeRoutes,
  ...learningRoutes,
  ...supervisionRoutes,
  ...deskRoutes,
  ...filesRoutes,
  ...jobsRoutes,
]
