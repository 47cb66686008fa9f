import { Problem } from '../../../kernel/errors/problem.ts'
import { type Route, route } from '../../../kernel/http/route.ts'
import { find, type Place, searchedBy, wordsOf } from '../../../kernel/search/search.queries.ts'
import { searchRecords } from './search.contract.ts'
import './search.policy.ts'

const said = ({ day, no, kind }: Place) => Buffer.from(`${day} ${no} ${kind}`).toString('base64url')

function placeOf(after: string | undefined): Place | null {
  if (after === undefined) return null
  const [, day, no, kind] =
    /^(\d{4}-\d{2}-\d{2}) (\d{1,18}) ([a-z_]{1,60})$/.exec(Buffer.from(after, 'base64url').toString()) ?? []
  if (!day || !no || !kind) throw new Problem('desk.search_place_stale')
  return { day, no, kind }
}

export const searchRoutes: readonly Route[] = [
  route(searchRecords, {
    permission: 'desk.search.use',
    handle: async ({ query, read, actor }) => {
      const words = wordsOf(query.text)
      if (words.length === 0)
        throw new Problem('desk.search_too_short', { errors: [{ field: 'text', message: '请至少输入两个字。' }] })
      const after = placeOf(query.after)
      const { items, next } = await read((db) => find(db, actor, { words, kind: query.kind, after, limit: query.limit }))
      return {
        words,
        kinds: searchedBy(actor).map(({ kind, noun }) => ({ kind, noun })),
        items,
        next: next && said(next),
      }
    },
  }),
]
