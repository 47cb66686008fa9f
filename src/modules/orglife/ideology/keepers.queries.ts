import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { offsetOf, offsetPage } from '../../../kernel/http/offset-page.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { declareWorkItems } from '../../../kernel/work-items/registry.ts'
import type { KeeperLine, levels } from './keepers.contract.ts'

const kindsOf: Readonly<Record<keyof typeof levels, readonly string[]>> = {
  committee: ['working_committee'],
  party_committee: ['party_committee'],
  branch: ['general_branch', 'branch', 'joint_branch'],
}
const allKinds = Object.values(kindsOf).flat()
const levelSql = sql`case o.kind when 'working_committee' then 'committee' when 'party_committee' then 'party_committee' else 'branch' end`
const under = (
  tops: readonly number[],
) => sql`exists (select 1 from directory.organization_ancestry s where s.organization_no = o.no
  and s.ancestor_no = any (${`{${tops.join(',')}}`}::bigint[]) and upper_inf(s.valid))`
/** Since when nobody is named: since the last one left, or since there is the organization. */
const gap = sql`case when exists (select 1 from orglife.ideology_keepers k where k.organization_no = o.no and upper_inf(k.valid)) then null
  else coalesce((select max(upper(k.valid)) from orglife.ideology_keepers k where k.organization_no = o.no), o.established_on) end`

export interface KeepersAsked {
  readonly under?: string | undefined
  readonly level?: keyof typeof levels | undefined
  readonly gaps?: 'yes' | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** Organizations of the three levels with those who answer for it, and since when nobody does; in organization order. */
export async function keepersAsked(
  read: Read,
  asked: KeepersAsked,
  actor: Actor,
): Promise<{ items: KeeperLine[]; next: string | null; total?: number }> {
  const start = offsetOf(asked.after)
  const kinds = asked.level ? kindsOf[asked.level] : allKinds
  const conditions = [
    sql`o.dissolved_on is null and o.kind = any (${[...kinds]}::text[])`,
    under(organizationsFor(actor, 'orglife.ideology_keeper.read')),
    ...(asked.gaps ? [sql`${gap} is not null`] : []),
    ...(asked.under
      ? [
          sql`exists (select 1 from directory.organization_ancestry a join directory.organizations t on t.no = a.ancestor_no
            where a.organization_no = o.no and upper_inf(a.valid) and t.id = ${asked.under})`,
        ]
      : []),
  ]
  const { rows } = await sql<
    KeeperLine & { total: number }
  >`select o.id, json_build_object('id', o.id, 'name', o.name) as organization, ${levelSql} as level,
      coalesce((select json_agg(json_build_object('id', k.id, 'person', json_build_object('id', p.id, 'name', p.name), 'duty', k.duty, 'from', lower(k.valid)) order by k.duty desc)
        from orglife.ideology_keepers k join directory.persons p on p.no = k.person_no where k.organization_no = o.no and upper_inf(k.valid)), '[]') as keepers,
      coalesce((select json_agg(json_build_object('person', json_build_object('id', p.id, 'name', p.name), 'duty', k.duty, 'from', lower(k.valid), 'to', upper(k.valid) - 1, 'reason', k.end_reason) order by upper(k.valid) desc)
        from orglife.ideology_keepers k join directory.persons p on p.no = k.person_no where k.organization_no = o.no and not upper_inf(k.valid)), '[]') as past,
      ${gap} as "gapSince", ${under(organizationsFor(actor, 'orglife.ideology_keeper.name'))} as "mayName", count(*) over ()::int as total
    from directory.organizations_now o where ${sql.join(conditions, sql` and `)}
    order by (select array_agg(lpad(po.position::text, 5, '0') || po.no order by a.depth desc) from directory.organization_ancestry a
      join directory.organizations po on po.no = a.ancestor_no where a.organization_no = o.no and upper_inf(a.valid)) limit ${asked.limit} offset ${start}`.execute(
    reading<'orglife' | 'directory'>(read),
  )
  return offsetPage(rows, start)
}

const kind = 'orglife.ideology'

/** To those who name keepers: how many of their organizations have none, and which outlets are to be looked at. */
declareWorkItems({
  kind,
  list: async (read, actor, today: CivilDate) => {
    const tops = organizationsFor(actor, 'orglife.ideology_keeper.name')
    if (tops.length === 0) return []
    const { rows } = await sql<{ gaps: number; reviews: number }>`select
        (select count(*)::int from directory.organizations_now o where o.dissolved_on is null and o.kind = any (${allKinds}::text[]) and ${under(tops)} and ${gap} is not null) as gaps,
        (select count(*)::int from orglife.outlets t join directory.organizations o on o.no = t.organization_no
          where t.state = 'open' and t.review_on <= ${today}::date and ${under(tops)}) as reviews`.execute(
      reading<'orglife' | 'directory'>(read),
    )
    const { gaps, reviews } = rows[0] ?? { gaps: 0, reviews: 0 }
    const said = { kind, due: null, tone: 'soon' as const }
    return [
      ...(gaps > 0
        ? [
            {
              ...said,
              id: `${kind}.gaps`,
              count: gaps,
              title: `${gaps} 个组织没有登记意识形态责任人`,
              detail: '点开逐个登记',
              link: '/ideology?gaps=yes',
            },
          ]
        : []),
      ...(reviews > 0
        ? [
            {
              ...said,
              id: `${kind}.reviews`,
              count: reviews,
              title: `${reviews} 个阵地到了复核日期`,
              detail: '看是否还用、管理员是否还在岗',
              link: '/ideology/outlets?review=due',
            },
          ]
        : []),
    ]
  },
})
