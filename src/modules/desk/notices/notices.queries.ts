import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { NoticeLine } from './notices.contract.ts'

interface NoticesAsked {
  readonly putAway?: 'yes' | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** Notices of the reader's own account, newest first; the cursor is the last one's id. */
export async function noticesAsked(
  read: Read,
  actor: Actor,
  asked: NoticesAsked,
): Promise<{ items: NoticeLine[]; next: string | null; total: number }> {
  const own = reading<'desk'>(read).selectFrom('desk.notices').where('account_no', '=', actor.accountNo)
  const rows = await own
    .select(['id', 'kind', 'title', 'body', 'link', 'urgent', 'created_at', 'put_away_at'])
    .$if(asked.putAway === undefined, (query) => query.where('put_away_at', 'is', null))
    .$if(asked.after !== undefined, (query) =>
      query.where(
        'no',
        '<',
        sql<number>`(select n.no from desk.notices n where n.id = ${asked.after} and n.account_no = ${actor.accountNo})`,
      ),
    )
    .orderBy('no', 'desc')
    .limit(asked.limit + 1)
    .execute()
  const open = await own
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('put_away_at', 'is', null)
    .executeTakeFirstOrThrow()
  const items = rows
    .slice(0, asked.limit)
    .map(({ created_at: at, put_away_at: away, ...line }) => ({ ...line, at: at.toISOString(), putAway: away !== null }))
  return { items, next: rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null, total: open.count }
}
