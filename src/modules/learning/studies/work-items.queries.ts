import { sql } from 'kysely'
import { reading } from '../../../kernel/database/handles.ts'
import { declareWorkItems } from '../../../kernel/work-items/registry.ts'
import { everyAudience } from './audience.queries.ts'
import './studies.policy.ts'

const kind = 'learning.studies'

// What is left of the plans that are for the reader: one line for all of them, and the next day by which a unit is asked for.
declareWorkItems({
  kind,
  list: async (read, actor, today) => {
    if (actor.personNo === null) return []
    const { rows } = await sql<{ units: number; due: string | null }>`select count(*)::int as units, min(u.by_day)::text as due
      from learning.study_plans l join learning.study_units u on u.plan_no = l.no and not u.removed
      where l.state = 'open' and l.year = extract(year from ${today}::date)::int
        and exists (select 1 from (${everyAudience(sql`l.audience`, sql`${today}::date`)}) x
          join directory.organization_ancestry a on a.organization_no = x.organization_no and a.ancestor_no = l.organization_no and upper_inf(a.valid)
          where x.person_no = ${actor.personNo}::bigint)
        and not exists (select 1 from learning.study_done d where d.unit_no = u.no and d.person_no = ${actor.personNo}::bigint)`.execute(
      reading<'learning' | 'directory'>(read),
    )
    const [{ units, due } = { units: 0, due: null }] = rows
    if (units === 0) return []
    const title = `学习计划还有 ${units} 个单元没有学完`
    return [{ id: kind, kind, title, detail: '', due, tone: 'info' as const, link: '/study-plans?state=open', count: units }]
  },
})
