import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { declareWorkItems, type WorkItem } from '../../../kernel/work-items/registry.ts'
import { within } from '../records/records.queries.ts'
import { branchDue, projectTables } from './key-projects.queries.ts'

const kind = 'supervision.key_projects'
const most = 5

interface Row {
  readonly id: string
  readonly name: string
  readonly branch: string
  readonly endsOn: CivilDate | null
  readonly over: boolean
}

/** Temporary branches whose span ends within a month, or that outlive their project: to whoever may extend or dissolve them, and to the supervisors. */
async function branchItems(read: Read, actor: Actor, today: CivilDate): Promise<WorkItem[]> {
  const { rows } =
    await sql<Row>`select k.id, k.name, b.name as branch, b.ends_on as "endsOn", k.state in ('closed', 'withdrawn') as over
    from ${projectTables} where ${branchDue(today)} and (${within(actor, 'supervision.key_project.extend_branch', 'k.organization_no')}
      or exists (select 1 from supervision.key_project_people me where me.project_no = k.no and me.person_no = ${actor.personNo}::bigint))
    order by b.ends_on nulls last, k.no limit ${most}`.execute(reading<'supervision' | 'directory'>(read))
  return rows.map((row) => ({
    id: `${kind}.${row.id}`,
    kind,
    title: `${row.branch}：请延长或撤销`,
    detail: row.over || row.endsOn === null ? `${row.name}已经结束，临时党支部还在` : `存续至${inChinese(row.endsOn)}`,
    due: row.endsOn,
    tone: row.endsOn !== null && row.endsOn < today ? 'short' : 'soon',
    link: `/key-projects/${row.id}`,
  }))
}

declareWorkItems({ kind, list: branchItems })
