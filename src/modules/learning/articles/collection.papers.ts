import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { headed, paperOf, said, saidWhole, tabled } from '../../../kernel/papers/paper-blocks.ts'
import type { OfficialPaper, PaperBlock } from '../../../kernel/papers/paper.contract.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { articleFilters } from './articles.queries.ts'
import type { place } from './articles.contract.ts'
import type { z } from 'zod'

interface Collected {
  readonly title: string
  readonly author: string
  readonly organization: string
  readonly places: readonly z.output<typeof place>[]
  readonly paragraphs: readonly string[]
}

/** One paper holds no more; what is beyond is asked for by unit. */
const mostArticles = 200

async function collected(read: Read, asked: { year: number; under: string | undefined }): Promise<Collected[]> {
  const where = articleFilters({ ...asked, me: null })
  const { rows } =
    await sql<Collected>`select a.title, a.author_name as author, coalesce(n.name, '') as organization, a.places, t.paragraphs
    from learning.articles a join learning.article_texts t on t.article_no = a.no
    left join directory.organization_names n on n.organization_no = a.organization_no and upper_inf(n.valid)
    left join directory.organizations o on o.no = a.organization_no
    where a.state in ('accepted', 'published') and ${where} order by o.position, n.name, a.no limit ${mostArticles + 1}`.execute(
      reading<'learning' | 'directory'>(read),
    )
  return rows
}

function blocksOf({ title, author, organization, places, paragraphs }: Collected): PaperBlock[] {
  const visited = places.map((one) => `${one.place}（${inChinese(one.visitedOn)}）`).join('、')
  // The title stands in the heading: where the file begins with it, it is not said twice.
  const text = paragraphs[0]?.replace(/\s/g, '') === title.replace(/\s/g, '') ? paragraphs.slice(1) : paragraphs
  return [headed(title), said(`${organization}　${author}`), said(`调研地点：${visited}`), ...text.flatMap(saidWhole)]
}

/** The accepted and published articles of a year in one paper, by unit. */
export async function articlesCollected(
  read: Read,
  asked: { year: number; under: string | undefined; issuer: string },
): Promise<OfficialPaper> {
  const articles = await collected(read, asked)
  if (articles.length === 0)
    throw new Problem('kernel.not_allowed_now', { detail: `${asked.year} 年还没有定稿的调研文章，定稿以后再汇编。` })
  const rest = articles.length > mostArticles ? [`只收前 ${mostArticles} 篇，其余的请按单位分别汇编。`] : []
  const contents = tabled(
    [
      ['题目', 60],
      ['单位', 25],
      ['作者', 15],
    ],
    articles.slice(0, mostArticles).map(({ title, organization, author }) => [title, organization, author]),
  )
  return paperOf(asked.issuer, {
    title: `${asked.year}年调研文章汇编`,
    blocks: [...contents, ...rest.map((text) => said(text)), ...articles.slice(0, mostArticles).flatMap(blocksOf)],
    // No paper that is sent out: the year stands where a number would.
    number: `${asked.year}年`,
  })
}
