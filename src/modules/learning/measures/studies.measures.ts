import { sql } from 'kysely'
import { z } from 'zod'
import { measure } from '../../rulebook/index.ts'
import { audiencesUnder } from '../studies/audience.queries.ts'
import { topic } from '../studies/studies.contract.ts'

const lastDay = sql`least(d.ends, d.as_of)`

/**
 * D6.2: units of study that those for whom they are meant are done with, plan by plan, among all that they owe. A plan of the subject, of
 * one above it or of one below it bears on the people under both. The record is the plan, never a person: no name stands behind the figure.
 */
export const planUnitsDone = measure({
  name: 'learning.plan_units_done',
  version: 1,
  title: '学习计划的单元学完的人次占应学人次的比重',
  unit: '人次',
  judged: 'at_end',
  params: z.strictObject({ plan: topic.default('three_regulations').meta({ title: '学习内容' }) }),
  facts: ({ plan }) => sql`
    select d.subject_kind, d.subject_no, d.organization_no, d.period_no, 'study-plan' as record_kind, l.no as record_no,
      sum(s.done) as numerator, sum(s.owed) as denominator, l.recorded_on,
      case when sum(s.done) < sum(s.owed) then '还有 ' || (sum(s.owed) - sum(s.done)) || ' 人次没有学完' end as reason
    from due d
    join learning.study_plans l on l.topic = ${plan} and l.state <> 'withdrawn' and l.year = extract(year from d.ends)::int
    join lateral (${audiencesUnder({ kind: sql`l.audience`, under: sql`d.organization_no`, plannedBy: sql`l.organization_no`, day: lastDay })}) m on true
    cross join lateral (select count(*) as owed, count(t.unit_no) as done from learning.study_units u
      left join learning.study_done t on t.unit_no = u.no and t.person_no = m.person_no and t.done_on <= d.ends
      where u.plan_no = l.no and not u.removed) s
    where d.subject_kind = 'o'
    group by d.subject_kind, d.subject_no, d.organization_no, d.period_no, l.no, l.recorded_on`,
})
