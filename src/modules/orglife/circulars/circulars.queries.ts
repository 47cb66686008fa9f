import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { allowsAll } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { offsetOf, offsetPage } from '../../../kernel/http/offset-page.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { declareWorkItems } from '../../../kernel/work-items/registry.ts'
import type { CircularLine, CircularPage, listCirculars } from './circulars.contract.ts'
import { circularLifecycle } from './circulars.lifecycle.ts'
import { findCircular } from './circulars.store.ts'

const db = (read: Read) => reading<'orglife' | 'directory' | 'kernel'>(read)
const inForce = (today: CivilDate) => sql<boolean>`(c.state = 'issued' and ${today}::date between c.valid_from and c.valid_until)`
const lineColumns = (
  today: CivilDate,
) => sql`c.id, c.kind, c.title, c.state, json_build_object('id', o.id, 'name', o.name) as organization,
  c.valid_from as "issuedOn", c.valid_until as "validUntil", ${inForce(today)} as "inForce"`
const from = sql`from orglife.circulars c join directory.organizations_now o on o.no = c.organization_no`

/** Notices that the reader may see (the second wall says which), the latest first. */
export async function circularsAsked(
  read: Read,
  asked: z.output<(typeof listCirculars)['query']>,
  today: CivilDate,
): Promise<{ items: CircularLine[]; next: string | null; total?: number }> {
  const start = offsetOf(asked.after)
  const conditions = [
    sql`true`,
    ...(asked.kind ? [sql`c.kind = ${asked.kind}`] : []),
    ...(asked.state ? [sql`c.state = ${asked.state}`] : []),
    ...(asked.inForce ? [inForce(today)] : []),
    ...(asked.meetingId
      ? [sql`exists (select 1 from orglife.meetings m where m.no = c.meeting_no and m.id = ${asked.meetingId})`]
      : []),
    ...(asked.text ? [sql`strpos(c.title, ${asked.text}) > 0`] : []),
  ]
  const { rows } = await sql<
    CircularLine & { total: number }
  >`select ${lineColumns(today)}, count(*) over ()::int as total ${from}
    where ${sql.join(conditions, sql` and `)} order by c.valid_from desc, c.no desc limit ${asked.limit} offset ${start}`.execute(
    db(read),
  )
  return offsetPage(rows, start)
}

const one = (table: RawBuilder<unknown>, no: RawBuilder<unknown>) =>
  sql`(select jsonb_build_object('id', x.id, 'title', x.title) from ${table} x where x.no = ${no} limit 1)`

/** One notice with its material; nothing is written down about who looks at it. */
export async function circularPageOf(read: Read, id: string, asking: { actor: Actor; today: CivilDate }): Promise<CircularPage> {
  const { rows } = await sql<
    Omit<CircularPage, 'abilities'>
  >`select ${lineColumns(asking.today)}, c.content, c.ended_on as "endedOn", c.end_reason as "endReason",
      coalesce((select jsonb_agg(jsonb_build_object('id', n.id, 'name', n.name) order by n.position, n.no) from orglife.circular_addressees a
        join directory.organizations_now n on n.no = a.organization_no where a.circular_no = c.no), '[]') as "to",
      coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name) order by f.no) from orglife.circular_files x
        join kernel.files f on f.no = x.file_no where x.circular_no = c.no), '[]') as files,
      ${one(sql`orglife.meetings`, sql`c.meeting_no`)} as meeting, ${one(sql`orglife.circulars`, sql`c.supersedes_no`)} as supersedes,
      (select jsonb_build_object('id', x.id, 'title', x.title) from orglife.circulars x where x.supersedes_no = c.no limit 1) as "supersededBy"
    ${from} where c.id = ${id}`.execute(db(read))
  const [page] = rows
  const stored = await findCircular(read, id)
  if (!page || !stored) throw new Problem('orglife.circular_not_found')
  const permission = { withdraw: 'orglife.circular.withdraw', supersede: 'orglife.circular.issue' } as const
  const abilities: string[] = []
  for (const verb of Object.keys(circularLifecycle[stored.state]) as (keyof typeof permission)[])
    if (await allowsAll(read, asking.actor, { permission: permission[verb], organizations: [stored.organizationNo] }))
      abilities.push(verb)
  return { ...page, abilities }
}

const kind = 'orglife.circulars'
/** More than these are summed up. */
const mostShown = 3

/** What one's own organizations were told and still holds; those who sent it need not be told. */
declareWorkItems({
  kind,
  list: async (read, actor, today) => {
    if (actor.readOrganizations.length === 0) return []
    const own = `{${actor.readOrganizations.join(',')}}`
    const { rows } = await sql<{
      id: string
      title: string
      name: string
      until: CivilDate
      total: number
    }>`select c.id, c.title, o.name,
        c.valid_until as until, count(*) over ()::int as total ${from}
      where ${inForce(today)} and not (c.organization_no = any (${own}::bigint[])) and exists (select 1 from orglife.circular_addressees a
        join directory.organization_ancestry u on u.ancestor_no = a.organization_no and upper_inf(u.valid)
        where a.circular_no = c.no and u.organization_no = any (${own}::bigint[])) order by c.valid_from desc, c.no desc limit ${mostShown}`.execute(
      db(read),
    )
    const shown = rows.map(({ id, title, name, until }) => ({
      id: `${kind}.${id}`,
      kind,
      title: `通知：${title}`,
      detail: `${name}发，不用回复，有效期到 ${until}`,
      due: null,
      tone: 'info' as const,
      link: `/circulars?open=${id}`,
    }))
    const rest = (rows[0]?.total ?? 0) - rows.length
    if (rest <= 0) return shown
    const more = { id: `${kind}.more`, kind, due: null, tone: 'info' as const, count: rest, link: '/circulars?inForce=yes' }
    return [...shown, { ...more, title: `还有 ${rest} 份有效的通知`, detail: '不用回复' }]
  },
})
