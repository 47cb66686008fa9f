import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { findingStates, type FindingState, inspectionStates, type InspectionState } from '../inspections/inspections.lifecycle.ts'
import { type FindingKind, findingKinds } from '../inspections/inspections.rules.ts'
import { reaching, recordSteps, type Shown } from '../records/records.queries.ts'
import { possible } from '../records/records.rules.ts'
import type { ProjectPage } from './key-projects.contract.ts'
import { projectLife, projectVerbs, type ProjectVerb } from './key-projects.lifecycle.ts'
import {
  type Asking,
  projectColumns,
  projectLines,
  type ProjectRow,
  projectTables,
  readableProject,
} from './key-projects.queries.ts'
import { hintsOf } from './key-projects.rules.ts'

interface PageRow extends ProjectRow {
  readonly organizationNo: number
  readonly revision: number
  readonly about: string
  readonly risks: string | null
  readonly result: string | null
  readonly closedOn: CivilDate | null
}

const day = (on: unknown) => (on === '' ? '没有填' : inChinese(String(on)))
const shown: Shown = {
  kind: { label: '类别' },
  name: { label: '名称' },
  about: { label: '内容' },
  risks: { label: '廉政风险点', text: (risks) => (risks === '' ? '没有填' : String(risks)) },
  startsOn: { label: '开始日期', text: day },
  on: { label: '设立日期', text: day },
  endsOn: { label: '到哪一天', text: day },
  branch: { label: '临时党支部' },
  dissolvedOn: { label: '撤销日期', text: day },
  result: { label: '结果' },
}

/** Which verbs of the state have something to be done to: a branch to extend, or none yet. */
function fitting(row: PageRow): readonly ProjectVerb[] {
  const standing = row.branchId !== null && row.branchDissolvedOn === null
  const withBranch: readonly ProjectVerb[] = ['extend_branch', 'dissolve_branch']
  const without: readonly ProjectVerb[] = ['found_branch', 'link_branch']
  return possible(projectLife, row.state).filter((verb) => !(standing ? without : withBranch).includes(verb))
}

/** The page of one key project, with the checks of it that the reader may see. */
export async function projectAsked(read: Read, id: string, asking: Asking): Promise<ProjectPage> {
  const { rows } =
    await sql<PageRow>`select ${projectColumns(asking.today)}, k.organization_no as "organizationNo", k.revision, k.about, k.risks,
      k.result, k.closed_on as "closedOn"
    from ${projectTables} where k.id = ${id} and ${readableProject(asking.actor)}`.execute(
      reading<'supervision' | 'directory'>(read),
    )
  const row = rows[0]
  const [line] = await projectLines(read, row ? [row] : [])
  if (!row || !line) throw new Problem('supervision.key_project_not_found')
  const reaches = await reaching(read, asking.actor, row.organizationNo)
  const { inspections: _inspections, ...rest } = line
  return {
    ...rest,
    revision: row.revision,
    about: row.about,
    risks: row.risks,
    result: row.result,
    closedOn: row.closedOn,
    hints: hintsOf(line, asking.today),
    checks: await checksOf(read, row.no),
    steps: await recordSteps(
      read,
      { kind: 'key_project', no: row.no },
      { verbs: { ...projectVerbs, enter: '登记', hand_over: '移交承接组织' }, shown },
    ),
    abilities: fitting(row).filter((verb) => reaches(`supervision.key_project.${verb}`)),
    notices: [],
  }
}

interface CheckRow {
  readonly id: string
  readonly title: string
  readonly state: InspectionState
  readonly organization: string
  readonly visitOn: CivilDate
  readonly findings: { id: string; kind: FindingKind; seen: string; state: FindingState }[]
}

async function checksOf(read: Read, projectNo: number): Promise<ProjectPage['checks']> {
  const { rows } = await sql<CheckRow>`select i.id, i.title, i.state, o.name as organization, i.visit_on as "visitOn", coalesce((
      select jsonb_agg(jsonb_build_object('id', f.id, 'kind', f.kind, 'seen', f.seen, 'state', f.state) order by f.no)
      from supervision.findings f where f.inspection_no = i.no and f.state <> 'withdrawn'), '[]') as findings
    from supervision.inspections i join directory.organizations_now o on o.no = i.organization_no
    where i.key_project_no = ${projectNo} order by i.visit_on desc, i.no desc limit 200`.execute(
    reading<'supervision' | 'directory'>(read),
  )
  return rows.map((row) => ({
    ...row,
    state: inspectionStates[row.state],
    findings: row.findings.map((one) => ({ ...one, kind: findingKinds[one.kind], state: findingStates[one.state] })),
  }))
}
