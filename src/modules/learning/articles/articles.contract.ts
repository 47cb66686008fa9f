import { z } from 'zod'
import { problems } from '../../../kernel/errors/problem.ts'
import { endpoint, listOf, pageQuery } from '../../../kernel/http/endpoint.ts'
import { civilDate } from '../../../kernel/time/civil-date.ts'
import { organizationId } from '../../directory/organizations/organizations.contract.ts'
import { personId } from '../../directory/persons/persons.contract.ts'
import { type ArticleState, articleStates } from './articles.lifecycle.ts'

const tag = '调研文章'
problems({
  'learning.article_not_found': { status: 404, title: '没有找到这篇调研文章，或不在您的范围内。' },
  'learning.article_not_allowed_now': { status: 409, title: '文章现在的状态不能这样办。' },
  'learning.article_not_yours': { status: 403, title: '这篇文章不是您写的，只有作者本人能这样办。' },
  'learning.article_not_reviewer': { status: 403, title: '这篇文章没有送您评审，或您这一轮已经写过意见。' },
  'learning.article_own': { status: 409, title: '这是您自己的文章，请由其他同志送评审、定稿和发表。' },
  'learning.article_author_unknown': { status: 422, title: '您的帐号没有对应的人员，不能写文章。请用本人的帐号。' },
  'learning.article_not_word': { status: 422, title: '请上传 docx 格式的 Word 文件。' },
  'learning.article_empty': { status: 422, title: '文件里没有读到文字。请检查文件，另存为 docx 后再上传。' },
  'learning.similarity_newer': { status: 409, title: '有新提交的文章与这篇相同，比您看到的更多。请先看比对结果，再提交。' },
  'learning.reviewer_conflict': { status: 422, title: '评审人与作者有关联，请另选。' },
  'learning.reviewers_two': { status: 422, title: '请选至少两位评审人。' },
  'learning.opinions_two': { status: 409, title: '本轮还没有两份评审意见，意见到齐后再定稿。' },
})

const written = (what: string, most = 2000) =>
  z
    .string()
    .trim()
    .min(2, { error: `请写明${what}。` })
    .max(most)
    .meta({ title: what })
export const ofArticle = z.strictObject({ id: z.string().max(60).meta({ title: '调研文章' }) })
const revision = z.number().int().meta({ title: '所改的版本' })

export const place = z.strictObject({
  place: z.string().trim().min(2, { error: '请写到了哪里。' }).max(100).meta({ title: '地点' }),
  visitedOn: civilDate.meta({ title: '日期' }),
  note: z.string().trim().max(200).optional().meta({ title: '了解了什么', help: '可不填' }),
})
export const articleBody = z.strictObject({
  title: z.string().trim().min(2, { error: '请写题目。' }).max(100).meta({ title: '题目' }),
  fileId: z.string({ error: '请上传 Word 文件。' }).min(1, { error: '请上传 Word 文件。' }).max(60).meta({ title: 'Word 文件' }),
  places: z.array(place).min(1, { error: '请至少写一处调研地点。' }).max(30).meta({ title: '调研地点' }),
  remark: z.string().trim().max(1000).optional().meta({ title: '对相同段落的说明', help: '引用、合作的在这里说明，可不填' }),
})
export type ArticleInput = z.output<typeof articleBody>
const done = z.object({ id: z.string(), state: z.string(), revision: z.number().int() })

export const draftArticle = endpoint({
  method: 'POST',
  path: '/api/v1/articles',
  tag,
  summary: '起草调研文章：上传 Word，写明调研地点；提交之前只有本人看得到',
  body: articleBody,
  reply: done,
  status: 201,
})
export const correctArticle = endpoint({
  method: 'POST',
  path: '/api/v1/articles/:id/correct',
  tag,
  summary: '修改起草中或退回的文章；不换文件的不填文件',
  params: ofArticle,
  body: articleBody.extend({ fileId: articleBody.shape.fileId.optional(), revision }),
  reply: done,
})
export const submitArticle = endpoint({
  method: 'POST',
  path: '/api/v1/articles/:id/submit',
  tag,
  summary: '提交文章；先看过比对结果，写上看到的相同比例',
  params: ofArticle,
  body: z.strictObject({ revision, shown: z.number().int().min(0).max(100).meta({ title: '看到的相同比例' }) }),
  reply: done,
})
export const assignReviewers = endpoint({
  method: 'POST',
  path: '/api/v1/articles/:id/reviewers',
  tag,
  summary: '送至少两位外单位的同志评审；没有写意见的可以换人',
  params: ofArticle,
  body: z.strictObject({ personIds: z.array(personId).min(1).max(5).meta({ title: '评审人' }) }),
  reply: done,
})
export const reviewArticle = endpoint({
  method: 'POST',
  path: '/api/v1/articles/:id/reviews',
  tag,
  summary: '写评审意见；作者看得到意见，看不到评审人',
  params: ofArticle,
  body: z.strictObject({
    opinion: z
      .enum(['accept', 'revise'], { error: '请选意见。' })
      .meta({ title: '意见', titles: { accept: '可以定稿', revise: '修改后再看' } }),
    text: written('评审意见'),
  }),
  reply: done,
})
export const returnArticle = endpoint({
  method: 'POST',
  path: '/api/v1/articles/:id/return',
  tag,
  summary: '退回作者修改，写明理由；再提交时开始新的一轮',
  params: ofArticle,
  body: z.strictObject({ reason: written('退回理由', 500) }),
  reply: done,
})
export const acceptArticle = endpoint({
  method: 'POST',
  path: '/api/v1/articles/:id/accept',
  tag,
  summary: '定稿：本轮有两份评审意见；意见不一致的写明理由',
  params: ofArticle,
  body: z.strictObject({
    reason: z.string().trim().max(500).optional().meta({ title: '定稿理由', help: '有评审人要求修改的须写' }),
  }),
  reply: done,
})
export const publishArticle = endpoint({
  method: 'POST',
  path: '/api/v1/articles/:id/publish',
  tag,
  summary: '发表定稿的文章，全市可看',
  params: ofArticle,
  reply: done,
})
export const withdrawArticle = endpoint({
  method: 'POST',
  path: '/api/v1/articles/:id/withdraw',
  tag,
  summary: '撤回文章，作者本人或工委，写明理由；文章仍留存，不再计入',
  params: ofArticle,
  body: z.strictObject({ reason: written('撤回理由', 500) }),
  reply: done,
})

