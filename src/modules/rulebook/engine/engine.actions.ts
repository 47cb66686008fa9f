import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { asEngine, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { dropEmptyCells, updateCells } from './cells.store.ts'
import type { StatusChange } from './changes.contract.ts'
import { heldMeasure } from './engine.measures.ts'
import { recompute } from './recompute.store.ts'
import { figuresSince, liveRequirements } from './requirement.queries.ts'
import { grantedDaysPassed, relievedAtBeginning } from './relief.store.ts'
import { obligationsChanged, recomputeWanted } from './engine.events.ts'
import { bearingOn, changingBetween } from './touch.queries.ts'

/** What an action touched: its organizations and persons, and the days of its facts, old and new alike. */
export interface TouchedFacts {
  readonly organizations: readonly number[]
  readonly persons?: readonly number[]
  readonly dates: readonly CivilDate[]
  /** Measures that count such facts, or a whole module such as `orglife`; what other measures count is then left alone. */
  readonly of?: readonly string[]
  /**
   * What the facts are, by names of parameters: a measure that is given a list under such a name is concerned only when the list
   * holds one of these. A meeting says its kinds, and that it has no tags.
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
  const organizations = await bearingOn(work.tx, {
    organizations: touched.organizations,
    persons: touched.persons ?? [],
    from,
    to,
  })
  const again = {
    asOf: work.today,
    from,
    to,
    ...(touched.of && { of: touched.of }),
    ...(touched.about && { about: touched.about }),
  }
  for (let next = atOnce; next < organizations.length; next += atOnce) {
    await work.emit(recomputeWanted.of({ ...again, organizations: organizations.slice(next, next + atOnce) }))
  }
  const changes = await recompute(work.tx, { ...again, organizations: organizations.slice(0, atOnce) })
  if (changes.length > 0) await work.emit(obligationsChanged.of({ changes: changes.map((change) => ({ ...change })) }))
  return changes
}

/** Notes that who owes what may have changed, so that counts kept in memory are counted anew. */
export async function owedChanged(tx: Tx): Promise<void> {
  await asEngine(tx, async () => {
    await sql`insert into rulebook.owed_changes default values`.execute(reading<'rulebook'>(tx))
  })
}

const sweptUntil = 'rulebook.swept_until'

async function remember(tx: Tx, name: string, value: string): Promise<void> {
  await asEngine(tx, async () => {
    await writing<'kernel'>(tx)
      .insertInto('kernel.settings')
      .values({ name, value: JSON.stringify(value), updated_at: sql`now()` })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: JSON.stringify(value), updated_at: sql`now()` }))
      .execute()
  })
}

/** The day up to which the sweep has been done; null before the first. */
export async function sweptDay(tx: Tx): Promise<CivilDate | null> {
  const row = await reading<'kernel'>(tx)
    .selectFrom('kernel.settings')
    .select('value')
    .where('name', '=', sweptUntil)
    .executeTakeFirst()
  return typeof row?.value === 'string' ? row.value : null
}

/**
 * Statuses change because a day passes. Brings everything to `today`: periods whose last day for recording went by since the
 * last sweep, and organizations where a dated fact took effect. A missed sweep is caught up whole.
 */
export async function sweep(tx: Tx, today: CivilDate): Promise<StatusChange[]> {
  const last = await sweptDay(tx)
  if (last !== null && last >= today) return []
  const since = await figuresSince(tx)
  const lastDay = last ?? since
  const passed = await passedBetween(tx, lastDay, today)
  const changes: StatusChange[] = []
  for (const span of passed) changes.push(...(await recompute(tx, { asOf: today, organizations: null, ...span })))
  for (const { organizationNo, ...span } of await grantedDaysPassed(tx, { after: lastDay, today })) {
    changes.push(...(await recompute(tx, { asOf: today, organizations: [organizationNo], ...span })))
  }
  const changed = [
    ...new Set([...(await changingBetween(tx, lastDay, today)), ...(await relievedAtBeginning(tx, lastDay, today))]),
  ]
  if (changed.length > 0) {
    const organizations = await bearingOn(tx, { organizations: changed, persons: [], from: lastDay, to: today })
    changes.push(...(await recompute(tx, { asOf: today, organizations, from: addDays(lastDay, -1), to: today })))
  }
  changes.push(...(await recomputeDaily(tx, lastDay, today)))
  await remember(tx, sweptUntil, today)
  return changes
}

/** Deadlines can pass on any day, and the state of a register is looked at each day. */
async function recomputeDaily(tx: Tx, lastDay: CivilDate, today: CivilDate): Promise<StatusChange[]> {
  const daily = (await liveRequirements(tx)).filter((one) => one.once || one.event || heldMeasure(one.measure)?.state)
  if (daily.length === 0) return []
  const longest = Math.max(...daily.map(({ dueOffset, grace }) => dueOffset + grace))
  const from = addDays(lastDay, -longest - 1)
  return recompute(tx, { asOf: today, organizations: null, from, to: today, only: daily.map(({ no }) => no) })
}

/** Spans of days that hold the periods whose last day for recording lies in (after, today]: one span, from the earliest on. */
async function passedBetween(tx: Tx, after: CivilDate, today: CivilDate): Promise<{ from: CivilDate; to: CivilDate }[]> {
  const row = await sql<{ first: string | null; last: string | null }>`
    select min(p.ends)::text as first, max(p.ends)::text as last from rulebook.periods p
    join rulebook.requirements r on r.enabled and r.cadence = p.cadence
    where p.ends + r.due_offset_days + r.grace_days >= ${after}::date and p.ends + r.due_offset_days + r.grace_days < ${today}::date`.execute(
    reading<'rulebook'>(tx),
  )
  const { first, last } = row.rows[0] ?? {}
  return first && last ? [{ from: first, to: last }] : []
}

/** Computes everything again from the facts, as of a day. The result is the same as what the increments gave. */
export async function rebuild(tx: Tx, asOf: CivilDate): Promise<void> {
  await asEngine(tx, async () => {
    await sql`truncate rulebook.obligations, rulebook.evidence, rulebook.cells, rulebook.cell_deltas`.execute(
      reading<'rulebook'>(tx),
    )
    const since = await figuresSince(tx)
    for (let year = Number(since.slice(0, 4)); year <= Number(asOf.slice(0, 4)); year += 1) {
      await recompute(tx, { asOf, organizations: null, from: `${year}-01-01`, to: `${year}-12-31`, silent: true })
      while ((await updateCells(tx, 200_000)) > 0);
    }
    await dropEmptyCells(tx)
    await owedChanged(tx)
    await remember(tx, sweptUntil, asOf)
  })
}
