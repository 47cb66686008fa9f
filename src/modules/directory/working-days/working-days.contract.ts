import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'

export const specialKinds = { off: '放假', work: '上班' } as const
export const specialDay = z.strictObject({
  day: civilDate.meta({ title: '日期' }),
  kind: z.enum(['off', 'work']).meta({ title: '放假或上班' }),
  name: z.string().trim().min(1, { error: '请写明节日或缘由。' }).max(30).meta({ title: '节日或缘由' }),
})
export type SpecialDay = z.infer<typeof specialDay>

/** Deadlines in working days are counted over a year or so; nobody knows the days off much further ahead. */
const year = z.coerce.number().int().min(2020).max(2100).meta({ title: '年份' })

export const showWorkingDays = endpoint({
  method: 'GET',
  path: '/api/v1/working-days',
  tag: '组织',
  summary: '工作日历：一年的放假日和调休上班日',
  query: z.object({ year }),
  reply: z.object({
    year: z.number().int(),
    days: z.array(specialDay),
    /** Null when nobody has entered the year: then Monday to Friday are working days. */
    source: z.string().nullable(),
    setOn: civilDate.nullable(),
    /** The years that have been entered. */
    years: z.array(z.number().int()),
  }),
})

export const setWorkingDays = endpoint({
  method: 'PUT',
  path: '/api/v1/working-days/:year',
  tag: '组织',
  summary: '录入一年的放假日和调休上班日；已经定下的到期日不变',
  params: z.object({ year }),
  body: z.strictObject({
    days: z.array(specialDay).max(200).meta({ title: '放假日和调休上班日' }),
    source: z.string().trim().min(4, { error: '请写明依据的通知或决定。' }).max(200).meta({ title: '依据' }),
  }),
  reply: z.object({ year: z.number().int(), days: z.number().int() }),
})

problems({
  'directory.working_days_wrong': { status: 422, title: '工作日历里有日期不对，请按提示修改后再保存。' },
})
