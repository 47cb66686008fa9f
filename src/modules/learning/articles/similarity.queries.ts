import { sql } from 'kysely'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import { passagesShared, shareOf, surelyFound } from './article-text.rules.ts'
import type { Similarity } from './articles.contract.ts'
import { paragraphsOf, type StoredArticle } from './articles.store.ts'

/** A stretch that so many articles have alike is a set phrase, and no passage taken from anywhere. */
const setPhrase = 6

interface Found {
  readonly all: number
  readonly prints: readonly number[]
  readonly matches: readonly { readonly no: number; readonly shared: number }[]
}

/** Which fingerprints of an article other articles have too. Drafts of others are nobody's business and are left out. */
async function sharedWith(read: Read, articleNo: number): Promise<Found> {
  return asEngine(read, async () => {
    const { rows } = await sql<Found>`
      with own as (select print from learning.article_prints where article_no = ${articleNo}),
      hits as (select p.print, p.article_no from own join learning.article_prints p on p.print = own.print and p.article_no <> ${articleNo}
        join learning.articles a on a.no = p.article_no and a.state not in ('drafted', 'withdrawn')),
      telling as (select print from hits group by print having count(distinct article_no) < ${setPhrase}),
      counted as (select h.article_no as no, count(*)::int as shared from hits h join telling t on t.print = h.print group by h.article_no
        order by 2 desc, 1 limit 10)
      select (select count(*) from own)::int as all, coalesce((select jsonb_agg(print) from telling), '[]') as prints,
        coalesce((select jsonb_agg(jsonb_build_object('no', no, 'shared', shared) order by shared desc, no) from counted), '[]') as matches`.execute(
      reading<'learning'>(read),
    )
    return rows[0] ?? { all: 0, prints: [], matches: [] }
  })
}

/** How much of an article occurs in others, whole per cent. */
export async function shareNow(read: Read, articleNo: number): Promise<number> {
  const { all, prints } = await sharedWith(read, articleNo)
  return shareOf(prints.length, all)
}

/** The same with the passages, and the other articles by name where the reader may see them. */
export async function similarityOf(read: Read, article: StoredArticle): Promise<Similarity> {
  const { all, prints, matches } = await sharedWith(read, article.no)
  const nos = `{${matches.map(({ no }) => no).join(',')}}`
  const { rows } = await sql<{ no: number; title: string; author: string; year: number }>`select no, title, author_name as author,
      extract(year from coalesce(first_submitted_on, created_on))::int as year from learning.articles where no = any (${nos}::bigint[])`.execute(
    reading<'learning'>(read),
  )
  const known = new Map(rows.map((row) => [row.no, row]))
  return {
    share: shareOf(prints.length, all),
    surelyFound,
    matches: matches.map(({ no, shared }) => {
      const { title = null, author = null, year = null } = known.get(no) ?? {}
      return { title, author, year, share: shareOf(shared, all) }
    }),
    passages: passagesShared(await paragraphsOf(read, article.no), new Set(prints)),
  }
}
