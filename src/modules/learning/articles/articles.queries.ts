import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { allowsAll } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import type { ArticleLine, ArticlePage, listArticles } from './articles.contract.ts'
import { articleLifecycle } from './articles.lifecycle.ts'
import { findArticle, paragraphsOf, type StoredArticle } from './articles.store.ts'

const db = (read: Read) => reading<'learning' | 'directory'>(read)

const lineSql = sql`a.id, a.title, a.state, a.author_name as author, coalesce(n.name, '') as organization,
  jsonb_array_length(a.places) as places, a.created_on as "createdOn", a.submitted_on as "submittedOn", a.accepted_on as "acceptedOn",
  a.published_on as "publishedOn"`
const fromSql = sql`from learning.articles a left join directory.organization_names n on n.organization_no = a.organization_no and upper_inf(n.valid)`

interface Narrowed extends Partial<Omit<z.output<(typeof listArticles)['query']>, 'limit' | 'after'>> {
  readonly me: number | null
}

const mineSql = (mine: 'author' | 'reviewer', me: number | null) =>
  mine === 'author'
    ? sql`a.author_no = ${me}::bigint`
    : sql`exists (select 1 from learning.article_reviews r where r.article_no = a.no and r.reviewer_no = ${me}::bigint)`

export function articleFilters(asked: Narrowed): RawBuilder<unknown> {
  const parts = [
    asked.year === undefined ? null : sql`extract(year from coalesce(a.first_submitted_on, a.created_on)) = ${asked.year}::int`,
    asked.state === undefined ? null : sql`a.state = ${asked.state}`,
    asked.mine === undefined ? null : mineSql(asked.mine, asked.me),
    asked.text ? sql`(strpos(a.title, ${asked.text}) > 0 or strpos(a.author_name, ${asked.text}) > 0)` : null,
    asked.under === undefined
      ? null
      : sql`exists (select 1 from directory.organization_ancestry y join directory.organizations u on u.no = y.ancestor_no
          where y.organization_no = a.organization_no and u.id = ${asked.under} and upper_inf(y.valid))`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

/** Articles that the reader may see, the latest first; the cursor is the last one's id. */
export async function articlesAsked(read: Read, actor: Actor, asked: z.output<(typeof listArticles)['query']>) {
  const where = articleFilters({ ...asked, me: actor.personNo })
  const beyond = asked.after ? sql`a.no < (select b.no from learning.articles b where b.id = ${asked.after})` : sql`true`
  const { rows } =
    await sql<ArticleLine>`select ${lineSql} ${fromSql} where ${where} and ${beyond} order by a.no desc limit ${asked.limit + 1}`.execute(
      db(read),
    )
  const total = await sql<{ total: number }>`select count(*)::int as total ${fromSql} where ${where}`.execute(db(read))
  const items = rows.slice(0, asked.limit)
  return { items, next: rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null, total: total.rows[0]?.total ?? 0 }
}

async function reviewsShown(read: Read, article: StoredArticle, actor: Actor): Promise<ArticlePage['reviews']> {
  // The author is told what was said and not by whom; a name that the reader may not open is left out too.
  const names = article.authorNo === actor.personNo ? sql`null::text` : sql`p.name`
  const { rows } = await sql<
    ArticlePage['reviews'][number]
  >`select r.round, ${names} as reviewer, r.reviewer_no = ${actor.personNo}::bigint is true as own,
      r.opinion, r.text from learning.article_reviews r left join directory.persons p on p.no = r.reviewer_no
    where r.article_no = ${article.no} and (r.author_no is distinct from ${actor.personNo}::bigint or r.opinion is not null) order by r.round, r.no`.execute(
    db(read),
  )
  return rows
}

async function abilitiesAt(
  read: Read,
  actor: Actor,
  { held, waiting }: { held: StoredArticle; waiting: boolean },
): Promise<string[]> {
  const own = held.authorNo === actor.personNo
  const edits = await allowsAll(read, actor, { permission: 'learning.article.assign', organizations: [held.organizationNo] })
  const may: Readonly<Record<string, boolean>> = { correct: own, submit: own, withdraw: own || edits, review: waiting }
  return Object.keys(articleLifecycle[held.state]).filter((verb) => may[verb] ?? (edits && !own))
}

async function revisionsOf(read: Read, no: number): Promise<ArticlePage['revisions']> {
  const rows = await sql<{ revision: number; state: string; at: Date; by: string | null; reason: string | null }>`
    select r.revision, r.state, r.recorded_at as at, directory.account_name(r.recorded_by) as by, r.reason
    from learning.article_revisions r where r.article_no = ${no} order by r.revision`.execute(db(read))
  return rows.rows.map(({ at, by, ...row }) => ({ ...row, recordedAt: instantOf(at), by: by ?? '系统' }))
}

/** Everything about one article that the reader may see. */
export async function articlePageOf(read: Read, actor: Actor, id: string): Promise<ArticlePage> {
  const held = await findArticle(read, id)
  if (!held) throw new Problem('learning.article_not_found')
  type Row = Omit<ArticleLine, 'places'> & Pick<ArticlePage, 'remark' | 'stateReason' | 'places'>
  const { rows } =
    await sql<Row>`select ${lineSql}, a.places, a.remark, a.state_reason as "stateReason" ${fromSql} where a.no = ${held.no}`.execute(
      db(read),
    )
  const [row] = rows
  if (!row) throw new Problem('learning.article_not_found')
  const own = held.authorNo === actor.personNo
  const reviews = await reviewsShown(read, held, actor)
  const waiting = reviews.some((each) => each.own && each.round === held.round && each.opinion === null)
  const history = await revisionsOf(read, held.no)
  return {
    ...row,
    revision: held.revision,
    round: held.round,
    own,
    fileName: held.fileName,
    characters: (await paragraphsOf(read, held.no)).reduce((sum, text) => sum + text.length, 0),
    reviews,
    // Who assigned and decided stays among those who answer for it.
    revisions: own ? history.map((each) => ({ ...each, by: '' })) : history,
    abilities: await abilitiesAt(read, actor, { held, waiting }),
  }
}
