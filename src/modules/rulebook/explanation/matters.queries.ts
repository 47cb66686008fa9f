import { sql } from 'kysely'
import type { z } from 'zod'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { period as parse, type PeriodName } from '../../../kernel/time/period.ts'
import { cellKinds } from '../engine/recompute.store.ts'
import { type Frame, frameOf, groupsRelation, listed, standsUnder, yearOf } from '../indicators/figure-frame.queries.ts'
import { childrenOf, type Place, type RequirementHead } from '../indicators/indicators.queries.ts'
import { openGroups } from '../indicators/open-rows.queries.ts'
import { above } from '../indicators/tree-reading.queries.ts'
import type { Sum } from '../indicators/sums.queries.ts'
import type { explain } from './explanation.contract.ts'

type Matter = z.output<(typeof explain)['reply']>['matters'][number]
const db = (read: Read) => reading<'rulebook' | 'directory'>(read)

/** Requirements shown at once, and organizations of each; the lists behind them hold the rest. */
export const shown = 12
const placesShown = 5
/** Up to so many below, the organizations that owe something are named themselves; above that, the direct subordinates. */
const mostNamed = 500

interface Top {
  readonly code: string
  readonly nos: readonly number[]
  readonly unmet: number
  readonly notReported: number
}

/** Hard requirements with something open, the most first; versions of one code together. */
function topOf(sums: readonly Sum[], heads: ReadonlyMap<number, RequirementHead>): Top[] {
  const hard = sums.filter(({ requirementNo }) => heads.get(requirementNo)?.strength === 'hard')
  return [...Map.groupBy(hard, ({ requirementNo }) => heads.get(requirementNo)?.code ?? '')]
    .map(([code, own]) => ({
      code,
      nos: own.map(({ requirementNo }) => requirementNo),
      unmet: own.reduce((total, sum) => total + sum.unmet, 0),
      notReported: own.reduce((total, sum) => total + sum.not_reported, 0),
    }))
    .filter(({ unmet, notReported }) => unmet + notReported > 0)
    .sort((a, b) => b.unmet + b.notReported - a.unmet - a.notReported || (a.code < b.code ? -1 : 1))
    .slice(0, shown)
}

/** What one organization, or all under a direct subordinate, has open of one requirement. */
interface PlacedRow {
  readonly requirement_no: number
  readonly organization_no: number
  readonly open: number
}

/** Organizations that owe something themselves, with the earliest day that went by. */
async function owing(read: Read, frame: Frame): Promise<{ placed: PlacedRow[]; oldest: ReadonlyMap<number, CivilDate> }> {
  // Said of both, or the planner takes every organization with every period there is.
  const inner = listed([...frame.inner.keys()], 'int')
  const { rows } = await sql<PlacedRow & { oldest: CivilDate }>`
    select o.requirement_no, o.organization_no, count(*)::int as open, min(o.due_on)::text as oldest
    from rulebook.obligations o join rulebook.periods p on p.no = o.period_no
    ${above('as_was', { organization: sql`o.organization_no`, ends: sql`p.ends` })} and a.ancestor_no = ${frame.place.no}
    where o.year = ${yearOf(frame)} and o.status in (3, 4) and o.requirement_no = any (${listed([...frame.heads.keys()], 'int')})
      and o.period_no = any (${inner}) and p.no = any (${inner}) group by 1, 2`.execute(db(read))
  const oldest = new Map<number, CivilDate>()
  for (const row of rows) {
    const known = oldest.get(row.requirement_no)
    if (known === undefined || row.oldest < known) oldest.set(row.requirement_no, row.oldest)
  }
  return { placed: rows, oldest }
}

/** Sums under the direct subordinates, from their cells, and from the obligations of those that have none; the rest is the place's own. */
async function inSubordinates(
  read: Read,
  frame: Frame,
  asked: { children: readonly Place[]; sums: readonly Sum[] },
): Promise<PlacedRow[]> {
  const leaf = (child: Place) => !cellKinds.some((kind) => kind === child.kind)
  const nos = (children: readonly Place[]) =>
    listed(
      children.map(({ no }) => no),
      'bigint',
    )
  const requirements = listed([...frame.heads.keys()], 'int')
  const { rows } = await sql<PlacedRow>`
    select c.requirement_no, c.organization_no, c.unmet + c.not_reported as open from rulebook.cells c
    where c.year = ${yearOf(frame)} and c.period_no = (select p.no from rulebook.periods p where p.name = ${frame.period})
      and c.organization_no = any (${nos(asked.children.filter((child) => !leaf(child)))}) and c.requirement_no = any (${requirements})
      and c.unmet + c.not_reported > 0
    union all
    select o.requirement_no, o.organization_no, count(*)::int from rulebook.obligations o
    where o.year = ${yearOf(frame)} and o.status in (3, 4) and o.organization_no = any (${nos(asked.children.filter(leaf))})
      and o.requirement_no = any (${requirements}) and o.period_no = any (${listed([...frame.inner.keys()], 'int')}) group by 1, 2`.execute(
    db(read),
  )
  const below = new Map<number, number>()
  for (const { requirement_no, open } of rows) below.set(requirement_no, (below.get(requirement_no) ?? 0) + open)
  const own = asked.sums.flatMap((sum) => {
    const open = sum.unmet + sum.not_reported - (below.get(sum.requirementNo) ?? 0)
    return frame.heads.has(sum.requirementNo) && open > 0
      ? [{ requirement_no: sum.requirementNo, organization_no: frame.place.no, open }]
      : []
  })
  return [...own, ...rows]
}

