import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { branchKinds } from '../../directory/organizations/organizations.contract.ts'
import { measure } from '../engine/engine.measures.ts'
import { committeeSize, inOffice } from './committees.measures.ts'
import { kinds, membersUnder, onDay, subject, texts } from './register-day.measures.ts'

const standingBelow = (
  below: readonly string[],
) => sql`(select count(*) from directory.organization_ancestry u join directory.organizations w on w.no = u.organization_no
  where u.ancestor_no = d.organization_no and u.depth > 0 and u.valid @> ${onDay} and w.kind = any (${texts(below)}))`

const counted: Record<string, { readonly title: string; readonly of: RawBuilder<unknown> }> = {
  full_members: { title: '正式党员', of: membersUnder(['full']) },
  members: { title: '党员', of: membersUnder(['full', 'probationary']) },
  branches: { title: '党支部', of: standingBelow(branchKinds) },
  groups: { title: '党小组', of: standingBelow(['group']) },
  units: { title: '单位', of: standingBelow(['unit']) },
}
const countable = z
  .enum(['full_members', 'members', 'committee_members', 'branches', 'groups', 'units'])
  .meta({ title: '数什么' })

export const sizeKept = measure({
  name: 'rulebook.size_kept',
  version: 2,
  title: '人数或个数在规定之内的组织数与组织数',
  unit: '个组织',
  state: true,
  judged: 'short_at_end',
  params: z
    .strictObject({
      counts: countable,
      at_least: z.int().min(0).max(100_000).optional().meta({ title: '不少于' }),
      at_most: z.int().min(0).max(100_000).optional().meta({ title: '不多于' }),
    })
    .refine(({ at_least: least, at_most: most }) => least !== undefined || most !== undefined, {
      error: 'at_least 和 at_most 至少写一项',
    }),
  // `offset 0` keeps the planner from counting anew wherever the number stands.
  facts: ({ counts, at_least: least = 0, at_most: most = 2_000_000_000 }) => {
    const committee = counts === 'committee_members'
    const what = counted[counts]
    const title = what?.title ?? '委员'
    return sql`
      select ${subject}, ${committee ? 'committee' : 'organization'} as record_kind, ${committee ? sql`c.no` : sql`d.organization_no`} as record_no,
        (x.n between ${least} and ${most})::int as numerator, 1 as denominator, d.starts as recorded_on,
        case when x.n < ${least} then ${title} || ' ' || x.n || '，不足 ' || ${String(least)} when x.n > ${most} then ${title} || ' ' || x.n || '，多于 ' || ${String(most)} end as reason
      from due d ${committee ? sql`cross join ${inOffice('committee')}` : sql``}
      cross join lateral (select ${what?.of ?? committeeSize} as n offset 0) x`
  },
})

/** Bodies that must stand under an organization. Those that do are records of their own, those missing stand in one row. */
export const bodiesFormed = measure({
  name: 'rulebook.bodies_formed',
  version: 2,
  title: '已设的组织与应设的组织个数',
  unit: '个组织',
  state: true,
  judged: 'short_at_end',
  params: z.strictObject({
    kinds: kinds.meta({ title: '应设的组织种类' }),
    any: z.boolean().default(false).meta({ title: '设其中一种即可' }),
    from_members: z.int().min(1).max(100_000).optional().meta({ title: '党员达到多少才要求' }),
    below_members: z.int().min(1).max(100_000).optional().meta({ title: '党员不到多少才要求' }),
  }),
  facts: ({ kinds: asked, any, from_members: from = 0, below_members: below = 2_000_000_000 }) => {
    const wanted = any ? sql`select ${texts(asked)} as kinds` : sql`select array[k] as kinds from unnest(${texts(asked)}) k`
    return sql`
      select ${subject}, 'organization' as record_kind, coalesce(f.no, d.organization_no) as record_no, count(f.no)::int as numerator, count(*)::int as denominator,
        min(coalesce(f.established_on, d.starts)) as recorded_on, case when bool_or(f.no is null) then '没有设立应设的组织' end as reason
      from due d cross join (${wanted}) q
      left join lateral (select w.no, w.established_on from directory.organization_ancestry u join directory.organizations w on w.no = u.organization_no
        where u.ancestor_no = d.organization_no and u.depth > 0 and u.valid @> ${onDay} and w.kind = any (q.kinds) order by w.no limit 1) f on true
      where ${from === 0 && below === 2_000_000_000 ? sql`true` : sql`${membersUnder(['full', 'probationary'])} between ${from} and ${below - 1}`}
      group by d.subject_kind, d.subject_no, d.organization_no, d.period_no, 6`
  },
})
