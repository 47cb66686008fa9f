import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { asEngine, reading, type Tx } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { StatusChange } from './changes.contract.ts'
import { computeCells, computePart, rebuildingOf } from './rebuild.store.ts'
import { recompute, treeLock } from './recompute.store.ts'
import { obligationsChanged, recomputeWanted } from './engine.events.ts'
import { rememberSwept } from './swept.store.ts'
import { bearingOn } from './touch.queries.ts'

/** What an action touched: its organizations and persons, and the days of its facts, old and new alike. */
export interface TouchedFacts {
  readonly organizations: readonly number[]
  readonly persons?: readonly number[]
  readonly dates: readonly CivilDate[]
  /** Measures that count such facts, or a whole module such as `orglife`; what other measures count is then left alone. */
  readonly of?: readonly string[]
  /**
   * What the facts are, by names of parameters: a measure that is given something under such a name is concerned only when it is
   * among these. `among.tags` names what stands within a parameter, `orglife.meetings_with_item:category` that of one measure only.
   */
  readonly about?: Readonly<Record<string, readonly string[]>>
}

/** Up to this many organizations are computed before the answer goes out; more follow right after it, in portions. */
const atOnce = 200

/** Computes again, inside the running action, what its facts bear on. Every figure of the touched subjects is right when it returns. */
export async function factsChanged(work: Work, touched: TouchedFacts): Promise<StatusChange[]> {
  const dates = [...touched.dates].sort()
  const [from, to] = [dates[0], dates.at(-1)]
  if (!from || !to) return []
  const again = {
    asOf: work.today,
    from,
    to,
    ...(touched.of && { of: touched.of }),
    ...(touched.about && { about: touched.about }),
  }
  const { organizations, changes } = await asEngine(work.tx, async () => {
    const near = { organizations: touched.organizations, persons: touched.persons ?? [], from, to }
    const bearing = await bearingOn(work.tx, near)
    return { organizations: bearing, changes: await recompute(work.tx, { ...again, organizations: bearing.slice(0, atOnce) }) }
  })
  for (let next = atOnce; next < organizations.length; next += atOnce) {
    await work.emit(recomputeWanted.of({ ...again, organizations: organizations.slice(next, next + atOnce) }))
  }
  if (changes.length > 0) await work.emit(obligationsChanged.of({ changes: changes.map((change) => ({ ...change })) }))
  return changes
}

/**
 * Notes that who owes what may have changed: at these organizations and wherever these persons belong or hold posts, or, without
 * them, everywhere. Counts kept in memory are then counted again there.
 */
export async function owedChanged(tx: Tx, where?: Pick<TouchedFacts, 'organizations' | 'persons'>): Promise<void> {
  const list = (nos: readonly number[]) => sql`${`{${nos.join(',')}}`}::bigint[]`
  const persons = list(where?.persons ?? [])
  const nos = where
    ? sql`array(select unnest(${list(where.organizations)})
        union select t.organization_no from directory.posts t where t.person_no = any (${persons})
        union select m.organization_no from directory.memberships m where m.person_no = any (${persons}))`
    : sql`null`
  await asEngine(tx, async () => {
    await sql`insert into rulebook.owed_changes (organization_nos) values (${nos})`.execute(reading<'rulebook' | 'directory'>(tx))
  })
}

/** Computes everything again from the facts, as of a day. The result is the same as what the increments gave. */
export async function rebuild(tx: Tx, asOf: CivilDate): Promise<void> {
  await asEngine(tx, async () => {
    await sql`truncate rulebook.obligations, rulebook.evidence, rulebook.cells, rulebook.cell_deltas`.execute(
      reading<'rulebook'>(tx),
    )
    await sql`select pg_advisory_xact_lock(${treeLock})`.execute(reading<'rulebook'>(tx))
    const { since, recorded, derived } = await rebuildingOf(tx)
    for (const part of [...recorded, ...derived]) await computePart(tx, part, { since, asOf })
    await computeCells(tx)
    await owedChanged(tx)
    await rememberSwept(tx, asOf)
  })
}
