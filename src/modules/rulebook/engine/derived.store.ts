import { sql } from 'kysely'
import { keptPlan } from '../../../kernel/database/kept-plans.ts'
import { reading, type Tx } from '../../../kernel/database/handles.ts'
import { addDays, addMonths, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { derivedDepth } from '../documents/derived-order.rules.ts'
import type { StatusChange, Touched } from './changes.contract.ts'
import { type CountedRequirements, heldMeasure } from './engine.measures.ts'
import type { LiveRequirement } from './requirement.queries.ts'
import { numbers, type Scope } from './windows.store.ts'

/** In which order requirements are computed: those that count records, then those that count requirements, inner ones first. */
export interface Plan {
  readonly recorded: readonly LiveRequirement[]
  readonly derived: readonly LiveRequirement[]
  readonly versions: readonly LiveRequirement[]
}

/** What a derived requirement counts; null for one that counts records. */
export function countedBy({ measure, params }: Pick<LiveRequirement, 'measure' | 'params'>): CountedRequirements | null {
  return heldMeasure(measure)?.counts(params) ?? null
}

/** Whether such facts can bear on what a requirement counts. */
function isOf({ measure, params }: LiveRequirement, { of, about = {} }: Pick<Touched, 'of' | 'about'>): boolean {
  const known = heldMeasure(measure)
  const also = known?.alsoOf ?? []
  const within = (one: string, other: string) => `${one}.`.startsWith(`${other}.`)
  if (of && !of.some((name) => within(measure, name) || also.some((each) => within(each, name) || within(name, each))))
    return false
  const given = known ? known.given(params) : params
  return Object.entries(about).every(([name, values]) => {
    const [path = '', only] = name.split(':').toReversed()
    if (only !== undefined && only !== measure) return true
    const asked = paramAt(given, path)
    return asked === undefined || [asked].flat().some((value) => typeof value !== 'string' || values.includes(value))
  })
}

/** What stands in the parameters under a name, or under names joined by dots. */
function paramAt(params: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (within, name) =>
        typeof within === 'object' && within !== null ? (within as Readonly<Record<string, unknown>>)[name] : undefined,
      params,
    )
}

/** The versions that a touch can concern, in the order in which they are computed. */
export function planned(versions: readonly LiveRequirement[], touched: Pick<Touched, 'only' | 'of' | 'about'>): Plan {
  const live = versions.filter((one) => one.live)
  const counted = new Map<string, readonly string[]>()
  for (const one of live) counted.set(one.code, [...(counted.get(one.code) ?? []), ...(countedBy(one)?.codes ?? [])])
  const depth = (one: LiveRequirement) => derivedDepth(one.code, counted)
  const named = touched.only && new Set(touched.only)
  const meant = named ? versions.filter((one) => one.live || named.has(one.no)) : live
  const derived = meant.filter((one) => countedBy(one) !== null)
  const recorded = meant.filter((one) => countedBy(one) === null)
  return {
    recorded: recorded.filter((one) => (!named || named.has(one.no)) && isOf(one, touched)),
    derived: derived.toSorted((a, b) => depth(a) - depth(b)),
    versions,
  }
}

interface Derived {
  readonly requirement: LiveRequirement
  /** What changed among the requirements computed before. */
  readonly changes: readonly StatusChange[]
  readonly scope: Scope
  readonly versions: readonly LiveRequirement[]
  readonly touched: Touched
}

/** Whether its own subjects may have changed, rather than only what it counts. */
function wholly({ requirement, touched }: Derived): boolean {
  if (touched.only) return touched.only.includes(requirement.no)
  return touched.of === undefined
}

/**
 * For whom and when a derived requirement is computed again: for the touched subjects where they themselves may have changed, and
 * wherever something that it counts did. null where nothing bears on it.
 */
export async function derivedScope(tx: Tx, given: Derived): Promise<Scope | null> {
  const { requirement, changes, scope, versions } = given
  const counted = countedBy(requirement)
  if (!counted) return null
  const inner = new Set(versions.filter((one) => counted.codes.includes(one.code)).map((one) => one.no))
  const bearing = changes.filter((change) => inner.has(change.requirementNo))
  const whole = wholly(given)
  if (!whole && bearing.length === 0) return null
  const span = await spanOf(tx, { bearing, scope, monthsBack: counted.monthsBack })
  if (scope.organizations === null) return { ...scope, ...span }
  const changed = [...new Set(bearing.map((change) => change.organizationNo))]
  const around = counted.below ? await aboveSince(tx, changed, span.from) : changed
  return { ...scope, ...span, organizations: [...new Set([...(whole ? scope.organizations : []), ...around])] }
}

/** The days of the scope, widened to the periods of what changed and as far ahead as the measure looks back. */
async function spanOf(
  tx: Tx,
  given: { bearing: readonly StatusChange[]; scope: Scope; monthsBack: number },
): Promise<{ from: CivilDate; to: CivilDate }> {
  const { bearing, scope, monthsBack } = given
  const periods = [...new Set(bearing.map((change) => change.periodNo))]
  if (periods.length === 0) return { from: scope.from, to: ahead(scope.to, monthsBack) }
  const { rows } = await sql<{ first: CivilDate | null; last: CivilDate | null }>`${keptPlan}
    select min(p.starts)::text as first, max(p.ends)::text as last from rulebook.periods p where p.no = any (${numbers(periods)})`.execute(
    reading<'rulebook'>(tx),
  )
  const first = rows[0]?.first ?? null
  const last = rows[0]?.last ?? null
  const from = first !== null && first < scope.from ? first : scope.from
  const to = last !== null && last > scope.to ? last : scope.to
  return { from, to: ahead(to, monthsBack) }
}

const ahead = (day: CivilDate, monthsBack: number) => (monthsBack === 0 ? day : addDays(addMonths(day, monthsBack), 3))

/** Organizations that stood above some on or after a day, and these themselves. */
async function aboveSince(tx: Tx, organizations: readonly number[], day: CivilDate): Promise<number[]> {
  const { rows } = await sql<{ no: number }>`${keptPlan}select distinct a.ancestor_no as no from directory.organization_ancestry a
    where a.organization_no = any (${numbers(organizations)}) and a.valid && daterange(${day}::date, null)`.execute(
    reading<'directory'>(tx),
  )
  return rows.map((row) => row.no)
}
