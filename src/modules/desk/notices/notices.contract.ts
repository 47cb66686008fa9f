import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'

export const notice = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  body: z.string(),
  /** Address in the site. */
  link: z.string(),
  urgent: z.boolean(),
  at: z.string(),
  putAway: z.boolean(),
})
export type NoticeLine = z.infer<typeof notice>

export const listNotices = endpoint({
  method: 'GET',
  path: '/api/v1/notices',
  tag: '工作台',
  summary: '给我的通知，新的在前；total 是还没收起的条数。是否看过不作记录',
  query: pageQuery.extend({ putAway: z.enum(['yes']).optional().meta({ title: '含已收起的' }) }),
  reply: listOf(notice),
})

export const putAwayNotice = endpoint({
  method: 'POST',
  path: '/api/v1/notices/:id/put-away',
  tag: '工作台',
  summary: '收起一条通知',
  params: z.strictObject({ id: z.string().max(60) }),
  reply: z.object({ id: z.string() }),
})

problems({
  'desk.notice_not_found': { status: 404, title: '没有找到这条通知。它可能已经收起，请刷新后再看。' },
})
