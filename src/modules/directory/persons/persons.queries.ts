import { type RawBuilder, sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { anywhere } from '../organizations/organizations.queries.ts'
import { type PostCode, posts } from '../posts/posts.contract.ts'
import type { PersonCategory, PersonLine } from './persons.contract.ts'

/** A person as other modules refer to one. */
export interface PersonRef {
  readonly no: number
  readonly id: string
  readonly name: string
}

/** What a list of persons asks. `under` and `organization` are inner numbers. */
export interface PersonQuestion {
  readonly under?: number | undefined
  readonly organization?: number | undefined
  readonly category?: PersonCategory | undefined
  readonly text?: string | undefined
  readonly order: 'pinyin' | 'strokes'
  readonly after?: string | undefined
  readonly limit: number
}

const always = sql<boolean>`true`

/** A row that `lineColumns` selects. */
export interface PersonRow extends Omit<PersonLine, 'organization' | 'posts'> {
  readonly organizationId: string
  readonly organizationName: string
  readonly posts: PostCode[]
}

/** A line of a list from a row `p` of directory.persons. */
export const lineColumns = sql`p.id, p.name, p.category, p.sex, h.id as "organizationId", h.name as "organizationName",
  (select gn.name from directory.memberships gm join directory.organizations_now gn on gn.no = gm.organization_no and gn.kind = 'group'
    where gm.person_no = p.no and upper_inf(gm.valid) limit 1) as "groupName",
  array(select q.post from directory.posts q where q.person_no = p.no and upper_inf(q.valid) order by q.no) as posts,
  p.joined_on as "joinedOn", p.exempt_from_duties as exempt`

/** The line of a list from a row that `lineColumns` selected. */
export function lineOf(row: PersonRow): PersonLine {
  const { organizationId, organizationName, posts: codes, ...rest } = row
  return {
    ...rest,
    organization: { id: organizationId, name: organizationName },
    posts: codes.map((code) => posts[code]?.name ?? code),
  }
}

function wanted(asked: PersonQuestion): RawBuilder<boolean> {
  const belongs = (organizations: RawBuilder<unknown>) =>
    sql<boolean>`p.no in (select m.person_no from directory.memberships m where upper_inf(m.valid) and m.organization_no in (${organizations}))`
  const under = asked.under
    ? belongs(
        sql`select a.organization_no from directory.organization_ancestry a where a.ancestor_no = ${asked.under} and upper_inf(a.valid)`,
      )
    : always
  const organization = asked.organization ? belongs(sql`${asked.organization}::bigint`) : always
  const category = asked.category ? sql<boolean>`p.category = ${asked.category}` : always
  return sql<boolean>`p.left_on is null and ${under} and ${organization} and ${category} and ${textFilter(asked.text)}`
}

/** Chinese is looked for anywhere in the name; letters from the beginning of the pinyin or of the initials. */
function textFilter(text: string | undefined): RawBuilder<boolean> {
  if (!text) return always
  const letters = `${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  return sql<boolean>`(p.name like ${anywhere(text)} or p.pinyin like ${letters} or p.initials like ${letters})`
}

function later(asked: PersonQuestion, last: { no: number; name: string; pinyin: string }): RawBuilder<boolean> {
  return asked.order === 'pinyin'
    ? sql<boolean>`(p.pinyin ~>~ ${last.pinyin} or (p.pinyin = ${last.pinyin} and p.no > ${last.no}))`
    : sql<boolean>`(p.name > ${last.name} collate directory.strokes or (p.name = ${last.name} and p.no > ${last.no}))`
}

async function lastOne(read: Read, id: string): Promise<{ no: number; name: string; pinyin: string }> {
  const { rows } = await sql<{ no: number; name: string; pinyin: string }>`select no, name, pinyin from directory.persons
    where id = ${id}`.execute(reading<'directory'>(read))
  if (!rows[0])
    throw new Problem('kernel.invalid_input', { errors: [{ field: 'after', message: '翻页位置已失效，请从第一页重新查看。' }] })
  return rows[0]
}

/** Persons on the roster today, one page, in the reader's scope; the cursor is the last person's id. */
export async function listPersonsIn(read: Read, asked: PersonQuestion): Promise<{ items: PersonLine[]; next: string | null }> {
  const after = asked.after ? later(asked, await lastOne(read, asked.after)) : always
  const order = asked.order === 'pinyin' ? sql`p.pinyin using ~<~, p.no` : sql`p.name collate directory.strokes, p.no`
  const { rows } = await sql<PersonRow>`select ${lineColumns} from (
      select p.* from directory.persons p where ${wanted(asked)} and ${after} order by ${order} limit ${asked.limit + 1}) p
    join directory.organizations_now h on h.no = p.home_no order by ${order}`.execute(reading<'directory'>(read))
  const items = rows.slice(0, asked.limit).map(lineOf)
  return { items, next: rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null }
}

/** Persons by public id, those in the reader's scope, in no particular order. */
export async function personsByIds(read: Read, ids: readonly string[]): Promise<PersonRef[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<PersonRef>`select no, id, name from directory.persons where id = any (${[...ids]}::text[])`.execute(
    reading<'directory'>(read),
  )
  return rows
}
