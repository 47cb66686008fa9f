import { sql } from 'kysely'
import { z } from 'zod'
import { declareMeasures, declareRecordKind, measure, type Years } from '../engine/engine.measures.ts'
import { subject, texts } from '../register/register-day.measures.ts'

const code = z.string().regex(/^[A-Z]{1,4}\d{1,3}(?:\.\d{1,2})?$/, { error: '请写要求代号，例如 ZB6' })

/** Years as literals, so that other years' partitions stay out of the plan; one by one, so that the index is entered at each. */
const inYears = ({ first, last }: Years) =>
  sql`o.year in (${sql.join(Array.from({ length: last - first + 1 }, (_, index) => sql.lit(first + index)))})`

/** Obligations `o` of the requirements `r` in the stretch of `d`, decided and not exempt. */
const obligations = (codes: readonly string[]) => sql`rulebook.obligations o
  join rulebook.requirements r on r.no = o.requirement_no and r.code = any (${texts(codes)})
  join rulebook.periods p on p.no = o.period_no`
const counted = (years: Years) => sql`${inYears(years)} and o.status <> 5 and p.starts >= d.starts and p.ends <= d.ends`

/**
 * What a subject itself owes of each requirement: all of it must be met, in time or late. Each subject's obligations are found by index
 * (`offset 0`), the periods within each stretch once, and both are joined by hashing (full join: see `sameWindow`): how many there are
 * the planner cannot know.
 */
const ownRequirements = (codes: readonly string[], years: Years) => sql`
  select ${subject}, 'requirement' as record_kind, max(o.no) as record_no, bool_and(o.status in (1, 2))::int as numerator, 1 as denominator,
    d.starts as recorded_on, case when not bool_and(o.status in (1, 2)) then
      o.code || ' ' || max(o.title) || '没有达到：' || string_agg(d.name, '、' order by d.first, d.within) filter (where o.status in (3, 4)) end as reason
  from (select s.*, o.* from (select distinct subject_kind, subject_no, organization_no from due) s cross join lateral (
      select r.no, r.code, r.title, o.period_no, o.status from rulebook.obligations o join rulebook.requirements r on r.no = o.requirement_no
      where ${inYears(years)} and o.organization_no = s.organization_no and o.subject_kind = s.subject_kind and o.subject_no = s.subject_no
        and o.status <> 5 and o.requirement_no = any (array(select c.no from rulebook.requirements c where c.code = any (${texts(codes)}))) offset 0) o) o
  full join (select ${subject}, d.starts, w.no as within, w.name, w.first from due d join (
      select v.starts, v.ends, p.no, p.name, p.starts as first from (select distinct starts, ends from due) v
      join rulebook.periods p on p.starts >= v.starts and p.ends <= v.ends offset 0) w on w.starts = d.starts and w.ends = d.ends) d
    on d.subject_kind = o.subject_kind and d.subject_no = o.subject_no and d.organization_no = o.organization_no and d.within = o.period_no
  where num_nulls(d.within, o.status) = 0
  group by d.subject_kind, d.subject_no, d.organization_no, d.period_no, d.starts, o.code`

/** What the organizations under a subject owe, on the tree of each period's last day: each counts where enough is met. */
const requirementsBelow = (given: { codes: readonly string[]; atLeast: number | undefined }, years: Years) => sql`
  select ${subject}, 'organization' as record_kind, q.no as record_no, (q.met >= ${given.atLeast === undefined ? sql`q.owed` : sql`least(q.owed, ${given.atLeast}::int)`})::int as numerator,
    1 as denominator, d.starts as recorded_on, case when q.met < ${given.atLeast === undefined ? sql`q.owed` : sql`least(q.owed, ${given.atLeast}::int)`} then '没有达到：' || q.short end as reason
  from due d cross join lateral (
    select w.no, count(*) as owed, count(*) filter (where w.met) as met, string_agg(w.code, '、' order by w.code) filter (where not w.met) as short
    from (
      select o.organization_no as no, r.code, bool_and(o.status in (1, 2)) as met
      from ${obligations(given.codes)}
      join directory.organization_ancestry a on a.organization_no = o.organization_no and a.ancestor_no = d.organization_no and a.depth > 0 and a.valid @> p.ends
      where ${counted(years)} group by 1, 2) w
    group by 1) q`

