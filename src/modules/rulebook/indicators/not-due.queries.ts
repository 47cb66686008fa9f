import { sql } from 'kysely'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { period as parse, type PeriodName } from '../../../kernel/time/period.ts'
import { movedDays, openSince, reliefJoin } from '../engine/relief.store.ts'
import { figuresSince, type LiveRequirement, subjectKinds } from '../engine/requirement.queries.ts'
import { dueRelation } from '../engine/status.store.ts'
import { movedSince } from './moved.queries.ts'
import { countable, howMany, owedCounted } from './owed.queries.ts'
import { stoodUnder, type Tree } from './tree-reading.queries.ts'

interface Asked {
  readonly organizations: readonly number[]
  readonly period: PeriodName
  readonly tree: Tree
  readonly asOf: CivilDate
  readonly putOff?: CivilDate | null
}

const numbers = (list: readonly number[]) => sql`${`{${list.join(',')}}`}::bigint[]`

/** Since when something stays open that was put off or waits for those above; null for nothing. */
export const putOffSince = (read: Read, asOf: CivilDate): Promise<CivilDate | null> => asEngine(read, () => openSince(read, asOf))

/**
 * Duties of periods that are still open and have no status yet: those who owe, less those that stand in the cells already. Nothing
 * is stored for them.
 */
export async function notYetDue(read: Read, asked: Asked, withCells: readonly number[]): Promise<Map<string, number>> {
  const { ends } = parse(asked.period)
  const found = new Map<string, number>()
  // What was put off, and what waits for those above, stays open long after its period.
  const since = asked.putOff === undefined ? await putOffSince(read, asked.asOf) : asked.putOff
  const putOff = since !== null && ends >= since
  // The longest grace is below three months; what ended earlier is decided.
  if (!putOff && ends < asked.asOf && Date.parse(asked.asOf) - Date.parse(ends) > 92 * 86_400_000) return found
  // What was due and out of grace before the day is decided, and every shorter period inside it even earlier.
  const open = (await countable(read)).filter(({ dueOffset, grace }) => putOff || addDays(ends, dueOffset + grace) >= asked.asOf)
  if (open.length === 0) return found
  await asEngine(read, async () => {
    if (withCells.length > 0) await fromMemory(read, { ...asked, organizations: withCells }, found)
    const without = asked.organizations.filter((no) => !withCells.includes(no))
    if (without.length > 0) await counted(read, { ...asked, organizations: without, open }, found)
  })
  return found
}

async function fromMemory(read: Read, asked: Asked, found: Map<string, number>): Promise<void> {
  const owed = await owedCounted(read, asked)
  const { starts, ends } = parse(asked.period)
  const open = owed.under(asked.organizations).filter((row) => row.starts >= starts && row.ends <= ends)
  if (open.length === 0) return
  const stored = await storedIn(read, asked)
  for (const row of open) {
    const left = row.owed - (stored.get(`${row.organization_no} ${row.requirement_no} ${row.period_no}`) ?? 0)
    const key = `${row.organization_no} ${row.requirement_no}`
    if (left > 0) found.set(key, (found.get(key) ?? 0) + left)
  }
}

/** What the cells hold of each period inside the asked one. */
async function storedIn(read: Read, asked: Asked): Promise<ReadonlyMap<string, number>> {
  const { starts, ends } = parse(asked.period)
  const cells = await sql<{ organization_no: number; requirement_no: number; period_no: number; stored: number }>`
    select c.organization_no, c.requirement_no, c.period_no, c.met + c.met_late + c.unmet + c.not_reported as stored
    from rulebook.cells c join rulebook.periods p on p.no = c.period_no
    where c.year = ${sql.lit(Number(asked.period.slice(0, 4)))} and c.organization_no = any (${numbers(asked.organizations)})
      and p.starts >= ${starts}::date and p.ends <= ${ends}::date`.execute(reading<'rulebook'>(read))
  const stored = new Map(cells.rows.map((row) => [`${row.organization_no} ${row.requirement_no} ${row.period_no}`, row.stored]))
  for (const row of asked.tree === 'as_is' ? await movedSince(read, asked) : []) {
    const key = `${row.organization_no} ${row.requirement_no} ${row.period_no}`
    stored.set(key, (stored.get(key) ?? 0) + row.met + row.met_late + row.unmet + row.not_reported)
  }
  return stored
}

/** Below the cells: asked of the few organizations that stand there. */
async function counted(
  read: Read,
  asked: Asked & { open: readonly LiveRequirement[] },
  found: Map<string, number>,
): Promise<void> {
  const { starts, ends } = parse(asked.period)
  const below = await sql<{ no: number; kind: string }>`select distinct o.no, o.kind from directory.organization_ancestry a
    join directory.organizations o on o.no = a.organization_no where a.ancestor_no = any (${numbers(asked.organizations)})`.execute(
    reading<'directory'>(read),
  )
  const kinds = new Set(below.rows.map((row) => row.kind))
  const scope = {
    asOf: asked.asOf,
    since: await figuresSince(read),
    organizations: below.rows.map((row) => row.no),
    from: starts,
    to: ends,
  }
  for (const requirement of asked.open) {
    if (!subjectKinds(requirement).some((kind) => kinds.has(kind))) continue
    const rows = await sql<{ organization_no: number; open: number }>`
      select a.ancestor_no as organization_no, ${howMany(requirement)} as open
      from (${dueRelation(requirement, scope)}) d ${reliefJoin(requirement.code)}
      join directory.organization_ancestry a on a.organization_no = d.organization_no and a.ancestor_no = any (${numbers(asked.organizations)})
        and ${stoodUnder(asked.tree, sql`d.closes`)}
      where ${movedDays.lateAfter} >= ${asked.asOf}::date and not d.exempt and d.opens >= ${starts}::date and d.closes <= ${ends}::date
        and not exists (select 1 from rulebook.obligations o where o.year = d.year and o.organization_no = d.organization_no
          and o.period_no = d.period_no and o.requirement_no = ${requirement.no} and o.subject_kind = d.subject_kind and o.subject_no = d.subject_no)
      group by 1`.execute(reading<'rulebook' | 'directory'>(read))
    for (const row of rows.rows) found.set(`${row.organization_no} ${requirement.no}`, row.open)
  }
}
