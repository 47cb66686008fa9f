import { z } from 'zod'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'

/** How pressing: short already, soon due, waiting on somebody else, good to know. Always shown with its word. */
export const tones = { short: '已欠', soon: '待办', waiting: '在等', info: '留意' } as const
export type Tone = keyof typeof tones
export const tone = z.enum(Object.keys(tones) as [Tone, ...Tone[]]).meta({ title: '紧急程度' })

export const dueItem = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  detail: z.string(),
  due: civilDate.nullable(),
  tone,
  /** Address in the site of where it is done. */
  link: z.string(),
  /** How many stand behind an item that sums up. */
  count: z.number().int().optional(),
})
export type DueItem = z.infer<typeof dueItem>

export const listDue = endpoint({
  method: 'GET',
  path: '/api/v1/due',
  tag: '工作台',
  summary: '等我办的事：急的在前，同类的合并成一条',
  reply: z.object({
    today: civilDate,
    items: z.array(dueItem),
    /** Things behind the items, by tone. */
    counts: z.object({ short: z.number().int(), soon: z.number().int(), waiting: z.number().int(), info: z.number().int() }),
  }),
})
