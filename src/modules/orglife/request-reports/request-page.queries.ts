import { type RawBuilder, sql } from 'kysely'
import { allowsAll } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import type { RequestPage } from './request-reports.contract.ts'
import { type RequestAction, requestActions, requestLifecycle, takenAbove } from './request-reports.lifecycle.ts'
import { lineColumns, linesFrom } from './request-reports.queries.ts'
import { type Asking, daysPast, readableRequests } from './request-scope.queries.ts'

type Row = Omit<RequestPage, 'steps' | 'abilities'> & { no: number; organizationNo: number; atNo: number; sentBy: number | null }

const listed = (query: RawBuilder<unknown>) => sql`coalesce((select jsonb_agg(to_jsonb(q)) from (${query}) q), '[]')`
const named = (no: RawBuilder<unknown>) =>
  sql`(select jsonb_build_object('id', n.id, 'name', n.name) from directory.organizations_now n where n.no = ${no})`

async function pageRow(read: Read, id: string, { actor, today }: Asking): Promise<Row | undefined> {
  const { rows } =
    await sql<Row>`select ${lineColumns(today)}, r.no, r.organization_no as "organizationNo", r.at_no as "atNo", r.sent_by as "sentBy",
      r.revision, r.content, r.document_number as "documentNumber", r.act_on as "actOn", r.after_reason as "afterReason",
      r.skip_reason as "skipReason", r.return_ground as "returnGround", r.state_reason as "stateReason", r.circulated, r.signer,
      r.answered_on as "answeredOn", ${named(sql`r.copy_owed_no`)} as "copyOwed",
      (select jsonb_build_object('id', m.id, 'title', m.title) from orglife.meetings m where m.no = r.meeting_no) as meeting,
      ${listed(sql`select n.id, n.name from orglife.request_copies c join directory.organizations_now n on n.no = c.organization_no
        where c.request_no = r.no order by n.position, n.no`)} as copies,
      ${listed(sql`select f.id, f.name from orglife.request_files x join kernel.files f on f.no = x.file_no where x.request_no = r.no order by f.no`)} as files,
      ${listed(sql`select ${named(sql`p.organization_no`)} as organization, p.arrived_on as "arrivedOn", p.received_on as "receivedOn", p.due_on as "dueOn",
        p.told_on as "toldOn", p.told_until as "toldUntil", p.told_reason as "toldReason", p.done_on as "doneOn", p.outcome,
        case when p.done_on is null then ${daysPast(sql`coalesce(p.told_until, p.due_on)`, today)} else greatest(coalesce(p.done_on - coalesce(p.told_until, p.due_on), 0), 0) end as "overdueDays"
        from orglife.request_stations p where p.request_no = r.no order by p.position`)} as stations
    ${linesFrom} where r.id = ${id} and ${readableRequests(actor)}`.execute(reading<'orglife' | 'directory' | 'kernel'>(read))
  return rows[0]
}

async function stepsOf(read: Read, requestNo: number): Promise<RequestPage['steps']> {
  const { rows } = await sql<{
    action: string
    by: string | null
    at: Date
    said: string | null
    organization: { id: string; name: string }
  }>`select s.action, directory.account_name(s.acted_by) as by, s.acted_at as at, s.said, ${named(sql`s.organization_no`)} as organization
    from orglife.request_steps s where s.request_no = ${requestNo} order by s.revision`.execute(reading<'orglife'>(read))
  const names: Readonly<Record<string, string>> = { ...requestActions, draft: '起草' }
  return rows.map(({ at, by, ...step }) => ({
    ...step,
    actionName: names[step.action] ?? step.action,
    by: by ?? '系统',
    at: instantOf(at),
  }))
}

async function abilitiesOf(read: Read, row: Row, { actor }: Asking): Promise<string[]> {
  const verbs = Object.keys(requestLifecycle[row.state]) as RequestAction[]
  const may: string[] = []
  for (const verb of verbs) {
    const isAbove = (takenAbove as readonly RequestAction[]).includes(verb)
    if (isAbove && row.sentBy === actor.accountNo) continue
    if (verb === 'close' && row.kind === 'request' && row.state !== 'followed_up') continue
    const organizations = [isAbove ? row.atNo : row.organizationNo]
    if (await allowsAll(read, actor, { permission: `orglife.request_report.${verb}`, organizations })) may.push(verb)
  }
  return may
}

/** One paper with its clocks at each level, its steps in words, and what the reader may do now. */
export async function requestPageOf(read: Read, id: string, asking: Asking): Promise<RequestPage> {
  const row = await pageRow(read, id, asking)
  if (!row) throw new Problem('orglife.request_report_not_found')
  const { no, organizationNo: _o, atNo: _a, sentBy: _s, ...page } = row
  return { ...page, steps: await stepsOf(read, no), abilities: await abilitiesOf(read, row, asking) }
}
