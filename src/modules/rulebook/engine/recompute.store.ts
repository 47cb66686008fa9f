import { type RawBuilder, sql } from 'kysely'
import { asEngine, reading, type Tx } from '../../../kernel/database/handles.ts'
import { keptPlan } from '../../../kernel/database/kept-plans.ts'
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
    await (all
      ? sql`select pg_advisory_xact_lock(${treeLock})`
      : sql`select pg_advisory_xact_lock_shared(${treeLock}), set_config('plan_cache_mode', 'force_generic_plan', true)`
    ).execute(db)
    const scope: Scope = { ...touched, from: await reachBack(tx, touched), since: await figuresSince(tx) }
    const plan = planned(await requirementVersions(tx), touched)
    const organizations = await locked(tx, plan, scope)
    const changes: StatusChange[] = []
    for (const requirement of plan.recorded.filter((one) => concerns(one, scope, organizations))) {
      changes.push(...(await recomputeOne(tx, requirement, scope)))
    }
    for (const requirement of plan.derived) {
      const again = await derivedScope(tx, { requirement, changes, scope, versions: plan.versions, touched })
      if (!again || !concerns(requirement, again, organizations)) continue
      changes.push(...(await recomputeOne(tx, requirement, again)))
    }
    if (!all) await sql`select set_config('plan_cache_mode', 'auto', true)`.execute(db)
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
  const { rows } = await sql<{ no: number; kind: string }>`${keptPlan}
    select o.no, o.kind from directory.organizations o where o.no = any (${numbers(organizations)})
    union select o.no, o.kind from directory.organization_ancestry a join directory.organizations o on o.no = a.ancestor_no
      where a.organization_no = any (${numbers(organizations)}) and ${above}`.execute(reading<'directory'>(tx))
  return new Map(rows.map((row) => [row.no, row.kind]))
}

/** Locks those that can owe something. Were the root among them, all writers of a city would wait for one another. */
async function lockSubjects(tx: Tx, kinds: ReadonlyMap<number, string>, owing: ReadonlySet<string>): Promise<void> {
  const subjects = [...kinds].flatMap(([no, kind]) => (owing.has(kind) ? [no] : [])).sort((a, b) => a - b)
  await sql`${keptPlan}select pg_advisory_xact_lock(${subjectLock}, n) from (select unnest(${`{${subjects.join(',')}}`}::int[]) as n order by n) as t`.execute(
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

const sameDuty = (of: RawBuilder<unknown>) =>
  sql`${of}.subject_kind = f.subject_kind and ${of}.subject_no = f.subject_no and ${of}.organization_no = f.organization_no and ${of}.period_no = f.period_no`

/** How many more of a stored status there are after than before. */
const more = (status: number) =>
  sql`sum(coalesce((d.after = ${sql.lit(status)})::int, 0) - coalesce((d.before = ${sql.lit(status)})::int, 0))`

/**
 * What is missing (`organization`, nothing counted) is nobody's record: before the judgement it would come and go with the day. It is
 * kept from the judgement on; until then it is worked out when somebody looks. Full joins: see `sameWindow`.
 */
async function recomputeOne(tx: Tx, requirement: LiveRequirement, scope: Scope): Promise<StatusChange[]> {
  const db = reading<'rulebook'>(tx)
  const years = yearsAsked(requirement, scope)
  const result = await sql<StatusChange>`${scope.organizations === null ? sql`` : keptPlan}
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
    kept as (
      select f.* from found f full join judged j on ${sameDuty(sql`j`)}
      where num_nulls(f.period_no) = 0 and (f.record_kind <> 'organization' or f.numerator > 0 or j.status between 1 and 4)),
    known as (select e.* from rulebook.evidence e where ${covered(requirement, scope, 'e')}),
    linking as materialized (
      select ${subjectKey}, record_kind, record_no, coalesce(f.year, e.year) as year, num_nulls(f.year) = 1 as gone,
        f.numerator, f.denominator, f.recorded_on, f.reason
      from kept f full join known e using (${subjectKey}, record_kind, record_no)
      where (f.year, f.numerator, f.denominator, f.recorded_on, f.reason) is distinct from (e.year, e.numerator, e.denominator, e.recorded_on, e.reason)),
    unlinked as (
      delete from rulebook.evidence e using linking f
      where f.gone and ${yearsOf(years, 'e')} and e.year = f.year and e.requirement_no = ${requirement.no} and ${sameDuty(sql`e`)}
        and e.record_kind = f.record_kind and e.record_no = f.record_no),
    linked as (
      insert into rulebook.evidence (year, requirement_no, ${subjectKey}, record_kind, record_no, numerator, denominator, recorded_on, reason)
      select f.year, ${requirement.no}, f.subject_kind, f.subject_no, f.organization_no, f.period_no, f.record_kind, f.record_no, f.numerator, f.denominator, f.recorded_on, f.reason
      from linking f where not f.gone
      on conflict (year, organization_no, period_no, requirement_no, subject_kind, subject_no, record_kind, record_no)
      do update set numerator = excluded.numerator, denominator = excluded.denominator, recorded_on = excluded.recorded_on, reason = excluded.reason),
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
    from differing d`.execute(db)
  return result.rows
}
