import { z } from 'zod'
import { endpoint } from '../kernel/http/endpoint.ts'
import { civilDate } from '../kernel/time/civil-date.ts'

export const health = endpoint({
  method: 'GET',
  path: '/api/v1/health',
  tag: '运行',
  summary: '服务与数据库是否可用',
  reply: z.object({ status: z.literal('ok'), today: civilDate }),
})
