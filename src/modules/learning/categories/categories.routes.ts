import { type Route, route } from '../../../kernel/http/route.ts'
import { addCategoryAction, changeCreditingRuleAction } from './categories.actions.ts'
import { addCategory, changeCreditingRule, listCategories, listCreditingRules } from './categories.contract.ts'
import './categories.policy.ts'
import { categoriesDefined, creditingRulesHeld } from './categories.store.ts'

export const categoriesRoutes: readonly Route[] = [
  route(listCategories, {
    permission: 'learning.category.read',
    handle: async ({ read }) => ({ items: await read(categoriesDefined), next: null }),
  }),
  route(addCategory, {
    permission: 'learning.category.add',
    handle: ({ body, perform }) => perform(addCategoryAction, body),
  }),
  route(listCreditingRules, {
    permission: 'learning.category.read',
    handle: async ({ read }) => ({ items: await read(creditingRulesHeld), next: null }),
  }),
  route(changeCreditingRule, {
    permission: 'learning.crediting_rule.change',
    handle: ({ params, body, perform }) => perform(changeCreditingRuleAction, { ...params, ...body }),
  }),
]
