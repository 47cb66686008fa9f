import { sql } from 'kysely'
import type { z } from 'zod'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import { type PostCode, posts } from '../posts/posts.contract.ts'
import type { grantLine } from './grants.contract.ts'
import { type Role, roles } from './roles.contract.ts'

type Line = z.infer<typeof grantLine>
type Row = Omit<Line, 'roleName' | 'postName'> & { readonly no: number; readonly post: PostCode | null }

export interface GrantsAsked {
  readonly state?: string | undefined
  readonly role?: string | undefined
  readonly text?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** Grants, newest first. The post behind a proposal is shown by name alone. */
export async function listOfGrants(read: Read, asked: GrantsAsked): Promise<{ items: Line[]; next: string | null }> {
  const text = asked.text ? `%${asked.text.replace(/[\\%_]/g, '\\$&')}%` : null
  const after = asked.after !== undefined && /^\d{1,15}$/.test(asked.after) ? Number(asked.after) : null
  const { rows } = await asEngine(read, () =>
    sql<Row>`select g.no, g.id, jsonb_build_object('id', a.id, 'username', a.username, 'name', a.display_name) as account, g.role,
        jsonb_build_object('id', o.id, 'name', n.name) as organization, lower(g.valid) as "from", upper(g.valid) as "to", g.state, p.post,
        directory.account_name(g.proposed_by) as "proposedBy", directory.account_name(g.decided_by) as "decidedBy", g.reason
      from directory.grants g join directory.accounts a on a.no = g.account_no join directory.organizations o on o.no = g.organization_no
      join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid) left join directory.posts p on p.no = g.post_no
      where (${asked.state ?? null}::text is null or g.state = ${asked.state ?? null}) and (${asked.role ?? null}::text is null or g.role = ${asked.role ?? null})
        and (${text}::text is null or a.username_key like lower(${text}) or a.display_name like ${text}) and (${after}::bigint is null or g.no < ${after})
      order by g.no desc limit ${asked.limit + 1}`.execute(reading<'directory'>(read)),
  )
  const page = rows.slice(0, asked.limit)
  const items = page.map(({ no: _no, post, ...line }) => ({
    ...line,
    roleName: roles[line.role as Role]?.name ?? line.role,
    postName: post === null ? null : (posts[post]?.name ?? null),
  }))
  return { items, next: rows.length > asked.limit ? String(page.at(-1)?.no) : null }
}
