import { type RawBuilder, sql } from 'kysely'
import { asEngine, reading, type Tx } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { StatusChange, Touched } from './changes.contract.ts'
import { countedBy, derivedScope, type Plan, planned } from './derived.store.ts'
import type { Years } from './engine.measures.ts'
import { reachOf } from './reach.rules.ts'
import { reachBack } from './relief.store.ts'
import { figuresSince, type LiveRequirement, requirementVersions, subjectKinds } from './requirement.queries.ts'
import { statusRelations, yearsAsked } from './status.store.ts'
import { numbers, type Scope } from './windows.store.ts'

/** Kinds of organization that have cells; what stands below is read from its few obligations. */
export const cellKinds = ['working_committee', 'unit', 'party_committee', 'general_branch'] as const
/** Advisory lock: shared by those who compute, exclusive for those who change the tree. */
export const treeLock = 715010
const subjectLock = 715011

/**
 * Computes again what is due of the touched subjects, writes the differences and queues them for the cells above. Runs in the
 * transaction that changed the facts. Subjects are locked in order, so that two writers never both miss the other's record.
 */
export async function recompute(tx: Tx, touched: Touched): Promise<StatusChange[]> {
  return asEngine(tx, async () => {
    const db = reading<'rulebook'>(tx)
    if (touched.organizations?.length === 0) return []
    const all = touched.organizations === null
    await (all ? sql`select pg_advisory_xact_lock(${treeLock})` : sql`select pg_advisory_xact_lock_shared(${treeLock})`).execute(
      db,
    )
    const scope: Scope = { ...touched, from: await reachBack(tx, touched), since: await figuresSince(tx) }
    const plan = planned(await requirementVersions(tx), touched)
    const organizations = await locked(tx, plan, scope)
    const changes: StatusChange[] = []
    for (const requirement of plan.recorded.filter((one) => concerns(one, scope, organizations))) {
      changes.push(...(await recomputeOne(tx, requirement, { ...scope, silent: touched.silent ?? false })))
    }
    for (const requirement of plan.derived) {
      const again = await derivedScope(tx, { requirement, changes, scope, versions: plan.versions, touched })
      if (!again || !concerns(requirement, again, organizations)) continue
      changes.push(...(await recomputeOne(tx, requirement, { ...again, silent: touched.silent ?? false })))
    }
    return changes
  })
}

/** The touched organizations with their kinds, null for all; locks those that can owe something, in order. */
async function locked(tx: Tx, plan: Plan, scope: Scope): Promise<ReadonlyMap<number, string> | null> {
  if (scope.organizations === null) return null
  const derivedBelow = plan.derived.some((requirement) => countedBy(requirement)?.below)
  const kinds = await kindsOf(tx, scope.organizations, derivedBelow ? scope.from : null)
  const concerned = [...plan.recorded, ...plan.derived].filter((requirement) => concerns(requirement, scope, kinds))
  await lockSubjects(tx, kinds, new Set(concerned.flatMap(subjectKinds)))
  return kinds
}

/** Organizations with their kinds; with those that stood above them since a day, when one is given. */
async function kindsOf(tx: Tx, organizations: readonly number[], since: CivilDate | null): Promise<ReadonlyMap<number, string>> {
  const above = since === null ? sql`a.depth = 0` : sql`a.valid && daterange(${since}::date, null)`
  const { rows } = await sql<{ no: number; kind: string }>`
    select o.no, o.kind from directory.organizations o where o.no = any (${numbers(organizations)})
    union select o.no, o.kind from directory.organization_ancestry a join directory.organizations o on o.no = a.ancestor_no
      where a.organization_no = any (${numbers(organizations)}) and ${above}`.execute(reading<'directory'>(tx))
  return new Map(rows.map((row) => [row.no, row.kind]))
}

/** Locks those that can owe something. Were the root among them, all writers of a city would wait for one another. */
async function lockSubjects(tx: Tx, kinds: ReadonlyMap<number, string>, owing: ReadonlySet<string>): Promise<void> {
  const subjects = [...kinds].flatMap(([no, kind]) => (owing.has(kind) ? [no] : [])).sort((a, b) => a - b)
  await sql`select pg_advisory_xact_lock(${subjectLock}, n) from (select unnest(${`{${subjects.join(',')}}`}::int[]) as n order by n) as t`.execute(
    reading<'rulebook'>(tx),
  )
}

/** Whether a version can have a duty, or have had one, among the touched organizations and days. */
function concerns(requirement: LiveRequirement, scope: Scope, organizations: ReadonlyMap<number, string> | null): boolean {
  const kinds = organizations && new Set(organizations.values())
  if (kinds !== null && !subjectKinds(requirement).some((kind) => kinds.has(kind))) return false
  return !requirement.live || reachOf(requirement, scope) !== null
}

/** Years as literals, so that the planner leaves the other years' partitions out. */
const yearsOf = ({ first, last }: Years, alias: string) =>
  sql`${sql.ref(`${alias}.year`)} between ${sql.lit(first)} and ${sql.lit(last)}`

const subjectKey = sql`subject_kind, subject_no, organization_no, period_no`

