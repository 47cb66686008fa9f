import { sql } from 'kysely'
import { z } from 'zod'
import { measure } from '../../rulebook/index.ts'
import { targetGroup, targetGroups } from '../classes/classes.contract.ts'
import { categories, organizer, tags, targetGroupsAsked } from './measure-parameters.contract.ts'
import { columns, heldBy } from './sources.measures.ts'

const alsoOf = ['orglife.work_records']
const noCategories: readonly string[] = []

export const theoryShareMeasure = measure({
  name: 'learning.theory_share',
  version: 1,
  title: '培训学时中政治理论所占比重',
  unit: '学时',
  judged: 'at_end',
  alsoOf,
  params: z.strictObject({ tags, categories, organizer }),
  facts: (asked) => sql`
    select ${columns}, b.theory_hours as numerator, b.hours as denominator, b.recorded_on,
      case when b.hours = 0 then '没有填学时' when b.below then '这一班政治理论不到七成，按理由办班，计为未达到'
        when b.theory_hours = 0 then '只在分母中：不属于政治理论' end as reason
    from ${heldBy({ ...asked })}`,
})

/** A class that was set up below seventy per cent with a reason stands in the denominator alone. */
export const classesMeetingShare = measure({
  name: 'learning.classes_meeting_share',
  version: 1,
  title: '政治理论达到七成的培训班占所办培训班的比重',
  unit: '班',
  params: z.strictObject({ organizer }),
  facts: ({ organizer: by }) => sql`
    select ${columns}, (not b.below)::int as numerator, 1 as denominator, b.recorded_on,
      case when b.below then '这一班政治理论不到七成，按理由办班，计为未达到' end as reason
    from ${heldBy({ tags: noCategories, categories: noCategories, organizer: by })}`,
})

export const classesHeld = measure({
  name: 'learning.classes_held',
  version: 1,
  title: '所办集中培训的期数',
  unit: '期',
  alsoOf,
  params: z.strictObject({ tags, target_groups: targetGroupsAsked, organizer }),
  facts: ({ tags: counted, target_groups: groups, organizer: by }) => sql`
    select ${columns}, 1 as numerator, 1 as denominator, b.recorded_on, null::text as reason
    from ${heldBy({ tags: counted, targetGroups: groups, categories: noCategories, organizer: by })}`,
})

/** Days after the end that no grace lasts: what was not held was not held in time either. */
const neverInTime = 500
const titlesSql = sql`(select jsonb_object_agg(k, v) from jsonb_each_text(${JSON.stringify(targetGroups)}::jsonb) as t (k, v))`

export const targetGroupsCovered = measure({
  name: 'learning.target_groups_covered',
  version: 1,
  title: '办过班的培训对象占应办班对象的比重',
  unit: '类',
  judged: 'short_at_end',
  params: z.strictObject({ groups: z.array(targetGroup).min(1).meta({ title: '培训对象' }), organizer }),
  facts: ({ groups, organizer: by }) => sql`
    select d.subject_kind, d.subject_no, d.organization_no, d.period_no, case when f.no is null then 'organization' else 'training-class' end as record_kind,
      coalesce(f.no, d.organization_no) as record_no, case when f.no is null then 0 else 1 end as numerator, count(*) as denominator,
      coalesce(f.recorded_on, d.ends + ${neverInTime}::int) as recorded_on,
      case when f.no is null then '还没有办班：' || string_agg(${titlesSql} ->> g.code, '、' order by g.code) end as reason
    from due d cross join unnest(${[...groups]}::text[]) as g (code)
    left join lateral (select c.no, c.recorded_on from directory.organization_ancestry a
      join learning.classes c on c.organization_no = a.organization_no and c.state = 'held' and c.target_group = g.code and c.ends_on between d.starts and d.ends
      where a.ancestor_no = d.organization_no and a.valid @> least(d.ends, d.as_of) and (a.depth = 0 or ${by === 'below'}::boolean)
      order by c.recorded_on, c.no limit 1) f on true
    where d.subject_kind = 'o'
    group by d.subject_kind, d.subject_no, d.organization_no, d.period_no, d.ends, f.no, f.recorded_on`,
})

/** PX7.3: persons of a unit in classes that free from duty, by class; a class that nobody of theirs attended is not asked about. */
export const absenceWithin = measure({
  name: 'learning.absence_within',
  version: 1,
  title: '脱产培训请假不超过规定比例的人次占比',
  unit: '人次',
  judged: 'at_end',
  params: z.strictObject({ share: z.number().min(0).max(1).meta({ title: '请假占总学时的比例，不超过' }) }),
  facts: ({ share }) => sql`
    select d.subject_kind, d.subject_no, d.organization_no, d.period_no, 'training-class' as record_kind, c.no as record_no,
      count(*) filter (where x.missed_hours <= (x.hours + x.missed_hours) * ${share}::numeric) as numerator, count(*) as denominator, c.recorded_on,
      case when bool_or(x.missed_hours > (x.hours + x.missed_hours) * ${share}::numeric)
        then count(*) filter (where x.missed_hours > (x.hours + x.missed_hours) * ${share}::numeric) || ' 人请假超过规定比例' end as reason
    from due d join directory.organization_ancestry a on a.ancestor_no = d.organization_no and a.valid @> least(d.ends, d.as_of)
    join learning.participants x on x.organization_no = a.organization_no and x.held_on between d.starts and d.ends and x.hours is not null
    join learning.classes c on c.no = x.class_no and c.state = 'held' and c.off_duty
    where d.subject_kind = 'o'
    group by d.subject_kind, d.subject_no, d.organization_no, d.period_no, c.no, c.recorded_on`,
})
