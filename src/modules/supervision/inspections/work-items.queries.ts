import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { addDays, type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { declareWorkItems, type WorkItem } from '../../../kernel/work-items/registry.ts'
import type { InspectionState } from './inspections.lifecycle.ts'

const kind = 'supervision.inspections'
const most = 5
const soonDays = 7

interface Row {
  readonly id: string
  readonly title: string
  readonly organization: string
  readonly state: InspectionState
  readonly visitOn: CivilDate
  readonly part: 'inspects' | 'sends' | 'visited'
}

const said: Readonly<Record<Row['part'], (row: Row) => string>> = {
  inspects: (row) => (row.state === 'started' ? '检查中，请双方签字' : `${inChinese(row.visitOn)}去检查，出发前请把它存到手机上`),
  sends: () => '双方已签字，请看结果并办结',
  visited: (row) => `${inChinese(row.visitOn)}来检查`,
}

const listOf = (numbers: readonly number[]) => `{${numbers.join(',')}}`

/** What waits for inspectors, for those who sent them, and what the visited should know of. */
async function inspectionItems(read: Read, actor: Actor, today: CivilDate): Promise<WorkItem[]> {
  const { rows } = await sql<Row>`select i.id, i.title, o.name as organization, i.state, i.visit_on as "visitOn", m.part
    from supervision.inspections i join directory.organizations_now o on o.no = i.organization_no
    cross join lateral (select case
      when i.state in ('planned', 'announced', 'started') and exists (select 1 from supervision.inspection_inspectors v
        where v.inspection_no = i.no and v.person_no = ${actor.personNo}::bigint) then 'inspects'
      when i.state = 'signed' and i.led_by_organization_no = any (${listOf(organizationsFor(actor, 'supervision.inspection.close'))}::bigint[]) then 'sends'
      when i.state = 'announced' and i.organization_no = any (${listOf(organizationsFor(actor, 'supervision.inspection.remark'))}::bigint[]) then 'visited'
      end as part) m
    where m.part is not null order by i.visit_on, i.no limit ${most}`.execute(reading<'supervision' | 'directory'>(read))
  return rows.map((row) => ({
    id: `${kind}.${row.id}`,
    kind,
    title: `${row.title}：${row.organization}`,
    detail: said[row.part](row),
    due: row.part === 'sends' ? null : row.visitOn,
    tone: row.part !== 'sends' && row.visitOn <= addDays(today, soonDays) ? 'soon' : 'info',
    link: `/inspections/${row.id}`,
  }))
}

declareWorkItems({ kind, list: inspectionItems })
