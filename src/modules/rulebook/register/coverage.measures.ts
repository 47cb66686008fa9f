import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { postCode } from '../../directory/posts/posts.contract.ts'
import { measure } from '../engine/engine.measures.ts'
import { called, kinds, onDay, subject, texts } from './register-day.measures.ts'

const dutyTitles = { first: '第一责任人', direct: '直接责任人', deputy: '分管责任人', member: '班子成员' } as const
const duty = z.enum(['first', 'direct', 'deputy', 'member'])

/** R1: who bears which responsibility, at the organization itself. */
export const responsibilityHeld = measure({
  name: 'rulebook.responsibility_held',
  version: 2,
  title: '登记了责任人的责任与应登记的责任项数',
  unit: '项责任',
  state: true,
  judged: 'short_at_end',
  params: z.strictObject({ duties: z.array(duty).min(1).meta({ title: '责任' }) }),
  facts: ({ duties }) => sql`
    select ${subject}, 'organization' as record_kind, d.organization_no as record_no, count(*) filter (where h.held)::int as numerator, count(*)::int as denominator,
      d.starts as recorded_on, '没有登记：' || string_agg(${called(sql`q.duty`, dutyTitles)}, '、' order by q.duty) filter (where not h.held) as reason
    from due d cross join unnest(${texts(duties)}) q (duty)
    cross join lateral (select exists (select 1 from directory.responsibilities r where r.organization_no = d.organization_no and r.duty = q.duty and r.valid @> ${onDay}) as held) h
    group by d.subject_kind, d.subject_no, d.organization_no, d.period_no, d.starts`,
})

const by = z
  .strictObject({
    posts: z.array(postCode).min(1).optional().meta({ title: '职务，任一即可' }),
    duties: z.array(duty).min(1).optional().meta({ title: '责任，任一即可' }),
    committee: z.enum(['committee', 'discipline_committee']).optional().meta({ title: '在任的委员会' }),
    bodies: kinds.optional().meta({ title: '其下的组织，任一即可' }),
  })
  .refine((given) => Object.values(given).filter((one) => one !== undefined).length === 1, {
    error: 'by 里 posts、duties、committee、bodies 写且只写一项',
  })

/** Whether the organization `w` has what it must have. */
function has({ posts, duties, committee, bodies }: z.output<typeof by>): { found: RawBuilder<unknown>; missing: string } {
  if (posts) {
    return {
      found: sql`exists (select 1 from directory.posts t where t.organization_no = w.no and t.post = any (${texts(posts)}) and t.valid @> ${onDay})`,
      missing: '没有登记任职',
    }
  }
  if (duties) {
    return {
      found: sql`exists (select 1 from directory.responsibilities r where r.organization_no = w.no and r.duty = any (${texts(duties)}) and r.valid @> ${onDay})`,
      missing: '没有登记责任人',
    }
  }
  if (committee) {
    return {
      found: sql`exists (select 1 from directory.committees c where c.organization_no = w.no and c.kind = ${committee}
        and c.elected_on <= ${onDay} and (c.ended_on is null or c.ended_on > ${onDay}))`,
      missing: '没有登记在任的委员会',
    }
  }
  return {
    found: sql`exists (select 1 from directory.organization_ancestry b join directory.organizations x on x.no = b.organization_no
      where b.ancestor_no = w.no and b.depth > 0 and b.valid @> ${onDay} and x.kind = any (${texts(bodies ?? [])}))`,
    missing: '没有设立应设的组织',
  }
}

export const coverage = measure({
  name: 'rulebook.coverage',
  version: 2,
  title: '已覆盖的组织与应覆盖的组织个数',
  unit: '个组织',
  state: true,
  judged: 'short_at_end',
  params: z.strictObject({
    kinds: kinds.meta({ title: '应覆盖的组织种类（本组织及其下）' }),
    by: by.meta({ title: '须有什么' }),
  }),
  facts: ({ kinds: asked, by: given }) => {
    const { found, missing } = has(given)
    return sql`
      select ${subject}, 'organization' as record_kind, w.no as record_no, x.held::int as numerator, 1 as denominator, d.starts as recorded_on,
        case when not x.held then ${missing} end as reason
      from due d join directory.organization_ancestry a on a.ancestor_no = d.organization_no and a.valid @> ${onDay}
      join directory.organizations w on w.no = a.organization_no and w.kind = any (${texts(asked)})
      cross join lateral (select ${found} as held) x`
  },
})
