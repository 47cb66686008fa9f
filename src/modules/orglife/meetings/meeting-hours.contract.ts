import { z } from 'zod'

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: '时间请写成 14:30 的样子。' })

/** When it began and ended and what was said, each free to be left out. */
export const proceedings = {
  startsAt: clockTime.optional().meta({ title: '开始时间', help: '可不填' }),
  endsAt: clockTime.optional().meta({ title: '结束时间', help: '可不填' }),
  minutes: z
    .string()
    .trim()
    .max(20_000, { error: '纪要不超过 20000 个字。' })
    .optional()
    .meta({ title: '会议纪要', help: '可不填' }),
}

export const proceedingsShown = z.object({
  startsAt: z.string().nullable(),
  endsAt: z.string().nullable(),
  minutes: z.string().nullable(),
})