/** Rows of one requirement that the scope covers, in obligations or evidence. */
function covered(requirement: LiveRequirement, scope: Scope, alias: string): RawBuilder<unknown> {
  const at = (column: string) => sql.ref(`${alias}.${column}`)
  const chosen = scope.organizations === null ? sql`true` : sql`${at('organization_no')} = any (${numbers(scope.organizations)})`
  const { from, to } = reachOf(requirement, scope) ?? scope
  return sql`${at('requirement_no')} = ${requirement.no} and ${yearsOf(yearsAsked(requirement, scope), alias)} and ${chosen}
    and ${at('period_no')} in (select p.no from rulebook.periods p where p.cadence = ${requirement.periodCadence}
      and p.ends >= ${from}::date and p.starts <= ${to}::date)`
}

/** How many more of a stored status there are after than before. */
const more = (status: number) =>
  sql`sum(coalesce((d.after = ${sql.lit(status)})::int, 0) - coalesce((d.before = ${sql.lit(status)})::int, 0))`

async function recomputeOne(tx: Tx, requirement: LiveRequirement, scope: Scope & { silent: boolean }): Promise<StatusChange[]> {
  const db = reading<'rulebook'>(tx)
  const years = yearsAsked(requirement, scope)
  const result = await sql<StatusChange>`
    with ${statusRelations(requirement, scope)},
    fresh as (select * from judged where status between 1 and 5),
    stale as (select o.* from rulebook.obligations o where ${covered(requirement, scope, 'o')}),
    differing as materialized (
      select ${subjectKey}, coalesce(f.year, s.year) as year, f.due_on,
        s.status as before, f.status as after,
        coalesce(s.numerator, 0) as numerator_before, coalesce(f.numerator, 0) as numerator_after,
        coalesce(s.denominator, 0) as denominator_before, coalesce(f.denominator, 0) as denominator_after
      from fresh f full join stale s using (subject_kind, subject_no, organization_no, period_no)
      where (f.status, f.numerator, f.denominator, f.due_on) is distinct from (s.status, s.numerator, s.denominator, s.due_on)),
    removed as (
      delete from rulebook.obligations o using differing d
      where d.after is null and ${yearsOf(years, 'o')} and o.year = d.year and o.requirement_no = ${requirement.no} and o.period_no = d.period_no
        and o.organization_no = d.organization_no and o.subject_kind = d.subject_kind and o.subject_no = d.subject_no),
    written as (
      insert into rulebook.obligations (year, requirement_no, ${subjectKey}, status, numerator, denominator, due_on)
      select d.year, ${requirement.no}, ${subjectKey}, d.after, d.numerator_after, d.denominator_after, d.due_on from differing d where d.after is not null
      on conflict (year, organization_no, period_no, requirement_no, subject_kind, subject_no)
      do update set status = excluded.status, numerator = excluded.numerator, denominator = excluded.denominator, due_on = excluded.due_on),
    unlinked as (
      delete from rulebook.evidence e where ${covered(requirement, scope, 'e')}
        and not exists (select 1 from found f where f.subject_kind = e.subject_kind and f.subject_no = e.subject_no
          and f.organization_no = e.organization_no and f.period_no = e.period_no and f.record_kind = e.record_kind and f.record_no = e.record_no)),
    linked as (
      insert into rulebook.evidence as e (year, requirement_no, ${subjectKey}, record_kind, record_no, numerator, denominator, recorded_on, reason)
      select f.year, ${requirement.no}, f.subject_kind, f.subject_no, f.organization_no, f.period_no, f.record_kind, f.record_no, f.numerator, f.denominator, f.recorded_on, f.reason
      from found f
      on conflict (year, organization_no, period_no, requirement_no, subject_kind, subject_no, record_kind, record_no)
      do update set numerator = excluded.numerator, denominator = excluded.denominator, recorded_on = excluded.recorded_on, reason = excluded.reason
      where (e.numerator, e.denominator, e.recorded_on, e.reason) is distinct from (excluded.numerator, excluded.denominator, excluded.recorded_on, excluded.reason)),
    queued as (
      insert into rulebook.cell_deltas (requirement_no, organization_no, period_no, met, met_late, unmet, not_reported, exempt, numerator, denominator)
      select ${requirement.no}, a.ancestor_no, d.period_no,
        ${more(1)}, ${more(2)}, ${more(3)}, ${more(4)}, ${more(5)},
        sum(d.numerator_after - d.numerator_before), sum(d.denominator_after - d.denominator_before)
      from differing d
      join rulebook.periods p on p.no = d.period_no
      join directory.organization_ancestry a on a.organization_no = d.organization_no and a.valid @> p.ends
      join directory.organizations o on o.no = a.ancestor_no and o.kind = any (${cellKinds as unknown as string[]}::text[])
      group by a.ancestor_no, d.period_no)
    select ${requirement.no}::int as "requirementNo", d.subject_kind as "subjectKind", d.subject_no as "subjectNo",
      d.organization_no as "organizationNo", d.period_no as "periodNo", d.before, d.after
    from differing d where not ${scope.silent}`.execute(db)
  return result.rows
}
