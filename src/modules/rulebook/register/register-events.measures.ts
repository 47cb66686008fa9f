import { sql } from 'kysely'
import { z } from 'zod'
import { postCode } from '../../directory/posts/posts.contract.ts'
import { eventSource } from '../engine/event-sources.measures.ts'
import { kinds, texts } from './register-day.measures.ts'

/** Somebody takes a post. Who held the same one there the day before did not take it anew. */
export const postStarted = eventSource({
  name: 'directory.post_started',
  title: '任职',
  subject: 'p',
  params: z.strictObject({
    posts: z.array(postCode).min(1).meta({ title: '职务' }),
    at: kinds.optional().meta({ title: '任职组织的种类' }),
  }),
  events: ({ posts, at }) => sql`
    select t.person_no as subject_no, t.organization_no, 'post' as record_kind, t.no as record_no, lower(t.valid) as happened_on
    from directory.posts t
    where t.post = any (${texts(posts)}) and ${at ? sql`exists (select 1 from directory.organizations k where k.no = t.organization_no and k.kind = any (${texts(at)}))` : sql`true`}
      and not exists (select 1 from directory.posts b where b.person_no = t.person_no and b.organization_no = t.organization_no and b.post = t.post
        and b.no <> t.no and b.valid @> (lower(t.valid) - 1))`,
})

/**
 * Somebody comes to a standing, such as probationary membership. It goes with the person: wherever he belongs in that standing later,
 * the clock is the same; coming from another organization in the same standing is no new beginning.
 */
export const memberJoined = eventSource({
  name: 'directory.member_joined',
  title: '取得身份',
  subject: 'p',
  params: z.strictObject({
    standing: z
      .array(z.enum(['full', 'probationary', 'development_target', 'activist', 'staff']))
      .min(1)
      .meta({ title: '身份' }),
  }),
  events: ({ standing }) => sql`
    select distinct m.person_no as subject_no, m.organization_no, 'person' as record_kind, m.person_no as record_no, lower(b.valid) as happened_on
    from directory.memberships m
    join directory.memberships b on b.person_no = m.person_no and b.standing = any (${texts(standing)})
      and (upper_inf(m.valid) or upper(m.valid) > lower(b.valid))
    where m.standing = any (${texts(standing)})
      and not exists (select 1 from directory.memberships c where c.person_no = b.person_no and c.standing = any (${texts(standing)})
        and c.valid @> (lower(b.valid) - 1))`,
})

/** A term of office comes to its end, or to so many months before; an approved extension moves it. */
export const electionDue = eventSource({
  name: 'directory.election_due',
  title: '换届提醒',
  subject: 'o',
  params: z.strictObject({
    kind: z.enum(['committee', 'discipline_committee']).default('committee').meta({ title: '委员会的种类' }),
    months_before: z.int().min(0).max(24).default(0).meta({ title: '届满前几个月起算' }),
  }),
  events: ({ kind, months_before: months }) => sql`
    select c.organization_no as subject_no, c.organization_no, 'committee' as record_kind, c.no as record_no, x.day as happened_on
    from directory.committees c
    cross join lateral (select (coalesce(c.extended_to, c.due_on) - make_interval(months => ${months}::int))::date as day) x
    where c.kind = ${kind} and (c.ended_on is null or c.ended_on > x.day)`,
})

export const organizationEstablished = eventSource({
  name: 'directory.organization_established',
  title: '成立',
  subject: 'o',
  params: z.strictObject({ kinds: kinds.meta({ title: '组织种类' }) }),
  events: ({ kinds: asked }) => sql`
    select o.no as subject_no, o.no as organization_no, 'organization' as record_kind, o.no as record_no, o.established_on as happened_on
    from directory.organizations o where o.kind = any (${texts(asked)})`,
})
