import { z } from 'zod'
import { civilDate } from '../../../kernel/time/civil-date.ts'

const named = (missing: string) => z.string({ error: missing }).min(1, { error: missing }).max(60)

/**
 * 项目到人到时到位: no task without organization, person, date and criterion. Each says by itself that it is missing. The text of the
 * task may be left to the matter or the item that it is made of.
 */
export const taskDraft = z.strictObject({
  organizationId: named('没有写承办单位：请选择由哪个组织承办。').meta({ title: '承办单位' }),
  ownerId: named('没有写责任人：请选择具体由谁负责。').meta({ title: '责任人' }),
  dueOn: z
    .string({ error: '没有写时限：请填何时完成。' })
    .min(1, { error: '没有写时限：请填何时完成。' })
    .pipe(civilDate)
    .meta({ title: '完成时限', format: 'date' }),
  criterion: z
    .string({ error: '没有写完成标准：办到什么程度算到位。' })
    .trim()
    .min(4, { error: '没有写完成标准：办到什么程度算到位。' })
    .max(500)
    .meta({ title: '完成标准', help: '办到什么程度算到位，核验时对照它。' }),
  title: z.string().trim().min(4, { error: '请写明办什么事。' }).max(200).meta({ title: '任务' }).optional(),
})
export type TaskDraft = z.output<typeof taskDraft>

export const taskDrafts = z
  .array(taskDraft)
  .min(1, { error: '请至少写一项任务。' })
  .max(200, { error: '一次最多分解 200 项。' })
  .meta({ title: '任务' })

export const givenTasks = z.object({ ids: z.array(z.string()) })
