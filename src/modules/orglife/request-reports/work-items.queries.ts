import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { declareWorkItems, type WorkItem } from '../../../kernel/work-items/registry.ts'
import { declareWaiting } from '../../rulebook/index.ts'
import { followOwed, holdsOver, runningClock } from './request-scope.queries.ts'

const kind = 'orglife.request_reports'

interface Counted {
  readonly arriving: number
  readonly answering: number
  readonly late: number
  readonly returned: number
  readonly following: number
  readonly waiting: number
}

async function countsFor(read: Read, actor: Actor, today: CivilDate): Promise<Counted | undefined> {
  const lies = holdsOver(actor, 'orglife.request_report.answer', sql`r.at_no`)
  const own = holdsOver(actor, 'orglife.request_report.send', sql`r.organization_no`)
  const { rows } = await sql<Counted>`select
      count(*) filter (where ${lies} and r.state in ('sent', 'passed'))::int as arriving,
      count(*) filter (where ${lies} and r.state = 'received' and r.kind = 'request')::int as answering,
      count(*) filter (where ${lies} and s.due_on < ${today}::date)::int as late,
      count(*) filter (where ${own} and r.state = 'returned')::int as returned,
      count(*) filter (where ${own} and ${followOwed} is not null)::int as following,
      count(*) filter (where ${own} and not ${lies} and s.due_on < ${today}::date)::int as waiting
    from orglife.request_reports r ${runningClock}
    where not r.by_member and r.state in ('sent', 'passed', 'received', 'returned', 'answered') and (${lies} or ${own})`.execute(
    reading<'orglife' | 'directory'>(read),
  )
  return rows[0]
}

type Said = Pick<WorkItem, 'title' | 'detail' | 'tone' | 'link'>
const says: { readonly [Key in keyof Counted]: (count: number) => Said } = {
  arriving: (count) => said(`${count} 份请示报告待签收`, '签收以后开始办理；期限从报到之日起算', 'soon', 'state=sent'),
  answering: (count) => said(`${count} 份请示待答复`, '不能按期的，请在期满之前说明', 'soon', 'state=received&kind=request'),
  late: (count) => said(`${count} 份请示超过答复期限`, '下级也看得到，请尽快答复', 'short', 'overdue=yes'),
  returned: (count) => said(`${count} 份请示报告被退回`, '请修改后再报，或撤回', 'soon', 'state=returned'),
  following: (count) => said(`${count} 份请示答复以后待报办理结果`, '点“续报”写一段即可', 'soon', 'state=answered'),
  waiting: (count) => said(`${count} 份请示上级超期没有答复`, '等上级的时间不算您的', 'info', 'overdue=yes'),
}
const said = (...[title, detail, tone, query]: [string, string, WorkItem['tone'], string]): Said => ({
  title,
  detail,
  tone,
  link: `/request-reports?${query}`,
})

declareWorkItems({
  kind,
  list: async (read, actor, today) => {
    const concerned = ['orglife.request_report.answer', 'orglife.request_report.send'].some(
      (permission) => organizationsFor(actor, permission).length > 0,
    )
    if (!concerned) return []
    const counted = await countsFor(read, actor, today)
    if (!counted) return []
    return (Object.keys(says) as (keyof Counted)[])
      .filter((key) => counted[key] > 0)
      .map((key) => ({ ...says[key](counted[key]), id: `${kind}.${key}`, kind, count: counted[key], due: null }))
  },
})

declareWaiting(
  'request-report',
  sql`select r.organization_no, r.title, '上级答复请示' as waits_on, r.sent_on as since, r.id
    from orglife.request_reports r where not r.by_member and r.kind = 'request' and r.state in ('sent', 'received', 'passed')`,
)
