import { determinationsRoutes } from './determinations/determinations.routes.ts'
import { calendarRoutes } from './calendar/calendar.routes.ts'
import { draftsRoutes } from './drafts/drafts.routes.ts'
import { declareDerived } from './derived/derived.measures.ts'
import { listenToDirectory } from './engine/engine.handlers.ts'
import { dataRequestsRoutes } from './data-requests/data-requests.routes.ts'
import './data-requests/work-items.queries.ts'
import { differencesRoutes } from './differences/differences.routes.ts'
import { explanationRoutes } from './explanation/explanation.routes.ts'
import { declareOwnWaiting } from './explanation/waiting.queries.ts'
import { exemptionsRoutes } from './exemptions/exemptions.routes.ts'
import { indicatorExportRoutes } from './indicators/indicator-export.routes.ts'
import { indicatorsRoutes } from './indicators/indicators.routes.ts'
import { obligationExportRoutes } from './obligations/obligation-export.routes.ts'
import { obligationsRoutes } from './obligations/obligations.routes.ts'
import './obligations/work-items.queries.ts'
import './papers/collections.queries.ts'
import { reliefRoutes } from './relief/relief.routes.ts'
import './relief/work-items.queries.ts'
import { declareRegister } from './register/register.measures.ts'
import { coverageExportRoutes } from './requirements/coverage-export.routes.ts'
import { requirementsRoutes } from './requirements/requirements.routes.ts'
import { declareOwnInputs } from './snapshots/own-inputs.measures.ts'
import { snapshotsRoutes } from './snapshots/snapshots.routes.ts'
import { standingRoutes } from './standing/standing.routes.ts'

export {
  correctDeterminationAction,
  decideObjectionAction,
  makeDeterminationAction,
  objectAction,
  withdrawDeterminationAction,
} from './determinations/determinations.actions.ts'
export { determinationPageOf } from './determinations/determinations.queries.ts'
export { loadRulebooks, RulebooksRefused } from './documents/load.store.ts'
export { rehearseQueued, rehearsing } from './drafts/rehearse.jobs.ts'
export { compareShipped } from './drafts/shipped.store.ts'
export { beforePublishing } from './drafts/publishing-gates.queries.ts'
export { updateCells } from './engine/cells.store.ts'
export { factsChanged, owedChanged, rebuild, type TouchedFacts } from './engine/engine.actions.ts'
export { countOwedAhead } from './indicators/owed.jobs.ts'
export { sweep, sweepInPortions } from './engine/sweep.actions.ts'
export { obligationsChanged, recomputeWanted } from './engine/engine.events.ts'
export { declareInputs, type FrozenSpan, type InputTable } from './engine/inputs.measures.ts'
export { declareMeasures, declareRecordKind, measure } from './engine/engine.measures.ts'
export { exemptFrom } from './engine/relief.store.ts'
export { declareEvents, eventSource } from './engine/event-sources.measures.ts'
export { remindOfDuties } from './calendar/reminders.jobs.ts'
export { calendarOf } from './calendar/calendar.queries.ts'
export { exemptAction } from './exemptions/exemptions.actions.ts'
export { declareNotDoneAction } from './obligations/obligations.actions.ts'
export type { StatusChange } from './engine/changes.contract.ts'
export { recompute } from './engine/recompute.store.ts'
export { recomputeRequirements, requirementsRecomputing } from './engine/requirement-change.actions.ts'
export { figuresFromSetting, keepFiguresFrom } from './engine/requirement.queries.ts'
export { cockpitFor } from './indicators/indicators.queries.ts'
export { grantExtension, resumeClock, stopClock } from './relief/relief-front.actions.ts'
export { servedBy } from './obligations/served.queries.ts'
export { freezeSnapshot } from './snapshots/freeze.jobs.ts'
export { runReplay } from './snapshots/replay.jobs.ts'
export { replaySnapshot } from './snapshots/replay.store.ts'
export { freezeJob, replayJob } from './snapshots/snapshots.events.ts'
export { snapshotFormat } from './snapshots/snapshot-file.contract.ts'

/** Follows what changes in the directory; called once when the program starts. */
export function startRulebook(): void {
  declareOwnInputs()
  listenToDirectory()
  declareRegister()
  declareDerived()
  declareOwnWaiting()
}

export const rulebookRoutes = [
  ...determinationsRoutes,
  ...requirementsRoutes,
  ...coverageExportRoutes,
  ...draftsRoutes,
  ...obligationsRoutes,
  ...obligationExportRoutes,
  ...exemptionsRoutes,
  ...reliefRoutes,
  ...calendarRoutes,
  ...indicatorsRoutes,
  ...indicatorExportRoutes,
  ...differencesRoutes,
  ...dataRequestsRoutes,
  ...explanationRoutes,
  ...standingRoutes,
  ...snapshotsRoutes,
]
export { differencesOf } from './differences/differences.queries.ts'
export { explanationOf } from './explanation/explanation.queries.ts'
export { declareWaiting } from './explanation/waiting.queries.ts'
export { indicatorsAsked, type Place } from './indicators/indicators.queries.ts'
export { decideStandingAction } from './standing/standing.actions.ts'
export { standingOfYear } from './standing/standing.queries.ts'
export { tagsDefined } from './documents/tags.queries.ts'
export { standingAbove } from './obligations/subjects.queries.ts'
