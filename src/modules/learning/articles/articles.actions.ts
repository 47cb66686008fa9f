import { sql } from 'kysely'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { factsChanged } from '../../rulebook/index.ts'
import { articleFileOf } from './article-file.store.ts'
import { articleBody, type ArticleInput, correctArticle, ofArticle, submitArticle } from './articles.contract.ts'
import { type ArticleAction, articleLifecycle, articleRefusal, type ArticleState } from './articles.lifecycle.ts'
import { findArticle, insertArticle, type NextArticle, replaceArticle, type StoredArticle } from './articles.store.ts'
import { unitsOf } from './reviewers.queries.ts'
import { shareNow } from './similarity.queries.ts'

export async function articleOf(work: Work, id: string): Promise<StoredArticle> {
  const held = await findArticle(work.tx, id)
  if (!held) throw new Problem('learning.article_not_found')
  return held
}

/** The state after the act; refuses an act that does not fit the state. */
export function after(held: StoredArticle, verb: ArticleAction): ArticleState {
  const next = articleLifecycle[held.state][verb]
  if (next) return next
  throw new Problem('learning.article_not_allowed_now', { detail: articleRefusal(held.state, verb) })
}

export async function replaced(work: Work, held: StoredArticle, next: NextArticle): Promise<void> {
  if (!(await replaceArticle(work, held, next))) throw new Problem('kernel.changed_meanwhile')
}

export const about = (id: string) => [{ kind: 'article', id }]
export const stands = (held: StoredArticle, state: ArticleState) => ({ id: held.id, state, revision: held.revision + 1 })

/** Brings the figures of the author's year to what the article says now. */
export async function articleCounts(work: Work, held: StoredArticle): Promise<void> {
  if (held.firstSubmittedOn === null) return
  await factsChanged(work, {
    organizations: [held.organizationNo],
    persons: [held.authorNo],
    dates: [held.firstSubmittedOn],
    of: ['learning'],
    about: { kinds: [] },
  })
}

const bodyOf = ({ title, places, remark }: Omit<ArticleInput, 'fileId'>) => ({ title, places, remark: remark || null })

function refuseAhead(work: Work, places: ArticleInput['places']): void {
  const at = places.findIndex(({ visitedOn }) => visitedOn > work.today)
  if (at >= 0)
    throw new Problem('kernel.invalid_input', {
      errors: [{ field: `places.${at}.visitedOn`, message: '这一天还没到，去过以后再写。' }],
    })
}

async function author(work: Work): Promise<{ no: number; name: string; home: number }> {
  const { rows } = await sql<{ no: number; name: string; home: number }>`select no, name, home_no as home from directory.persons
    where no = ${work.actor.personNo}`.execute(reading<'directory'>(work.tx))
  const [person] = rows
  if (!person) throw new Problem('learning.article_author_unknown')
  return person
}

export const draftArticleAction = action({
  name: 'learning.article.draft',
  input: articleBody,
  touches: () => [],
  run: async (work, { fileId, ...input }) => {
    const who = await author(work)
    refuseAhead(work, input.places)
    const file = await articleFileOf(work.tx, fileId)
    const [unit] = await unitsOf(work.tx, who.no, work.today)
    const id = await insertArticle(work, { body: bodyOf(input), file, author: who, organizationNo: unit ?? who.home })
    return {
      reply: { id, state: 'drafted', revision: 1 },
      objects: about(id),
      fields: { title: input.title, sha256: file.sha256 },
    }
  },
})

/** What only the author does; others see the article, where they do, and may not. */
function own(work: Work, held: StoredArticle): void {
  if (held.authorNo !== work.actor.personNo) throw new Problem('learning.article_not_yours')
}

export const correctArticleAction = action({
  name: 'learning.article.correct',
  input: correctArticle.body.extend(ofArticle.shape),
  touches: () => [],
  run: async (work, { id, revision, fileId, ...input }) => {
    const held = await articleOf(work, id)
    own(work, held)
    const state = after(held, 'correct')
    if (held.revision !== revision) throw new Problem('kernel.changed_meanwhile')
    refuseAhead(work, input.places)
    const file = fileId === undefined ? null : await articleFileOf(work.tx, fileId)
    await replaced(work, held, { state, body: bodyOf(input), file })
    return {
      reply: stands(held, state),
      objects: about(id),
      fields: { title: input.title, sha256: file?.sha256 ?? held.fileSha256 },
    }
  },
})

/** Handed in only over what the author has seen: a match that came since is shown first. */
export const submitArticleAction = action({
  name: 'learning.article.submit',
  input: submitArticle.body.extend(ofArticle.shape),
  touches: () => [],
  run: async (work, { id, revision, shown }) => {
    const held = await articleOf(work, id)
    own(work, held)
    const state = after(held, 'submit')
    if (held.revision !== revision) throw new Problem('kernel.changed_meanwhile')
    const share = await shareNow(work.tx, held.no)
    if (share > shown)
      throw new Problem('learning.similarity_newer', {
        detail: `现在有 ${share}% 与其他文章相同，您看到的是 ${shown}%。请先看比对结果，再提交。`,
      })
    await replaced(work, held, { state, reason: null })
    await articleCounts(work, { ...held, firstSubmittedOn: held.firstSubmittedOn ?? work.today })
    return { reply: stands(held, state), objects: about(id), fields: { share, round: held.round + 1 } }
  },
})
