import { type RawBuilder, sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { Organization, OrganizationKind } from './organizations.contract.ts'

/** An organization as other modules refer to it. */
export interface OrganizationRef {
  readonly no: number
  readonly id: string
  readonly name: string
  readonly kind: OrganizationKind
}

/** What a list of organizations asks. */
export interface OrganizationQuestion {
  readonly asOf: CivilDate
  readonly under?: string | undefined
  readonly kind?: OrganizationKind | undefined
  readonly text?: string | undefined
  readonly dissolved: boolean
  readonly after?: string | undefined
  readonly limit: number
}

/** A text as LIKE takes it literally, anywhere in the value. */
export function anywhere(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}

const never = sql<boolean>`true`

function filters(asked: OrganizationQuestion): RawBuilder<boolean> {
  const life = asked.dissolved ? never : sql<boolean>`(o.dissolved_on is null or o.dissolved_on > ${asked.asOf}::date)`
  const kind = asked.kind ? sql<boolean>`o.kind = ${asked.kind}` : never
  const text = asked.text
    ? sql<boolean>`(n.name like ${anywhere(asked.text)} or n.short_name like ${anywhere(asked.text)} or n.pinyin like ${anywhere(asked.text.toLowerCase())})`
    : never
  const under = asked.under
    ? sql<boolean>`exists (select 1 from directory.organization_ancestry u join directory.organizations top on top.no = u.ancestor_no
        where u.organization_no = o.no and top.id = ${asked.under} and u.valid @> d.at)`
    : never
  return sql<boolean>`o.established_on <= ${asked.asOf}::date and ${life} and ${kind} and ${text} and ${under}`
}

/** Place of an organization in the tree on the day `at`: a list of texts that sorts depth first, by position, then name. */
const treePlace = (no: RawBuilder<unknown>, at: RawBuilder<unknown>) => sql<string[]>`(
  select array_agg((lpad(po.position::text, 5, '0') || ' ' || coalesce(pn.pinyin, '') || ' ' || po.no) collate "C" order by a.depth desc)
  from directory.organization_ancestry a
  join directory.organizations po on po.no = a.ancestor_no
  left join directory.organization_names pn on pn.organization_no = po.no and pn.valid @> ${at}
  where a.organization_no = ${no} and a.valid @> ${at})`

/** The day by whose tree a row is shown: the asked one, or the last day of a dissolved organization. */
const shownOn = (asOf: CivilDate) => sql`(select least(${asOf}::date, o.dissolved_on - 1) as at)`

/** Organizations in tree order, one page; the cursor is the last organization's id. */
export async function listOrganizationsOn(
  read: Read,
  asked: OrganizationQuestion,
): Promise<{ items: Organization[]; next: string | null }> {
  const db = reading<'directory'>(read)
  const after = asked.after ? await placeOf(read, { id: asked.after, asOf: asked.asOf }) : null
  const { rows } =
    await sql<Organization>`select id, name, "shortName", kind, "parentId", position, "establishedOn", "dissolvedOn", "endsOn" from (
      select o.id, n.name, n.short_name as "shortName", o.kind, parent.id as "parentId", o.position, o.established_on as "establishedOn",
        o.dissolved_on as "dissolvedOn", o.ends_on as "endsOn", ${treePlace(sql`o.no`, sql`d.at`)} as place
      from directory.organizations o
      cross join lateral ${shownOn(asked.asOf)} d
      join directory.organization_names n on n.organization_no = o.no and n.valid @> d.at
      left join directory.organization_edges e on e.organization_no = o.no and e.valid @> d.at
      left join directory.organizations parent on parent.no = e.parent_no
      where ${filters(asked)}) found
    where ${after ? sql`place > ${after}::text[] collate "C"` : never}
    order by place collate "C" limit ${asked.limit + 1}`.execute(db)
  const items = rows.slice(0, asked.limit)
  return { items, next: rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null }
}

async function placeOf(read: Read, last: { id: string; asOf: CivilDate }): Promise<string[]> {
  const { rows } = await sql<{ place: string[] | null }>`select ${treePlace(sql`o.no`, sql`d.at`)} as place
    from directory.organizations o cross join lateral ${shownOn(last.asOf)} d where o.id = ${last.id}`.execute(
    reading<'directory'>(read),
  )
  const place = rows[0]?.place
  if (!place)
    throw new Problem('kernel.invalid_input', { errors: [{ field: 'after', message: '翻页位置已失效，请从第一页重新查看。' }] })
  return place
}

/** Organizations by public id, those that exist and are visible, in no particular order. */
export async function organizationByIds(read: Read, ids: readonly string[]): Promise<OrganizationRef[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<OrganizationRef>`select no, id, name, kind from directory.organizations_now
    where id = any (${[...ids]}::text[])`.execute(reading<'directory'>(read))
  return rows
}

/** Organizations of today that bear a name, a short name or an id exactly; ten at most, because names may come twice. */
export async function organizationsCalled(read: Read, called: string): Promise<OrganizationRef[]> {
  const { rows } = await sql<OrganizationRef>`select no, id, name, kind from directory.organizations_now
    where dissolved_on is null and (id = ${called} or name = ${called} or short_name = ${called}) order by no limit 10`.execute(
    reading<'directory'>(read),
  )
  return rows
}

/** Organizations by inner number, those that exist and are visible. */
export async function organizationsByNos(read: Read, nos: readonly number[]): Promise<OrganizationRef[]> {
  if (nos.length === 0) return []
  const { rows } = await sql<OrganizationRef>`select no, id, name, kind from directory.organizations_now
    where no = any (${[...nos]}::bigint[])`.execute(reading<'directory'>(read))
  return rows
}

/** The organizations above one on a day, from the root down, itself last. */
export async function pathOf(read: Read, organizationNo: number, on: CivilDate): Promise<OrganizationRef[]> {
  const { rows } = await sql<OrganizationRef>`select o.no, o.id, coalesce(n.name, last.name) as name, o.kind
    from directory.organization_ancestry a
    join directory.organizations_now o on o.no = a.ancestor_no
    join directory.organizations_now last on last.no = o.no
    left join directory.organization_names n on n.organization_no = o.no and n.valid @> ${on}::date
    where a.organization_no = ${organizationNo} and a.valid @> ${on}::date order by a.depth desc`.execute(
    reading<'directory'>(read),
  )
  return rows
}

/** Inner numbers of the organization and of all that stood under it on a day. */
export async function numbersUnder(read: Read, organizationNo: number, on: CivilDate): Promise<number[]> {
  const { rows } = await sql<{ no: number }>`select distinct a.organization_no as no from directory.organization_ancestry a
    where a.ancestor_no = ${organizationNo} and a.valid @> ${on}::date`.execute(reading<'directory'>(read))
  return rows.map(({ no }) => no)
}

/** One organization by id; throws `directory.organization_not_found`. */
export async function organizationById(read: Read, id: string): Promise<OrganizationRef> {
  const [found] = await organizationByIds(read, [id])
  if (!found) throw new Problem('directory.organization_not_found')
  return found
}
