import { type RawBuilder, sql } from 'kysely'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { figuresSince, type LiveRequirement } from '../engine/requirement.queries.ts'
import { statusRelations } from '../engine/status.store.ts'
import type { Rehearsal } from './publishing.contract.ts'
import type { Planned } from './rehearsal-plan.actions.ts'
import { addTo, countsOf, emptyCounts, type StatusCounts, statusOf } from './rehearsal.rules.ts'

export interface Span {
  readonly from: CivilDate
  readonly to: CivilDate
  readonly asOf: CivilDate
}

const db = (read: Read) => reading<'rulebook' | 'directory'>(read)
const most = 500

interface OrganizationRow {
  readonly organization_no: number
  readonly differing: number
  readonly before: StatusCounts
  readonly after: StatusCounts
}
interface DutyRow {
  readonly organization_no: number
  readonly subject_kind: 'o' | 'p'
  readonly subject_no: number
  readonly period: string
  readonly before: number | null
  readonly after: number | null
  readonly was: string | null
  readonly is: string | null
}
interface Tried {
  readonly planned: Planned
  readonly organizations: readonly OrganizationRow[]
  readonly duties: readonly DutyRow[]
}

const key = sql`subject_kind, subject_no, organization_no, period_no`

function judgedRelation(requirement: LiveRequirement | null, scope: Span & { since: CivilDate }): RawBuilder<unknown> {
  if (!requirement?.live) {
    return sql`select null::"char" as subject_kind, null::bigint as subject_no, null::bigint as organization_no, null::int as period_no,
      null::smallint as status, null::numeric as numerator, null::numeric as denominator where false`
  }
  return sql`with ${statusRelations(requirement, { ...scope, organizations: null })}
    select ${key}, status, numerator, denominator from judged`
}

const counted = (side: 'before' | 'after') =>
  sql`json_build_array(${sql.join(
    [0, 1, 2, 3, 4, 5, 6].map((status) => sql`count(*) filter (where ${sql.ref(side)} = ${sql.lit(status)})`),
    sql`, `,
  )})`

/** Judges one requirement both ways on the same days; reads only. */
async function tryOne(read: Read, planned: Planned, scope: Span & { since: CivilDate }): Promise<Tried> {
  const rows = await sql<{ organizations: OrganizationRow[] | null; duties: DutyRow[] | null }>`
    with sides as materialized (
      select ${key}, b.status as before, a.status as after,
        b.numerator || '/' || b.denominator as was, a.numerator || '/' || a.denominator as "is"
      from (${judgedRelation(planned.before, scope)}) b full join (${judgedRelation(planned.after, scope)}) a
        using (subject_kind, subject_no, organization_no, period_no)),
    told as (
      select s.*, p.name as period from sides s join rulebook.periods p on p.no = s.period_no
      where s.before is distinct from s.after order by s.organization_no, p.starts limit ${most}),
    by_organization as (
      select organization_no, count(*) filter (where before is distinct from after)::int as differing,
        ${counted('before')} as before, ${counted('after')} as after
      from sides group by organization_no)
    select (select json_agg(o) from by_organization o) as organizations, (select json_agg(t) from told t) as duties`.execute(
    db(read),
  )
  const [row] = rows.rows
  return { planned, organizations: row?.organizations ?? [], duties: row?.duties ?? [] }
}

interface Place {
  readonly no: number
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly unitNo: number | null
}

async function placesOf(read: Read, nos: readonly number[]): Promise<Map<number, Place>> {
  const list = sql`${`{${nos.join(',')}}`}::bigint[]`
  const rows = await sql<Place>`
    with asked as (
      select o.no, (select a.ancestor_no from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no
        where a.organization_no = o.no and u.kind = 'unit' and upper_inf(a.valid) order by a.depth limit 1) as unit_no
      from directory.organizations o where o.no = any (${list}))
    select o.no, o.id, o.kind, n.name, max(k.unit_no) as "unitNo" from directory.organizations o
    join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid)
    left join asked k on k.no = o.no
    where o.no in (select no from asked union select unit_no from asked)
    group by o.no, o.id, o.kind, n.name`.execute(db(read))
  return new Map(rows.rows.map((row) => [row.no, row]))
}

async function namesOf(read: Read, nos: readonly number[]): Promise<Map<number, { id: string; name: string }>> {
  if (nos.length === 0) return new Map()
  const rows = await reading<'directory'>(read)
    .selectFrom('directory.persons')
    .select(['no', 'id', 'name'])
    .where('no', 'in', [...nos])
    .execute()
  return new Map(rows.map(({ no, ...person }) => [no, person]))
}

