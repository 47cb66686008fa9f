import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { OutSheet } from '../../../kernel/files/workbook-writer.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import { allowsAll } from '../../../kernel/actions/action.ts'
import type { Asking } from '../cases/case-scope.queries.ts'
import { type MissingPlan, unitsInOrder } from './units-in-order.queries.ts'
import type { PlanLine, PlanPage, PlanVersion } from './unit-plans.contract.ts'
import { type PlanAction, planActions, planLifecycle, type PlanState, planStates } from './unit-plans.lifecycle.ts'

type Condition = RawBuilder<boolean>

/** True, over a plan `p`, for whoever reads also what was not published. */
function readsDrafts(actor: Actor): Condition {
  const tops = organizationsFor(actor, 'supervision.unit_plan.read')
  return sql<boolean>`exists (select 1 from directory.organization_ancestry s where s.organization_no = p.organization_no
    and s.ancestor_no = any (${`{${tops.join(',')}}`}::bigint[]) and upper_inf(s.valid))`
}

/** Plans, as `p`, within the reader's roles, and the published one of the unit in which the reader stands; the second wall says who does. */
const readablePlans = (actor: Actor): Condition => sql<boolean>`(${readsDrafts(actor)} or p.published_version is not null)`

const lineColumns = sql`p.no, p.organization_no as "organizationNo", p.revision, p.id, p.title, p.year, p.state, p.version,
  p.published_version as "publishedVersion", p.published_on as "publishedOn", p.state_reason as "stateReason",
  json_build_object('id', o.id, 'name', o.name) as organization`

interface PlanRow extends PlanLine {
  readonly no: number
  readonly organizationNo: number
  readonly revision: number
  readonly stateReason: string | null
  readonly drafts: boolean
}

