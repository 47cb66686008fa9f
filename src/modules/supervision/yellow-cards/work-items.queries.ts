import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { declareWorkItems, type WorkItem } from '../../../kernel/work-items/registry.ts'
import '../appeals/appeals.policy.ts'
import { within } from '../records/records.queries.ts'

const kind = 'supervision.yellow_cards'

interface Waiting {
  readonly state: number
  readonly decide: number
  readonly finish: number
  readonly test: number
  readonly appeals: number
}

const kept = (actor: Actor, permission: string, column: string) =>
  sql<boolean>`${sql.ref(column)} = any (${`{${organizationsFor(actor, permission).join(',')}}`}::bigint[])`

/** What yellow cards and appeals have for the reader. */
async function heapsOf(read: Read, actor: Actor): Promise<WorkItem[]> {
  const own = kept(actor, 'supervision.yellow_card.state', 'y.organization_no')
  const items = (state: string) =>
    sql`select count(*)::int from supervision.yellow_card_items i where i.card_no = y.no and i.state = ${state}`
  const { rows } = await sql<Waiting>`select count(*) filter (where y.state = 'proposed' and ${own})::int as state,
      count(*) filter (where y.state = 'heard' and ${within(actor, 'supervision.yellow_card.decide', 'y.organization_no')})::int as decide,
      coalesce(sum((${items('open')})) filter (where y.state = 'in_force' and ${own}), 0)::int as finish,
      coalesce(sum((${items('done')})) filter (where y.state = 'in_force'
        and ${within(actor, 'supervision.yellow_card.pass_item', 'y.organization_no')}), 0)::int as test,
      (select count(*)::int from supervision.appeals a where a.state in ('filed', 'taken') and a.measure_by <> ${actor.accountNo}
        and a.filed_by <> ${actor.accountNo} and (a.handler is null or a.handler = ${actor.accountNo})
        and ${within(actor, 'supervision.appeal.take', 'a.organization_no')}) as appeals
    from supervision.yellow_cards y where y.state in ('proposed', 'heard', 'in_force')`.execute(
    reading<'supervision' | 'directory'>(read),
  )
  return rows.flatMap(heaps)
}

function heaps({ state, decide, finish, test, appeals }: Waiting): WorkItem[] {
  const of = (name: string, count: number, item: Pick<WorkItem, 'title' | 'detail' | 'link' | 'tone'>): WorkItem => ({
    kind,
    id: `${kind}.${name}`,
    due: null,
    count,
    ...item,
  })
  const all = [
    of('state', state, {
      title: '建议对本组织黄牌警示',
      detail: '请陈述意见',
      link: '/yellow-cards?state=proposed',
      tone: 'short',
    }),
    of('decide', decide, {
      title: `${decide} 张黄牌待决定`,
      detail: '已听陈述',
      link: '/yellow-cards?state=heard',
      tone: 'soon',
    }),
    of('finish', finish, {
      title: `${finish} 条黄牌整改待办`,
      detail: '办完一条报一条',
      link: '/yellow-cards?state=in_force',
      tone: 'short',
    }),
    of('test', test, {
      title: `${test} 条黄牌整改待核验`,
      detail: '由另外的人核验',
      link: '/yellow-cards?state=in_force',
      tone: 'soon',
    }),
    of('appeals', appeals, { title: `${appeals} 件申诉待复核`, detail: '由另外的人复核', link: '/appeals', tone: 'soon' }),
  ]
  return all.filter((item) => (item.count ?? 0) > 0)
}

declareWorkItems({ kind, list: (read, actor) => heapsOf(read, actor) })
