import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { OutSheet } from '../../../kernel/files/workbook-writer.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import { linesOf } from './checklist.store.ts'
import { findingsOf } from './findings.queries.ts'
import type { InspectionLine, InspectionPage, listInspections } from './inspections.contract.ts'
import { type InspectionAction, inspectionActions, inspectionStates, manners } from './inspections.lifecycle.ts'
import { possibleNow } from './inspections.rules.ts'
import { findInspection } from './inspections.store.ts'
import { type Part, partIn } from './inspectors.queries.ts'

type Asked = Partial<z.output<(typeof listInspections)['query']>>
type Row = InspectionLine & { no: number }
const db = (read: Read) => reading<'supervision' | 'directory'>(read)

const lineSql = sql`i.no, i.id, i.title, i.state, i.manner, jsonb_build_object('id', o.id, 'name', o.name) as organization,
  jsonb_build_object('id', l.id, 'name', l.name) as "ledBy", i.visit_on as "visitOn",
  coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.no) from supervision.inspection_inspectors v
    join directory.persons p on p.no = v.person_no where v.inspection_no = i.no), '[]') as inspectors,
  supervision.is_joint(i.no) as joint,
  (select count(*)::int from supervision.findings f where f.inspection_no = i.no and f.state <> 'withdrawn') as findings,
  (select count(*)::int from supervision.findings f where f.inspection_no = i.no and f.state <> 'withdrawn' and f.serious) as serious
  from supervision.inspections i join directory.organizations_now o on o.no = i.organization_no
  join directory.organizations_now l on l.no = i.led_by_organization_no`

