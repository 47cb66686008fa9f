import { z } from 'zod'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { ceremonies } from './ceremonies.contract.ts'

const tag = ceremonies.noun
export const birthdays = z.object({
  organization: z.object({ id: z.string(), name: z.string() }),
  on: z.boolean(),
  /** Of the coming month, the first first; empty where it is switched off. */
  people: z.array(z.object({ id: z.string(), name: z.string(), day: civilDate, years: z.number().int() })),
})
export type Birthdays = z.infer<typeof birthdays>

export const showBirthdays = endpoint({
  method: 'GET',
  path: '/api/v1/ceremonies/birthdays',
  tag,
  summary: '开启了政治生日提示的支部，今后一个月里谁的入党日到了；不同意提示的人不在内',
  query: z.strictObject({ organization: organizationId }),
  reply: birthdays,
})
export const switchBirthdays = endpoint({
  method: 'POST',
  path: '/api/v1/ceremonies/birthdays',
  tag,
  summary: '支部开启或关闭政治生日提示，平时是关着的',
  body: z.strictObject({ organizationId, on: z.boolean().meta({ title: '提示政治生日' }) }),
  reply: z.object({ on: z.boolean() }),
})
export const ownBirthday = endpoint({
  method: 'GET',
  path: '/api/v1/my-birthday',
  tag,
  summary: '我是否同意支部看到我的政治生日',
  reply: z.object({ shown: z.boolean() }),
})
export const declineBirthday = endpoint({
  method: 'POST',
  path: '/api/v1/my-birthday',
  tag,
  summary: '同意或不同意支部看到我的政治生日；不问理由',
  body: z.strictObject({ shown: z.boolean().meta({ title: '同意提示' }) }),
  reply: z.object({ shown: z.boolean() }),
})
