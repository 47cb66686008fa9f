import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { fileStore } from '../../../kernel/files/file-store.ts'
import { downloadRoute, type Route, route } from '../../../kernel/http/route.ts'
import { paperFile } from '../../../kernel/papers/paper-file.ts'
import { paperType } from '../../../kernel/papers/paper-writer.ts'
import { correctArticleAction, draftArticleAction, submitArticleAction } from './articles.actions.ts'
import * as contract from './articles.contract.ts'
import './articles.policy.ts'
import { articlePageOf, articlesAsked } from './articles.queries.ts'
import { findArticle, type StoredArticle } from './articles.store.ts'
import { articlesCollected } from './collection.papers.ts'
import { articlesOwedBy } from './owed.queries.ts'
import * as acts from './review.actions.ts'
import { reviewersFor } from './reviewers.queries.ts'
import { similarityOf } from './similarity.queries.ts'

const yearOf = (asked: number | undefined, today: string) => asked ?? Number(today.slice(0, 4))

async function found(read: Read, id: string): Promise<StoredArticle> {
  const held = await findArticle(read, id)
  if (!held) throw new Problem('learning.article_not_found')
  return held
}

/** Who puts the collection together: the organization asked about, else the working committee. */
async function issuerOf(read: Read, under: string | undefined): Promise<string> {
  const { rows } = await sql<{ name: string }>`select n.name from directory.organizations o
    join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid)
    where ${under === undefined ? sql`o.kind = 'working_committee'` : sql`o.id = ${under}`} order by o.no limit 1`.execute(
    reading<'directory'>(read),
  )
  return rows[0]?.name ?? '调研文章'
}

const readRoutes: readonly Route[] = [
  route(contract.listArticles, {
    permission: 'learning.article.read',
    handle: ({ query, read, actor }) => read((db) => articlesAsked(db, actor, query)),
  }),
  route(contract.articlesOwed, {
    permission: 'learning.article.read',
    handle: async ({ query, read, platform }) => {
      const today = platform.clock.today()
      const year = yearOf(query.year, today)
      return { year, items: await read((db) => articlesOwedBy(db, { year, under: query.under, today })), next: null }
    },
  }),
  downloadRoute(contract.articleCollection, {
    permission: 'learning.article.read',
    handle: async ({ query, read, platform }) => {
      const year = yearOf(query.year, platform.clock.today())
      const { under } = query
      const paper = await read(async (db) => articlesCollected(db, { year, under, issuer: await issuerOf(db, under) }))
      return paperFile(`${year}年调研文章汇编`, paper)
    },
  }),
  route(contract.showArticle, {
    permission: 'learning.article.read',
    handle: ({ params, read, actor }) => read((db) => articlePageOf(db, actor, params.id)),
  }),
  route(contract.articleSimilarity, {
    permission: 'learning.article.read',
    handle: ({ params, read }) => read(async (db) => similarityOf(db, await found(db, params.id))),
  }),
  route(contract.articleReviewers, {
    permission: 'learning.article.assign',
    handle: async ({ params, query, read, platform }) => {
      const asked = { day: platform.clock.today(), text: query.text }
      const items = await read(async (db) => reviewersFor(db, await found(db, params.id), asked))
      return { items: items.map(({ personNo: _no, ...person }) => person), next: null }
    },
  }),
  downloadRoute(contract.articleFile, {
    permission: 'learning.article.read',
    handle: async ({ params, read }) => {
      const held = await read((db) => found(db, params.id))
      return { name: `${held.title}.docx`, mediaType: paperType, stream: await fileStore().get(held.fileSha256) }
    },
  }),
]

export const articlesRoutes: readonly Route[] = [
  ...readRoutes,
  route(contract.draftArticle, {
    permission: 'learning.article.draft',
    handle: ({ body, perform }) => perform(draftArticleAction, body),
  }),
  route(contract.correctArticle, {
    permission: 'learning.article.correct',
    handle: ({ params, body, perform }) => perform(correctArticleAction, { ...params, ...body }),
  }),
  route(contract.submitArticle, {
    permission: 'learning.article.submit',
    handle: ({ params, body, perform }) => perform(submitArticleAction, { ...params, ...body }),
  }),
  route(contract.assignReviewers, {
    permission: 'learning.article.assign',
    handle: ({ params, body, perform }) => perform(acts.assignReviewersAction, { ...params, ...body }),
  }),
  route(contract.reviewArticle, {
    permission: 'learning.article.review',
    handle: ({ params, body, perform }) => perform(acts.reviewArticleAction, { ...params, ...body }),
  }),
  route(contract.returnArticle, {
    permission: 'learning.article.return',
    handle: ({ params, body, perform }) => perform(acts.returnArticleAction, { ...params, ...body }),
  }),
  route(contract.acceptArticle, {
    permission: 'learning.article.accept',
    handle: ({ params, body, perform }) => perform(acts.acceptArticleAction, { ...params, ...body }),
  }),
  route(contract.publishArticle, {
    permission: 'learning.article.publish',
    handle: ({ params, perform }) => perform(acts.publishArticleAction, params),
  }),
  route(contract.withdrawArticle, {
    permission: 'learning.article.withdraw',
    handle: ({ params, body, perform }) => perform(acts.withdrawArticleAction, { ...params, ...body }),
  }),
]
