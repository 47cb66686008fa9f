import { writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import * as acts from './unit-plans.actions.ts'
import * as contract from './unit-plans.contract.ts'
import { planAsked, plansAsked, planSheet, plansMissing } from './unit-plans.queries.ts'

const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const unitPlansRoutes: readonly Route[] = [
  route(contract.listPlans, {
    permission: 'supervision.unit_plan.see',
    handle: ({ query, read, actor, platform }) => read((db) => plansAsked(db, query, { actor, today: platform.clock.today() })),
  }),
  downloadRoute(contract.exportPlans, {
    permission: 'supervision.unit_plan.read',
    handle: async ({ query, read, actor, platform }) => {
      const today = platform.clock.today()
      const sheet = await read((db) => planSheet(db, query.year, { actor, today }))
      return { name: `实施方案-${query.year}.xlsx`, mediaType: sheetType, stream: writeWorkbook({ sheets: [sheet] }) }
    },
  }),
  route(contract.missingPlans, {
    permission: 'supervision.unit_plan.read',
    handle: ({ query, read, actor, platform }) =>
      read((db) => plansMissing(db, query.year, { actor, today: platform.clock.today() })),
  }),
  route(contract.showPlan, {
    permission: 'supervision.unit_plan.see',
    handle: ({ params, read, actor, platform }) =>
      read((db) => planAsked(db, params.id, { actor, today: platform.clock.today() })),
  }),
  route(contract.writePlan, {
    permission: 'supervision.unit_plan.write',
    handle: ({ body, perform }) => perform(acts.writePlanAction, body),
  }),
  route(contract.editPlan, {
    permission: 'supervision.unit_plan.edit',
    handle: ({ params, body, perform }) => perform(acts.editPlanAction, { ...params, ...body }),
  }),
  route(contract.submitPlan, {
    permission: 'supervision.unit_plan.submit',
    handle: ({ params, perform }) => perform(acts.submitPlanAction, params),
  }),
  route(contract.takeBackPlan, {
    permission: 'supervision.unit_plan.take_back',
    handle: ({ params, body, perform }) => perform(acts.takeBackPlanAction, { ...params, ...body }),
  }),
  route(contract.returnPlan, {
    permission: 'supervision.unit_plan.return',
    handle: ({ params, body, perform }) => perform(acts.returnPlanAction, { ...params, ...body }),
  }),
  route(contract.approvePlan, {
    permission: 'supervision.unit_plan.approve',
    handle: ({ params, body, perform }) => perform(acts.approvePlanAction, { ...params, ...body }),
  }),
  route(contract.publishPlan, {
    permission: 'supervision.unit_plan.publish',
    handle: ({ params, perform }) => perform(acts.publishPlanAction, params),
  }),
  route(contract.amendPlan, {
    permission: 'supervision.unit_plan.amend',
    handle: ({ params, body, perform }) => perform(acts.amendPlanAction, { ...params, ...body }),
  }),
  route(contract.dropAmendment, {
    permission: 'supervision.unit_plan.drop',
    handle: ({ params, body, perform }) => perform(acts.dropAmendmentAction, { ...params, ...body }),
  }),
  route(contract.giveByPlan, {
    permission: 'supervision.unit_plan.give',
    handle: ({ params, body, perform }) => perform(acts.giveByPlanAction, { ...params, ...body }),
  }),
]
