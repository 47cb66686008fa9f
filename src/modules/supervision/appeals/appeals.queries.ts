import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { before, cursorAt, reaching, recordSteps, underId, within } from '../records/records.queries.ts'
import { possible } from '../records/records.rules.ts'
import type { AppealLine, AppealPage } from './appeals.contract.ts'
import { appealLife, type AppealState, appealVerbs } from './appeals.lifecycle.ts'

interface Asking {
  readonly actor: Actor
  readonly today: CivilDate
}

/** Appeals `a` that the reader may see: by role, or as who appealed. */
export const readableAppeal = (actor: Actor) =>
  sql<boolean>`(${within(actor, 'supervision.appeal.read', 'a.organization_no')} or a.filed_by = ${actor.accountNo})`

interface AppealRow extends Omit<AppealLine, 'organization'> {
  readonly no: number
  readonly organizationId: string
  readonly organizationName: string
}

const columns = (
  today: CivilDate,
) => sql`a.no, a.id, a.state, a.measure, a.measure_id as "measureId", a.measure_title as "measureTitle",
  a.measure_on as "measureOn", a.filed_on as "filedOn", a.decide_by as "decideBy", a.state in ('filed', 'taken') and a.decide_by < ${today}::date as overdue,
  o.id as "organizationId", o.name as "organizationName"`
const tables = sql`supervision.appeals a join directory.organizations_now o on o.no = a.organization_no`

const lineOf = (row: AppealRow): AppealLine => ({
  id: row.id,
  state: row.state,
  measure: row.measure,
  measureId: row.measureId,
  measureTitle: row.measureTitle,
  measureOn: row.measureOn,
  organization: { id: row.organizationId, name: row.organizationName },
  filedOn: row.filedOn,
  decideBy: row.decideBy,
  overdue: row.overdue,
})

export interface AppealsAsked {
  readonly under?: string | undefined
  readonly state?: AppealState | undefined
  readonly after?: string | undefined
  readonly limit: number
}

export async function appealsAsked(read: Read, asked: AppealsAsked, { actor, today }: Asking) {
  const { rows } = await sql<AppealRow>`select ${columns(today)} from ${tables}
    where ${readableAppeal(actor)} and ${underId(asked.under, 'a.organization_no')} and ${before(asked.after, 'a.no')}
      and ${asked.state ? sql<boolean>`a.state = ${asked.state}` : sql<boolean>`true`}
    order by a.no desc limit ${asked.limit + 1}`.execute(reading<'supervision' | 'directory'>(read))
  const page = rows.slice(0, asked.limit)
  const last = page.at(-1)
  return { items: page.map(lineOf), next: rows.length > asked.limit && last ? cursorAt(last.no) : null }
}

interface PageRow extends AppealRow {
  readonly organizationNo: number
  readonly revision: number
  readonly reasons: string
  readonly decision: string | null
  readonly measureByNo: number
  readonly filedBy: number
  readonly measureBy: string | null
  readonly handler: string | null
}

export async function appealAsked(read: Read, id: string, { actor, today }: Asking): Promise<AppealPage> {
  const { rows } =
    await sql<PageRow>`select ${columns(today)}, a.organization_no as "organizationNo", a.revision, a.reasons, a.decision,
      a.measure_by as "measureByNo", a.filed_by as "filedBy", directory.account_name(a.measure_by) as "measureBy",
      directory.account_name(a.handler) as handler
    from ${tables} where a.id = ${id} and ${readableAppeal(actor)}`.execute(reading<'supervision' | 'directory'>(read))
  const row = rows[0]
  if (!row) throw new Problem('supervision.appeal_not_found')
  const reaches = await reaching(read, actor, row.organizationNo)
  const party = actor.accountNo === row.measureByNo || actor.accountNo === row.filedBy
  const now = possible(appealLife, row.state)
  const abilities = now.filter((verb) =>
    verb === 'withdraw' ? actor.accountNo === row.filedBy : !party && reaches(`supervision.appeal.${verb}`),
  )
  const barred = party && now.length > 0 && reaches('supervision.appeal.take') && actor.accountNo === row.measureByNo
  return {
    ...lineOf(row),
    revision: row.revision,
    reasons: row.reasons,
    decision: row.decision,
    measureBy: row.measureBy ?? '系统',
    handler: row.handler,
    steps: await recordSteps(
      read,
      { kind: 'appeal', no: row.no },
      { verbs: { ...appealVerbs, file: '提出申诉', hand_over: '移交承接组织' }, shown: {} },
    ),
    abilities,
    notices: barred ? ['原决定是您作出的，复核须由其他人办理。'] : [],
  }
}
