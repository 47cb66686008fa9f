import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { period, periodInChinese } from '../../../kernel/time/period.ts'
import { organizationById } from '../../directory/index.ts'
import { dispatchAsked } from '../dispatch/dispatch.queries.ts'
import type { Bulletin } from './paper-inputs.rules.ts'
import { paperKinds } from './paper-kinds.rules.ts'
import { declarePaperSource } from './paper-sources.queries.ts'

/** Rows of the annex; the ledger itself is in the system. */
const most = 400

type Dispatch = Awaited<ReturnType<typeof dispatchAsked>>

function bulletinOf(dispatch: Dispatch): Bulletin {
  const { totals, since, until, quarter } = dispatch
  const from = `/dispatch?quarter=${quarter}&since=${since}`
  const figure = (count: number, how: string) => ({ figure: String(count), note: `${how}，共${count}件。出处：${from}` })
  const open = dispatch.items.filter((item) => item.change !== 'closed')
  return {
    quarter: periodInChinese(period(quarter)),
    since,
    until,
    open: figure(totals.open, `${inChinese(until)}仍须办理的督办事项、任务、问题、检查发现、黄牌和重点项目；尚未决定的建议不计`),
    came: figure(totals.came, `${inChinese(since)}以后新增且仍须办理的`),
    closed: figure(totals.closed, `${inChinese(since)}以后办结的`),
    overdue: figure(totals.overdue, '超过完成时限、不在等上级的，等上级的天数顺延时限'),
    waiting: figure(totals.waiting, '正在等上级办理或答复的'),
    units: dispatch.units.map(({ organization, counts }) => ({
      name: organization.name,
      open: String(counts.open),
      came: String(counts.came),
      closed: String(counts.closed),
      overdue: String(counts.overdue),
    })),
    items: open.slice(0, most).map((item) => ({
      unit: item.unit.name,
      title: item.title,
      state: item.overdue ? `${item.state}，超过时限` : item.state,
      due: item.dueOn === null ? '－' : inChinese(item.dueOn),
    })),
  }
}

async function unitsUnder(read: Read, organizationNo: number): Promise<number[]> {
  const { rows } = await sql<{ no: number }>`select o.no from directory.organizations_now o
    join directory.organization_ancestry a on a.organization_no = o.no and upper_inf(a.valid) and a.ancestor_no = ${organizationNo}
    where o.kind = 'unit' and o.dissolved_on is null order by o.position, o.no`.execute(reading<'directory'>(read))
  return rows.map((row) => row.no)
}

/** A quarter's dispatch is named `2026Q4:org_…`: the organization that signs the 通报 and whose subtree it covers. */
declarePaperSource('dispatch', async (read, id, asking) => {
  const [, quarter, under] = /^(\d{4}Q[1-4]):(org_\w{1,40})$/.exec(id) ?? []
  if (!quarter || !under) throw new Problem('supervision.paper_object_unknown')
  const organization = await organizationById(read, under)
  const dispatch = await dispatchAsked(read, { quarter, under }, asking)
  return {
    // Its figures are those of the day it was drafted on, and say so.
    revision: 0,
    issuerNo: organization.no,
    addresseeNos: await unitsUnder(read, organization.no),
    offers: { bulletin: () => paperKinds.bulletin.compose(bulletinOf(dispatch)) },
  }
})
