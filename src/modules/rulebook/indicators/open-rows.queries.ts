import { type RawBuilder, sql } from 'kysely'
import { keptPlan } from '../../../kernel/database/kept-plans.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { cellKinds } from '../engine/recompute.store.ts'
import { allUnder, type Frame, groupsRelation, listed, mostByTree, standsUnder, yearOf } from './figure-frame.queries.ts'
import { movedSince } from './moved.queries.ts'
import { above } from './tree-reading.queries.ts'

const db = (read: Read) => reading<'rulebook' | 'directory'>(read)

/** How much of one requirement in one of its own periods is short or not reported, and how much was late. */
export interface OpenGroup {
  readonly requirementNo: number
  readonly periodNo: number
  readonly open: number
  readonly late: number
}
type GroupRow = { requirement_no: number; period_no: number; open: number; late: number }

const innerNos = (frame: Frame) => listed([...frame.inner.keys()], 'int')
const requirementNos = (frame: Frame) => listed([...frame.heads.keys()], 'int')

/** Told by the cells, so that nothing is counted but what is shown. */
const groupsInCells = (
  frame: Frame,
) => sql<GroupRow>`${keptPlan}select c.requirement_no, c.period_no, c.unmet + c.not_reported as open, c.met_late as late
  from rulebook.cells c join rulebook.periods p on p.no = c.period_no join rulebook.requirements r on r.no = c.requirement_no and r.period_cadence = p.cadence
  where c.year = ${yearOf(frame)} and c.organization_no = ${frame.place.no} and c.period_no = any (${innerNos(frame)})
    and c.requirement_no = any (${requirementNos(frame)})`

/** Below the cells there are few obligations. */
const groupsInObligations = (
  frame: Frame,
) => sql<GroupRow>`select o.requirement_no, o.period_no, count(*) filter (where o.status in (3, 4))::int as open, count(*) filter (where o.status = 2)::int as late
  from rulebook.obligations o join rulebook.periods p on p.no = o.period_no
  ${above(frame.tree, { organization: sql`o.organization_no`, ends: sql`p.ends` })} and a.ancestor_no = ${frame.place.no}
  where o.year = ${yearOf(frame)} and o.period_no = any (${innerNos(frame)}) and o.requirement_no = any (${requirementNos(frame)}) group by 1, 2`

/** Where something is open or was late: hard requirements first, then the latest periods. */
export async function openGroups(read: Read, frame: Frame): Promise<OpenGroup[]> {
  if (frame.heads.size === 0) return []
  const withCells = cellKinds.some((kind) => kind === frame.place.kind)
  const { rows } = await (withCells ? groupsInCells(frame) : groupsInObligations(frame)).execute(db(read))
  const found = new Map(rows.map((row) => [`${row.requirement_no} ${row.period_no}`, row]))
  if (withCells && frame.tree === 'as_is') {
    for (const moved of await movedSince(read, { organizations: [frame.place.no], period: frame.period })) {
      if (!frame.heads.has(moved.requirement_no)) continue
      const key = `${moved.requirement_no} ${moved.period_no}`
      const known = found.get(key)
      const [open, late] = [(known?.open ?? 0) + moved.unmet + moved.not_reported, (known?.late ?? 0) + moved.met_late]
      found.set(key, { requirement_no: moved.requirement_no, period_no: moved.period_no, open, late })
    }
  }
  const groups = [...found.values()].flatMap(({ requirement_no, period_no, open, late }) =>
    open + late > 0 ? [{ requirementNo: requirement_no, periodNo: period_no, open, late }] : [],
  )
  const keyOf = ({ requirementNo, periodNo }: OpenGroup) => {
    const head = frame.heads.get(requirementNo)
    return { strength: head?.strength ?? '', starts: frame.inner.get(periodNo)?.starts ?? '', code: head?.code ?? '' }
  }
  return groups.sort((a, b) => {
    const [one, other] = [keyOf(a), keyOf(b)]
    return (
      one.strength.localeCompare(other.strength) || other.starts.localeCompare(one.starts) || one.code.localeCompare(other.code)
    )
  })
}

/** An obligation that is open or was late, by its inner numbers. */
export interface OpenRow {
  readonly requirement_no: number
  readonly period_no: number
  readonly subject_kind: string
  readonly subject_no: number
  readonly organization_no: number
  readonly status: number
  readonly numerator: number
  readonly denominator: number
  readonly due: CivilDate
}

const open = sql`o.status in (3, 4)`
const late = sql`o.status = 2`

/** The first so many rows of these groups, in their order: a group that is not reached is not looked at. */
async function rowsOf(
  read: Read,
  frame: Frame,
  asked: { groups: readonly OpenGroup[]; status: RawBuilder<unknown>; limit: number },
): Promise<OpenRow[]> {
  if (asked.groups.length === 0) return []
  const under =
    frame.below > mostByTree
      ? standsUnder(frame, { organization: sql`o.organization_no`, ends: sql`g.ends` })
      : sql`o.organization_no = any (${allUnder(frame, sql`g.ends`)})`
  const found = await sql<OpenRow>`
    select x.requirement_no, x.period_no, x.subject_kind, x.subject_no, x.organization_no, x.status, x.numerator, x.denominator, x.due_on::text as due
    from ${groupsRelation(frame, asked.groups)}
    cross join lateral (select o.* from rulebook.obligations o where o.year = ${yearOf(frame)} and o.requirement_no = g.requirement_no
      and o.period_no = g.period_no and ${asked.status} and ${under} order by o.due_on, o.organization_no, o.subject_no limit ${asked.limit}) x
    order by g.at, x.due_on, x.organization_no, x.subject_no limit ${asked.limit}`.execute(db(read))
  return found.rows
}

/** So many of the open obligations, those of hard requirements first and the late ones last; with how many there are in all. */
export async function firstOpen(read: Read, frame: Frame, limit: number): Promise<{ rows: OpenRow[]; total: number }> {
  const groups = await openGroups(read, frame)
  const rows: OpenRow[] = []
  for (const strength of ['hard', 'soft'] as const) {
    const own = groups.filter(({ requirementNo }) => frame.heads.get(requirementNo)?.strength === strength)
    for (const [status, of] of [
      [open, (group: OpenGroup) => group.open],
      [late, (group: OpenGroup) => group.late],
    ] as const) {
      const left = limit - rows.length
      if (left > 0) rows.push(...(await rowsOf(read, frame, { groups: reaching(own, of, left), status, limit: left })))
    }
  }
  return { rows, total: groups.reduce((sum, group) => sum + group.open + group.late, 0) }
}

/** The first groups that together hold so many. */
export function reaching(groups: readonly OpenGroup[], of: (group: OpenGroup) => number, enough: number): OpenGroup[] {
  const taken: OpenGroup[] = []
  let sum = 0
  for (const group of groups) {
    if (sum >= enough) break
    if (of(group) <= 0) continue
    taken.push(group)
    sum += of(group)
  }
  return taken
}
