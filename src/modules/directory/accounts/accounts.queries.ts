import { sql } from 'kysely'
import type { z } from 'zod'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import { type PostCode, posts } from '../posts/posts.contract.ts'
import type { accountLine } from './accounts.contract.ts'
import { foldUsername } from './sign-in.rules.ts'

interface Row extends Omit<z.infer<typeof accountLine>, 'posts'> {
  readonly no: number
  readonly posts: readonly { readonly post: PostCode; readonly organization: string }[]
}

export interface AccountsAsked {
  readonly state?: string | undefined
  readonly administrator?: string | undefined
  readonly text?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
  readonly now: Date
}

/** Accounts by username. Posts are shown by name alone: an administrator reads nothing else of persons. */
export async function listOfAccounts(
  read: Read,
  asked: AccountsAsked,
): Promise<{ items: z.infer<typeof accountLine>[]; next: string | null }> {
  const text = asked.text ? `%${asked.text.normalize('NFKC').replace(/[\\%_]/g, '\\$&')}%` : null
  const rows = await asEngine(read, () =>
    sql<Row>`select a.no, a.id, a.username, a.display_name as name, a.state, a.administrator,
        a.totp_confirmed_at is not null as "secondFactorEnrolled", (a.created_at at time zone 'Asia/Shanghai')::date as "createdOn",
        exists (select from directory.sign_in_failures f where f.username_key = a.username_key and f.locked_until > ${asked.now}::timestamptz) as locked,
        coalesce((select jsonb_agg(jsonb_build_object('post', p.post, 'organization', n.name) order by p.no)
          from directory.posts p join directory.organization_names n on n.organization_no = p.organization_no and upper_inf(n.valid)
          where p.person_no = a.person_no and upper_inf(p.valid)), '[]') as posts
      from directory.accounts a
      where (${asked.state ?? null}::text is null or a.state = ${asked.state ?? null})
        and (${asked.administrator ?? null}::text is null or a.administrator = ${asked.administrator ?? null})
        and (${text}::text is null or a.username_key like lower(${text}) or a.display_name like ${text})
        and (${asked.after ?? null}::text is null or a.username_key > ${asked.after ?? null})
      order by a.username_key limit ${asked.limit + 1}`.execute(reading<'directory'>(read)),
  )
  const page = rows.rows.slice(0, asked.limit)
  const last = page.at(-1)
  const items = page.map(({ no: _no, posts: held, ...line }) => ({
    ...line,
    posts: held.map(({ post, organization }) => `${organization}${posts[post]?.name ?? ''}`),
  }))
  return { items, next: rows.rows.length > asked.limit && last ? foldUsername(last.username) : null }
}
