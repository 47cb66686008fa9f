import { z } from 'zod'
import { endpoint } from '../http/endpoint.ts'

/** How a long job stands; `result` is what the job's kind declares. */
export const showJob = endpoint({
  method: 'GET',
  path: '/api/v1/jobs/:id',
  tag: '后台任务',
  summary: '一项后台任务办到哪里（只看得到自己发起的）',
  params: z.strictObject({ id: z.string().max(60) }),
  reply: z.object({
    id: z.string(),
    kind: z.string(),
    state: z.enum(['queued', 'running', 'done', 'failed']).meta({ title: '状态' }),
    done: z.number().int(),
    total: z.number().int().nullable(),
    message: z.string().nullable(),
    result: z.unknown(),
  }),
})