/** The first day that went by in each requirement's earliest period with something open. */
async function oldestOf(read: Read, frame: Frame): Promise<ReadonlyMap<number, CivilDate>> {
  const groups = (await openGroups(read, frame)).filter(({ open }) => open > 0)
  const first = [...Map.groupBy(groups, ({ requirementNo }) => requirementNo).values()].flatMap((own) => own.at(-1) ?? [])
  if (first.length === 0) return new Map()
  const { rows } = await sql<{ requirement_no: number; due: CivilDate }>`select x.requirement_no, x.due_on::text as due
    from ${groupsRelation(frame, first)} cross join lateral (select o.requirement_no, o.due_on from rulebook.obligations o
      where o.year = ${yearOf(frame)} and o.requirement_no = g.requirement_no and o.period_no = g.period_no and o.status in (3, 4)
        and ${standsUnder(frame, { organization: sql`o.organization_no`, ends: sql`g.ends` })}
      order by o.due_on, o.organization_no, o.subject_no limit 1) x`.execute(db(read))
  return new Map(rows.map(({ requirement_no, due }) => [requirement_no, due]))
}

interface Spread {
  readonly placed: readonly PlacedRow[]
  readonly oldest: ReadonlyMap<number, CivilDate>
}

interface Asked {
  readonly place: Place
  readonly period: PeriodName
  readonly asOf: CivilDate
  readonly sums: readonly Sum[]
  readonly heads: ReadonlyMap<number, RequirementHead>
  /** Up to how many below are named themselves. */
  readonly named?: number
}

async function spreadOf(read: Read, frame: Frame, { place, period, asOf, sums, named = mostNamed }: Asked): Promise<Spread> {
  if (frame.below <= named) return owing(read, frame)
  const children = await childrenOf(read, place, { period, tree: 'as_was', asOf })
  return { placed: await inSubordinates(read, frame, { children, sums }), oldest: await oldestOf(read, frame) }
}

interface Words {
  readonly code: string
  readonly title: string
  readonly dimension: string
  readonly clauses: string[]
  readonly remedy: string
}

/** The newest hard version of each code, in words. */
async function wordsOf(read: Read, codes: readonly string[]): Promise<ReadonlyMap<string, Words>> {
  const rows = await db(read)
    .selectFrom('rulebook.requirements')
    .select(['code', 'title', 'dimension', 'clauses', 'remedy'])
    .where('code', 'in', [...codes])
    .where('strength', '=', 'hard')
    .orderBy('version')
    .execute()
  return new Map(rows.map((row) => [row.code, row]))
}

interface NamedPlace {
  readonly no: number
  readonly id: string
  readonly name: string
}

/** Organizations in the order that the working committee has set. */
async function inOrder(read: Read, nos: readonly number[]): Promise<NamedPlace[]> {
  const { rows } = await sql<NamedPlace>`select o.no, o.id, n.name from directory.organizations o
    join directory.organization_names n on n.organization_no = o.no and upper_inf(n.valid)
    where o.no = any (${listed(nos, 'bigint')}) order by o.position, n.name`.execute(db(read))
  return rows
}

/** What is open of hard requirements, by requirement, with the first organizations where it is, in the order of the tree. */
export async function mattersOf(read: Read, asked: Asked): Promise<Matter[]> {
  const top = topOf(asked.sums, asked.heads)
  if (top.length === 0) return []
  const heads = top.flatMap(({ nos }) => nos.flatMap((no) => asked.heads.get(no) ?? []))
  const frame = await frameOf(read, { place: asked.place, period: asked.period, tree: 'as_was', heads })
  const { placed, oldest } = await spreadOf(read, frame, asked)
  const words = await wordsOf(
    read,
    top.map(({ code }) => code),
  )
  const places = await inOrder(read, [...new Set(placed.map(({ organization_no }) => organization_no))])
  const byRequirement = Map.groupBy(placed, ({ requirement_no }) => requirement_no)
  return top.flatMap(({ code, nos, unmet, notReported }) => {
    const line = words.get(code)
    if (!line) return []
    const open = new Map<number, number>()
    for (const row of nos.flatMap((no) => byRequirement.get(no) ?? [])) {
      open.set(row.organization_no, (open.get(row.organization_no) ?? 0) + row.open)
    }
    const days = nos.flatMap((no) => oldest.get(no) ?? []).sort()
    const own = places.filter(({ no }) => open.has(no))
    const { title, dimension, clauses, remedy } = line
    return [
      {
        requirement: code,
        title,
        dimension,
        clauses,
        remedy,
        unmet,
        notReported,
        oldestDue: days[0] ?? parse(asked.period).ends,
        places: own.slice(0, placesShown).map(({ no, id, name }) => ({ id, name, open: open.get(no) ?? 0 })),
        placesTotal: own.length,
      },
    ]
  })
}
