import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { type PeriodName, periodOf } from '../../../kernel/time/period.ts'
import { declareWorkItems, type WorkItem } from '../../../kernel/work-items/registry.ts'
import { above } from '../../directory/grants/roles.contract.ts'
import { cellKinds } from '../engine/recompute.store.ts'
import { requirementHeads } from '../indicators/indicators.queries.ts'
import { sumsOf } from '../indicators/sums.queries.ts'
import { owedBelow } from './obligations.contract.ts'

/** Whoever answers for what stands below: those above branches, the unit's leaders and its discipline secretary. */
const answering: readonly string[] = [...above, 'unit_leader', 'discipline_secretary']
const mostPlaces = 3

interface Top {
  readonly no: number
  readonly id: string
  readonly name: string
}

interface Owed {
  readonly notReported: number
  readonly unmet: number
}

/** Granted organizations that have others below, the topmost first; one under another of them is counted there. */
async function topsOf(read: Read, actor: Actor): Promise<readonly Top[]> {
  const granted = actor.grants.filter((grant) => answering.includes(grant.role)).map((grant) => grant.organizationNo)
  if (granted.length === 0) return []
  const nos = sql`${`{${granted.join(',')}}`}::bigint[]`
  const { rows } = await sql<Top>`select o.no, o.id, o.name from directory.organizations_now o
    where o.no = any (${nos}) and o.kind = any (${[...cellKinds]}::text[]) and o.dissolved_on is null
      and not exists (select from directory.organization_ancestry a where a.organization_no = o.no and a.depth > 0
        and upper_inf(a.valid) and a.ancestor_no = any (${nos}))
    order by o.no limit ${mostPlaces}`.execute(reading<'directory'>(read))
  return rows
}

/** Hard duties owed under each organization in a period, summed from the figures. */
async function owedIn(
  read: Read,
  tops: readonly Top[],
  at: { period: PeriodName; asOf: CivilDate },
): Promise<ReadonlyMap<number, Owed>> {
  const heads = await requirementHeads(read)
  const sums = await sumsOf(read, { organizations: tops.map((top) => top.no), tree: 'as_was', ...at })
  const hard = sums.filter((sum) => heads.get(sum.requirementNo)?.strength === 'hard')
  return new Map(
    tops.map(({ no }) => {
      const own = hard.filter((sum) => sum.organizationNo === no)
      const add = (of: 'not_reported' | 'unmet') => own.reduce((total, sum) => total + sum[of], 0)
      return [no, { notReported: add('not_reported'), unmet: add('unmet') }]
    }),
  )
}

const totalOf = (owed: Owed | undefined): number => (owed ? owed.notReported + owed.unmet : 0)

function itemsOf(top: Top, year: { name: PeriodName; owed: Owed }, quarter: { owed: Owed | undefined }): WorkItem[] {
  const { owed } = year
  const inQuarter = totalOf(quarter.owed)
  const parts = [owed.notReported > 0 && `未报 ${owed.notReported} 项`, owed.unmet > 0 && `未达标 ${owed.unmet} 项`]
  const line: WorkItem = {
    id: `${owedBelow}.${top.id}`,
    kind: owedBelow,
    title: `${top.name}今年欠办 ${totalOf(owed)} 项，本季 ${inQuarter} 项`,
    detail: parts.filter(Boolean).join('，'),
    due: null,
    tone: 'short',
    link: `/cockpit?organization=${top.id}&period=${year.name}`,
    count: totalOf(owed),
  }
  if (owed.notReported === 0) return [line]
  const named: WorkItem = {
    ...line,
    id: `${line.id}.named`,
    title: `${top.name}未报的 ${owed.notReported} 项，逐项看`,
    detail: '哪个组织、哪一期、欠哪一项',
    link: `/obligations?under=${top.id}&period=${year.name}&status=not_reported&strength=hard`,
    // The line above counts them already.
    count: 0,
  }
  return [line, named]
}

declareWorkItems({
  kind: owedBelow,
  list: async (read, actor, today) => {
    const tops = await topsOf(read, actor)
    if (tops.length === 0) return []
    const [year, quarter] = [periodOf(today, 'year').name, periodOf(today, 'quarter').name]
    const inYear = await owedIn(read, tops, { period: year, asOf: today })
    const inQuarter = await owedIn(read, tops, { period: quarter, asOf: today })
    return tops.flatMap((top) => {
      const owed = inYear.get(top.no)
      if (!owed || totalOf(owed) === 0) return []
      return itemsOf(top, { name: year, owed }, { owed: inQuarter.get(top.no) })
    })
  },
})
