import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint } from '../../../kernel/http/endpoint.ts'

const tag = '培训班'
problems({
  'learning.category_taken': { status: 409, title: '已有同名或同代号的课程类别，请直接使用，或换一个名称。' },
  'learning.category_unknown': { status: 422, title: '没有这个课程类别，请从所列类别中选；需要新的类别请工委添加。' },
  'learning.crediting_rule_unknown': { status: 404, title: '没有这条学时规则。' },
  'learning.crediting_rule_value': { status: 422, title: '这个数不合适，请按提示填写。' },
})

export const categoryCode = z
  .string()
  .regex(/^[a-z][a-z0-9_]{1,39}$/, { error: '代号用小写字母、数字和下划线，以字母开头。' })
  .meta({ title: '类别代号' })
export const category = z.object({ code: z.string(), title: z.string(), politicalTheory: z.boolean() })
export type Category = z.infer<typeof category>

export const listCategories = endpoint({
  method: 'GET',
  path: '/api/v1/training-categories',
  tag,
  summary: '课程类别，哪些算政治理论',
  reply: z.object({ items: z.array(category), next: z.string().nullable() }),
})
export const addCategory = endpoint({
  method: 'POST',
  path: '/api/v1/training-categories',
  tag,
  summary: '工委添加课程类别；添加后不能改是否算政治理论，以免从前的比重变动',
  body: z.strictObject({
    code: categoryCode,
    title: z.string().trim().min(2, { error: '请填名称，至少两个字。' }).max(20).meta({ title: '名称' }),
    politicalTheory: z.boolean().meta({ title: '算政治理论' }),
  }),
  reply: z.object({ code: z.string() }),
  status: 201,
})

export const creditingRules = {
  self_study_cap: { title: '自学每人每年最多计入的学时', unit: '学时', most: 1000 },
  day_hours: { title: '一天折算的学时（半天折一半）', unit: '学时', most: 24 },
  leave_share: { title: '脱产培训请假不超过总学时的比例', unit: '比例', most: 1 },
} as const
export type CreditingRuleCode = keyof typeof creditingRules
export const creditingRuleCode = z.enum(Object.keys(creditingRules) as [CreditingRuleCode, ...CreditingRuleCode[]])
export const creditingRule = z.object({
  code: creditingRuleCode,
  title: z.string(),
  unit: z.string(),
  value: z.number(),
  enabled: z.boolean(),
  reason: z.string().nullable(),
})
export type CreditingRule = z.infer<typeof creditingRule>
export const listCreditingRules = endpoint({
  method: 'GET',
  path: '/api/v1/crediting-rules',
  tag: '学时',
  summary: '学时计入的本地规则：自学上限、折算、请假比例',
  reply: z.object({ items: z.array(creditingRule), next: z.string().nullable() }),
})
export const changeCreditingRule = endpoint({
  method: 'PUT',
  path: '/api/v1/crediting-rules/:code',
  tag: '学时',
  summary: '工委改学时规则，写明依据；已计入的学时不变',
  params: z.strictObject({ code: creditingRuleCode }),
  body: z.strictObject({
    value: z.number().min(0).max(1000).meta({ title: '数值' }),
    enabled: z.boolean().meta({ title: '启用' }),
    reason: z.string().trim().min(2, { error: '请写明依据。' }).max(300).meta({ title: '依据' }),
  }),
  reply: z.object({ code: z.string() }),
})