const state = z.enum(Object.keys(articleStates) as [ArticleState, ...ArticleState[]])
export const articleLine = z.object({
  id: z.string(),
  title: z.string(),
  state,
  author: z.string(),
  organization: z.string(),
  places: z.number().int(),
  createdOn: civilDate,
  submittedOn: civilDate.nullable(),
  acceptedOn: civilDate.nullable(),
  publishedOn: civilDate.nullable(),
})
export type ArticleLine = z.infer<typeof articleLine>
const yearAsked = z.coerce.number().int().min(2000).max(2100).optional().meta({ title: '年度' })
export const listArticles = endpoint({
  method: 'GET',
  path: '/api/v1/articles',
  tag,
  summary: '调研文章列表：本人的、送本人评审的、范围内的和已发表的',
  query: pageQuery.extend({
    year: yearAsked,
    state: state.optional().meta({ title: '状态' }),
    under: organizationId.optional(),
    mine: z.enum(['author', 'reviewer']).optional().meta({ title: '与我有关' }),
    text: z.string().trim().max(50).optional(),
  }),
  reply: listOf(articleLine),
})
export const articlePage = articleLine.extend({
  revision: z.number().int(),
  round: z.number().int(),
  own: z.boolean(),
  places: z.array(place),
  remark: z.string().nullable(),
  stateReason: z.string().nullable(),
  fileName: z.string(),
  characters: z.number().int(),
  reviews: z.array(
    z.object({
      round: z.number().int(),
      /** Null for the author, who sees opinions and not by whom. */
      reviewer: z.string().nullable(),
      own: z.boolean(),
      opinion: z.enum(['accept', 'revise']).nullable(),
      text: z.string().nullable(),
    }),
  ),
  revisions: z.array(
    z.object({ revision: z.number(), state: z.string(), recordedAt: z.string(), by: z.string(), reason: z.string().nullable() }),
  ),
  abilities: z.array(z.string()),
})
export type ArticlePage = z.infer<typeof articlePage>
export const showArticle = endpoint({
  method: 'GET',
  path: '/api/v1/articles/:id',
  tag,
  summary: '一篇调研文章、调研地点、评审意见和经过',
  params: ofArticle,
  reply: articlePage,
})
export const similarity = z.object({
  /** Of the text, occurring in any other article, in whole per cent. */
  share: z.number().int(),
  surelyFound: z.number().int(),
  matches: z.array(
    z.object({
      /** Null where the other article may not be seen by the reader. */
      title: z.string().nullable(),
      author: z.string().nullable(),
      year: z.number().int().nullable(),
      share: z.number().int(),
    }),
  ),
  passages: z.array(z.string()),
})
export type Similarity = z.infer<typeof similarity>
export const articleSimilarity = endpoint({
  method: 'GET',
  path: '/api/v1/articles/:id/similarity',
  tag,
  summary: '与此前和同期文章的相同段落；提交之前先给作者看',
  params: ofArticle,
  reply: similarity,
})
export const articleReviewers = endpoint({
  method: 'GET',
  path: '/api/v1/articles/:id/reviewers',
  tag,
  summary: '可以送评审的人，与作者同单位的说明不能选',
  params: ofArticle,
  query: z.strictObject({ text: z.string().trim().max(30).optional().meta({ title: '姓名或单位' }) }),
  reply: z.object({
    items: z.array(
      z.object({ personId: z.string(), name: z.string(), organization: z.string(), conflict: z.string().nullable() }),
    ),
    next: z.string().nullable(),
  }),
})
export const articleFile = endpoint({
  method: 'GET',
  path: '/api/v1/articles/:id/file',
  tag,
  summary: '下载文章的 Word 文件',
  params: ofArticle,
  reply: z.unknown(),
})
export const articleCollection = endpoint({
  method: 'GET',
  path: '/api/v1/articles/collection',
  tag,
  summary: '一年已定稿和已发表的调研文章，汇编成一份 Word',
  query: z.strictObject({ year: yearAsked, under: organizationId.optional() }),
  reply: z.unknown(),
})
export const articlesOwed = endpoint({
  method: 'GET',
  path: '/api/v1/articles/owed',
  tag,
  summary: '谁应写一篇：党组（党委）书记、分管负责人和成员，写到了哪一步',
  query: z.strictObject({ year: yearAsked, under: organizationId.optional() }),
  reply: z.object({
    year: z.number().int(),
    items: z.array(
      z.object({
        personId: z.string(),
        name: z.string(),
        post: z.string(),
        organization: z.string(),
        state: z.string(),
        done: z.boolean(),
      }),
    ),
    next: z.string().nullable(),
  }),
})
