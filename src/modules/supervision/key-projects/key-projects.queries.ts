import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { OutSheet } from '../../../kernel/files/workbook-writer.ts'
import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'
import { ownerNames } from '../cases/case-names.queries.ts'
import { before, cursorAt, underId, within } from '../records/records.queries.ts'
import type { ProjectLine } from './key-projects.contract.ts'
import { type ProjectKind, projectKinds, type ProjectState, projectStates } from './key-projects.lifecycle.ts'
import { branchReminderDays } from './key-projects.rules.ts'

export interface Asking {
  readonly actor: Actor
  readonly today: CivilDate
}

/** What a list of key projects can be narrowed by. */
export interface ProjectsAsked {
  readonly under?: string | undefined
  readonly kind?: ProjectKind | undefined
  readonly state?: ProjectState | undefined
  readonly branchDue?: 'yes' | undefined
  readonly text?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** Projects `k` that the reader may see: by role, as supervisor, as discipline officer. */
export const readableProject = (actor: Actor) =>
  sql<boolean>`(${within(actor, 'supervision.key_project.read', 'k.organization_no')} or exists (
    select 1 from supervision.key_project_people me where me.project_no = k.no and me.person_no = ${actor.personNo}::bigint))`

/** The same as `branchNeedsWord`, over the rows `k` and the branch `b`. */
export const branchDue = (today: CivilDate) => sql<boolean>`coalesce(b.dissolved_on is null and b.no is not null and (
  k.state in ('closed', 'withdrawn') or b.ends_on <= ${addDays(today, branchReminderDays)}::date), false)`

export interface ProjectRow extends Omit<ProjectLine, 'organization' | 'supervisors' | 'disciplineOfficers' | 'branch'> {
  readonly no: number
  readonly organizationId: string
  readonly organizationName: string
  readonly supervisorNos: number[]
  readonly disciplineNos: number[]
  readonly branchId: string | null
  readonly branchName: string | null
  readonly branchEndsOn: CivilDate | null
  readonly branchDissolvedOn: CivilDate | null
}

const nos = (part: string) => sql`array(select w.person_no::integer from supervision.key_project_people w
  where w.project_no = k.no and w.part = ${part} order by w.person_no)`

export const projectColumns = (
  today: CivilDate,
) => sql`k.no, k.id, k.name, k.kind, k.state, k.starts_on as "startsOn", k.ends_on as "endsOn",
  o.id as "organizationId", o.name as "organizationName", b.id as "branchId", b.name as "branchName", b.ends_on as "branchEndsOn",
  b.dissolved_on as "branchDissolvedOn", ${branchDue(today)} as "branchDue",
  ${nos('supervisor')} as "supervisorNos", ${nos('discipline')} as "disciplineNos",
  (select count(*)::int from supervision.inspections i where i.key_project_no = k.no) as inspections`
export const projectTables = sql`supervision.key_projects k join directory.organizations_now o on o.no = k.organization_no
  left join directory.organizations_now b on b.no = k.branch_no`

export async function projectLines(read: Read, rows: readonly ProjectRow[]): Promise<ProjectLine[]> {
  const names = await ownerNames(
    read,
    rows.flatMap((row) => [...row.supervisorNos, ...row.disciplineNos]),
  )
  const named = (some: readonly number[]) => some.flatMap((no) => names.get(no) ?? [])
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    state: row.state,
    organization: { id: row.organizationId, name: row.organizationName },
    startsOn: row.startsOn,
    endsOn: row.endsOn,
    supervisors: named(row.supervisorNos),
    disciplineOfficers: named(row.disciplineNos),
    branch:
      row.branchId === null
        ? null
        : { id: row.branchId, name: row.branchName ?? '', endsOn: row.branchEndsOn, dissolvedOn: row.branchDissolvedOn },
    branchDue: row.branchDue,
    inspections: row.inspections,
  }))
}

const yes = sql<boolean>`true`
const contains = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

function matching(asked: Omit<ProjectsAsked, 'after' | 'limit'>, { actor, today }: Asking) {
  return sql<boolean>`${readableProject(actor)} and ${underId(asked.under, 'k.organization_no')}
    and ${asked.kind ? sql<boolean>`k.kind = ${asked.kind}` : yes} and ${asked.state ? sql<boolean>`k.state = ${asked.state}` : yes}
    and ${asked.branchDue ? branchDue(today) : yes} and ${asked.text ? sql<boolean>`k.name like ${contains(asked.text)}` : yes}`
}

/** One page of the projects that the reader may see, the newest first. */
export async function projectsAsked(read: Read, asked: ProjectsAsked, asking: Asking) {
  const db = reading<'supervision' | 'directory'>(read)
  const match = matching(asked, asking)
  const { rows } = await sql<ProjectRow>`select ${projectColumns(asking.today)} from ${projectTables}
    where ${match} and ${before(asked.after, 'k.no')} order by k.no desc limit ${asked.limit + 1}`.execute(db)
  const page = rows.slice(0, asked.limit)
  const last = page.at(-1)
  const count = async () =>
    (await sql<{ total: number }>`select count(*)::int as total from ${projectTables} where ${match}`.execute(db)).rows[0]
      ?.total ?? 0
  return {
    items: await projectLines(read, page),
    next: rows.length > asked.limit && last ? cursorAt(last.no) : null,
    ...(asked.after === undefined && { total: await count() }),
  }
}

const most = 20_000
const titles = [
  '名称',
  '类别',
  '状态',
  '责任单位',
  '开始日期',
  '结束日期',
  '监督人',
  '纪检人员',
  '临时党支部',
  '存续至',
  '检查次数',
]
const listed = (people: readonly { name: string }[]) => people.map(({ name }) => name).join('、')

/** The asked projects as a sheet. */
export async function projectSheet(read: Read, asked: Omit<ProjectsAsked, 'after' | 'limit'>, asking: Asking): Promise<OutSheet> {
  const { items } = await projectsAsked(read, { ...asked, limit: most }, asking)
  return {
    name: '重点项目',
    columns: titles.map((title) => ({ title, width: ['名称', '责任单位', '临时党支部'].includes(title) ? 30 : 12 })),
    rows: items.map((one) => [
      one.name,
      projectKinds[one.kind],
      projectStates[one.state],
      one.organization.name,
      one.startsOn,
      one.endsOn,
      listed(one.supervisors),
      listed(one.disciplineOfficers),
      one.branch?.name ?? null,
      one.branch?.endsOn ?? null,
      one.inspections,
    ]),
  }
}
