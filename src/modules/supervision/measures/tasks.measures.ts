import { sql } from 'kysely'
import { z } from 'zod'
import { measure } from '../../rulebook/index.ts'
import { duty, underDuty } from './sources.measures.ts'

/**
 * D1.1: matters that are due in the period, of decisions recorded at or under the organization, and of those from above that have come
 * down to it as a task. Who has a task has unit, person, day and criterion: a task without them does not exist.
 */
export const decisionsAssigned = measure({
  name: 'supervision.decisions_assigned',
  version: 1,
  title: '上级部署的要点中已分解为任务的条数与要点总条数',
  unit: '条',
  judged: 'short_at_end',
  params: z.strictObject({}),
  facts: () => sql`
    select ${duty}, 'decision-matter' as record_kind, m.no as record_no, (g.given_on is not null)::int as numerator, 1 as denominator,
      coalesce(g.given_on, m.due_on) as recorded_on, case when g.given_on is null then '还没有分解为任务' end as reason
    from (select distinct ${duty}, d.starts, d.ends, x.matter_no from ${underDuty}
      cross join lateral (
        select k.no as matter_no from supervision.decisions c join supervision.decision_matters k on k.decision_no = c.no
        where c.organization_no = a.organization_no and c.state <> 'withdrawn' and not k.dropped and k.due_on between d.starts and d.ends
        union select t.matter_no from supervision.tasks t join supervision.decision_matters k on k.no = t.matter_no and not k.dropped
        where t.organization_no = a.organization_no and t.state <> 'cancelled' and k.due_on between d.starts and d.ends) x) d
    join supervision.decision_matters m on m.no = d.matter_no
    cross join lateral (select min(t.given_on) as given_on from supervision.tasks t where t.matter_no = m.no and t.state <> 'cancelled') g`,
})

/** R1: who reported in time did his part in time, whenever somebody else verifies it. What waits for somebody above is not asked about yet. */
export const tasksComplete = measure({
  name: 'supervision.tasks_complete',
  version: 1,
  title: '到期任务中按时办到并经核验的件数与到期总件数',
  unit: '件',
  judged: 'short_at_end',
  params: z.strictObject({}),
  facts: () => sql`
    select ${duty}, 'task' as record_kind, t.no as record_no, (s.said = '')::int as numerator,
      (t.state not in ('waiting', 'extension_asked'))::int as denominator, coalesce(t.reported_on, t.due_on) as recorded_on,
      nullif(s.said, '') as reason
    from ${underDuty} join supervision.tasks t on t.organization_no = a.organization_no and t.state <> 'cancelled'
      and t.due_on between d.starts and d.ends
    cross join lateral (select case when t.state = 'waiting' then '在等上级，停表期间不计' when t.state = 'extension_asked' then '申请延期还没有答复，暂不计'
      when t.state = 'reported' then '已报告，还没有核验' when t.state <> 'closed' then '还没有办结'
      when t.reported_on > t.due_on + t.waited_days then '办结了，但报告时超过了时限' else '' end as said) s`,
})
