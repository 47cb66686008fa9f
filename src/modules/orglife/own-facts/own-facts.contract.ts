import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'

problems({
  'orglife.not_a_person': { status: 422, title: '这个账号没有对应的人，没有本人的记录可看。' },
  'orglife.fact_not_found': { status: 404, title: '没有找到这条记录，或者它没有写到您。' },
  'orglife.correction_pending': { status: 409, title: '这条记录您已经提过，支部还没有答复，请等答复。' },
  'orglife.correction_not_found': { status: 404, title: '没有找到这份更正申请，或不在您的管理范围内。' },
  'orglife.own_correction': { status: 409, title: '这是您自己提的，请支部的别的同志或上级答复。' },
})

const tag = '本人的记录'
const named = z.object({ id: z.string(), name: z.string() })
const written = (what: string) =>
  z
    .string()
    .trim()
    .min(2, { error: `请写明${what}。` })
    .max(500)
    .meta({ title: what })

export const outcomes = { corrected: '已经更正', kept: '核对无误，不改' } as const
const outcome = z.enum(Object.keys(outcomes) as [keyof typeof outcomes, ...(keyof typeof outcomes)[]])

const question = z.object({
  id: z.string(),
  state: z.enum(['asked', 'answered']),
  text: z.string(),
  outcome: outcome.nullable(),
  answer: z.string().nullable(),
})

export const ownFact = z.object({
  kind: z.string(),
  /** 会议, 工作纪实, 微宣讲 … */
  noun: z.string(),
  id: z.string(),
  title: z.string(),
  heldOn: civilDate,
  organization: named,
  /** What the record says of the reader: 到会, 缺席（出差）, 宣讲人 … */
  says: z.string(),
  link: z.string(),
  /** The last request about it. */
  question: question.nullable(),
})
export type OwnFact = z.infer<typeof ownFact>

export const listOwnFacts = endpoint({
  method: 'GET',
  path: '/api/v1/me/facts',
  tag,
  summary: '组织生活记录里写到本人的事实；没有分数，也没有高低',
  query: pageQuery.extend({ year: z.coerce.number().int().min(2000).max(2100).optional().meta({ title: '年份' }) }),
  reply: listOf(ownFact),
})
export const askFactCorrection = endpoint({
  method: 'POST',
  path: '/api/v1/me/facts/corrections',
  tag,
  summary: '本人认为记录有误，请记录的组织核对',
  body: z.strictObject({
    kind: z.string().max(40).meta({ title: '记录种类' }),
    id: z.string().max(60).meta({ title: '记录' }),
    text: written('哪里不对'),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
})

export const factCorrection = question.extend({
  person: named,
  organization: named,
  noun: z.string(),
  title: z.string(),
  link: z.string(),
  askedOn: civilDate,
  mayAnswer: z.boolean(),
})
export type FactCorrection = z.infer<typeof factCorrection>
export const listFactCorrections = endpoint({
  method: 'GET',
  path: '/api/v1/fact-corrections',
  tag,
  summary: '记录更正申请：本人提的和本组织要答复的',
  query: pageQuery.extend({ state: z.enum(['asked', 'answered']).optional() }),
  reply: listOf(factCorrection),
})
export const answerFactCorrection = endpoint({
  method: 'POST',
  path: '/api/v1/fact-corrections/:id/answer',
  tag,
  summary: '答复更正申请；要改的先更正记录，再答复',
  params: z.strictObject({ id: z.string().max(60) }),
  body: z.strictObject({ outcome: outcome.meta({ title: '结果' }), answer: written('答复的理由') }),
  reply: z.object({ id: z.string() }),
})
