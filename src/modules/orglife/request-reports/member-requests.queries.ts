import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { offsetOf, offsetPage } from '../../../kernel/http/offset-page.ts'
import { declareWorkItems } from '../../../kernel/work-items/registry.ts'
import { type MemberAction, memberLifecycle, type MemberRequest } from './member-requests.contract.ts'
import './member-requests.policy.ts'
import { type Asking, daysPast, runningClock } from './request-scope.queries.ts'

/** Organizations at which the reader answers: exactly there, or at the committee of the unit where the grant is; never for standing above. */
function keepsDesk(actor: Actor, organization: RawBuilder<unknown>): RawBuilder<boolean> {
  const at = sql`${`{${organizationsFor(actor, 'orglife.member_request.answer').join(',')}}`}::bigint[]`
  return sql<boolean>`(${organization} = any (${at}) or exists (select 1 from directory.organization_edges e
    join directory.organizations k on k.no = e.organization_no and k.kind in ('party_committee', 'general_branch')
    where e.organization_no = ${organization} and upper_inf(e.valid) and e.parent_no = any (${at})))`
}
const laidBefore = (actor: Actor) =>
  sql<boolean>`exists (select 1 from unnest(r.desk_nos) x (no) where ${keepsDesk(actor, sql`x.no`)})`
const asksHerself = (actor: Actor) => sql<boolean>`r.asker_no = ${actor.personNo}::bigint`

const named = (no: RawBuilder<unknown>) =>
  sql`(select jsonb_build_object('id', n.id, 'name', n.name) from directory.organizations_now n where n.no = ${no})`

type Row = Omit<MemberRequest, 'abilities'> & { total: number; keeps: boolean }

async function rowsOf(read: Read, where: RawBuilder<unknown>, asked: Asking & { limit: number; from: number }): Promise<Row[]> {
  const { actor, today } = asked
  const { rows } = await sql<Row>`select r.id, r.matter, r.content, r.state, r.sent_on as "sentOn", coalesce(p.name, '') as asker,
      coalesce(${asksHerself(actor)}, false) as mine, ${named(sql`r.organization_no`)} as branch, ${named(sql`r.at_no`)} as at,
      s.due_on as "dueOn", ${daysPast(sql`s.due_on`, today)} as "overdueDays", ${keepsDesk(actor, sql`r.at_no`)} as keeps, count(*) over ()::int as total,
      coalesce((select jsonb_agg(jsonb_build_object('action', t.action, 'organization', n.name, 'on', t.acted_on, 'said', t.said) order by t.revision)
        from orglife.request_steps t join directory.organizations_now n on n.no = t.organization_no where t.request_no = r.no and t.said is not null), '[]') as steps
    from orglife.request_reports r left join directory.persons p on p.no = r.asker_no ${runningClock}
    where r.asker_no is not null and ${where} order by r.state in ('sent', 'passed') desc, r.sent_on desc, r.no desc
    limit ${asked.limit} offset ${asked.from}`.execute(reading<'orglife' | 'directory'>(read))
  return rows
}

function shown({ keeps, ...row }: Omit<Row, 'total'>): MemberRequest {
  const possible = Object.keys(memberLifecycle[row.state]) as MemberAction[]
  return { ...row, abilities: possible.filter((verb) => (verb === 'withdraw' ? row.mine : keeps && !row.mine)) }
}

const whoseSql = {
  mine: asksHerself,
  asked: (actor: Actor) => sql<boolean>`(${laidBefore(actor)} and ${asksHerself(actor)} is not true)`,
} as const
const readable = (actor: Actor) => sql<boolean>`(${asksHerself(actor)} or ${laidBefore(actor)})`

/** What the reader asked, and what was laid before her, what is open first. */
export async function memberRequestsAsked(
  read: Read,
  asked: { whose?: keyof typeof whoseSql | undefined; after?: string | undefined; limit: number },
  asking: Asking,
): Promise<{ items: MemberRequest[]; next: string | null; total?: number }> {
  const from = offsetOf(asked.after)
  const where = asked.whose ? whoseSql[asked.whose](asking.actor) : readable(asking.actor)
  const page = offsetPage(await rowsOf(read, where, { ...asking, limit: asked.limit, from }), from)
  return { ...page, items: page.items.map(shown) }
}

export async function memberRequestOf(read: Read, id: string, asking: Asking): Promise<MemberRequest> {
  const [row] = await rowsOf(read, sql`r.id = ${id} and ${readable(asking.actor)}`, { ...asking, limit: 1, from: 0 })
  if (!row) throw new Problem('orglife.member_request_not_found')
  const { total: _total, ...found } = row
  return shown(found)
}

const kind = 'orglife.member_requests'
declareWorkItems({
  kind,
  list: async (read, actor, today) => {
    if (organizationsFor(actor, 'orglife.member_request.answer').length === 0) return []
    const { rows } = await sql<{ count: number; due: string | null }>`select count(*)::int as count, min(s.due_on)::text as due
      from orglife.request_reports r ${runningClock}
      where r.asker_no is not null and r.state in ('sent', 'passed') and ${keepsDesk(actor, sql`r.at_no`)} and ${asksHerself(actor)} is not true`.execute(
      reading<'orglife' | 'directory'>(read),
    )
    const open = rows[0]
    if (!open || open.count === 0) return []
    const { count, due } = open
    const tone = due !== null && due < today ? 'short' : 'soon'
    const detail = tone === 'short' ? '有的已经超期，请尽快答复' : '答复本人；不能按期的，请在期满之前说明'
    return [
      {
        id: `${kind}.open`,
        kind,
        count,
        due,
        tone,
        title: `${count} 件党员请示待答复`,
        detail,
        link: '/member-requests?whose=asked',
      },
    ]
  },
})
