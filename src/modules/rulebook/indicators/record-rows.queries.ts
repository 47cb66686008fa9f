import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { allUnder, type Frame, groupsRelation, listed, mostByTree, standsUnder, yearOf } from './figure-frame.queries.ts'

/** Evidence of a figure, by its inner numbers. */
export interface RecordRow {
  readonly requirement_no: number
  readonly period_no: number
  readonly organization_no: number
  readonly record_kind: string
  readonly record_no: number
  readonly recorded_on: CivilDate
  readonly reason: string | null
}

/** One screen of them; with how many there are, where to go on, and whether there are more than were counted. */
export interface RecordRows {
  readonly rows: RecordRow[]
  readonly total: number
  readonly more: boolean
  readonly next: string | null
}

/** Records are counted no further than this; where there are more, the figure's own value says how much was counted. */
export const mostCounted = 200
/** Beyond so many look-ups, asking each organization for each requirement and period costs more than following an index. */
const mostLookups = 20_000
const alwaysByTree = 500

/** Requirements in their periods, the latest first. */
function groupsOf({ heads, inner }: Frame): { requirementNo: number; periodNo: number }[] {
  const codes = [...heads.values()].sort((a, b) => a.code.localeCompare(b.code) || a.no - b.no)
  return [...inner.values()].flatMap((period) =>
    codes.flatMap((head) => (head.periodCadence === period.cadence ? [{ requirementNo: head.no, periodNo: period.no }] : [])),
  )
}

const columns = sql`e.requirement_no, e.period_no, e.organization_no, e.record_kind, e.record_no, e.recorded_on, e.reason`
const latestFirst = sql`e.recorded_on desc, e.record_no desc, e.organization_no`

/** Records that a figure counts, or those it does not: the latest period first, in it what was recorded last. */
export async function recordRows(
  read: Read,
  frame: Frame,
  asked: { counted: boolean; limit: number; offset: number },
): Promise<RecordRows> {
  const groups = groupsOf(frame)
  if (groups.length === 0) return { rows: [], total: 0, more: false, next: null }
  const counted = asked.counted ? sql`e.reason is null` : sql`e.reason is not null`
  const most = Math.max(mostCounted, asked.offset + asked.limit) + 1
  const byTree = frame.below <= alwaysByTree || (frame.below <= mostByTree && frame.below * groups.length <= mostLookups)
  const own = sql`e.year = ${yearOf(frame)} and ${counted}`
  const under = standsUnder(frame, { organization: sql`e.organization_no`, ends: sql`g.ends` })
  const nos = (of: (group: (typeof groups)[number]) => number) => listed([...new Set(groups.map(of))], 'int')
  const source = byTree
    ? sql`select g.at, ${columns} from ${groupsRelation(frame, groups)} join rulebook.evidence e on e.requirement_no = g.requirement_no and e.period_no = g.period_no
        where ${own} and e.requirement_no = any (${nos(({ requirementNo }) => requirementNo)}) and e.period_no = any (${nos(({ periodNo }) => periodNo)})
          and e.organization_no = any (${everUnder(frame)}) and ${under} order by g.at, ${latestFirst} limit ${most}`
    : sql`select g.at, e.* from ${groupsRelation(frame, groups)} cross join lateral (select ${columns} from rulebook.evidence e
        where ${own} and e.requirement_no = g.requirement_no and e.period_no = g.period_no and ${under}
        order by e.recorded_on desc, e.record_no desc limit ${most}) e limit ${most}`
  const { rows } = await sql<RecordRow & { total: number }>`with e as materialized (${source})
    select ${columns}, (select count(*)::int from e) as total from e order by e.at, ${latestFirst}
    limit ${asked.limit} offset ${asked.offset}`.execute(reading<'rulebook' | 'directory'>(read))
  const found = rows[0]?.total ?? 0
  const reached = asked.offset + rows.length
  return {
    rows,
    total: Math.min(found, most - 1),
    more: found >= most,
    next: rows.length > 0 && reached < found ? String(reached) : null,
  }
}

/** All that stood under the place on any day: what is asked for by day besides. */
function everUnder(frame: Frame) {
  return frame.tree === 'as_is'
    ? allUnder(frame, sql`null`)
    : sql`array(select distinct a.organization_no from directory.organization_ancestry a where a.ancestor_no = ${frame.place.no})`
}
