import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { ProjectSaid } from './key-projects.contract.ts'
import type { ProjectState } from './key-projects.lifecycle.ts'

/** A key project as the acts need it. */
export interface StoredProject {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: ProjectState
  readonly organizationNo: number
  readonly name: string
  readonly branch: { readonly id: string; readonly endsOn: CivilDate | null; readonly dissolvedOn: CivilDate | null } | null
}

/** One key project in the reader's scope. */
export async function findProject(read: Read, id: string): Promise<StoredProject | null> {
  const { rows } = await sql<StoredProject>`select k.no, k.id, k.revision, k.state, k.organization_no as "organizationNo", k.name,
      case when b.no is not null then jsonb_build_object('id', b.id, 'endsOn', b.ends_on, 'dissolvedOn', b.dissolved_on) end as branch
    from supervision.key_projects k left join directory.organizations b on b.no = k.branch_no where k.id = ${id}`.execute(
    reading<'supervision' | 'directory'>(read),
  )
  return rows[0] ?? null
}

/** Columns of what is said about a project. */
export const columnsOf = (said: ProjectSaid) => ({
  kind: said.kind,
  name: said.name,
  about: said.about,
  risks: said.risks || null,
  starts_on: said.startsOn,
  ends_on: said.endsOn ?? null,
})

export async function insertProject(
  work: Work,
  entered: { said: ProjectSaid; organizationNo: number },
): Promise<{ no: number; id: string }> {
  return writing<'supervision'>(work.tx)
    .insertInto('supervision.key_projects')
    .values({
      id: newId('kpj'),
      revision: 1,
      state: 'planned',
      organization_no: entered.organizationNo,
      ...columnsOf(entered.said),
      entered_on: work.today,
      entered_by: work.actor.accountNo,
    })
    .returning(['no', 'id'])
    .executeTakeFirstOrThrow()
}

/** Inner numbers of persons whom the actor may see and who have not left; null for an id that names none. */
export async function personNos(read: Read, ids: readonly string[]): Promise<(number | null)[]> {
  const { rows } = await sql<{ no: number; id: string }>`select p.no, p.id from directory.persons p
    where p.id = any (${[...ids]}::text[]) and p.left_on is null`.execute(reading<'directory'>(read))
  return ids.map((id) => rows.find((row) => row.id === id)?.no ?? null)
}

export interface ProjectPeople {
  readonly supervisors: readonly number[]
  readonly discipline: readonly number[]
}

/** Names who supervises a project, in place of whoever did. */
export async function setPeople(work: Work, projectNo: number, people: ProjectPeople): Promise<void> {
  const db = writing<'supervision'>(work.tx)
  await db.deleteFrom('supervision.key_project_people').where('project_no', '=', projectNo).execute()
  const rows = [
    ...people.supervisors.map((person_no) => ({ project_no: projectNo, person_no, part: 'supervisor' })),
    ...people.discipline.map((person_no) => ({ project_no: projectNo, person_no, part: 'discipline' })),
  ]
  if (rows.length > 0) await db.insertInto('supervision.key_project_people').values(rows).execute()
}

/** True when another project holds the branch. */
export async function heldByAnother(read: Read, branchNo: number, projectNo: number): Promise<boolean> {
  const row = await reading<'supervision'>(read)
    .selectFrom('supervision.key_projects')
    .select('no')
    .where('branch_no', '=', branchNo)
    .where('no', '<>', projectNo)
    .where('state', '<>', 'withdrawn')
    .executeTakeFirst()
  return row !== undefined
}

/** Inner number of a key project that the actor may see, for what is linked to it. */
export async function projectNo(read: Read, id: string): Promise<number | null> {
  return (await findProject(read, id))?.no ?? null
}
