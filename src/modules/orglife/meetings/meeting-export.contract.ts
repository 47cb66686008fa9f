import { z } from 'zod'
import { endpoint } from '../../../kernel/http/endpoint.ts'
import { listMeetings } from './meetings.contract.ts'

export const exportMeetings = endpoint({
  method: 'GET',
  path: '/api/v1/meetings/export',
  tag: '会议',
  summary: '会议记录列表导出为 Excel；筛选与列表相同',
  query: listMeetings.query.omit({ after: true, limit: true }),
  reply: z.unknown(),
})
