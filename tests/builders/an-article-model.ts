import {
  type ArticleAction,
  articleLifecycle,
  type ArticleState,
} from '../../src/modules/learning/articles/articles.lifecycle.ts'

/** What a walk through an article's states remembers. */
export interface Model {
  state: ArticleState
  /** A draft that was never handed in stays the author's alone, withdrawn or not. */
  handedIn: boolean
  /** Whether reviewers have ever been named: before that the article is not there for them. */
  shown: boolean
  opinions: number
}

/** An article that was just drafted. */
export const freshModel = (): Model => ({ state: 'drafted', handedIn: false, shown: false, opinions: 0 })

/** What the model says must come of an act: null when it is done. */
export function expected(verb: ArticleAction, model: Model): string | null {
  if (verb === 'review' && !model.shown) return 'learning.article_not_found'
  if (['assign', 'return', 'accept', 'publish'].includes(verb) && !model.handedIn) return 'learning.article_not_found'
  if (!articleLifecycle[model.state][verb]) return 'learning.article_not_allowed_now'
  if (verb === 'review' && model.opinions === 2) return 'learning.article_not_reviewer'
  return verb === 'accept' && model.opinions < 2 ? 'learning.opinions_two' : null
}

/** Whether a thing is met for the first time; notes that it was met. */
export const isNew = (met: Set<string>, thing: string): boolean => !met.has(thing) && met.add(thing).has(thing)