export const requirementsMet = measure({
  name: 'rulebook.requirements_met',
  version: 1,
  title: '达到的要求与应达到的要求项数',
  unit: '项',
  judged: 'at_end',
  params: z
    .strictObject({
      requirements: z.array(code).min(1).max(40).meta({ title: '计入的要求' }),
      of: z.enum(['own', 'under']).default('own').meta({ title: '谁的：own 同一对象，under 其下各组织' }),
      at_least: z.int().min(1).max(40).optional().meta({ title: '其下每个组织至少达到几项（不写为全部）' }),
    })
    .refine(({ of, at_least: least }) => of === 'under' || least === undefined, {
      error: '同一对象至少几项，请写在 target 的 at_least 里',
      path: ['at_least'],
    }),
  facts: ({ requirements, of, at_least: atLeast }, years) =>
    of === 'own' ? ownRequirements(requirements, years) : requirementsBelow({ codes: requirements, atLeast }, years),
  counts: ({ requirements, of }) => ({ codes: requirements, below: of === 'under', monthsBack: 0 }),
})

/** RR7: whether a requirement stood short for so many periods one after the other, the last of them within the time. */
export const periodsRunning = measure({
  name: 'rulebook.periods_running',
  version: 1,
  title: '没有连续几期短缺',
  unit: '项',
  judged: 'at_end',
  params: z.strictObject({
    requirement: code.meta({ title: '要求' }),
    periods: z.int().min(2).max(24).meta({ title: '连续几期' }),
    status: z.literal('short').default('short').meta({ title: '怎样算' }),
  }),
  facts: ({ requirement, periods }, { first, last }) => sql`
    select ${subject}, 'requirement' as record_kind, max(r.no) as record_no, (not bool_or(x.short = ${periods}))::int as numerator, 1 as denominator,
      d.starts as recorded_on, case when bool_or(x.short = ${periods}) then
        ${requirement} || ' 连续 ' || ${String(periods)} || ' 期短缺，至 ' || max(p.name) filter (where x.short = ${periods}) end as reason
    from due d join ${obligations([requirement])} on o.organization_no = d.organization_no and o.subject_kind = d.subject_kind and o.subject_no = d.subject_no
    cross join lateral (
      select count(*) as short from rulebook.obligations b join rulebook.requirements s on s.no = b.requirement_no and s.code = ${requirement}
      join rulebook.periods e on e.no = b.period_no and e.cadence = p.cadence and e.starts <= p.starts
        and e.starts > p.starts - make_interval(months => ${periods}::int * case p.cadence when 'month' then 1 when 'quarter' then 3 when 'half' then 6 else 12 end)
      where b.year between ${sql.lit(first - periods)} and ${sql.lit(last)} and b.organization_no = o.organization_no
        and b.subject_kind = o.subject_kind and b.subject_no = o.subject_no and b.status in (3, 4)) x
    where ${inYears({ first, last })} and o.status <> 5 and p.ends between d.starts and d.ends
    group by d.subject_kind, d.subject_no, d.organization_no, d.period_no, d.starts`,
  counts: ({ requirement, periods }) => ({ codes: [requirement], below: false, monthsBack: periods * 12 }),
})

/** Hands the engine the measures that count other requirements. */
export function declareDerived(): void {
  declareRecordKind(
    'requirement',
    sql`select r.no, r.code as id, r.code || ' ' || r.title as title, lower(r.valid) as happened_on from rulebook.requirements r`,
  )
  declareMeasures(requirementsMet, periodsRunning)
}