function matching(asked: Asked, actor: Actor): RawBuilder<unknown> {
  const parts = [
    asked.under &&
      sql`exists (select 1 from directory.organization_ancestry a join directory.organizations u on u.no = a.ancestor_no
        where a.organization_no = i.organization_no and u.id = ${asked.under} and upper_inf(a.valid))`,
    asked.state && sql`i.state = ${asked.state}`,
    asked.manner && sql`i.manner = ${asked.manner}`,
    asked.mine &&
      sql`exists (select 1 from supervision.inspection_inspectors v where v.inspection_no = i.no and v.person_no = ${actor.personNo}::bigint)`,
    asked.text && sql`position(${asked.text} in i.title || ' ' || o.name) > 0`,
    asked.after && sql`(i.visit_on, i.no) < (select b.visit_on, b.no from supervision.inspections b where b.id = ${asked.after})`,
  ].filter((part) => part !== undefined && part !== '')
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

/** Inspections that the reader may see, the latest day first; the cursor is the last one's id. */
export async function inspectionsAsked(
  read: Read,
  asked: Asked & { limit: number },
  actor: Actor,
): Promise<{ items: InspectionLine[]; next: string | null }> {
  const { rows } = await sql<Row>`select ${lineSql} where ${matching(asked, actor)}
    order by i.visit_on desc, i.no desc limit ${asked.limit + 1}`.execute(db(read))
  const page = rows.slice(0, asked.limit).map(({ no: _no, ...row }) => row)
  return { items: page, next: rows.length > asked.limit ? (page.at(-1)?.id ?? null) : null }
}

const most = 20_000

/** The asked inspections as a sheet. */
export async function inspectionSheet(read: Read, asked: Asked, actor: Actor): Promise<OutSheet> {
  const { items } = await inspectionsAsked(read, { ...asked, limit: most }, actor)
  const titles = ['检查', '方式', '状态', '被检查组织', '组织检查的', '检查日期', '检查人', '联合检查', '发现', '其中严重']
  return {
    name: '检查',
    columns: titles.map((title) => ({ title, width: title === '检查' || title.includes('组织') ? 28 : 12 })),
    rows: items.map((one) => [
      one.title,
      manners[one.manner],
      inspectionStates[one.state],
      one.organization.name,
      one.ledBy.name,
      one.visitOn,
      one.inspectors.map(({ name }) => name).join('、'),
      one.joint,
      one.findings,
      one.serious,
    ]),
  }
}

interface Rest {
  readonly despite: string | null
  readonly keyProject: InspectionPage['keyProject']
  readonly announcedAt: Date | null
  readonly startedAt: Date | null
  readonly signedAt: Date | null
  readonly conclusion: string | null
  readonly cancelReason: string | null
  readonly remark: string | null
  readonly remarkedAt: Date | null
  readonly remarkedBy: string | null
}

async function restOf(read: Read, no: number): Promise<Rest | undefined> {
  const { rows } =
    await sql<Rest>`select i.despite, (select jsonb_build_object('id', k.id, 'name', k.name) from supervision.key_projects k
        where k.no = i.key_project_no) as "keyProject", i.announced_at as "announcedAt", i.started_at as "startedAt", i.signed_at as "signedAt",
      i.conclusion, i.cancel_reason as "cancelReason", i.remark, i.remarked_at as "remarkedAt", directory.account_name(i.remarked_by) as "remarkedBy"
    from supervision.inspections i where i.no = ${no}`.execute(db(read))
  return rows[0]
}

async function stepsOf(read: Read, no: number): Promise<InspectionPage['steps']> {
  const { rows } = await sql<{ action: string; by: string | null; at: Date; reason: string | null }>`select s.action,
      directory.account_name(s.acted_by) as by, s.acted_at as at, s.reason
    from supervision.inspection_steps s where s.inspection_no = ${no} order by s.revision`.execute(db(read))
  return rows.map(({ action, by, at, reason }) => ({
    actionName: action === 'plan' ? '安排' : inspectionActions[action as InspectionAction],
    by: by ?? '系统',
    at: instantOf(at),
    reason,
  }))
}

async function sheetsOf(read: Read, no: number): Promise<InspectionPage['sheets']> {
  const { rows } = await sql<
    Omit<InspectionPage['sheets'][number], 'signedAt'> & { signedAt: Date }
  >`select s.client_id as "clientId", s.covers,
      s.signatures, s.refusal, s.signed_at as "signedAt", coalesce(directory.account_name(s.recorded_by), '系统') as by
    from supervision.inspection_sheets s where s.inspection_no = ${no} order by s.no`.execute(db(read))
  return rows.map((row) => ({ ...row, signedAt: instantOf(row.signedAt) }))
}

const bySenders: readonly InspectionAction[] = ['announce', 'close', 'cancel']

/** Verbs that the state allows and this reader may take. */
const offered = (possible: readonly InspectionAction[], part: Part) =>
  possible.filter((verb) =>
    verb === 'remark' ? part.visited : bySenders.includes(verb) ? part.sends : part.inspects || part.sends,
  )

const remarkOf = ({ remark, remarkedAt, remarkedBy }: Rest): InspectionPage['remark'] =>
  remark === null || remarkedAt === null ? null : { text: remark, by: remarkedBy ?? '系统', at: instantOf(remarkedAt) }

const at = (moment: Date | null) => (moment === null ? null : instantOf(moment))

/** Everything about one inspection that the reader may see. The visited see sheets and findings once it was signed. */
export async function inspectionAsked(read: Read, id: string, actor: Actor): Promise<InspectionPage> {
  const stored = await findInspection(read, id)
  const line = stored && (await sql<Row>`select ${lineSql} where i.no = ${stored.no}`.execute(db(read))).rows[0]
  const rest = stored && (await restOf(read, stored.no))
  if (!stored || !line || !rest) throw new Problem('supervision.inspection_not_found')
  const part = await partIn(read, actor, stored)
  const { no: _no, findings: _findings, serious: _serious, ...shown } = line
  return {
    ...shown,
    revision: stored.revision,
    despite: rest.despite,
    keyProject: rest.keyProject,
    announcedOn: at(rest.announcedAt)?.slice(0, 10) ?? null,
    startedAt: at(rest.startedAt),
    signedAt: at(rest.signedAt),
    conclusion: rest.conclusion,
    cancelReason: rest.cancelReason,
    remark: remarkOf(rest),
    lines: await linesOf(read, stored.no),
    findings: await findingsOf(read, stored.no, part.inspects || part.sends),
    sheets: await sheetsOf(read, stored.no),
    steps: await stepsOf(read, stored.no),
    abilities: offered(possibleNow(stored), part),
    inspects: part.inspects,
  }
}
