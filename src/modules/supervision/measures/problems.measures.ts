import { sql } from 'kysely'
import { z } from 'zod'
import { measure } from '../../rulebook/index.ts'
import { dayOf, duty, underDuty } from './sources.measures.ts'

/** M2: problems on the list that fall due in the period; another verifies, and where somebody is known who raised it, he has his say. */
export const problemsSettled = measure({
  name: 'supervision.problems_settled',
  version: 1,
  title: '到期问题中经别人核验并销号的件数与到期总件数',
  unit: '件',
  judged: 'short_at_end',
  params: z.strictObject({}),
  facts: () => sql`
    select ${duty}, 'problem' as record_kind, p.no as record_no, (p.state = 'closed')::int as numerator, 1 as denominator,
      coalesce(p.verified_on, p.due_on) as recorded_on,
      case p.state when 'closed' then null when 'verified' then '已核验，还没有销号' when 'rectified' then '已报告整改，还没有核验' else '还没有整改到位' end as reason
    from ${underDuty} join supervision.problems p on p.organization_no = a.organization_no
      and p.state in ('rectifying', 'rectified', 'verified', 'closed') and p.due_on between d.starts and d.ends`,
})

/** D5.4: what inspections found at a window and was followed up as a case, and what the public told of a unit's conduct. */
export const windowFindingsSettled = measure({
  name: 'supervision.window_findings_settled',
  version: 1,
  title: '到期的窗口检查发现和群众反映中办结并核验的件数与到期总件数',
  unit: '件',
  judged: 'short_at_end',
  params: z.strictObject({}),
  facts: () => sql`
    select ${duty}, x.kind as record_kind, x.no as record_no, x.done::int as numerator, 1 as denominator, coalesce(x.done_on, x.due_on) as recorded_on,
      case when not x.done then '还没有办结并核验' end as reason
    from ${underDuty} cross join lateral (
      select 'case' as kind, c.no, c.state = 'closed' as done, ${dayOf('c.reported_at')} as done_on, c.due_on
      from supervision.cases c where c.organization_no = a.organization_no and c.state in ('reminded', 'supervised', 'reported', 'closed')
        and c.waiting_since is null and c.due_on between d.starts and d.ends
        and exists (select 1 from supervision.findings f where f.case_no = c.no and f.kind <> 'requirement')
      union all
      select 'problem', p.no, p.state = 'closed', p.verified_on, p.due_on
      from supervision.problems p where p.organization_no = a.organization_no and p.source = 'masses' and p.dimension = 'D5'
        and p.state in ('rectifying', 'rectified', 'verified', 'closed') and p.due_on between d.starts and d.ends) x`,
})