const nobody = { id: '', name: '' }
const named = (place: Place | undefined) => (place ? { id: place.id, name: place.name } : nobody)

/** Adds what was found for single organizations up: to themselves, and to their units. */
function summed(tried: readonly Tried[], groupOf: (no: number) => number | null) {
  const groups = new Map<number, { before: StatusCounts; after: StatusCounts; differing: number }>()
  for (const row of tried.flatMap(({ organizations }) => organizations)) {
    const group = groupOf(row.organization_no)
    if (group === null) continue
    const sum = groups.get(group) ?? { before: emptyCounts(), after: emptyCounts(), differing: 0 }
    groups.set(group, {
      before: addTo(sum.before, row.before),
      after: addTo(sum.after, row.after),
      differing: sum.differing + row.differing,
    })
  }
  return [...groups].filter(([, sum]) => sum.differing > 0).sort(([, a], [, b]) => b.differing - a.differing)
}

function requirementShown({ planned, organizations }: Tried): Rehearsal['requirements'][number] {
  const total = (side: 'before' | 'after') => organizations.reduce((sum, row) => addTo(sum, row[side]), emptyCounts())
  const { code, title, change, why, strength } = planned
  const differing = organizations.reduce((sum, row) => sum + row.differing, 0)
  return {
    code,
    title,
    change,
    why: [...why],
    strength,
    before: countsOf(total('before')),
    after: countsOf(total('after')),
    differing,
  }
}

function reasonOf({ planned }: Tried, duty: DutyRow): string {
  const figures = duty.is === null ? '不再要求' : duty.was === null ? `计 ${duty.is}` : `原计 ${duty.was}，现计 ${duty.is}`
  return `${planned.why.slice(0, 3).join('；')}；${figures}。`
}

/** Tries each requirement on the past; `onProgress` is told how many are done. */
export async function rehearsed(
  read: Read,
  plan: readonly Planned[],
  more: { span: Span; onProgress?: (done: number) => Promise<void> },
): Promise<Rehearsal> {
  return asEngine(read, async () => {
    const scope = { ...more.span, since: await figuresSince(read) }
    const tried: Tried[] = []
    for (const planned of plan) {
      tried.push(await tryOne(read, planned, scope))
      await more.onProgress?.(tried.length)
    }
    return shown(read, tried, more.span)
  })
}

async function shown(read: Read, tried: readonly Tried[], span: Span): Promise<Rehearsal> {
  const nos = new Set(
    tried.flatMap(({ organizations }) => organizations.filter((o) => o.differing > 0).map((o) => o.organization_no)),
  )
  const places = await placesOf(read, [...nos])
  const unitOf = (no: number) => places.get(no)?.unitNo ?? null
  const told = tried.flatMap((one) => one.duties.map((duty) => ({ one, duty }))).slice(0, most)
  const persons = await namesOf(
    read,
    told.flatMap(({ duty }) => (duty.subject_kind === 'p' ? [duty.subject_no] : [])),
  )
  const sums = (sum: { before: StatusCounts; after: StatusCounts; differing: number }) => ({
    before: countsOf(sum.before),
    after: countsOf(sum.after),
    differing: sum.differing,
  })
  const unitNamed = (no: number | null) => (no === null ? null : named(places.get(no)))
  return {
    span: { from: span.from, to: span.to },
    requirements: tried.map(requirementShown),
    units: summed(tried, unitOf).map(([no, sum]) => ({ organization: named(places.get(no)), ...sums(sum) })),
    organizations: summed(tried, (no) => no)
      .slice(0, most)
      .map(([no, sum]) => ({ organization: named(places.get(no)), unit: unitNamed(unitOf(no)), ...sums(sum) })),
    obligations: told.map(({ one, duty }) => ({
      requirement: one.planned.code,
      title: one.planned.title,
      organization: named(places.get(duty.organization_no)),
      subject:
        duty.subject_kind === 'p'
          ? { ...(persons.get(duty.subject_no) ?? nobody), kind: 'person' as const }
          : { ...named(places.get(duty.organization_no)), kind: 'organization' as const },
      period: duty.period,
      before: statusOf(duty.before),
      after: statusOf(duty.after),
      reason: reasonOf(one, duty),
    })),
    total: tried.reduce((sum, one) => sum + requirementShown(one).differing, 0),
    untried: tried.flatMap(({ planned: { code, untried } }) => (untried === null ? [] : [{ code, reason: untried }])),
  }
}
