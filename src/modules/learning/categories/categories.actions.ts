import { action } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { addCategory, changeCreditingRule, creditingRules } from './categories.contract.ts'
import { insertCategory, updateCreditingRule } from './categories.store.ts'

export const addCategoryAction = action({
  name: 'learning.category.add',
  input: addCategory.body,
  touches: () => [],
  run: async (work, input) => {
    if (!(await insertCategory(work, input))) throw new Problem('learning.category_taken')
    return { reply: { code: input.code }, objects: [{ kind: 'training_category', id: input.code }], fields: { ...input } }
  },
})

export const changeCreditingRuleAction = action({
  name: 'learning.crediting_rule.change',
  input: changeCreditingRule.body.extend(changeCreditingRule.params.shape),
  touches: () => [],
  run: async (work, input) => {
    const { title, most } = creditingRules[input.code]
    if (input.value > most)
      throw new Problem('learning.crediting_rule_value', {
        errors: [{ field: 'value', message: `“${title}”不超过 ${most}。` }],
      })
    if (!(await updateCreditingRule(work, input))) throw new Problem('learning.crediting_rule_unknown')
    return { reply: { code: input.code }, objects: [{ kind: 'crediting_rule', id: input.code }], fields: { ...input } }
  },
})
