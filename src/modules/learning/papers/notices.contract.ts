import { z } from 'zod'
import { endpoint } from '../../../kernel/http/endpoint.ts'

const of = z.strictObject({ id: z.string().max(60) })

export const trainingNotice = endpoint({
  method: 'GET',
  path: '/api/v1/training-classes/:id/notice',
  tag: '培训班',
  summary: '培训通知的 Word 文件：时间、地点、课程、对象和名单，从培训班编成',
  params: of,
  reply: z.unknown(),
})

export const studyPlanPaper = endpoint({
  method: 'GET',
  path: '/api/v1/study-plans/:id/paper',
  tag: '学习计划',
  summary: '学习计划的 Word 文件：学什么、谁学、什么时候学完',
  params: of,
  reply: z.unknown(),
})
