import { sql } from 'kysely'
import { z } from 'zod'
import { measure } from '../../rulebook/index.ts'
import { meetingKind, meetingKinds } from './meetings.contract.ts'

const kinds = z.array(meetingKind).min(1).meta({ title: '会议类别', titles: meetingKinds })
const columns = sql`d.subject_kind, d.subject_no, d.organization_no, d.period_no, 'meeting' as record_kind, m.no as record_no`
const held = (asked: readonly string[]) => sql`due d
  join orglife.meeting_organizations mo on mo.organization_no = d.organization_no and mo.held_on between d.starts and d.ends
  join orglife.meetings m on m.no = mo.meeting_no and m.state = 'recorded' and m.kinds && ${[...asked]}::text[]`

export const quorumReached = measure({
  name: 'orglife.quorum_reached',
  version: 1,
  title: '到会人数够的会议次数与会议总次数',
  params: z.strictObject({
    kinds,
    of: z.number().int().min(2).max(10).default(3).meta({ title: '应到的几分', help: '三分之二的“三”' }),
    at_least: z.number().int().min(1).max(10).default(2).meta({ title: '到会的几分', help: '三分之二的“二”' }),
  }),
  facts: ({ kinds: asked, of, at_least: part }) => {
    const enough = sql`mo.present * ${sql.lit(of)} >= mo.expected * ${sql.lit(part)}`
    return sql`select ${columns}, (${enough})::int as numerator, 1 as denominator, m.recorded_on,
        case when not ${enough} then '应到 ' || mo.expected || ' 人，到会 ' || mo.present || ' 人，人数不够' end as reason
      from ${held(asked)} where d.subject_kind = 'o'`
  },
})

/** ZB11: the secretary, or a deputy or committee member whom the secretary asked; of a group its leader. */
const entitled = sql`(exists (select 1 from directory.posts t where t.organization_no = mo.organization_no and t.person_no = m.chair_no
      and t.valid @> m.held_on and t.post in ('branch_secretary', 'branch_deputy', 'branch_committee_member', 'group_leader'))
    or exists (select 1 from directory.committees c join directory.committee_members k on k.committee_no = c.no and k.valid @> m.held_on
      where c.organization_no = mo.organization_no and c.kind = 'committee' and k.person_no = m.chair_no))`

export const chairedByEntitled = measure({
  name: 'orglife.chaired_by_entitled',
  version: 1,
  title: '由规定的人主持的会议次数与会议总次数',
  params: z.strictObject({ kinds: kinds.default(['members_meeting', 'committee_meeting']) }),
  facts: ({ kinds: asked }) => sql`select ${columns}, (${entitled})::int as numerator, 1 as denominator, m.recorded_on,
      case when m.chair_no is null then '没有写主持人' when not ${entitled} then '主持人不是书记、副书记或委员' end as reason
    from ${held(asked)} where d.subject_kind = 'o'`,
})

/** The day fixed last before the meeting, in the meeting's month; a shorter month ends it. A day fixed later judges no earlier meeting. */
const fixedDay = sql`(select least(f.day, extract(day from date_trunc('month', m.held_on) + interval '1 month' - interval '1 day')::int)
  from orglife.theme_days f where f.organization_no = mo.organization_no and f.since <= m.held_on order by f.no desc limit 1)`

export const themeDayKeptTo = measure({
  name: 'orglife.theme_day_kept_to',
  version: 1,
  title: '在固定日前后开的主题党日次数与总次数',
  params: z.strictObject({
    days: z.number().int().min(0).max(15).default(3).meta({ title: '前后几天都算', help: '条文只说相对固定，默认前后三天' }),
  }),
  facts: ({ days }) => {
    const near = sql`abs(extract(day from m.held_on)::int - ${fixedDay}) <= ${sql.lit(days)}`
    return sql`select ${columns}, coalesce(${near}, false)::int as numerator, 1 as denominator, m.recorded_on,
        case when ${fixedDay} is null then '还没有定固定日' when not ${near} then '固定日是每月 ' || ${fixedDay} || ' 日，这次差得较多' end as reason
      from ${held(['theme_day'])} where d.subject_kind = 'o'`
  },
})

const settledOf = sql`coalesce((select p.settled from orglife.resolution_reports p where p.meeting_no = r.meeting_no and p.content_key = r.content_key
  order by p.no desc limit 1), false)`

export const resolutionsSettled = measure({
  name: 'orglife.resolutions_settled',
  version: 1,
  title: '到期的议定事项中已经办结的件数与到期总数',
  judged: 'at_end',
  params: z.strictObject({ kinds }),
  facts: ({
    kinds: asked,
  }) => sql`select ${columns}, count(*) filter (where ${settledOf}) as numerator, count(*) as denominator, m.recorded_on,
      case when count(*) > count(*) filter (where ${settledOf}) then '还有 ' || (count(*) - count(*) filter (where ${settledOf})) || ' 件没有办结' end as reason
    from ${held(asked)} join orglife.resolutions r on r.meeting_no = m.no and r.due_on <= least(d.ends, d.as_of)
    where d.subject_kind = 'o' group by d.subject_kind, d.subject_no, d.organization_no, d.period_no, m.no, m.recorded_on`,
})

export const rectificationListed = measure({
  name: 'orglife.rectification_listed',
  version: 1,
  title: '会后列出整改事项、逐项有人有时限的会议次数',
  params: z.strictObject({ after: meetingKind.meta({ title: '哪种会后', titles: meetingKinds }) }),
  facts: ({
    after,
  }) => sql`select ${columns}, (count(r.no) > 0 and bool_and(r.owner_no is not null and r.due_on is not null))::int as numerator,
      1 as denominator, m.recorded_on, case when count(r.no) = 0 then '没有列出整改事项'
        when not bool_and(r.owner_no is not null and r.due_on is not null) then '有的整改事项没有写负责人或时限' end as reason
    from ${held([after])} left join orglife.resolutions r on r.meeting_no = m.no
    where d.subject_kind = 'o' group by d.subject_kind, d.subject_no, d.organization_no, d.period_no, m.no, m.recorded_on`,
})
