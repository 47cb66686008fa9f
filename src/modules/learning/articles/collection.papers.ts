import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { PaperBlock } from '../../../kernel/papers/paper.contract.ts'
import { writePaper } from '../../../kernel/papers/paper-writer.ts'
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
const longest = 3900

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

const pieces = (text: string): string[] =>
  Array.from({ length: Math.ceil(text.length / longest) }, (_, index) => text.slice(index * longest, (index + 1) * longest))

function blocksOf({ title, author, organization, places, paragraphs }: Collected): PaperBlock[] {
  const visited = places.map((one) => `${one.place}（${inChinese(one.visitedOn)}）`).join('、')
  const line = (text: string): PaperBlock => ({ kind: 'text', runs: [text] })
  // The title stands in the heading: where the file begins with it, it is not said twice.
  const text = paragraphs[0]?.replace(/\s/g, '') === title.replace(/\s/g, '') ? paragraphs.slice(1) : paragraphs
  return [
    { kind: 'heading', level: 1, text: title },
    line(`${organization}　${author}`),
    line(`调研地点：${visited}`),
    ...text.flatMap((paragraph) => pieces(paragraph).map(line)),
  ]
}

/** The accepted and published articles of a year in one Word file, by unit. */
export async function articlesCollected(
  read: Read,
  asked: { year: number; under: string | undefined; issuer: string },
): Promise<Buffer> {
  const articles = await collected(read, asked)
  if (articles.length === 0)
    throw new Problem('kernel.not_allowed_now', { detail: `${asked.year} 年还没有定稿的调研文章，定稿以后再汇编。` })
  const rest = articles.length > mostArticles ? [`只收前 ${mostArticles} 篇，其余的请按单位分别汇编。`] : []
  const contents: PaperBlock = {
    kind: 'table',
    columns: [
      { title: '题目', share: 60 },
      { title: '单位', share: 25 },
      { title: '作者', share: 15 },
    ],
    rows: articles.slice(0, mostArticles).map(({ title, organization, author }) => [title, organization, author]),
  }
  return writePaper({
    form: 'document',
    mark: asked.issuer,
    title: `${asked.year}年调研文章汇编`,
    to: [],
    blocks: [
      contents,
      ...rest.map((text): PaperBlock => ({ kind: 'text', runs: [text] })),
      ...articles.slice(0, mostArticles).flatMap(blocksOf),
    ],
    annexes: [],
    signer: asked.issuer,
    remark: null,
    copies: [],
    people: [],
    // No paper that is sent out: the year stands where a number would.
    number: `${asked.year}年`,
    signedOn: null,
    standing: null,
  })
}
