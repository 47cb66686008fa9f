import { fileAppealAction, rejectAppealAction, takeAppealAction } from './appeals/appeals.actions.ts'
import { openAction } from './cases/cases.actions.ts'
import { confirmTalkAction, talkAction } from './cases/ladder.actions.ts'
import { breakDownAction, recordDecisionAction } from './decisions/decisions.actions.ts'
import * as examples from './examples/examples.actions.ts'
import { announceInspectionAction, planInspectionsAction } from './inspections/inspections.actions.ts'
import { enterLocalRuleAction, reviewLocalRuleAction } from './local-rules/local-rules.actions.ts'
import { draftAction, issueAction } from './papers/papers.actions.ts'
import * as problems from './problems/problems.actions.ts'
import { giveAction } from './tasks/giving.actions.ts'
import * as tasks from './tasks/tasks.actions.ts'
import * as plans from './unit-plans/unit-plans.actions.ts'
import * as cards from './yellow-cards/cards.actions.ts'

/** The acts of which the course of a matter is made, for whoever plays one through from outside: the demonstration city. */
export const courseActs = {
  recordDecision: recordDecisionAction,
  breakDown: breakDownAction,
  give: giveAction,
  delegate: tasks.delegateAction,
  link: tasks.linkAction,
  report: tasks.reportAction,
  verify: tasks.verifyAction,
  pause: tasks.pauseAction,
  askExtension: tasks.askExtensionAction,
  writePlan: plans.writePlanAction,
  submitPlan: plans.submitPlanAction,
  approvePlan: plans.approvePlanAction,
  publishPlan: plans.publishPlanAction,
  openCase: openAction,
  talk: talkAction,
  confirmTalk: confirmTalkAction,
  proposeCard: cards.proposeCardAction,
  stateOnCard: cards.stateAction,
  decideCard: cards.decideCardAction,
  finishItem: cards.finishItemAction,
  passItem: cards.passItemAction,
  reportOnCard: cards.reportCardAction,
  planInspections: planInspectionsAction,
  announceInspection: announceInspectionAction,
  fileAppeal: fileAppealAction,
  takeAppeal: takeAppealAction,
  rejectAppeal: rejectAppealAction,
  raiseProblem: problems.raiseProblemAction,
  acceptProblem: problems.acceptProblemAction,
  reportProblem: problems.reportProblemAction,
  verifyProblem: problems.verifyProblemAction,
  confirmProblem: problems.confirmProblemAction,
  draftPaper: draftAction,
  issuePaper: issueAction,
  writeExample: examples.writeExampleAction,
  proposeExample: examples.proposeExampleAction,
  reviewExample: examples.reviewExampleAction,
  publishExample: examples.publishExampleAction,
  enterLocalRule: enterLocalRuleAction,
  reviewLocalRule: reviewLocalRuleAction,
} as const
