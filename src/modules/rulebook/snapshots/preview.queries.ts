import { sql } from 'kysely'
import type { z } from 'zod'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { period as parse } from '../../../kernel/time/period.ts'
import { placeAsked } from '../indicators/indicators.queries.ts'
import type { previewSnapshot } from './snapshots.contract.ts'
import { standingOf } from './snapshots.queries.ts'

interface Numbers {
  readonly organizations: number
  readonly requirements: number
  readonly obligations: number
  readonly records: number
  readonly late: number
  readonly open: number
  readonly pending: number
  readonly waiting: number
}

/** What a snapshot would hold, and what one would rather settle first. */
export async function previewOf(
  read: Read,
  asked: z.output<(typeof previewSnapshot)['query']>,
  today: CivilDate,
): Promise<z.input<(typeof previewSnapshot)['reply']>> {
  const place = await placeAsked(read, asked.organization, [])
  const { starts, ends } = parse(asked.period)
  if (starts > today) throw new Problem('rulebook.period_not_begun')
  // What is frozen is all that stands under a place that the reader may see; row by row the database would ask who reads.
  const numbers = await asEngine(read, () => numbersOf(read, { organizationNo: place.no, period: asked.period, today }))
  const warnings = [
    { code: 'not_over', count: ends >= today ? 1 : 0, says: '这一期还没有结束，冻结的是到今天为止的样子。' },
    { code: 'still_open', count: numbers.waiting, says: '项要求在这一期还可按时补记，冻结之后补记的只会显示为变化。' },
    { code: 'missing', count: numbers.open, says: '件应办事项未报，可先提醒补记。' },
    { code: 'late', count: numbers.late, says: '条记录是期满之后补记的，会如实保留补记日期。' },
    { code: 'on_the_way', count: numbers.pending, says: '处变化正在汇总，冻结会连同它们一起计入。' },
  ].filter((warning) => warning.count > 0)
  return {
    organization: { id: place.id, name: place.name },
    period: asked.period,
    asOf: today,
    organizations: numbers.organizations,
    requirements: numbers.requirements,
    obligations: numbers.obligations,
    records: numbers.records,
    lateRecords: numbers.late,
    warnings,
    standing: await standingOf(read, place.no, asked.period),
  }
}

async function numbersOf(read: Read, asked: { organizationNo: number; period: string; today: CivilDate }): Promise<Numbers> {
  const year = sql.lit(Number(asked.period.slice(0, 4)))
  const { rows } = await sql<Numbers>`
    with whole as (select * from rulebook.periods where name = ${asked.period}),
    inner_periods as materialized (select p.* from whole w join rulebook.period_nesting n on n.outer_no = w.no join rulebook.periods p on p.no = n.period_no),
    under as materialized (select a.organization_no, a.valid from directory.organization_ancestry a where a.ancestor_no = ${asked.organizationNo}),
    owed as (select o.requirement_no, o.status from rulebook.obligations o join inner_periods p on p.no = o.period_no
      join under u on u.organization_no = o.organization_no and u.valid @> p.ends where o.year = ${year}),
    shown as (select distinct e.record_kind, e.record_no, bool_or(e.recorded_on > p.ends) over (partition by e.record_kind, e.record_no) as late
      from rulebook.evidence e join inner_periods p on p.no = e.period_no join under u on u.organization_no = e.organization_no and u.valid @> p.ends
      where e.year = ${year})
    select (select count(distinct u.organization_no) from under u, whole w where u.valid && daterange(w.starts, w.ends, '[]')) as organizations,
      (select count(distinct requirement_no) from owed) as requirements, (select count(*) from owed) as obligations,
      (select count(*) filter (where status = 4) from owed) as open, (select count(*) from shown) as records,
      (select count(*) filter (where late) from shown) as late, rulebook.cells_pending() as pending,
      (select count(distinct r.no) from rulebook.requirements r join inner_periods p on p.cadence = r.period_cadence and r.valid @> p.starts
        where r.enabled and r.awaits is null and p.starts <= ${asked.today}::date and p.ends + r.due_offset_days + r.grace_days >= ${asked.today}::date) as waiting`.execute(
    reading<'rulebook' | 'directory'>(read),
  )
  const [row] = rows
  if (!row) throw new Error('counting answered nothing')
  return row
}
