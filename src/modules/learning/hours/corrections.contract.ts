import { z } from 'zod'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'

const tag = '学时'
const written = (what: string) =>
  z
    .string()
    .trim()
    .min(2, { error: `请写明${what}。` })
    .max(500)
    .meta({ title: what })

export const askCorrection = endpoint({
  method: 'POST',
  path: '/api/v1/hours/corrections',
  tag,
  summary: '本人认为学时有误，请登记的组织核对更正',
  body: z.strictObject({
    about: z.string().max(60).meta({ title: '培训班或学习记录' }),
    text: written('哪里不对'),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
})
export const answerCorrection = endpoint({
  method: 'POST',
  path: '/api/v1/hours/corrections/:id/answer',
  tag,
  summary: '答复学时更正申请；需要改的先更正记录，再答复',
  params: z.strictObject({ id: z.string().max(60).meta({ title: '更正申请' }) }),
  body: z.strictObject({ answer: written('答复') }),
  reply: z.object({ id: z.string() }),
})
export const correctionLine = z.object({
  id: z.string(),
  state: z.enum(['asked', 'answered']),
  person: z.string(),
  about: z.string(),
  link: z.string(),
  text: z.string(),
  answer: z.string().nullable(),
  mayAnswer: z.boolean(),
})
export type CorrectionLine = z.infer<typeof correctionLine>
export const listCorrections = endpoint({
  method: 'GET',
  path: '/api/v1/hours/corrections',
  tag,
  summary: '学时更正申请：本人的和本组织要答复的',
  query: pageQuery.extend({ state: z.enum(['asked', 'answered']).optional() }),
  reply: listOf(correctionLine),
})
