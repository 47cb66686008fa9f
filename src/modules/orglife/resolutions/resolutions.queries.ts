import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { holds, organizationsFor } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { declareWorkItems, type WorkItem } from '../../../kernel/work-items/registry.ts'
import { chosenOrganizations } from '../meetings/meeting-body.queries.ts'
import '../meetings/meetings.policy.ts'
import './resolutions.policy.ts'
import type { ResolutionLine, ResolutionsAsked, themeDay } from './resolutions.contract.ts'

interface Reader {
  readonly actor: Actor
  readonly today: CivilDate
}

/** Resolutions of meetings that stand, each with the last word on it; the cursor is the meeting's number and the place in it. */
const fromSql = sql`from orglife.resolutions r join orglife.meetings m on m.no = r.meeting_no and m.state = 'recorded'
  join directory.organizations h on h.no = m.organization_no
  join directory.organization_names n on n.organization_no = h.no and upper_inf(n.valid)
  left join directory.persons w on w.no = r.owner_no
  left join lateral (select p.settled, p.note, p.reported_on, p.reported_by from orglife.resolution_reports p
    where p.meeting_no = r.meeting_no and p.content = r.content order by p.no desc limit 1) l on true`

const overdue = (today: CivilDate) => sql`(not coalesce(l.settled, false) and r.due_on < ${today}::date)`

function filters(asked: Partial<ResolutionsAsked>, { actor, today }: Reader): RawBuilder<unknown> {
  const standing = {
    open: sql`not coalesce(l.settled, false)`,
    overdue: overdue(today),
    settled: sql`coalesce(l.settled, false)`,
  } as const
  const parts = [
    sql`true`,
    asked.under === undefined
      ? null
      : sql`exists (select 1 from orglife.meeting_organizations o join directory.organization_ancestry a on a.organization_no = o.organization_no
          join directory.organizations u on u.no = a.ancestor_no where o.meeting_no = m.no and u.id = ${asked.under} and (upper_inf(a.valid) or a.valid @> m.held_on))`,
    asked.standing === undefined ? null : standing[asked.standing],
    asked.mine === undefined ? null : sql`r.owner_no = ${actor.personNo ?? 0}`,
    asked.text ? sql`(strpos(r.content, ${asked.text}) > 0 or strpos(m.title, ${asked.text}) > 0)` : null,
  ].filter((part) => part !== null)
  return sql.join(parts, sql` and `)
}

/** Resolutions that the reader may see, what is due first on top; one page. */
export async function resolutionsAsked(
  read: Read,
  asked: ResolutionsAsked,
  reader: Reader,
): Promise<{ items: ResolutionLine[]; next: string | null; total: number }> {
  const db = reading<'orglife' | 'directory'>(read)
  const keeps = sql`${`{${organizationsFor(reader.actor, 'orglife.meeting.correct').join(',')}}`}::bigint[]`
  const beyond = asked.after ? sql`r.no < ${Number(asked.after) || 0}` : sql`true`
  const { rows } = await sql<ResolutionLine>`select r.no::text as id,
      jsonb_build_object('id', m.id, 'title', m.title, 'heldOn', m.held_on, 'kinds', m.kinds) as meeting,
      jsonb_build_object('id', h.id, 'name', n.name) as organization, r.content,
      case when w.no is not null then jsonb_build_object('id', w.id, 'name', w.name) end as owner, r.due_on as "dueOn",
      coalesce(l.settled, false) as settled, coalesce(${overdue(reader.today)}, false) as overdue, l.note, l.reported_on as "reportedOn",
      directory.account_name(l.reported_by) as "reportedBy",
      (not coalesce(l.settled, false) and (r.owner_no is not distinct from ${reader.actor.personNo ?? -1}::bigint
        or exists (select 1 from directory.organization_ancestry a where a.organization_no = m.organization_no and upper_inf(a.valid)
          and a.ancestor_no = any (${keeps})))) as "mayReport"
    ${fromSql} where ${filters(asked, reader)} and ${beyond} order by r.no desc limit ${asked.limit + 1}`.execute(db)
  const count = await sql<{ total: number }>`select count(*)::int as total ${fromSql} where ${filters(asked, reader)}`.execute(db)
  const items = rows.slice(0, asked.limit)
  return { items, next: rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null, total: count.rows[0]?.total ?? 0 }
}

/** The day of the month on which an organization holds its theme day; null while none was fixed. */
export async function themeDayOf(read: Read, organizationId: string): Promise<z.output<typeof themeDay>> {
  const [organization] = await chosenOrganizations(read, [organizationId])
  if (!organization) throw new RangeError('no organization asked')
  const fixed = await reading<'orglife'>(read)
    .selectFrom('orglife.theme_days')
    .select(['day', 'since'])
    .where('organization_no', '=', organization.no)
    .orderBy('no', 'desc')
    .executeTakeFirst()
  return {
    organization: { id: organization.id, name: organization.name },
    day: fixed?.day ?? null,
    since: fixed?.since ?? null,
  }
}

const kind = 'orglife.resolutions'
const soon = 7

interface Owed {
  readonly content: string
  readonly due: CivilDate
  readonly title: string
  readonly total: number
}

/** One line, however many; it is due when the first of them is. */
function summedUp(rows: readonly Owed[], today: CivilDate): WorkItem[] {
  const [first] = rows
  if (!first) return []
  const { total, due } = first
  const named = rows.map(({ content }) => content).join('；')
  return [
    {
      id: kind,
      kind,
      title: total === 1 ? `议定事项：${first.content}` : `${total} 项议定事项要落实`,
      detail: total === 1 ? first.title : `${named}${total > rows.length ? '等' : ''}`,
      due,
      tone: due < today ? 'short' : 'soon',
      link: '/resolutions?mine=yes&standing=open',
      ...(total > 1 && { count: total }),
    },
  ]
}

// What one was given at a meeting and has not settled; of others' matters nobody is reminded.
declareWorkItems({
  kind,
  list: async (read, actor, today) => {
    if (!holds(actor, 'orglife.resolution.read') || actor.personNo === null) return []
    const { rows } = await sql<Owed>`select r.content, r.due_on::text as due, m.title, count(*) over ()::int as total ${fromSql}
        where ${filters({ mine: 'yes', standing: 'open' }, { actor, today })} and r.due_on <= ${addDays(today, soon)}::date
        order by r.due_on, r.no limit 3`.execute(reading<'orglife' | 'directory'>(read))
    return summedUp(rows, today)
  },
})
