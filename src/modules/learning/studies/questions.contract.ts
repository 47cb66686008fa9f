import { z } from 'zod'

export const questionKinds = { single: '单选', multiple: '多选', true_false: '判断' } as const
export type QuestionKind = keyof typeof questionKinds
/** What a true-or-false question offers. */
export const trueFalse = ['对', '错'] as const

/** A question as it is kept; options are counted from 1. */
export const question = z
  .strictObject({
    kind: z.enum(Object.keys(questionKinds) as [QuestionKind, ...QuestionKind[]]).meta({ title: '题型', titles: questionKinds }),
    text: z.string().trim().min(2, { error: '请写题目。' }).max(500).meta({ title: '题目' }),
    options: z
      .array(z.string().trim().min(1, { error: '选项不能为空。' }).max(200))
      .max(8)
      .default([])
      .meta({ title: '选项' }),
    right: z.array(z.number().int().min(1).max(8)).min(1, { error: '请写正确答案。' }).max(8).meta({ title: '正确答案' }),
    explanation: z.string().trim().max(1000).optional().meta({ title: '解析' }),
  })
  .superRefine((given, context) => {
    for (const [path, message] of faultsOf(given)) context.addIssue({ code: 'custom', path: [path], message })
  })
export type Question = z.output<typeof question>

function faultsOf(given: {
  kind: QuestionKind
  options: readonly string[]
  right: readonly number[]
}): ['options' | 'right', string][] {
  if (given.kind === 'true_false')
    return given.right.length === 1 && (given.right[0] ?? 0) <= 2 ? [] : [['right', '判断题的答案写“对”或“错”。']]
  const faults: ['options' | 'right', string][] = []
  if (given.options.length < 2) faults.push(['options', '请至少写两个选项。'])
  if (new Set(given.options).size < given.options.length) faults.push(['options', '有两个选项相同。'])
  if (given.right.some((one) => one > given.options.length)) faults.push(['right', '答案不在选项里。'])
  if (given.kind === 'single' && given.right.length !== 1) faults.push(['right', '单选题只有一个正确答案。'])
  return faults
}
