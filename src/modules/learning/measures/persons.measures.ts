import { sql } from 'kysely'
import { z } from 'zod'
import { measure } from '../../rulebook/index.ts'
import { tags, targetGroupsAsked } from './measure-parameters.contract.ts'
import { columns, ofPerson } from './sources.measures.ts'

const alsoOf = ['orglife.work_records']

export const trainingHours = measure({
  name: 'learning.training_hours',
  version: 1,
  title: '本人集中学习培训的学时合计',
  unit: '学时',
  alsoOf,
  params: z.strictObject({ tags, self_study: z.boolean().default(false).meta({ title: '经支部确认的自学也算' }) }),
  facts: ({ tags: counted, self_study: selfStudy }) => sql`
    select ${columns}, coalesce(b.hours, 0) as numerator, coalesce(b.hours, 0) as denominator, b.recorded_on, b.reason
    from ${ofPerson({ tags: counted, sentOut: true, selfStudy })}`,
})

export const trainingsAttended = measure({
  name: 'learning.trainings_attended',
  version: 1,
  title: '本人参加集中培训的次数',
  alsoOf,
  params: z.strictObject({ tags, target_groups: targetGroupsAsked }),
  facts: ({ tags: counted, target_groups: targetGroups }) => sql`
    select ${columns}, case when b.record_kind = 'work-record' or b.hours > 0 then 1 else 0 end as numerator, 1 as denominator, b.recorded_on,
      case when b.record_kind <> 'work-record' then b.reason end as reason
    from ${ofPerson({ tags: counted, targetGroups, sentOut: targetGroups === undefined, selfStudy: false })}`,
})

/** PX3: by the county's committee or above; here the working committee's own classes and what somebody was sent to. */
export const upperTrainingsAttended = measure({
  name: 'learning.upper_trainings_attended',
  version: 1,
  title: '本人参加县级以上党委集中轮训的次数',
  params: z.strictObject({}),
  facts: () => sql`
    select d.subject_kind, d.subject_no, d.organization_no, d.period_no, b.record_kind, b.record_no,
      case when b.hours > 0 then 1 else 0 end as numerator, 1 as denominator, b.recorded_on,
      case when b.hours > 0 then null else '缺课，没有计入学时' end as reason
    from due d join lateral (
      select 'training-class' as record_kind, c.no as record_no, x.hours, c.recorded_on from learning.participants x
      join learning.classes c on c.no = x.class_no and c.state = 'held'
      join directory.organizations o on o.no = c.organization_no and o.kind = 'working_committee'
      where x.person_no = d.subject_no and x.held_on between d.starts and d.ends and x.hours is not null
      union all
      select 'study-record', s.no, s.credited, s.recorded_on from learning.study_records s where s.person_no = d.subject_no
        and s.held_on between d.starts and d.ends and s.state = 'confirmed' and s.kind = 'sent_out' and s.level <> 'unit') b
      on d.subject_kind = 'p'`,
})
