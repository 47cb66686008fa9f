import { sql } from 'kysely'
import { z } from 'zod'
import { measure } from '../../rulebook/index.ts'
import { dayOf, duty, underDuty } from './sources.measures.ts'

/** R2: days spent waiting for somebody above put the day off; what waits now is not asked about yet. */
export const casesSettled = measure({
  name: 'supervision.cases_settled',
  version: 1,
  title: '到期督办事项中按期报结并经核验销号的件数与到期总件数',
  unit: '件',
  judged: 'short_at_end',
  params: z.strictObject({}),
  facts: () => sql`
    select ${duty}, 'case' as record_kind, c.no as record_no, (s.said = '')::int as numerator, (c.waiting_since is null)::int as denominator,
      coalesce(${dayOf('c.reported_at')}, c.due_on) as recorded_on, nullif(s.said, '') as reason
    from ${underDuty} join supervision.cases c on c.organization_no = a.organization_no and c.state in ('reminded', 'supervised', 'reported', 'closed')
      and c.due_on between d.starts and d.ends
    cross join lateral (select case when c.waiting_since is not null then '在等上级，停表期间不计' when c.state = 'reported' then '已报告，还没有核验'
      when c.state <> 'closed' then '还没有销号' when ${dayOf('c.reported_at')} > c.due_on + c.waited_days then '销号了，但报结时超过了时限' else '' end as said) s`,
})

/** DB1: cases that were open at any time of the period, with a step that somebody took within it. */
export const casesReviewed = measure({
  name: 'supervision.cases_reviewed',
  version: 1,
  title: '在办督办事项中期内更新过进展的件数与在办总件数',
  unit: '件',
  judged: 'short_at_end',
  params: z.strictObject({}),
  facts: () => sql`
    select ${duty}, 'case' as record_kind, c.no as record_no, (s.moved_on is not null)::int as numerator, 1 as denominator,
      coalesce(s.moved_on, d.ends) as recorded_on, case when s.moved_on is null then '期内没有更新进展' end as reason
    from ${underDuty} join supervision.cases c on c.organization_no = a.organization_no and c.state in ('reminded', 'supervised', 'reported', 'closed')
      and (c.state <> 'closed' or ${dayOf('c.verified_at')} >= d.starts)
    cross join lateral (select min(${dayOf('e.acted_at')}) as began_on, min(${dayOf('e.acted_at')}) filter (where ${dayOf('e.acted_at')} between d.starts and d.ends) as moved_on
      from supervision.case_steps e where e.case_no = c.no and e.acted_by <> 0) s
    where s.began_on <= least(d.ends, d.as_of)`,
})
