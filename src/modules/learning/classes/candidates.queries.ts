import { sql } from 'kysely'
import type { z } from 'zod'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { groupMembers, timesTrained } from '../coverage/target-groups.queries.ts'
import { hostOf } from './class-body.queries.ts'
import type { classCandidates } from './classes.contract.ts'

type Asked = z.output<(typeof classCandidates)['query']>
type Candidate = z.output<(typeof classCandidates)['reply']>['items'][number]

/** People of the target group under the organization, those without training this year first. */
export async function candidatesFor(read: Read, asked: Asked, today: CivilDate): Promise<Candidate[]> {
  const host = await hostOf(read, asked.organization)
  const { rows } = await sql<Candidate>`select t."personId", t.name, t.organization, t.trained from (
    select p.id as "personId", p.name, n.name as organization, p.pinyin, p.no,
      ${timesTrained(sql`p.no`, Number(today.slice(0, 4)))} as trained
    from (${groupMembers(asked.targetGroup, today)}) g join directory.persons p on p.no = g.person_no
    join directory.organization_ancestry a on a.organization_no = g.organization_no and a.ancestor_no = ${host.no} and a.valid @> ${today}::date
    join directory.organization_names n on n.organization_no = g.organization_no and upper_inf(n.valid)
    ) t order by t.trained = 0 desc, t.pinyin, t.no limit 5000`.execute(reading<'learning' | 'directory' | 'orglife'>(read))
  return rows
}
