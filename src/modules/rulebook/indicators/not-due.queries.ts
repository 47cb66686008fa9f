import { type RawBuilder, sql } from 'kysely'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { period as parse, type PeriodName } from '../../../kernel/time/period.ts'
import { cellKinds } from '../engine/recompute.store.ts'
import { figuresSince, type LiveRequirement, liveRequirements } from '../engine/requirement.queries.ts'
import { dueRelation } from '../engine/status.store.ts'

/** Which tree a figure is read by. */
export type Tree = 'as_was' | 'as_is'

/** Ties an ancestor to an organization on the day that the reading goes by. */
export const stoodUnder = (tree: Tree, ends: RawBuilder<unknown>) => (tree === 'as_was' ? sql`a.valid @> ${ends}` : sql`upper_inf(a.valid)`)

interface Asked {
  readonly organizations: readonly number[]
  readonly period: PeriodName
  readonly tree: Tree
  readonly asOf: CivilDate
}

const numbers = (list: readonly number[]) => sql`${`{${list.join(',')}}`}::bigint[]`

/** How many owe a requirement in a period that is still open, by organization above. Key: organization, requirement, period. */
type Owed = ReadonlyMap<string, number>
const kept = new Map<string, Promise<Owed>>()

/**
 * Duties of periods that are still open and have no status yet: those who owe, less those that stand in the cells already. Nothing
 * is stored for them. Who owes is counted once for each version of people, tree and rules and each day, and kept in memory.
 */
export async function notYetDue(read: Read, asked: Asked, withCells: readonly number[]): Promise<Map<string, number>> {
  const { ends } = parse(asked.period)
  const found = new Map<string, number>()
  // The longest grace is below three months; what ended earlier is decided.
  if (ends < asked.asOf && Date.parse(asked.asOf) - Date.parse(ends) > 92 * 86_400_000) return found
  await asEngine(read, async () => {
    if (withCells.length > 0) await fromMemory(read, { ...asked, organizations: withCells }, found)
    const without = asked.organizations.filter((no) => !withCells.includes(no))
    if (without.length > 0) await counted(read, { ...asked, organizations: without }, found)
  })
  return found
}

async function fromMemory(read: Read, asked: Asked, found: Map<string, number>): Promise<void> {
  const version = await sql<{ version: number | null }>`select max(no) as version from rulebook.owed_changes`.execute(reading<'rulebook'>(read))
  const key = `${asked.asOf} ${asked.tree} ${version.rows[0]?.version ?? 0}`
  const owed = await (kept.get(key) ?? remember(key, countAll(read, asked)))
  const { starts, ends } = parse(asked.period)
  const cells = await sql<{ organization_no: number; requirement_no: number; period_no: number; stored: number }>`
    select c.organization_no, c.requirement_no, c.period_no, c.met + c.met_late + c.unmet + c.not_reported as stored
    from rulebook.cells c join rulebook.periods p on p.no = c.period_no
    where c.year = ${sql.lit(Number(asked.period.slice(0, 4)))} and c.organization_no = any (${numbers(asked.organizations)}) and p.starts >= ${starts}::date and p.ends <= ${ends}::date`.execute(
    reading<'rulebook'>(read),
  )
  const stored = new Map(cells.rows.map((row) => [`${row.organization_no} ${row.requirement_no} ${row.period_no}`, row.stored]))
  for (const [place, count] of owed) {
    const [organizationNo = 0, requirementNo = 0, periodNo = 0] = place.split(' ').map(Number)
    if (!asked.organizations.includes(organizationNo) || !inside(periodNo, asked.period)) continue
    const open = count - (stored.get(place) ?? 0)
    const sumKey = `${organizationNo} ${requirementNo}`
    if (open > 0) found.set(sumKey, (found.get(sumKey) ?? 0) + open)
  }
}

