import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import { addMonths, type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { declareWorkItems, type WorkItem } from '../../../kernel/work-items/registry.ts'
import { above } from '../grants/roles.contract.ts'

const kind = 'directory.elections'
/** Whoever prepares elections, or has the body below prepare them. */
const preparing: readonly string[] = [...above, 'branch_secretary']
/** ZB22: the body above reminds six months before a term ends. */
const monthsAhead = 6
const mostNamed = 3

interface Ending {
  readonly id: string
  readonly name: string
  readonly endsOn: CivilDate
  readonly overdue: number
  readonly total: number
}

/** Terms that have ended or end within six months under the given organizations, the earliest first. */
async function endingTerms(read: Read, tops: readonly number[], today: CivilDate): Promise<Ending[]> {
  const { rows } = await asEngine(read, () =>
    sql<Ending>`select t.id, t.name, t."endsOn", (count(*) filter (where t."endsOn" <= ${today}::date) over ())::int as overdue,
        (count(*) over ())::int as total
      from (select o.no, o.id, o.name, coalesce(c.extended_to, c.due_on) as "endsOn"
        from directory.committees c join directory.organizations_now o on o.no = c.organization_no and o.dissolved_on is null
        where c.ended_on is null and coalesce(c.extended_to, c.due_on) <= ${addMonths(today, monthsAhead)}::date
          and exists (select from directory.organization_ancestry a where a.organization_no = o.no and upper_inf(a.valid)
            and a.ancestor_no = any (${`{${tops.join(',')}}`}::bigint[]))) t
      order by t."endsOn", t.no limit ${mostNamed}`.execute(reading<'directory'>(read)),
  )
  return rows
}

/** Elections to prepare as one item; it opens the organization whose term ends first. */
function electionItem(endings: readonly Ending[]): WorkItem[] {
  const [first] = endings
  if (!first) return []
  const { overdue, total } = first
  const parts = [overdue > 0 && `${overdue} 个已届满`, total > overdue && `${total - overdue} 个六个月内届满`].filter(Boolean)
  const named = endings.map(({ name, endsOn }) => `${name}（${inChinese(endsOn)}）`).join('、')
  return [
    {
      id: kind,
      kind,
      title: `换届：${parts.join('，')}`,
      detail: total > endings.length ? `${named}等` : named,
      due: first.endsOn,
      tone: overdue > 0 ? 'soon' : 'info',
      link: `/organizations/${first.id}`,
      count: total,
    },
  ]
}

const topsOf = (actor: Actor) =>
  actor.grants.filter((grant) => preparing.includes(grant.role)).map((grant) => grant.organizationNo)

declareWorkItems({
  kind,
  list: async (read, actor, today) => {
    const tops = topsOf(actor)
    return tops.length === 0 ? [] : electionItem(await endingTerms(read, tops, today))
  },
})
