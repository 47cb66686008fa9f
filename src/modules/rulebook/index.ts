import './determinations/determinations.measures.ts'
import { listenToDirectory } from './engine/engine.handlers.ts'
import { indicatorExportRoutes } from './indicators/indicator-export.routes.ts'
import { indicatorsRoutes } from './indicators/indicators.routes.ts'
import { obligationExportRoutes } from './obligations/obligation-export.routes.ts'
import { obligationsRoutes } from './obligations/obligations.routes.ts'
import './obligations/work-items.queries.ts'
import { requirementsRoutes } from './requirements/requirements.routes.ts'

export { loadRulebooks, RulebooksRefused } from './documents/load.store.ts'
export { updateCells } from './engine/cells.store.ts'
export { factsChanged, rebuild, sweep } from './engine/engine.actions.ts'
export { obligationsChanged, recomputeWanted } from './engine/engine.events.ts'
export { declareMeasures, declareRecordKind, measure } from './engine/engine.measures.ts'
export { declareNotDoneAction, exemptAction } from './obligations/obligations.actions.ts'
export { recompute, type StatusChange } from './engine/recompute.store.ts'
export { figuresFromSetting, keepFiguresFrom } from './engine/requirement.queries.ts'
export { cockpitFor } from './indicators/indicators.queries.ts'
export { type Served, servedBy } from './obligations/served.queries.ts'

/** Follows what changes in the directory; called once when the program starts. */
export function startRulebook(): void {
  listenToDirectory()
}

export const rulebookRoutes = [
  ...requirementsRoutes,
  ...obligationsRoutes,
  ...obligationExportRoutes,
  ...indicatorsRoutes,
  ...indicatorExportRoutes,
]
export { indicatorsAsked } from './indicators/indicators.queries.ts'
export { type DefinedTag, tagsDefined } from './documents/tags.queries.ts'
export { standingAbove } from './obligations/subjects.queries.ts'
