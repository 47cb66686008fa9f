import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'

problems({
  'desk.search_too_short': { status: 422, title: '请至少输入两个字再查找。' },
  'desk.search_place_stale': { status: 400, title: '翻页位置已失效，请重新查找。' },
})

export const foundRecord = z.object({
  kind: z.string(),
  noun: z.string(),
  id: z.string(),
  title: z.string(),
  organization: z.string().nullable(),
  happenedOn: civilDate,
  /** Where the words stand when not in the title. */
  around: z.string().nullable(),
  /** Address in the site. */
  link: z.string(),
})
export type FoundRecord = z.infer<typeof foundRecord>

export const searchRecords = endpoint({
  method: 'GET',
  path: '/api/v1/search',
  tag: '工作台',
  summary: '按词查找自己看得到的一切记录，新的在前；几个词用空格隔开，都要出现',
  query: z.strictObject({
    text: z.string().trim().max(100).meta({ title: '查找什么', help: '至少两个字；几个词用空格隔开' }),
    kind: z.string().max(60).optional().meta({ title: '种类' }),
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  reply: z.object({
    /** Words that were looked for. */
    words: z.array(z.string()),
    kinds: z.array(z.object({ kind: z.string(), noun: z.string() })),
    items: z.array(foundRecord),
    next: z.string().nullable(),
  }),
})
