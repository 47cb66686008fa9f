import { sql } from 'kysely'
import { z } from 'zod'
import { eventSource, measure } from '../../rulebook/index.ts'
import { duty, underDuty } from './sources.measures.ts'

const decided = sql`y.state in ('in_force', 'lifted') and y.decided_on is not null`
const reportOf = (month: ReturnType<typeof sql>) =>
  sql`exists (select 1 from supervision.yellow_card_reports r where r.card_no = y.no and r.month = to_char(${month}, 'YYYY-MM'))`

/** RR6: a card that was in force when the month began. */
export const monthlyReported = measure({
  name: 'supervision.monthly_reported',
  version: 1,
  title: '黄牌警示期间按月报告过的件数与应报告的件数',
  unit: '件',
  judged: 'short_at_end',
  params: z.strictObject({}),
  facts: () => sql`
    select ${duty}, 'yellow-card' as record_kind, y.no as record_no, (r.reported_on is not null)::int as numerator, 1 as denominator,
      coalesce(r.reported_on, d.ends) as recorded_on, case when r.reported_on is null then '这个月没有报告销号情况' end as reason
    from due d join supervision.yellow_cards y on y.organization_no = d.organization_no and ${decided}
      and y.decided_on < d.starts and (y.lifted_on is null or y.lifted_on >= d.starts)
    left join lateral (select (w.reported_at at time zone 'Asia/Shanghai')::date as reported_on from supervision.yellow_card_reports w
      where w.card_no = y.no and w.month = to_char(d.starts, 'YYYY-MM')) r on true
    where d.subject_kind = 'o'`,
})

/** ZB25: cards in force on the last day, with a list, and reports for each month since the one that followed the decision. */
export const weakBranchesFollowed = measure({
  name: 'supervision.weak_branches_followed',
  version: 1,
  title: '整顿中的组织里有整改清单、按月报告的个数与整顿中的总数',
  unit: '个',
  judged: 'short_at_end',
  params: z.strictObject({}),
  facts: () => sql`
    select ${duty}, 'yellow-card' as record_kind, y.no as record_no, (s.said = '')::int as numerator, 1 as denominator, y.decided_on as recorded_on,
      nullif(s.said, '') as reason
    from ${underDuty} join supervision.yellow_cards y on y.organization_no = a.organization_no and ${decided}
      and y.decided_on <= least(d.ends, d.as_of) and (y.lifted_on is null or y.lifted_on > least(d.ends, d.as_of))
    cross join lateral (select case
      when not exists (select 1 from supervision.yellow_card_items i where i.card_no = y.no) then '没有整改清单'
      when exists (select 1 from generate_series(greatest(date_trunc('month', y.decided_on) + interval '1 month', d.starts), d.ends, interval '1 month') g (month)
        where not ${reportOf(sql`g.month`)}) then '有的月份没有报告进展' else '' end as said) s`,
})

/** D3.5: every item of a card that was due on the day that began the clock; passed by another person than whoever put it right. */
export const cardItemsSettled = measure({
  name: 'supervision.yellow_card_items_settled',
  version: 1,
  title: '黄牌整改清单上到期的事项全部核验通过',
  unit: '件',
  params: z.strictObject({}),
  facts: () => sql`
    select ${duty}, 'yellow-card' as record_kind, y.no as record_no, bool_and(i.state = 'passed')::int as numerator, 1 as denominator,
      max(coalesce(i.tested_on, i.due_on)) as recorded_on,
      case when not bool_and(i.state = 'passed') then '到期的 ' || count(*) || ' 项里还有 ' || count(*) filter (where i.state <> 'passed') || ' 项没有核验通过' end as reason
    from due d join supervision.yellow_cards y on y.organization_no = d.organization_no and ${decided}
    join supervision.yellow_card_items i on i.card_no = y.no and i.due_on = d.starts
    where d.subject_kind = 'o'
    group by d.subject_kind, d.subject_no, d.organization_no, d.period_no, y.no`,
})

/** One clock for each day on which items of a card fall due. */
export const cardItemDue = eventSource({
  name: 'supervision.yellow_card_item_due',
  title: '黄牌整改事项到期',
  subject: 'o',
  params: z.strictObject({}),
  events: () => sql`
    select distinct y.organization_no as subject_no, y.organization_no, 'yellow-card' as record_kind, y.no as record_no, i.due_on as happened_on
    from supervision.yellow_cards y join supervision.yellow_card_items i on i.card_no = y.no where ${decided}`,
})
