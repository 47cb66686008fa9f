import { sql } from 'kysely'
import { declareEvents, declareMeasures, declareRecordKind } from '../../rulebook/index.ts'
import { cardItemDue, cardItemsSettled, monthlyReported, weakBranchesFollowed } from './cards.measures.ts'
import { casesReviewed, casesSettled } from './cases.measures.ts'
import { declareSupervisionInputs } from './inputs.measures.ts'
import { localRulesKept, localRulesReviewed, practicesSummedUp } from './practices.measures.ts'
import { problemsSettled, windowFindingsSettled } from './problems.measures.ts'
import { decisionsAssigned, tasksComplete } from './tasks.measures.ts'

/** Hands this module's measures to the engine; called once when the program starts. */
export function declareSupervisionMeasures(): void {
  declareSupervisionInputs()
  declareRecordKind('task', sql`select no, id, title, due_on as happened_on from supervision.tasks`)
  declareRecordKind('case', sql`select no, id, title, due_on as happened_on from supervision.cases`)
  declareRecordKind('problem', sql`select no, id, title, due_on as happened_on from supervision.problems`)
  declareRecordKind(
    'yellow-card',
    sql`select no, id, '黄牌警示' as title, decided_on as happened_on from supervision.yellow_cards`,
  )
  declareRecordKind('example', sql`select no, id, title, published_on as happened_on from supervision.examples`)
  declareRecordKind('local-rule', sql`select no, id, title, in_force_from as happened_on from supervision.local_rules`)
  // A matter is shown on the page of its decision.
  declareRecordKind(
    'decision-matter',
    sql`select m.no, c.id, m.text as title, m.due_on as happened_on from supervision.decision_matters m join supervision.decisions c on c.no = m.decision_no`,
  )
  declareMeasures(decisionsAssigned, tasksComplete, casesSettled, casesReviewed)
  declareMeasures(problemsSettled, windowFindingsSettled)
  declareMeasures(monthlyReported, weakBranchesFollowed, cardItemsSettled)
  declareMeasures(practicesSummedUp, localRulesReviewed, localRulesKept)
  declareEvents(cardItemDue)
}
