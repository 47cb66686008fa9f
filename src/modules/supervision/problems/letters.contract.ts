import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { named, reason, words } from '../records/records.contract.ts'
import { problemDimension } from './problems.contract.ts'

export const letterPlaces = endpoint({
  method: 'GET',
  path: '/api/v1/problem-letters/units',
  tag: '督办',
  summary: '匿名反映可以选的单位（不用登录）',
  reply: z.object({ items: z.array(named) }),
})
export const sendLetter = endpoint({
  method: 'POST',
  path: '/api/v1/problem-letters',
  tag: '督办',
  summary: '匿名反映问题（不用登录）：只保存单位、方面、内容和日期',
  body: z.strictObject({
    organizationId: organizationId.meta({ title: '反映哪个单位' }),
    dimension: problemDimension,
    body: words('反映的问题', 4000),
  }),
  reply: z.object({ kept: z.literal(true) }),
  status: 201,
})
export const letterLine = z.object({
  id: z.string(),
  organization: named,
  dimension: problemDimension,
  body: z.string(),
  toldOn: civilDate,
})
export type LetterLine = z.infer<typeof letterLine>
export const listLetters = endpoint({
  method: 'GET',
  path: '/api/v1/problem-letters',
  tag: '督办',
  summary: '等工委筛看的匿名来信',
  query: pageQuery,
  reply: listOf(letterLine),
})
const one = z.strictObject({ id: z.string().max(60) })
export const takeLetter = endpoint({
  method: 'POST',
  path: '/api/v1/problem-letters/:id/take',
  tag: '督办',
  summary: '采用来信，另写成一个问题；原信的话不给被反映的单位看',
  params: one,
  body: z.strictObject({ title: words('问题', 100), description: words('具体情况', 2000) }),
  reply: z.object({ id: z.string() }),
})
export const setLetterAside = endpoint({
  method: 'POST',
  path: '/api/v1/problem-letters/:id/set-aside',
  tag: '督办',
  summary: '来信不采用，说明理由',
  params: one,
  body: z.strictObject({ reason }),
  reply: z.object({ id: z.string() }),
})
problems({
  'supervision.letter_not_found': { status: 404, title: '没有找到这封来信，或已由别人筛看。' },
  'supervision.letter_not_allowed_now': { status: 409, title: '这封来信已经筛看过，请看问题清单。' },
  'supervision.letters_too_many': { status: 429, title: '现在来信太多，请过一小时再提交。您写的内容还在页面上。' },
})
