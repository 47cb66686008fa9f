import { sql } from 'kysely'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import { keptPlan } from '../../../kernel/database/kept-plans.ts'
import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { cellKinds } from '../engine/recompute.store.ts'
import { movedDays, openSince, reliefJoin } from '../engine/relief.store.ts'
import { figuresSince, type LiveRequirement, liveRequirements, requirementsStamp } from '../engine/requirement.queries.ts'
import { dueRelation } from '../engine/status.store.ts'
import { OwedMemory, type OwedRow } from './owed-memory.rules.ts'
import { stoodUnder, type Tree } from './tree-reading.queries.ts'

export interface OwedAsked {
  readonly tree: Tree
  readonly asOf: CivilDate
}

/** Counts kept in memory with the changes that they know of. */
interface Kept {
  readonly memory: OwedMemory
  readonly seen: Set<number>
  renewing: Promise<void>
}

/** By the requirements' stamp, the day and the reading of the tree: a stamp is of one database and of one state of its rules. */
const kept = new Map<string, Kept>()
const mostKept = 4
/** A change may be seen before one with a smaller number, which was made earlier and ends later; so far back one is looked for. */
const lookBack = 500

/**
 * Who owes what in periods that are still open, counted once a day for each reading of the tree and kept in memory. When people, the
 * tree or exemptions change somewhere, the units concerned alone are counted again; when rules change, everything.
 */
export async function owedCounted(read: Read, asked: OwedAsked): Promise<OwedMemory> {
  return asEngine(read, async () => {
    const key = `${await requirementsStamp(read)} ${asked.asOf} ${asked.tree}`
    const held = kept.get(key) ?? begin(key)
    // One after another: each waits for the one before, then looks for what that one did not know.
    const renewed = held.renewing.catch(() => undefined).then(() => renew(read, asked, held))
    held.renewing = renewed
    try {
      await renewed
    } catch (error) {
      kept.delete(key)
      throw error
    }
    return held.memory
  })
}

function begin(key: string): Kept {
  const made: Kept = { memory: new OwedMemory(), seen: new Set(), renewing: Promise.resolve() }
  kept.set(key, made)
  for (const old of [...kept.keys()].slice(0, -mostKept)) kept.delete(old)
  return made
}

interface Change {
  readonly no: number
  readonly organization_nos: readonly number[] | null
}

async function renew(read: Read, asked: OwedAsked, { memory, seen }: Kept): Promise<void> {
  const first = seen.size === 0
  const { rows } = await sql<Change>`${keptPlan}select c.no, c.organization_nos from rulebook.owed_changes c
    where c.no > (select coalesce(max(no), 0) from rulebook.owed_changes) - ${lookBack}::int order by c.no`.execute(
    reading<'rulebook'>(read),
  )
  const fresh = rows.filter(({ no }) => !seen.has(no))
  if (!first && fresh.length === 0) return
  const missed = !first && fresh.length === rows.length
  const where = first || missed || fresh.some((change) => change.organization_nos === null) ? null : fresh
  const blocks = where && (await blocksOf(read, [...new Set(where.flatMap((change) => change.organization_nos ?? []))]))
  memory.replace(blocks, await countOwed(read, asked, blocks))
  seen.clear()
  // Zero says that it was counted where nothing ever changed.
  for (const no of [0, ...rows.map((row) => row.no)]) seen.add(no)
}

/** The units in which organizations stand or ever stood, those below them, and what stands above all units. */
async function blocksOf(read: Read, organizations: readonly number[]): Promise<number[]> {
  const nos = numbers(organizations)
  const { rows } = await sql<{ no: number }>`
    select u.no from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no and u.kind = 'unit' where a.organization_no = any (${nos})
    union select u.no from directory.organization_ancestry a join directory.organizations u on u.no = a.organization_no and u.kind = 'unit' where a.ancestor_no = any (${nos})`.execute(
    reading<'directory'>(read),
  )
  return [0, ...rows.map(({ no }) => no)]
}

/** All that ever stood in these blocks. */
async function standingIn(read: Read, blocks: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ no: number }>`
    select a.organization_no as no from directory.organization_ancestry a where a.ancestor_no = any (${numbers(blocks)})
    union select o.no from directory.organizations o where not exists (select 1 from directory.organization_ancestry a
      join directory.organizations u on u.no = a.ancestor_no and u.kind = 'unit' where a.organization_no = o.no)`.execute(
    reading<'directory'>(read),
  )
  return rows.map(({ no }) => no)
}

const numbers = (list: readonly number[]) => sql`${`{${list.join(',')}}`}::bigint[]`

/**
 * A span that holds the open periods of one requirement as of a day. What ended with its days of grace before the day is decided,
 * unless it was put off; so of twelve months mostly one is counted.
 */
function openSpan(
  { once, event, dueOffset, grace }: LiveRequirement,
  { asOf, putOff }: { asOf: CivilDate; putOff: CivilDate | null },
) {
  const usual = once || event ? `${Number(asOf.slice(0, 4)) - 1}-10-01` : addDays(asOf, -(dueOffset + grace))
  return { from: putOff !== null && putOff < usual ? putOff : usual, to: asOf }
}

/** All that one subject owes after events in a month is one obligation. */
export const howMany = ({ event }: LiveRequirement) =>
  event ? sql`count(distinct (d.subject_kind, d.subject_no, d.organization_no, d.period_no))::int` : sql`count(*)::int`

/** Counted from the facts, in these blocks or in all. */
export async function countOwed(read: Read, asked: OwedAsked, blocks: readonly number[] | null): Promise<OwedRow[]> {
  const counts: OwedRow[] = []
  const open = { asOf: asked.asOf, putOff: await openSince(read, asked.asOf) }
  const organizations = blocks && (await standingIn(read, blocks))
  const since = await figuresSince(read)
  for (const requirement of await countable(read)) {
    const scope = { asOf: asked.asOf, since, organizations, ...openSpan(requirement, open) }
    const { rows } = await sql<OwedRow>`
      with d as materialized (
        select d.organization_no, d.period_no, d.opens, d.closes, ${howMany(requirement)} as owed
        from (${dueRelation(requirement, scope)}) d ${reliefJoin(requirement.code)}
        where ${movedDays.lateAfter} >= ${asked.asOf}::date and not d.exempt group by 1, 2, 3, 4),
      stands as materialized (
        select d.organization_no, d.closes, coalesce(min(a.ancestor_no) filter (where w.kind = 'unit'), 0) as block,
          array_agg(a.ancestor_no) filter (where w.kind = any (${cellKinds as unknown as string[]}::text[])) as above
        from (select distinct organization_no, closes from d) d
        join directory.organization_ancestry a on a.organization_no = d.organization_no and ${stoodUnder(asked.tree, sql`d.closes`)}
        join directory.organizations w on w.no = a.ancestor_no group by 1, 2)
      select s.block::int, unnest(s.above)::int as organization_no, ${requirement.no}::int as requirement_no, d.period_no,
        d.opens as starts, d.closes as ends, sum(d.owed)::int as owed
      from d join stands s on s.organization_no = d.organization_no and s.closes = d.closes group by 1, 2, 4, 5, 6`.execute(
      reading<'rulebook' | 'directory'>(read),
    )
    counts.push(...rows)
  }
  if (blocks === null) return counts
  const meant = new Set(blocks)
  return counts.filter(({ block }) => meant.has(block))
}

/** Ratios of what was held are never due as such; counts are. */
export async function countable(read: Read): Promise<LiveRequirement[]> {
  return (await liveRequirements(read)).filter((requirement) => requirement.target.ratio_at_least === undefined)
}
