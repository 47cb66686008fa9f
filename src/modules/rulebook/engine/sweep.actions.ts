import { sql } from 'kysely'
import { readAsSystem, writeAsSystem } from '../../../kernel/database/transaction.ts'
import { type Read, reading, type Tx } from '../../../kernel/database/handles.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import type { StatusChange, Touched } from './changes.contract.ts'
import { heldMeasure } from './engine.measures.ts'
import { recompute } from './recompute.store.ts'
import { grantedDaysPassed, relievedAtBeginning } from './relief.store.ts'
import { figuresSince, liveRequirements } from './requirement.queries.ts'
import { rememberSwept, sweptDay } from './swept.store.ts'
import { bearingOn, changingBetween } from './touch.queries.ts'

/** A part of what a passing day bears on. */
type Part = Pick<Touched, 'organizations' | 'from' | 'to' | 'only'>

/**
 * Statuses change because a day passes. Brings everything to `today` in this transaction, which meanwhile keeps the tree as it is; the
 * running product uses `sweepInPortions`. A missed sweep is caught up whole.
 */
export async function sweep(tx: Tx, today: CivilDate): Promise<StatusChange[]> {
  const changes: StatusChange[] = []
  const parts = await partsUntil(tx, today)
  for (const part of parts) changes.push(...(await recompute(tx, { asOf: today, ...part })))
  if (parts.length > 0) await rememberSwept(tx, today)
  return changes
}

/**
 * The same a few organizations at a time, each portion its own transaction under the locks of any record, while people work. `changed`
 * is told of each portion's changes inside its transaction. It bears repetition: the day counts as swept when the last is done. Answers
 * how many statuses changed.
 */
export async function sweepInPortions(
  platform: Platform,
  changed: (tx: Tx, changes: readonly StatusChange[]) => Promise<unknown>,
  portion = 250,
): Promise<number> {
  const today = platform.clock.today()
  const { parts, organizations } = await readAsSystem(platform.database, async (read) => {
    const due = await partsUntil(read, today)
    return { parts: due, organizations: due.length === 0 ? [] : await everyOrganization(read) }
  })
  let sum = 0
  for (let next = 0; next < organizations.length; next += portion) {
    const meant = organizations.slice(next, next + portion)
    sum += await writeAsSystem(platform.database, async (tx) => {
      const changes: StatusChange[] = []
      for (const part of parts)
        changes.push(...(await recompute(tx, { asOf: today, ...part, organizations: among(part, meant) })))
      await changed(tx, changes)
      return changes.length
    })
  }
  if (organizations.length > 0) await writeAsSystem(platform.database, (tx) => rememberSwept(tx, today))
  return sum
}

/** Those of a portion that a part means. */
function among({ organizations }: Part, portion: readonly number[]): readonly number[] {
  if (organizations === null) return portion
  const wanted = new Set(organizations)
  return portion.filter((no) => wanted.has(no))
}

async function everyOrganization(read: Read): Promise<number[]> {
  const { rows } = await sql<{ no: number }>`select o.no from directory.organizations o order by o.no`.execute(
    reading<'directory'>(read),
  )
  return rows.map(({ no }) => no)
}

/**
 * What the days since the last sweep bear on: periods whose last day for recording went by, granted days, organizations where a dated
 * fact took effect, and what is looked at each day. Empty when today has been swept.
 */
async function partsUntil(read: Read, today: CivilDate): Promise<Part[]> {
  const last = await sweptDay(read)
  if (last !== null && last >= today) return []
  const lastDay = last ?? (await figuresSince(read))
  const parts: Part[] = (await passedBetween(read, lastDay, today)).map((span) => ({ organizations: null, ...span }))
  for (const { organizationNo, ...span } of await grantedDaysPassed(read, { after: lastDay, today })) {
    parts.push({ organizations: [organizationNo], ...span })
  }
  const changed = [
    ...new Set([...(await changingBetween(read, lastDay, today)), ...(await relievedAtBeginning(read, lastDay, today))]),
  ]
  if (changed.length > 0) {
    const organizations = await bearingOn(read, { organizations: changed, persons: [], from: lastDay, to: today })
    parts.push({ organizations, from: addDays(lastDay, -1), to: today })
  }
  return [...parts, ...(await daily(read, lastDay, today))]
}

/** Deadlines can pass on any day, and the state of a register is looked at each day. */
async function daily(read: Read, lastDay: CivilDate, today: CivilDate): Promise<Part[]> {
  const asked = (await liveRequirements(read)).filter((one) => one.once || one.event || heldMeasure(one.measure)?.state)
  if (asked.length === 0) return []
  const longest = Math.max(...asked.map(({ dueOffset, grace }) => dueOffset + grace))
  return [{ organizations: null, from: addDays(lastDay, -longest - 1), to: today, only: asked.map(({ no }) => no) }]
}

/** Spans of days that hold the periods whose last day for recording lies in (after, today]: one span, from the earliest on. */
async function passedBetween(read: Read, after: CivilDate, today: CivilDate): Promise<{ from: CivilDate; to: CivilDate }[]> {
  const row = await sql<{ first: string | null; last: string | null }>`
    select min(p.ends)::text as first, max(p.ends)::text as last from rulebook.periods p
    join rulebook.requirements r on r.enabled and r.cadence = p.cadence
    where p.ends + r.due_offset_days + r.grace_days >= ${after}::date and p.ends + r.due_offset_days + r.grace_days < ${today}::date`.execute(
    reading<'rulebook'>(read),
  )
  const { first, last } = row.rows[0] ?? {}
  return first && last ? [{ from: first, to: last }] : []
}
