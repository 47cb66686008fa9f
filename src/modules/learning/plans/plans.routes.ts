import { type Route, route } from '../../../kernel/http/route.ts'
import { trainingCoverage, trainingShares } from '../coverage/coverage.contract.ts'
import { coverageOf, sharesOf } from '../coverage/coverage.queries.ts'
import { correctPlanAction, createPlanAction, withdrawPlanAction } from './plans.actions.ts'
import { correctPlan, createPlan, listPlans, showPlan, withdrawPlan } from './plans.contract.ts'
import './plans.policy.ts'
import { planPageOf, plansAsked } from './plans.queries.ts'

interface Asked {
  readonly year?: number | undefined
  readonly under?: string | undefined
}
const inYear = ({ year, under }: Asked, today: string) => ({ year: year ?? Number(today.slice(0, 4)), under, today })

export const plansRoutes: readonly Route[] = [
  route(listPlans, { permission: 'learning.plan.read', handle: ({ query, read }) => read((db) => plansAsked(db, query)) }),
  route(createPlan, { permission: 'learning.plan.create', handle: ({ body, perform }) => perform(createPlanAction, body) }),
  route(showPlan, {
    permission: 'learning.plan.read',
    handle: ({ params, read, actor }) => read((db) => planPageOf(db, actor, params.id)),
  }),
  route(correctPlan, {
    permission: 'learning.plan.correct',
    handle: ({ params, body, perform }) => perform(correctPlanAction, { ...params, ...body }),
  }),
  route(withdrawPlan, {
    permission: 'learning.plan.withdraw',
    handle: ({ params, body, perform }) => perform(withdrawPlanAction, { ...params, ...body }),
  }),
  route(trainingCoverage, {
    permission: 'learning.plan.read',
    handle: async ({ query, read, platform }) => {
      const asked = inYear(query, platform.clock.today())
      return { year: asked.year, groups: await read((db) => coverageOf(db, asked)) }
    },
  }),
  route(trainingShares, {
    permission: 'learning.plan.read',
    handle: async ({ query, read, platform }) => {
      const asked = inYear(query, platform.clock.today())
      return { year: asked.year, items: await read((db) => sharesOf(db, asked)) }
    },
  }),
]
