import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { asEngine, type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { ArticleFile } from './article-file.store.ts'
import { printsOf } from './article-text.rules.ts'
import type { ArticleState } from './articles.lifecycle.ts'

export interface StoredArticle {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: ArticleState
  readonly authorNo: number
  readonly organizationNo: number
  readonly round: number
  readonly title: string
  readonly fileSha256: string
  readonly fileName: string
  readonly firstSubmittedOn: CivilDate | null
}

/** One article as far as the reader may see it. */
export async function findArticle(read: Read, id: string): Promise<StoredArticle | undefined> {
  const { rows } =
    await sql<StoredArticle>`select no, id, revision, state, author_no as "authorNo", organization_no as "organizationNo", round,
      title, file_sha256 as "fileSha256", file_name as "fileName", first_submitted_on as "firstSubmittedOn"
    from learning.articles where id = ${id}`.execute(reading<'learning'>(read))
  return rows[0]
}

/** The text as it was read from the Word file. */
export async function paragraphsOf(read: Read, articleNo: number): Promise<string[]> {
  const { rows } = await sql<{
    paragraphs: string[]
  }>`select paragraphs from learning.article_texts where article_no = ${articleNo}`.execute(reading<'learning'>(read))
  return rows[0]?.paragraphs ?? []
}

export interface ArticleBody {
  readonly title: string
  readonly places: readonly unknown[]
  readonly remark: string | null
}

/** Fingerprints are nobody's to read: they are written and looked up as the engine. */
async function keepText(work: Work, articleNo: number, file: ArticleFile): Promise<void> {
  const paragraphs = JSON.stringify(file.paragraphs)
  await sql`insert into learning.article_texts (article_no, paragraphs) values (${articleNo}, ${paragraphs}::jsonb)
    on conflict (article_no) do update set paragraphs = excluded.paragraphs`.execute(writing<'learning'>(work.tx))
  const prints = `{${[...printsOf(file.paragraphs)].join(',')}}`
  await asEngine(work.tx, async () => {
    await writing<'learning'>(work.tx).deleteFrom('learning.article_prints').where('article_no', '=', articleNo).execute()
    await sql`insert into learning.article_prints (article_no, print) select ${articleNo}, unnest(${prints}::bigint[])`.execute(
      writing<'learning'>(work.tx),
    )
  })
}

const columns = (body: ArticleBody) => ({ title: body.title, places: JSON.stringify(body.places), remark: body.remark })

export async function insertArticle(
  work: Work,
  made: { body: ArticleBody; file: ArticleFile; author: { no: number; name: string }; organizationNo: number },
): Promise<string> {
  const id = newId('art')
  const { no } = await writing<'learning'>(work.tx)
    .insertInto('learning.articles')
    .values({
      id,
      revision: 1,
      state: 'drafted',
      author_no: made.author.no,
      author_name: made.author.name,
      organization_no: made.organizationNo,
      ...columns(made.body),
      file_sha256: made.file.sha256,
      file_name: made.file.name,
      round: 0,
      created_on: work.today,
      created_at: work.now,
      created_by: work.actor.accountNo,
    })
    .returning('no')
    .executeTakeFirstOrThrow()
  await keepText(work, no, made.file)
  const body = { ...made.body, fileSha256: made.file.sha256 }
  await keepRevision(work, { no, revision: 1, state: 'drafted', body, reason: null })
  return id
}

export interface NextArticle {
  readonly state: ArticleState
  readonly reason?: string | null
  readonly body?: ArticleBody
  readonly file?: ArticleFile | null
}

/** Days and round that a state brings with it. */
function marksOf(work: Work, held: StoredArticle, state: ArticleState) {
  if (state === held.state) return {}
  if (state === 'submitted')
    return { round: held.round + 1, submitted_on: work.today, first_submitted_on: held.firstSubmittedOn ?? work.today }
  if (state === 'accepted') return { accepted_on: work.today }
  return state === 'published' ? { published_on: work.today } : {}
}

/** Puts a new revision in the place of the last; false when somebody else was faster. */
export async function replaceArticle(work: Work, held: StoredArticle, next: NextArticle): Promise<boolean> {
  const revision = held.revision + 1
  const changed = await writing<'learning'>(work.tx)
    .updateTable('learning.articles')
    .set({
      revision,
      state: next.state,
      ...marksOf(work, held, next.state),
      ...(next.body && columns(next.body)),
      ...(next.file && { file_sha256: next.file.sha256, file_name: next.file.name }),
      ...(next.reason !== undefined && { state_reason: next.reason }),
    })
    .where('no', '=', held.no)
    .where('revision', '=', held.revision)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return false
  if (next.file) await keepText(work, held.no, next.file)
  const body = { ...next.body, fileSha256: next.file?.sha256 ?? held.fileSha256 }
  await keepRevision(work, { no: held.no, revision, state: next.state, body, reason: next.reason ?? null })
  return true
}

async function keepRevision(
  work: Work,
  kept: { no: number; revision: number; state: ArticleState; body: unknown; reason: string | null },
): Promise<void> {
  await writing<'learning'>(work.tx)
    .insertInto('learning.article_revisions')
    .values({
      article_no: kept.no,
      revision: kept.revision,
      state: kept.state,
      body: JSON.stringify(kept.body),
      reason: kept.reason,
      recorded_at: work.now,
      recorded_by: work.actor.accountNo,
    })
    .execute()
}
