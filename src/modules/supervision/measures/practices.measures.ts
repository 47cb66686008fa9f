import { sql } from 'kysely'
import { z } from 'zod'
import { measure } from '../../rulebook/index.ts'
import { localRuleKinds } from '../local-rules/local-rules.lifecycle.ts'
import { duty, underDuty } from './sources.measures.ts'

/** R3: work records with one of the tags, and examples published in the city; one that rests on such a record counts once. */
export const practicesSummedUp = measure({
  name: 'supervision.practices_summed_up',
  version: 1,
  title: '总结推介好做法的次数',
  alsoOf: ['orglife.work_records'],
  params: z.strictObject({ tags: z.array(z.string().min(1).max(60)).max(50).meta({ title: '也计入这些标签的工作纪实' }) }),
  facts: ({ tags }) => sql`
    select distinct ${duty}, x.kind as record_kind, x.no as record_no, 1 as numerator, 1 as denominator, x.recorded_on, null::text as reason
    from ${underDuty} cross join lateral (
      select 'example' as kind, e.no, e.published_on as recorded_on from supervision.examples e
      where e.organization_no = a.organization_no and e.state = 'published' and e.published_on between d.starts and d.ends
      union all
      select 'work-record', w.no, w.recorded_on from orglife.work_record_organizations ro
      join orglife.work_records w on w.no = ro.record_no and w.state = 'recorded'
      where ro.organization_no = a.organization_no and ro.held_on between d.starts and d.ends
        and exists (select 1 from orglife.work_record_tags t where t.record_no = w.no and t.tag = any (${[...tags]}::text[]))
        and not exists (select 1 from supervision.example_links l join supervision.examples e on e.no = l.example_no and e.state = 'published'
          where l.kind = 'work_record' and l.reference = w.id and l.unlinked_at is null and e.published_on between d.starts and d.ends)) x`,
})

/** R3: reviews of lasting rules that fall due in the period; done when somebody kept, revised or repealed the rule, in time when by its day. */
export const localRulesReviewed = measure({
  name: 'supervision.local_rules_reviewed',
  version: 1,
  title: '到复核日期的制度中已复核、修订或废止的项数与到期总项数',
  unit: '项',
  judged: 'short_at_end',
  params: z.strictObject({}),
  facts: () => sql`
    select ${duty}, 'local-rule' as record_kind, x.no as record_no, min(x.done)::int as numerator, 1 as denominator, max(x.done_on) as recorded_on,
      case when min(x.done) = 0 then '到了复核日期，还没有复核' end as reason
    from ${underDuty} cross join lateral (
      select l.no, 0 as done, l.review_on as done_on from supervision.local_rules l
      where l.organization_no = a.organization_no and l.state = 'in_force' and l.review_on between d.starts and d.ends
      union all
      select w.rule_no, 1, w.done_on from supervision.local_rule_reviews w
      where w.organization_no = a.organization_no and w.due_on between d.starts and d.ends) x
    group by d.subject_kind, d.subject_no, d.organization_no, d.period_no, x.no`,
})

const five = Object.keys(localRuleKinds).filter((kind) => kind !== 'other')

/** HN10: one of each of the five sorts that is in force, and was reviewed or came into force within the period. */
export const localRulesKept = measure({
  name: 'supervision.local_rules_kept',
  version: 1,
  title: '五类工作制度中有效并在期内复核过的类数',
  unit: '类',
  params: z.strictObject({}),
  facts: () => sql`
    select distinct on (d.organization_no, d.period_no, l.kind) ${duty}, 'local-rule' as record_kind, l.no as record_no,
      (r.looked_on is not null)::int as numerator, 1 as denominator, coalesce(r.looked_on, d.ends) as recorded_on,
      case when r.looked_on is null then '期内还没有复核' end as reason
    from due d join supervision.local_rules l on l.organization_no = d.organization_no and l.kind = any (${five}::text[])
      and l.in_force_from <= d.ends and (l.repealed_on is null or l.repealed_on > d.ends)
    cross join lateral (select min(x.day) as looked_on from (
      select w.done_on as day from supervision.local_rule_reviews w where w.rule_no = l.no
      union all select l.in_force_from) x where x.day between d.starts and d.ends) r
    where d.subject_kind = 'o'
    order by d.organization_no, d.period_no, l.kind, r.looked_on nulls last, l.no`,
})
