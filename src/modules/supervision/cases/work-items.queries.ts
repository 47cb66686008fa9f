import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { addDays, type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { declareWorkItems, type WorkItem } from '../../../kernel/work-items/registry.ts'
import {
  matching,
  obligationStatusOf,
  overdueBy,
  readable,
  toDecide,
  toReport,
  toUnblock,
  toVerify,
} from './case-scope.queries.ts'

const kind = 'supervision.cases'
/** More own cases than this are summed up; more units than this as well. */
const mostOwn = 5
const mostUnits = 12
const soonDays = 7

interface OwnCase {
  readonly id: string
  readonly title: string
  readonly dueOn: CivilDate | null
  readonly overdueDays: number
  readonly total: number
}

/** Cases that the reader is to report on, one by one, the most pressing first. */
async function ownItems(read: Read, actor: Actor, today: CivilDate): Promise<WorkItem[]> {
  const { rows } =
    await sql<OwnCase>`select c.id, c.title, c.due_on + c.waited_days as "dueOn", ${overdueBy(today)} as "overdueDays",
      (count(*) over ())::int as total
    from supervision.cases c where ${readable(actor)} and ${toReport(actor)} order by c.due_on + c.waited_days, c.no limit ${mostOwn}`.execute(
      reading<'supervision' | 'directory'>(read),
    )
  const items = rows.map((row): WorkItem => {
    const detail = row.dueOn === null ? '请报告办理结果' : `完成时限${inChinese(row.dueOn)}`
    const near = row.dueOn !== null && row.dueOn <= addDays(today, soonDays)
    return {
      id: `${kind}.${row.id}`,
      kind,
      title: row.title,
      detail,
      due: row.dueOn,
      tone: row.overdueDays > 0 ? 'short' : near ? 'soon' : 'info',
      link: `/cases/${row.id}`,
    }
  })
  const rest = (rows[0]?.total ?? 0) - rows.length
  return rest > 0
    ? [...items, heap('more', { title: `还有 ${rest} 项督办等您报告`, count: rest, link: '/cases?mine=to_act', tone: 'soon' })]
    : items
}

function heap(
  id: string,
  said: { title: string; detail?: string; count: number; link: string; tone: WorkItem['tone'] },
): WorkItem {
  return { detail: '', ...said, id: `${kind}.${id}`, kind, due: null }
}

interface UnitHeap {
  readonly unitId: string | null
  readonly unitName: string | null
  readonly count: number
  readonly settled: number
}

/** Proposals to decide on: one line a unit, what is left in one more. */
async function proposalItems(read: Read, actor: Actor): Promise<WorkItem[]> {
  if (organizationsFor(actor, 'supervision.case.remind').length === 0) return []
  const { rows } = await sql<UnitHeap>`select u.id as "unitId", u.name as "unitName", count(*)::int as count,
      count(*) filter (where c.source = 'obligation' and coalesce((${obligationStatusOf}), 1) not in (3, 4))::int as settled
    from supervision.cases c
    left join lateral (select n.id, n.name from directory.organization_ancestry a join directory.organizations_now n on n.no = a.ancestor_no
      where a.organization_no = c.organization_no and upper_inf(a.valid) and n.kind = 'unit' order by a.depth limit 1) u on true
    where ${toDecide(actor)} group by 1, 2 order by 3 desc, 2`.execute(reading<'supervision' | 'directory' | 'rulebook'>(read))
  const line = ({ unitId, unitName, count, settled }: UnitHeap) =>
    heap(`decide.${unitId ?? 'others'}`, {
      title: `${unitName ?? '其他组织'}：${count} 条立项建议待定`,
      detail: settled > 0 ? `其中 ${settled} 条已补上，可一并不采纳` : '请逐条提醒、转督办或不采纳',
      count,
      link: `/cases?state=proposed${unitId ? `&under=${unitId}` : ''}`,
      tone: 'soon',
    })
  const rest = rows.slice(mostUnits).reduce((sum, row) => sum + row.count, 0)
  const tail = heap('decide.rest', {
    title: `其余 ${rows.length - mostUnits} 个单位：${rest} 条立项建议待定`,
    count: rest,
    link: '/cases?state=proposed',
    tone: 'soon',
  })
  return [...rows.slice(0, mostUnits).map(line), ...(rest > 0 ? [tail] : [])]
}

/** Whoever verifies follows what runs below; a unit's leaders watch it. */
const follows = (actor: Actor): boolean =>
  organizationsFor(actor, 'supervision.case.verify').length > 0 || actor.grants.some((grant) => grant.role === 'unit_leader')

interface Following {
  readonly overdue: number
  readonly verify: number
  readonly waiting: number
  readonly supervised: number
  readonly reminded: number
}

/** What those who follow up have before them: overdue below, reported to verify, waiting on somebody above, what runs in time. */
async function followingItems(read: Read, actor: Actor, today: CivilDate): Promise<WorkItem[]> {
  if (!follows(actor)) return []
  const running = sql`${overdueBy(today)} = 0 and not ${toUnblock(actor)}`
  const { rows } = await sql<Following>`select count(*) filter (where ${overdueBy(today)} > 0)::int as overdue,
      count(*) filter (where ${toVerify(actor)})::int as verify, count(*) filter (where ${toUnblock(actor)})::int as waiting,
      count(*) filter (where c.state = 'supervised' and ${running})::int as supervised,
      count(*) filter (where c.state = 'reminded' and ${running})::int as reminded
    from supervision.cases c where ${matching({}, { actor, today })} and c.state in ('reminded', 'supervised', 'reported')`.execute(
    reading<'supervision' | 'directory'>(read),
  )
  return rows.flatMap(followingHeaps)
}

function followingHeaps({ overdue, verify, waiting, supervised, reminded }: Following): WorkItem[] {
  const heaps = [
    heap('overdue', {
      title: `${overdue} 项督办超期`,
      detail: '等上级的天数没有计入',
      count: overdue,
      link: '/cases?overdue=yes',
      tone: 'short',
    }),
    heap('verify', {
      title: `${verify} 项督办待核验`,
      detail: '已报告办理结果，请核验销号或退回',
      count: verify,
      link: '/cases?state=reported&mine=to_act',
      tone: 'soon',
    }),
    heap('waiting', {
      title: `${waiting} 项督办在等上级`,
      detail: '下面的时限已停表，请推动办理',
      count: waiting,
      link: '/cases?waiting=yes',
      tone: 'waiting',
    }),
    heap('supervised', {
      title: `${supervised} 项督办在办`,
      detail: '都在时限之内',
      count: supervised,
      link: '/cases?state=supervised',
      tone: 'info',
    }),
    heap('reminded', {
      title: `${reminded} 项提醒在办`,
      detail: '都在时限之内',
      count: reminded,
      link: '/cases?state=reminded',
      tone: 'info',
    }),
  ]
  return heaps.filter((item) => (item.count ?? 0) > 0)
}

declareWorkItems({
  kind,
  list: async (read, actor, today) => [
    ...(await ownItems(read, actor, today)),
    ...(await proposalItems(read, actor)),
    ...(await followingItems(read, actor, today)),
  ],
})
