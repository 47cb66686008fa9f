import { type RawBuilder, sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { OutSheet } from '../../../kernel/files/workbook-writer.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import { personCategories, type PersonCategory } from '../persons/persons.contract.ts'
import './roster.contract.ts'
import type { RosterImportPage } from './roster.contract.ts'
import { rosterProgress } from './roster-staging.store.ts'

interface Row {
  readonly no: number
  readonly id: string
  readonly organizationId: string
  readonly organizationName: string
  readonly fileName: string
  readonly state: RosterImportPage['state']
  readonly rowsRead: number
  readonly mistakesTotal: number
  readonly createdAt: Date
  readonly importedAt: Date | null
  readonly undoneAt: Date | null
}
type Line = Omit<RosterImportPage, 'progress' | 'mistakes' | 'summary'>

const columns = sql`i.no, i.id, o.id as "organizationId", o.name as "organizationName", i.file_name as "fileName", i.state, i.rows_read as "rowsRead",
  i.mistakes_total as "mistakesTotal", i.created_at as "createdAt", i.imported_at as "importedAt", i.undone_at as "undoneAt"`

function lineOf({ no: _no, organizationId, organizationName, createdAt, importedAt, undoneAt, ...rest }: Row): Line {
  return {
    ...rest,
    organization: { id: organizationId, name: organizationName },
    createdAt: instantOf(createdAt),
    importedAt: importedAt && instantOf(importedAt),
    undoneAt: undoneAt && instantOf(undoneAt),
  }
}

/** Imports in the reader's scope, the newest first; the cursor is the last one's id. */
export async function listImports(
  read: Read,
  page: { after?: string | undefined; limit: number },
): Promise<{ items: Line[]; next: string | null }> {
  const after: RawBuilder<boolean> = page.after
    ? sql`i.no < (select no from directory.roster_imports where id = ${page.after})`
    : sql`true`
  const { rows } =
    await sql<Row>`select ${columns} from directory.roster_imports i join directory.organizations_now o on o.no = i.organization_no
    where ${after} order by i.no desc limit ${page.limit + 1}`.execute(reading<'directory'>(read))
  const items = rows.slice(0, page.limit).map(lineOf)
  return { items, next: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null }
}

/** One import with what its check found; throws `directory.roster_not_found`. */
export async function importPage(read: Read, id: string): Promise<RosterImportPage> {
  const { rows } = await sql<Row & Pick<RosterImportPage, 'mistakes' | 'summary'>>`select ${columns}, i.mistakes, i.summary
    from directory.roster_imports i join directory.organizations_now o on o.no = i.organization_no where i.id = ${id}`.execute(
    reading<'directory'>(read),
  )
  const row = rows[0]
  if (!row) throw new Problem('directory.roster_not_found')
  const { mistakes, summary, ...line } = row
  return { ...lineOf(line), mistakes, summary, progress: rosterProgress(id) ?? (row.state === 'checking' ? 0 : 1) }
}

interface ExportRow {
  readonly name: string
  readonly sex: 'male' | 'female' | null
  readonly ethnicity: string | null
  readonly education: string | null
  readonly category: PersonCategory
  readonly home: string
  readonly joinedOn: string | null
  readonly fullSince: string | null
  readonly job: string | null
  readonly isLost: boolean
  readonly isMobile: boolean
}

const sexes = { male: '男', female: '女' } as const

/** The roster of today under an organization as a sheet: by branch, then by strokes. No numbers, no addresses, no birth dates. */
export async function rosterSheet(read: Read, organizationNo: number): Promise<OutSheet & { rows: (string | null)[][] }> {
  const { rows } =
    await sql<ExportRow>`select p.name, p.sex, p.ethnicity, p.education, p.category, h.name as home, p.joined_on as "joinedOn",
      p.full_since as "fullSince", p.job, p.is_lost as "isLost", p.is_mobile as "isMobile"
    from directory.persons p join directory.organizations_now h on h.no = p.home_no
    where p.left_on is null and p.home_no in (
      select a.organization_no from directory.organization_ancestry a where a.ancestor_no = ${organizationNo} and upper_inf(a.valid))
    order by h.pinyin, h.no, p.name collate directory.strokes, p.no`.execute(reading<'directory'>(read))
  const titles = [
    '姓名',
    '性别',
    '民族',
    '学历',
    '人员类别',
    '所在党支部',
    '加入党组织日期',
    '转为正式党员日期',
    '工作岗位',
    '是否为失联党员',
    '是否为流动党员',
  ]
  return {
    name: '人员名册',
    columns: titles.map((title) => ({ title, width: title === '所在党支部' ? 30 : 16 })),
    rows: rows.map((row) => [
      row.name,
      row.sex && sexes[row.sex],
      row.ethnicity,
      row.education,
      personCategories[row.category],
      row.home,
      row.joinedOn,
      row.fullSince,
      row.job,
      row.isLost ? '是' : '否',
      row.isMobile ? '是' : '否',
    ]),
  }
}