/** Period numbers are year × 100 + place in the year: months 1–12, quarters 21–24, halves 31–32, the year 40. */
function inside(periodNo: number, asked: PeriodName): boolean {
  const [year, place] = [Math.floor(periodNo / 100), periodNo % 100]
  const months = place <= 12 ? [place, place] : place <= 24 ? [(place - 20) * 3 - 2, (place - 20) * 3] : place <= 32 ? [(place - 30) * 6 - 5, (place - 30) * 6] : [1, 12]
  const { starts, ends } = parse(asked)
  return year === Number(asked.slice(0, 4)) && (months[0] ?? 0) >= Number(starts.slice(5, 7)) && (months[1] ?? 13) <= Number(ends.slice(5, 7))
}

function remember(key: string, counting: Promise<Owed>): Promise<Owed> {
  kept.clear()
  kept.set(key, counting)
  counting.catch(() => kept.delete(key))
  return counting
}

/** Open periods of one requirement as of a day, told by a span that holds them. */
const openSpan = (asOf: CivilDate) => ({ from: `${Number(asOf.slice(0, 4)) - 1}-10-01`, to: asOf })

async function countAll(read: Read, asked: Asked): Promise<Owed> {
  const owed = new Map<string, number>()
  for (const requirement of await countable(read)) {
    const scope = { asOf: asked.asOf, since: await figuresSince(read), organizations: null, ...openSpan(asked.asOf) }
    const rows = await sql<{ organization_no: number; period_no: number; owed: number }>`
      select a.ancestor_no as organization_no, d.period_no, count(*)::int as owed
      from (${dueRelation(requirement, scope)}) d
      join directory.organization_ancestry a on a.organization_no = d.organization_no and ${stoodUnder(asked.tree, sql`d.ends`)}
      join directory.organizations w on w.no = a.ancestor_no and w.kind = any (${cellKinds as unknown as string[]}::text[])
      where d.late_after >= ${asked.asOf}::date and not d.exempt group by 1, 2`.execute(reading<'rulebook' | 'directory'>(read))
    for (const row of rows.rows) owed.set(`${row.organization_no} ${requirement.no} ${row.period_no}`, row.owed)
  }
  return owed
}

/** Ratios of what was held are never due as such; counts are. */
async function countable(read: Read): Promise<LiveRequirement[]> {
  return (await liveRequirements(read)).filter((requirement) => requirement.target.at_least !== undefined)
}

/** Below the cells: asked of the few organizations that stand there. */
async function counted(read: Read, asked: Asked, found: Map<string, number>): Promise<void> {
  const { starts, ends } = parse(asked.period)
  const below = await sql<{ no: number }>`select distinct a.organization_no as no from directory.organization_ancestry a
    where a.ancestor_no = any (${numbers(asked.organizations)})`.execute(reading<'directory'>(read))
  const scope = { asOf: asked.asOf, since: await figuresSince(read), organizations: below.rows.map((row) => row.no), from: starts, to: ends }
  for (const requirement of await countable(read)) {
    const rows = await sql<{ organization_no: number; open: number }>`
      select a.ancestor_no as organization_no, count(*)::int as open
      from (${dueRelation(requirement, scope)}) d
      join directory.organization_ancestry a on a.organization_no = d.organization_no and a.ancestor_no = any (${numbers(asked.organizations)})
        and ${stoodUnder(asked.tree, sql`d.ends`)}
      where d.late_after >= ${asked.asOf}::date and not d.exempt and d.starts >= ${starts}::date and d.ends <= ${ends}::date
        and not exists (select 1 from rulebook.obligations o where o.year = d.year and o.organization_no = d.organization_no
          and o.period_no = d.period_no and o.requirement_no = ${requirement.no} and o.subject_kind = d.subject_kind and o.subject_no = d.subject_no)
      group by 1`.execute(reading<'rulebook' | 'directory'>(read))
    for (const row of rows.rows) found.set(`${row.organization_no} ${requirement.no}`, row.open)
  }
}
