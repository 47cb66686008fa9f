import { z } from 'zod'
import { endpoint } from '../../../kernel/http/endpoint.ts'

const of = z.strictObject({ id: z.string().max(60) })

export const meetingMinutes = endpoint({
  method: 'GET',
  path: '/api/v1/meetings/:id/minutes',
  tag: '会议',
  summary: '会议纪要的 Word 文件，从会议记录编成',
  params: of,
  reply: z.unknown(),
})

export const meetingAttendance = endpoint({
  method: 'GET',
  path: '/api/v1/meetings/:id/attendance-sheet',
  tag: '会议',
  summary: '到会名单的 Word 文件：预定的会议供现场用，记过的会议写明到会情况',
  params: of,
  reply: z.unknown(),
})
