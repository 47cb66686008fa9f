import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint } from '../../../kernel/http/endpoint.ts'

export const named = z.object({ id: z.string(), name: z.string() })

/** A step as every page of a record shows it: who signed in which capacity, when, why, and what was said. */
export const recordStep = z.object({
  revision: z.number().int(),
  action: z.string(),
  actionName: z.string(),
  by: z.string(),
  signedAs: z.string(),
  at: z.string(),
  reason: z.string().nullable(),
  details: z.array(z.object({ label: z.string(), text: z.string() })),
})
export type RecordStep = z.infer<typeof recordStep>

/** What a reader may do now, and why something the state allows is not theirs. */
export const offer = { abilities: z.array(z.string()), notices: z.array(z.string()) }

export const reason = z.string().trim().min(2, { error: '请写明理由。' }).max(500).meta({ title: '理由' })
export const words = (title: string, most = 1000) =>
  z
    .string()
    .trim()
    .min(2, { error: `请写明${title}。` })
    .max(most)
    .meta({ title })

/** A verb of a record as a POST sub-resource. */
export const verbOf =
  <State extends z.ZodType>(collection: string, state: State) =>
  <Body extends z.ZodType>(verb: string, summary: string, body: Body) =>
    endpoint({
      method: 'POST',
      path: `/api/v1/${collection}/:id/${verb}`,
      tag: '督办',
      summary,
      params: z.strictObject({ id: z.string().max(60) }),
      body,
      reply: z.object({ id: z.string(), state, revision: z.number().int() }),
    })

problems({
  'supervision.bulk_field_needed': { status: 422, title: '这一项还缺要填的内容。' },
  'supervision.bulk_not_of_kind': { status: 409, title: '这一类事项不能这样办。' },
  'supervision.cursor_stale': { status: 400, title: '翻页位置已失效，请从第一页重新查看。' },
})
