import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { StoredArticle } from './articles.store.ts'

export interface StoredReview {
  readonly reviewerNo: number
  readonly opinion: 'accept' | 'revise' | null
}

/** Who looks at an article in its present round, as far as the reader may know. */
export async function reviewsOf(read: Read, article: StoredArticle): Promise<StoredReview[]> {
  const { rows } = await sql<StoredReview>`select reviewer_no as "reviewerNo", opinion from learning.article_reviews
    where article_no = ${article.no} and round = ${article.round} order by no`.execute(reading<'learning'>(read))
  return rows
}

/** Those named look at it; whoever has not answered and is not named any more is released. Answers who is new. */
export async function placeReviewers(work: Work, article: StoredArticle, reviewerNos: readonly number[]): Promise<number[]> {
  const before = await reviewsOf(work.tx, article)
  const db = writing<'learning'>(work.tx)
  const gone = before.filter(({ reviewerNo, opinion }) => opinion === null && !reviewerNos.includes(reviewerNo))
  for (const { reviewerNo } of gone)
    await db
      .deleteFrom('learning.article_reviews')
      .where('article_no', '=', article.no)
      .where('round', '=', article.round)
      .where('reviewer_no', '=', reviewerNo)
      .execute()
  const fresh = reviewerNos.filter((no) => !before.some(({ reviewerNo }) => reviewerNo === no))
  if (fresh.length > 0)
    await db
      .insertInto('learning.article_reviews')
      .values(
        fresh.map((reviewerNo) => ({
          id: newId('arv'),
          article_no: article.no,
          author_no: article.authorNo,
          organization_no: article.organizationNo,
          round: article.round,
          reviewer_no: reviewerNo,
          assigned_at: work.now,
          assigned_by: work.actor.accountNo,
        })),
      )
      .execute()
  return fresh
}

/** Keeps an opinion; false when nothing of this round waits for the reviewer. */
export async function keepOpinion(
  work: Work,
  article: StoredArticle,
  given: { reviewerNo: number; opinion: 'accept' | 'revise'; text: string },
): Promise<boolean> {
  const changed = await writing<'learning'>(work.tx)
    .updateTable('learning.article_reviews')
    .set({ opinion: given.opinion, text: given.text, given_at: work.now })
    .where('article_no', '=', article.no)
    .where('round', '=', article.round)
    .where('reviewer_no', '=', given.reviewerNo)
    .where('opinion', 'is', null)
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}
