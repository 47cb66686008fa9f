import { writeWorkbook } from '../../../kernel/files/workbook-writer.ts'
import { downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import { paperFile } from '../../../kernel/papers/paper-file.ts'
import * as acts from './year-plans.actions.ts'
import * as contract from './year-plans.contract.ts'
import { yearPlanPaperOf, yearPlanSheet } from './year-plans.papers.ts'
import './year-plans.policy.ts'
import { yearPlanPageOf, yearPlansAsked } from './year-plans.queries.ts'

export const yearPlansRoutes: readonly Route[] = [
  route(contract.listYearPlans, {
    permission: 'orglife.year_plan.read',
    handle: ({ query, read, platform }) => read((db) => yearPlansAsked(db, query, platform.clock.today())),
  }),
  route(contract.showYearPlan, {
    permission: 'orglife.year_plan.read',
    handle: ({ params, read, actor, platform }) =>
      read((db) => yearPlanPageOf(db, params.id, { actor, today: platform.clock.today() })),
  }),
  downloadRoute(contract.exportYearPlan, {
    permission: 'orglife.year_plan.read',
    handle: async ({ params, read, actor, platform }) => {
      const page = await read((db) => yearPlanPageOf(db, params.id, { actor, today: platform.clock.today() }))
      return {
        name: `${page.organization.name}${page.year}年度计划.xlsx`,
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        stream: writeWorkbook({ sheets: [yearPlanSheet(page)] }),
      }
    },
  }),
  downloadRoute(contract.yearPlanPaper, {
    permission: 'orglife.year_plan.read',
    handle: async ({ params, read, actor, platform }) => {
      const page = await read((db) => yearPlanPageOf(db, params.id, { actor, today: platform.clock.today() }))
      return paperFile(`${page.organization.name}${page.year}年度计划`, yearPlanPaperOf(page))
    },
  }),
  route(contract.proposeYearPlan, {
    permission: 'orglife.year_plan.propose',
    handle: ({ body, perform }) => perform(acts.proposeYearPlanAction, body),
  }),
  route(contract.addItem, {
    permission: 'orglife.year_plan.add',
    handle: ({ params, body, perform }) => perform(acts.addItemAction, { ...params, ...body }),
  }),
  route(contract.moveItem, {
    permission: 'orglife.year_plan.move',
    handle: ({ params, body, perform }) => perform(acts.moveItemAction, { ...params, ...body }),
  }),
  route(contract.cancelItem, {
    permission: 'orglife.year_plan.cancel',
    handle: ({ params, body, perform }) => perform(acts.cancelItemAction, { ...params, ...body }),
  }),
  route(contract.restoreItem, {
    permission: 'orglife.year_plan.restore',
    handle: ({ params, body, perform }) => perform(acts.restoreItemAction, { ...params, ...body }),
  }),
  route(contract.approveYearPlan, {
    permission: 'orglife.year_plan.approve',
    handle: ({ params, body, perform }) => perform(acts.approveYearPlanAction, { ...params, ...body }),
  }),
  route(contract.planItemMeeting, {
    permission: 'orglife.year_plan.plan_meeting',
    handle: ({ params, body, perform }) => perform(acts.planItemMeetingAction, { ...params, ...body }),
  }),
]
