import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { offsetOf, offsetPage } from '../../../kernel/http/offset-page.ts'
import { organizationById } from '../../directory/index.ts'
import { allowsAll } from '../../../kernel/actions/action.ts'
import type { z } from 'zod'
import type { requestForm, RequestLine } from './request-reports.contract.ts'
import { type Asking, daysPast, followOwed, matchingRequests, type RequestsAsked, runningClock } from './request-scope.queries.ts'
import { daysAllowed, otherSideOf, superiorsOf } from './superiors.queries.ts'

export const lineColumns = (
  today: string,
) => sql`r.id, r.kind, r.title, r.urgent, r.state, r.sent_on as "sentOn", r.after_act as "afterAct", r.direct,
  json_build_object('id', o.id, 'name', o.name) as organization, json_build_object('id', t.id, 'name', t.name) as "to",
  json_build_object('id', a.id, 'name', a.name) as at, s.due_on as "dueOn", ${daysPast(sql`s.due_on`, today)} as "overdueDays",
  ${followOwed} as "followDueOn", ${daysPast(followOwed, today)} as "followOverdueDays"`

export const linesFrom = sql`from orglife.request_reports r join directory.organizations_now o on o.no = r.organization_no
  join directory.organizations_now t on t.no = r.to_no join directory.organizations_now a on a.no = r.at_no ${runningClock}`

/** Papers that the reader may see, the latest first, what was never sent before them. */
export async function requestsAsked(
  read: Read,
  asked: RequestsAsked,
  asking: Asking,
): Promise<{ items: RequestLine[]; next: string | null; total?: number }> {
  const from = offsetOf(asked.after)
  const { rows } = await sql<RequestLine & { total: number }>`select ${lineColumns(asking.today)}, count(*) over ()::int as total
    ${linesFrom} where ${matchingRequests(asked, asking)}
    order by r.sent_on desc nulls first, r.no desc limit ${asked.limit} offset ${from}`.execute(
    reading<'orglife' | 'directory'>(read),
  )
  return offsetPage(rows, from)
}

/** What the form begins with: superiors level by level, the other side, meetings that may have decided it, the days of the rule. */
export async function requestFormOf(
  read: Read,
  organizationId: string,
  { actor, today }: Asking,
): Promise<z.output<(typeof requestForm)['reply']>> {
  const organization = await organizationById(read, organizationId)
  const permission = 'orglife.request_report.draft'
  if (!(await allowsAll(read, actor, { permission, organizations: [organization.no] })))
    throw new Problem('directory.organization_not_found')
  const superiors = await superiorsOf(read, organization.no)
  const owed = await otherSideOf(read, organization.no, superiors[0])
  const { rows } = await sql<{ id: string; title: string; heldOn: string }>`select m.id, m.title, m.held_on as "heldOn"
    from orglife.meetings m join orglife.meeting_organizations x on x.meeting_no = m.no and x.organization_no = ${organization.no}
    where m.state = 'recorded' order by m.held_on desc, m.no desc limit 12`.execute(reading<'orglife'>(read))
  const days = await daysAllowed(read, today)
  const named = ({ id, name }: { id: string; name: string }) => ({ id, name })
  return {
    organization: named(organization),
    superiors: superiors.map(named),
    copyOwed: owed && named(owed),
    meetings: rows,
    answerDays: days.answer,
    followDays: days.followUp,
  }
}
