import { sql } from 'kysely'
import { z } from 'zod'
import { postCode, posts as postTitles } from '../../directory/posts/posts.contract.ts'
import { measure } from '../engine/engine.measures.ts'
import { called, onDay, place, placesOf, standingIn, subject, texts } from './register-day.measures.ts'

const names = Object.fromEntries(Object.entries(postTitles).map(([code, { name }]) => [code, name]))
const posts = z.array(postCode).min(1).meta({ title: '职务' })

/**
 * One row for each post that is filled, with its holder; those that are not stand together in one row of the organization. Who left
 * less than so many months ago is still counted, as is a new organization's first appointment.
 */
export const postsFilled = measure({
  name: 'rulebook.posts_filled',
  version: 2,
  title: '职务有人担任的个数与应配的个数',
  unit: '个职务',
  state: true,
  judged: 'short_at_end',
  params: z.strictObject({
    posts,
    of: place,
    holders: z.int().min(1).max(20).default(1).meta({ title: '每个职务至少几人' }),
    vacancy_months: z.int().min(0).max(60).default(0).meta({ title: '出缺几个月以内仍算' }),
    full_time: z.boolean().default(false).meta({ title: '须为专职' }),
  }),
  facts: ({ posts: asked, of, holders, vacancy_months: months, full_time: fullTime }) => sql`
    select ${subject}, case when h.held then 'post' else 'organization' end as record_kind,
      case when h.held then h.post_no else d.organization_no end as record_no,
      sum((h.held or h.spared)::int)::int as numerator, count(*)::int as denominator, min(case when h.held then h.since else d.starts end) as recorded_on,
      '职务空缺：' || string_agg(${called(sql`q.post`, names)} || coalesce('（自' || h.vacant_from::text || '起）', ''), '、' order by q.post)
        filter (where not (h.held or h.spared)) as reason
    from due d cross join unnest(${texts(asked)}) q (post)
    cross join lateral (
      select count(distinct t.person_no) filter (where t.valid @> ${onDay}) >= ${holders} as held,
        min(t.no) filter (where t.valid @> ${onDay}) as post_no, min(lower(t.valid)) filter (where t.valid @> ${onDay}) as since,
        max(upper(t.valid)) filter (where upper(t.valid) <= ${onDay}) as vacant_from,
        coalesce(max(upper(t.valid)) filter (where upper(t.valid) <= ${onDay}),
          (select o.established_on from directory.organizations o where o.no = d.organization_no)) + make_interval(months => ${months}::int) > ${onDay} as spared
      from ${standingIn(of)} join directory.posts t on t.organization_no = a.organization_no and t.post = q.post
        and lower(t.valid) <= ${onDay} and (not ${fullTime} or t.full_time)) h
    group by d.subject_kind, d.subject_no, d.organization_no, d.period_no, 5, 6`,
})

export const postWithin = measure({
  name: 'rulebook.post_within',
  version: 2,
  title: '任某职务的人同时担任另一职务的人数与任职人数',
  unit: '人',
  state: true,
  judged: 'short_at_end',
  params: z.strictObject({
    post: postCode.meta({ title: '职务' }),
    within: z.array(postCode).min(1).meta({ title: '须同时担任其中之一' }),
    of: place,
  }),
  facts: ({ post, within, of }) => sql`
    select ${subject}, 'post' as record_kind, t.no as record_no, x.also::int as numerator, 1 as denominator, lower(t.valid) as recorded_on,
      case when not x.also then '没有同时担任' || ${within.map((code) => postTitles[code].name).join('、')} end as reason
    from due d join ${placesOf(of)} join directory.posts t on t.organization_no = a.organization_no and t.post = ${post} and t.valid @> ${onDay}
    cross join lateral (select exists (
      select 1 from ${standingIn(of)} join directory.posts w on w.organization_no = a.organization_no
      where w.person_no = t.person_no and w.post = any (${texts(within)}) and w.valid @> ${onDay}) as also) x`,
})

/** ZB23: party age is counted from the day of full membership. */
export const postSeasoned = measure({
  name: 'rulebook.post_seasoned',
  version: 1,
  title: '任职时党龄达到要求的人数与任职人数',
  unit: '人',
  state: true,
  params: z.strictObject({
    posts,
    of: place,
    months: z.int().min(1).max(240).default(12).meta({ title: '任职时党龄至少几个月' }),
  }),
  facts: ({ posts: asked, of, months }) => sql`
    select ${subject}, 'post' as record_kind, t.no as record_no, x.enough::int as numerator, 1 as denominator, lower(t.valid) as recorded_on,
      case when not x.enough then case when s.full_since is null then '没有登记转正日期' else '任职时转正不足 ' || ${String(months)} || ' 个月' end end as reason
    from due d join ${placesOf(of)} join directory.posts t on t.organization_no = a.organization_no and t.post = any (${texts(asked)}) and t.valid @> ${onDay}
    join directory.persons s on s.no = t.person_no
    cross join lateral (select coalesce(s.full_since + make_interval(months => ${months}::int) <= lower(t.valid), false) as enough) x`,
})
