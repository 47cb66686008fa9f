import { sql } from 'kysely'
import { z } from 'zod'
import { agendaCategories, agendaCategory } from '../../orglife/meetings/meetings.contract.ts'
import { measure } from '../../rulebook/index.ts'
import { audiencesUnder } from '../studies/audience.queries.ts'
import { topic } from '../studies/studies.contract.ts'

const lastDay = sql`least(d.ends, d.as_of)`

/**
 * D5.1: meetings with an item of the category, and study plans of the topic with which enough of those who owe it here are done: each once. The
 * day that counts for a plan is the one on which enough were done. The record is the plan, never a person.
 */
export const rulesStudied = measure({
  name: 'learning.rules_studied',
  version: 1,
  title: '会议议程或学习计划中学习过的次数',
  alsoOf: ['orglife.meetings_with_item'],
  params: z.strictObject({
    category: agendaCategory.meta({ title: '议程类别', titles: agendaCategories }),
    plan: topic.meta({ title: '学习计划的内容' }),
    done_share: z.number().min(0.01).max(1).default(0.8).meta({ title: '学完的人次占应学人次多少算一次', help: '0.8 即八成' }),
  }),
  facts: ({ category, plan, done_share: share }) => sql`
    select d.subject_kind, d.subject_no, d.organization_no, d.period_no, 'meeting' as record_kind, m.no as record_no,
      1 as numerator, 1 as denominator, m.recorded_on, null::text as reason
    from due d join orglife.meeting_organizations mo on mo.organization_no = d.organization_no and mo.held_on between d.starts and d.ends
    join orglife.meetings m on m.no = mo.meeting_no and m.state = 'recorded'
    where d.subject_kind = 'o' and exists (select 1 from orglife.agenda_items i where i.meeting_no = m.no and i.category = ${category})
    union all
    select d.subject_kind, d.subject_no, d.organization_no, d.period_no, 'study-plan', l.no,
      (s.done >= s.enough)::int, 1, case when s.done >= s.enough then s.days[s.enough] else l.recorded_on end,
      case when s.done < s.enough then '学完 ' || s.done || ' 人次，应学 ' || s.owed || ' 人次，还不够算一次' end
    from due d
    join learning.study_plans l on l.topic = ${plan} and l.state <> 'withdrawn' and l.year = extract(year from d.ends)::int
    join lateral (select count(*) as owed, count(t.unit_no) as done, greatest(ceil(count(*) * ${share}::numeric), 1)::int as enough,
        array_agg(t.done_on order by t.done_on) filter (where t.done_on is not null) as days
      from (${audiencesUnder({ kind: sql`l.audience`, under: sql`d.organization_no`, plannedBy: sql`l.organization_no`, day: lastDay })}) m
      join learning.study_units u on u.plan_no = l.no and not u.removed
      left join learning.study_done t on t.unit_no = u.no and t.person_no = m.person_no and t.done_on between d.starts and d.ends) s on s.owed > 0
    where d.subject_kind = 'o'`,
})
