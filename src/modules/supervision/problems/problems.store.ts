import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { writeRecordStep } from '../records/records.store.ts'
import type { ProblemState, Source } from './problems.lifecycle.ts'

/** A problem as the acts need it. */
export interface StoredProblem {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: ProblemState
  readonly organizationNo: number
  readonly title: string
  readonly raisedBy: number | null
  readonly ownerNo: number | null
  readonly rectifiedBy: number | null
  readonly dueOn: CivilDate | null
  readonly verifiedOn: CivilDate | null
}

export async function findProblem(read: Read, id: string): Promise<StoredProblem | null> {
  const row = await reading<'supervision'>(read)
    .selectFrom('supervision.problems')
    .select(['no', 'id', 'revision', 'state', 'title', 'organization_no as organizationNo', 'raised_by as raisedBy'])
    .select(['owner_no as ownerNo', 'rectified_by as rectifiedBy', 'due_on as dueOn', 'verified_on as verifiedOn'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? { ...row, state: row.state as ProblemState } : null
}

export interface RaisedProblem {
  readonly organizationNo: number
  readonly title: string
  readonly description: string
  readonly source: Source
  readonly dimension: string
  /** Null when nothing is known of who raised it. */
  readonly raisedBy: number | null
  readonly signedAs: string
}

export async function insertProblem(work: Work, raised: RaisedProblem): Promise<{ no: number; id: string }> {
  const { organizationNo, title, description, source, dimension, raisedBy } = raised
  const entered = await writing<'supervision'>(work.tx)
    .insertInto('supervision.problems')
    .values({
      id: newId('prb'),
      revision: 1,
      state: 'raised',
      organization_no: organizationNo,
      title,
      description,
      source,
      dimension,
      raised_on: work.today,
      raised_by: raisedBy,
    })
    .returning(['no', 'id'])
    .executeTakeFirstOrThrow()
  const step = { action: 'raise', state: 'raised', reason: null, body: { source, dimension }, signedAs: raised.signedAs }
  await writeRecordStep(work, 'problem', { ...step, recordNo: entered.no, revision: 1 })
  return entered
}

/** True when both stand in one unit and the other came first. */
export async function mayRecur(read: Read, later: StoredProblem, earlierId: string): Promise<number | null> {
  const { rows } = await sql<{ no: number }>`select e.no from supervision.problems e
    where e.id = ${earlierId} and e.no < ${later.no} and (e.organization_no = ${later.organizationNo} or exists (
      select 1 from directory.organization_ancestry a
      join directory.organization_ancestry b on b.ancestor_no = a.ancestor_no and b.organization_no = e.organization_no and upper_inf(b.valid)
      join directory.organizations u on u.no = a.ancestor_no and u.kind = 'unit'
      where a.organization_no = ${later.organizationNo} and upper_inf(a.valid)))`.execute(reading<'supervision'>(read))
  return rows[0]?.no ?? null
}