/** One page of a list. */
export interface PlansAsked {
  readonly year?: number | undefined
  readonly state?: PlanState | undefined
  readonly under?: string | undefined
  readonly text?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

function matching(asked: PlansAsked, actor: Actor): Condition {
  const conditions = [readablePlans(actor)]
  if (asked.year) conditions.push(sql<boolean>`p.year = ${asked.year}`)
  if (asked.state) conditions.push(sql<boolean>`p.state = ${asked.state}`)
  if (asked.under)
    conditions.push(sql<boolean>`exists (select 1 from directory.organization_ancestry u join directory.organizations top on top.no = u.ancestor_no
      where u.organization_no = p.organization_no and top.id = ${asked.under} and upper_inf(u.valid))`)
  if (asked.text) conditions.push(sql<boolean>`p.title like ${`%${asked.text.replace(/[\\%_]/g, '\\$&')}%`}`)
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`
}

/** What somebody below reads of a plan whose amendment is being written: what was published. */
const shownTo = ({
  no: _no,
  organizationNo: _organizationNo,
  revision: _revision,
  stateReason: _stateReason,
  drafts,
  ...line
}: PlanRow): PlanLine => (drafts ? line : { ...line, state: 'published', version: line.publishedVersion ?? line.version })

/** Plans that the reader may see, the latest year first, in the order of their units' positions. */
export async function plansAsked(
  read: Read,
  asked: PlansAsked,
  { actor }: Asking,
): Promise<{ items: PlanLine[]; next: string | null; total?: number }> {
  const from = asked.after === undefined ? 0 : Number(/^\d{1,6}$/.exec(asked.after)?.[0] ?? Number.NaN)
  if (Number.isNaN(from))
    throw new Problem('kernel.invalid_input', { errors: [{ field: 'after', message: '翻页位置已失效，请从第一页重新查看。' }] })
  const { rows } = await sql<
    PlanRow & { total: number }
  >`select ${lineColumns}, ${readsDrafts(actor)} as drafts, count(*) over ()::int as total
    from supervision.unit_plans p join directory.organizations_now o on o.no = p.organization_no
    where ${matching(asked, actor)} order by p.year desc, o.position, o.name, p.no limit ${asked.limit} offset ${from}`.execute(
    reading<'supervision' | 'directory'>(read),
  )
  const total = rows[0]?.total ?? 0
  const items = rows.map(({ total: _total, ...row }) => shownTo(row))
  return { items, next: from + rows.length < total ? String(from + rows.length) : null, ...(from === 0 && { total }) }
}

interface VersionRow {
  readonly version: number
  readonly writtenAt: Date
  readonly by: string | null
  readonly body: PlanVersion['body']
  readonly files: PlanVersion['files']
}

async function versionsOf(read: Read, plan: PlanRow): Promise<PlanVersion[]> {
  const seen = plan.drafts ? sql<boolean>`true` : sql<boolean>`v.version = ${plan.publishedVersion}`
  const { rows } =
    await sql<VersionRow>`select v.version, v.written_at as "writtenAt", directory.account_name(v.written_by) as by, v.body,
      coalesce((select json_agg(json_build_object('id', f.id, 'name', f.name) order by f.no) from supervision.unit_plan_files x
        join kernel.files f on f.no = x.file_no where x.plan_no = v.plan_no and x.version = v.version), '[]') as files
    from supervision.unit_plan_versions v where v.plan_no = ${plan.no} and ${seen} order by v.version`.execute(
      reading<'supervision' | 'kernel'>(read),
    )
  return rows.map(({ writtenAt, by, ...row }) => ({ ...row, writtenOn: instantOf(writtenAt), by: by ?? '系统' }))
}

async function stepsOf(read: Read, planNo: number): Promise<PlanPage['steps']> {
  const { rows } = await sql<{ action: string; by: string | null; at: Date; reason: string | null }>`select s.action,
      directory.account_name(s.acted_by) as by, s.acted_at as at, s.reason
    from supervision.unit_plan_steps s where s.plan_no = ${planNo} order by s.revision`.execute(reading<'supervision'>(read))
  const names: Readonly<Record<string, string>> = { ...planActions, write: '起草', hand_over: '移交承接组织' }
  return rows.map(({ action, by, at, reason }) => ({
    action,
    actionName: names[action] ?? action,
    by: by ?? '系统',
    at: instantOf(at),
    reason,
  }))
}

async function abilitiesOf(read: Read, plan: PlanRow, actor: Actor): Promise<string[]> {
  const possible = Object.keys(planLifecycle[plan.state]) as PlanAction[]
  const asked = plan.publishedVersion === null ? possible : [...possible, 'give']
  const may = await Promise.all(
    asked.map((verb) =>
      allowsAll(read, actor, { permission: `supervision.unit_plan.${verb}`, organizations: [plan.organizationNo] }),
    ),
  )
  return asked.filter((_verb, at) => may[at])
}

/** One plan with its versions, the tasks made from it and its steps; below the unit only what was published. */
export async function planAsked(read: Read, id: string, { actor }: Asking): Promise<PlanPage> {
  const db = reading<'supervision' | 'directory'>(read)
  const { rows } = await sql<PlanRow>`select ${lineColumns}, ${readsDrafts(actor)} as drafts
    from supervision.unit_plans p join directory.organizations_now o on o.no = p.organization_no
    where p.id = ${id} and ${readablePlans(actor)}`.execute(db)
  const plan = rows[0]
  if (!plan) throw new Problem('supervision.unit_plan_not_found')
  const line = shownTo(plan)
  const versions = await versionsOf(read, plan)
  const now = versions.find((one) => one.version === line.version) ?? versions.at(-1)
  if (!now) throw new Problem('supervision.unit_plan_not_found')
  const tasks = await sql<
    PlanPage['tasks'][number]
  >`select t.id, t.title, t.plan_item as item, o.name as organization, t.state, t.due_on as "dueOn"
    from supervision.tasks t join directory.organizations_now o on o.no = t.organization_no
    where t.plan_no = ${plan.no} and t.parent_no is null order by t.no`.execute(db)
  return {
    ...line,
    title: plan.drafts ? line.title : now.body.title,
    revision: plan.revision,
    stateReason: plan.drafts ? plan.stateReason : null,
    now,
    versions,
    tasks: tasks.rows,
    steps: await stepsOf(read, plan.no),
    abilities: await abilitiesOf(read, plan, actor),
  }
}

/** Units without a published plan of a year, in organization order. */
export async function plansMissing(read: Read, year: number, asking: Asking): Promise<{ items: MissingPlan[]; units: number }> {
  const units = await unitsInOrder(read, year, asking)
  const items = units.filter((one) => !one.published).map(({ unit, plan }) => ({ unit, plan }))
  return { items, units: units.length }
}

const columns = [
  { title: '单位', width: 30 },
  { title: '方案', width: 40 },
  { title: '状态', width: 12 },
] as const

/** How every unit stands with its plan of a year, as a sheet. */
export async function planSheet(read: Read, year: number, asking: Asking): Promise<OutSheet> {
  const units = await unitsInOrder(read, year, asking)
  const rows = units.map(({ unit, plan, title }) => [unit.name, title, plan ? planStates[plan.state] : '没有方案'])
  return { name: `${year} 年实施方案`, columns, rows }
}
