import { type RawBuilder, sql } from 'kysely'

const held = new Map<string, RawBuilder<unknown>>()

/**
 * Names a kind of thing that waits on somebody above. `relation` is a SELECT with the columns organization_no, title, waits_on (words), since
 * (date), id, over the module's own table; only what waits now.
 */
export function declareWaiting(kind: string, relation: RawBuilder<unknown>): void {
  held.set(kind, relation)
}

/** All that waits: kind, organization_no, title, waits_on, since, id. */
export function waitingRelation(): RawBuilder<unknown> {
  const parts = [...held].map(([kind, relation]) => sql`select ${kind}::text as kind, w.* from (${relation}) w`)
  return parts.length === 0
    ? sql`select null::text as kind, null::bigint as organization_no, null::text as title, null::text as waits_on, null::date as since, null::text as id where false`
    : sql.join(parts, sql` union all `)
}

/** What rulebook itself knows to wait: extensions asked for and clocks that stand still. */
export function declareOwnWaiting(): void {
  declareWaiting(
    'relief',
    sql`select r.organization_no, (select q.title from rulebook.requirements q where q.code = r.requirement_code order by q.version desc limit 1) as title,
      case when r.kind = 'extension' then '延期申请等上级答复' when r.state = 'asked' then '停表申请等上级确认' else '等上级答复：' || r.reason end as waits_on,
      coalesce(r.stopped_from, (r.asked_at at time zone 'Asia/Shanghai')::date) as since, r.id
    from rulebook.reliefs r where r.state = 'asked' or r.kind = 'clock_stop' and r.state = 'granted'`,
  )
}
