import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { status } from '../obligations/obligations.contract.ts'

/** One duty in the calendar: also one whose period has not begun yet. */
export const calendarDuty = z.object({
  requirement: z.string(),
  title: z.string(),
  dimension: z.string(),
  strength: z.enum(['hard', 'soft']),
  subject: z.object({ id: z.string(), name: z.string(), kind: z.enum(['organization', 'person']) }),
  organization: z.object({ id: z.string(), name: z.string() }),
  period: z.string(),
  starts: civilDate,
  due: civilDate,
  lateAfter: civilDate,
  /** From this day on those who keep it are reminded. */
  noticeOn: civilDate,
  status,
})
export type CalendarDuty = z.infer<typeof calendarDuty>

export const showCalendar = endpoint({
  method: 'GET',
  path: '/api/v1/calendar',
  tag: '要求与指标',
  summary: '应办日历：一个组织（连同在此任职的人）在一段时间内到期的事项，最远到十二个月以后',
  query: z.strictObject({
    organization: z.string().max(60).meta({ title: '组织' }),
    from: civilDate.optional().meta({ title: '自' }),
    to: civilDate.optional().meta({ title: '至' }),
  }),
  reply: z.object({ items: z.array(calendarDuty), from: civilDate, to: civilDate }),
})

export const showOwnCalendar = endpoint({
  method: 'GET',
  path: '/api/v1/me/duties',
  tag: '要求与指标',
  summary: '本人的应办日历：本人作为党员、因职务应办的事项，最远到十二个月以后',
  query: z.strictObject({ from: civilDate.optional().meta({ title: '自' }), to: civilDate.optional().meta({ title: '至' }) }),
  reply: z.object({ items: z.array(calendarDuty), from: civilDate, to: civilDate }),
})

export const showSubscription = endpoint({
  method: 'GET',
  path: '/api/v1/me/calendar',
  tag: '本人账号',
  summary: '本人的日历订阅：有没有，哪天建立',
  reply: z.object({ createdOn: civilDate.nullable() }),
})

export const makeSubscription = endpoint({
  method: 'POST',
  path: '/api/v1/me/calendar',
  tag: '本人账号',
  summary: '建立或更换日历订阅地址；地址只显示这一次，原来的随即失效',
  body: z.strictObject({}),
  reply: z.object({ path: z.string() }),
  status: 201,
})

export const dropSubscription = endpoint({
  method: 'POST',
  path: '/api/v1/me/calendar/revoke',
  tag: '本人账号',
  summary: '停用日历订阅地址',
  body: z.strictObject({}),
  reply: z.object({ createdOn: z.null() }),
})

export const feed = endpoint({
  method: 'GET',
  path: '/api/v1/calendar/:file',
  tag: '要求与指标',
  summary: '日历订阅（iCalendar）：凭地址中的密钥读取，只有事项名称、组织和日期',
  params: z.strictObject({ file: z.string().max(200) }),
  reply: z.undefined(),
})

problems({
  'rulebook.calendar_not_found': { status: 404, title: '没有这个日历地址。请在应办日历页面重新生成。' },
  'rulebook.calendar_span': { status: 422, title: '一次最多看十四个月，请把起止日期选近一些。' },
  'rulebook.calendar_none': { status: 409, title: '现在没有在用的订阅地址，不用停用。' },
})
