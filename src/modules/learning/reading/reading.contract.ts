import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'

const tag = '荐书读书'
problems({
  'learning.reading_list_not_found': { status: 404, title: '没有找到这一期荐书，或不在您的范围内。' },
  'learning.reading_note_not_found': { status: 404, title: '没有找到这份心得，或不是您写的。' },
  'learning.reading_in_future': { status: 422, title: '日期还没到，推荐以后再记。' },
  'learning.reading_note_nobody': { status: 422, title: '您的帐号没有对应的人员或支部，不能写心得。' },
})

/** The five of D2.1. */
export const bookCategories = {
  political_theory: '政治理论',
  party_rules: '党规党纪',
  economy: '经济社会',
  science: '科学技术',
  law: '法律法规',
} as const
export type BookCategory = keyof typeof bookCategories
export const bookCategory = z
  .enum(Object.keys(bookCategories) as [BookCategory, ...BookCategory[]], { error: '请选类别。' })
  .meta({ title: '类别', titles: bookCategories })

export const readingStates = { recommended: '在荐', withdrawn: '已撤回' } as const
export const ofList = z.strictObject({ id: z.string().max(60).meta({ title: '荐书' }) })
const reason = (what: string) =>
  z
    .string()
    .trim()
    .min(2, { error: `请写明${what}。` })
    .max(300)
    .meta({ title: what })
export const book = z.strictObject({
  category: bookCategory,
  title: z.string().trim().min(1, { error: '请写书名。' }).max(100).meta({ title: '书名' }),
  author: z.string().trim().max(60).optional().meta({ title: '作者' }),
  remark: z.string().trim().max(300).optional().meta({ title: '为什么推荐' }),
})
export const readingBody = z.strictObject({
  organizationId,
  title: z.string().trim().min(1, { error: '请写这一期的名称。' }).max(100).meta({ title: '名称', help: '如：2026年第三期' }),
  issuedOn: civilDate.meta({ title: '推荐日期' }),
  note: z.string().trim().max(1000).optional().meta({ title: '说明' }),
  books: z.array(book).min(1, { error: '请至少荐一本。' }).max(50).meta({ title: '书目' }),
})
export const recommendReading = endpoint({
  method: 'POST',
  path: '/api/v1/reading-lists',
  tag,
  summary: '荐一期书，给本组织和所有下级；读不读、读多久都不记',
  body: readingBody,
  reply: z.object({ id: z.string() }),
  status: 201,
})
export const correctReading = endpoint({
  method: 'POST',
  path: '/api/v1/reading-lists/:id/correct',
  tag,
  summary: '更正一期荐书；原记录留存',
  params: ofList,
  body: readingBody
    .omit({ organizationId: true })
    .extend({ revision: z.number().int().meta({ title: '所改的版本' }), reason: reason('更正理由') }),
  reply: z.object({ id: z.string(), revision: z.number().int() }),
})
export const withdrawReading = endpoint({
  method: 'POST',
  path: '/api/v1/reading-lists/:id/withdraw',
  tag,
  summary: '撤回误记的荐书；记录仍在，不再计入',
  params: ofList,
  body: z.strictObject({ reason: reason('撤回理由') }),
  reply: z.object({ id: z.string() }),
})
export const readingLine = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(['recommended', 'withdrawn']),
  organization: z.object({ id: z.string(), name: z.string() }),
  issuedOn: civilDate,
  recordedOn: civilDate,
  categories: z.array(bookCategory),
  books: z.number().int(),
})
export type ReadingLine = z.infer<typeof readingLine>
export const listReading = endpoint({
  method: 'GET',
  path: '/api/v1/reading-lists',
  tag,
  summary: '荐书列表：上级推荐给我们的和下级自己荐的',
  query: pageQuery.extend({
    year: z.coerce.number().int().min(2000).max(2100).optional().meta({ title: '年度' }),
    category: bookCategory.optional(),
    state: z.enum(['recommended', 'withdrawn']).optional(),
    under: organizationId.optional(),
    text: z.string().trim().max(50).optional(),
  }),
  reply: listOf(readingLine),
})
export const readingPage = readingLine.omit({ books: true }).extend({
  revision: z.number().int(),
  note: z.string().nullable(),
  stateReason: z.string().nullable(),
  books: z.array(
    z.object({ category: bookCategory, title: z.string(), author: z.string().nullable(), remark: z.string().nullable() }),
  ),
  /** Shared in the reader's own branch, and the reader's own. */
  notes: z.array(z.object({ id: z.string(), author: z.string(), own: z.boolean(), text: z.string(), sharedOn: z.string() })),
  abilities: z.array(z.string()),
})
export type ReadingPage = z.infer<typeof readingPage>
export const showReading = endpoint({
  method: 'GET',
  path: '/api/v1/reading-lists/:id',
  tag,
  summary: '一期荐书的书目，和本支部同志自愿交流的心得',
  params: ofList,
  reply: readingPage,
})
export const shareNote = endpoint({
  method: 'POST',
  path: '/api/v1/reading-lists/:id/notes',
  tag,
  summary: '写一份读书心得，只在本支部交流；自愿，可以随时收回',
  params: ofList,
  body: z.strictObject({
    text: z
      .string()
      .trim()
      .min(1, { error: '请写几句。' })
      .max(5000)
      .meta({ title: '心得', help: '长短都可以，只有本支部的同志看得到' }),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
})
export const withdrawNote = endpoint({
  method: 'POST',
  path: '/api/v1/reading-notes/:id/withdraw',
  tag,
  summary: '收回本人的心得；文字随即删去',
  params: z.strictObject({ id: z.string().max(60).meta({ title: '心得' }) }),
  reply: z.object({ id: z.string() }),
})
