import { sql } from 'kysely'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { Asking } from '../cases/case-scope.queries.ts'
import type { PlanState } from './unit-plans.lifecycle.ts'

export interface MissingPlan {
  readonly unit: { readonly id: string; readonly name: string }
  readonly plan: { readonly id: string; readonly state: PlanState } | null
}

/** Units under the reader's roles in organization order, each with its plan of the year. */
export async function unitsInOrder(
  read: Read,
  year: number,
  { actor }: Asking,
): Promise<(MissingPlan & { title: string | null; published: boolean })[]> {
  const tops = organizationsFor(actor, 'supervision.unit_plan.read')
  const { rows } = await sql<
    MissingPlan & { title: string | null; published: boolean }
  >`select json_build_object('id', o.id, 'name', o.name) as unit,
      case when p.id is null then null else json_build_object('id', p.id, 'state', p.state) end as plan, p.title,
      p.published_version is not null as published
    from directory.organizations_now o left join supervision.unit_plans p on p.organization_no = o.no and p.year = ${year}
    where o.kind = 'unit' and o.dissolved_on is null and exists (select 1 from directory.organization_ancestry s where s.organization_no = o.no
      and s.ancestor_no = any (${`{${tops.join(',')}}`}::bigint[]) and upper_inf(s.valid))
    order by o.position, o.pinyin, o.no`.execute(reading<'supervision' | 'directory'>(read))
  return rows
}
