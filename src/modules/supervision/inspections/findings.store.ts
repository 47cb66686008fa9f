import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { asEngine, type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import { followerOf } from '../cases/case-owner.queries.ts'
import { insertProblem } from '../problems/problems.store.ts'
import type { FindingGiven } from './findings.contract.ts'
import type { FindingState } from './inspections.lifecycle.ts'
import type { FindingKind } from './inspections.rules.ts'
import type { StoredInspection } from './inspections.store.ts'

export interface StoredFinding {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: FindingState
  readonly inspectionId: string
  readonly organizationNo: number
  readonly organization: string
  readonly kind: FindingKind
  readonly requirement: string | null
  readonly seen: string
  readonly recordedBy: number
  /** The key project that its inspection is about. */
  readonly keyProjectNo: number | null
}

const columns = sql`f.no, f.id, f.revision, f.state, i.id as "inspectionId", f.organization_no as "organizationNo", o.name as organization, f.kind,
  coalesce((select r.title from rulebook.requirements r where r.code = f.requirement_code order by r.version desc limit 1), f.requirement_code) as requirement,
  f.seen, f.recorded_by as "recordedBy", i.key_project_no as "keyProjectNo"`

/** One finding in the reader's scope. */
export async function findFinding(read: Read, id: string): Promise<StoredFinding | null> {
  const { rows } =
    await sql<StoredFinding>`select ${columns} from supervision.findings f join supervision.inspections i on i.no = f.inspection_no
    join directory.organizations_now o on o.no = f.organization_no where f.id = ${id}`.execute(
      reading<'supervision' | 'directory' | 'rulebook'>(read),
    )
  return rows[0] ?? null
}

async function keepRevision(work: Work, no: number, said: { action: string; reason: string | null }): Promise<void> {
  await sql`insert into supervision.finding_revisions (finding_no, revision, action, body, reason, acted_at, acted_by)
    select f.no, f.revision, ${said.action}, to_jsonb(f) - 'no' - 'inspection_no', ${said.reason}, ${work.now}, ${work.actor.accountNo}
    from supervision.findings f where f.no = ${no}`.execute(writing<'supervision'>(work.tx))
}

/** What a device sent is the same as what stands under its name. */
const sameAs = (
  given: FindingGiven,
) => sql<boolean>`f.kind = ${given.kind} and f.seen = ${given.seen} and f.serious = ${given.serious}
  and f.requirement_code is not distinct from ${given.requirement ?? null}::text`

/**
 * Keeps a finding once: sent twice under the same device name it answers the first; under the same name with other words it answers null.
 * As the engine, because one handed over is not visible to whoever noted it.
 */
export async function insertFinding(
  work: Work,
  inspection: StoredInspection,
  given: FindingGiven & { notedAtMoment: Date },
): Promise<{ id: string; state: FindingState; isNew: boolean } | null> {
  return asEngine(work.tx, async () => {
    const db = writing<'supervision'>(work.tx)
    const state: FindingState = given.handOver ? 'handed_over' : 'noted'
    const entered = await db
      .insertInto('supervision.findings')
      .values({
        id: newId('fin'),
        client_id: given.clientId,
        revision: 1,
        state,
        inspection_no: inspection.no,
        organization_no: inspection.organizationNo,
        kind: given.kind,
        requirement_code: given.requirement ?? null,
        seen: given.seen,
        serious: given.serious,
        file_ids: [...new Set(given.fileIds)],
        noted_at: given.notedAtMoment,
        recorded_at: work.now,
        recorded_by: work.actor.accountNo,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning(['no', 'id'])
      .executeTakeFirst()
    if (entered) {
      await keepRevision(work, entered.no, { action: 'record', reason: null })
      return { id: entered.id, state, isNew: true }
    }
    const { rows } = await sql<{
      id: string
      state: FindingState
      same: boolean
    }>`select f.id, f.state, ${sameAs(given)} or f.revision > 1 as same
      from supervision.findings f where f.inspection_no = ${inspection.no} and f.client_id = ${given.clientId}`.execute(db)
    const [row] = rows
    return row?.same ? { id: row.id, state: row.state, isNew: false } : null
  })
}

export interface FindingChange {
  readonly action: string
  readonly reason: string | null
  readonly state: FindingState
  readonly said?: Pick<FindingGiven, 'kind' | 'requirement' | 'seen' | 'serious' | 'fileIds'>
  readonly caseNo?: number
}

/** Moves a finding on if it still stands where it was read. False when somebody was faster. */
export async function changeFinding(work: Work, stored: StoredFinding, change: FindingChange): Promise<boolean> {
  return asEngine(work.tx, async () => {
    const { said } = change
    const moved = await writing<'supervision'>(work.tx)
      .updateTable('supervision.findings')
      .set({
        state: change.state,
        revision: stored.revision + 1,
        ...(change.caseNo !== undefined && { case_no: change.caseNo }),
        ...(said && {
          kind: said.kind,
          requirement_code: said.requirement ?? null,
          seen: said.seen,
          serious: said.serious,
          file_ids: [...new Set(said.fileIds)],
        }),
      })
      .where('no', '=', stored.no)
      .where('revision', '=', stored.revision)
      .where('state', '=', stored.state)
      .executeTakeFirst()
    if (moved.numUpdatedRows !== 1n) return false
    await keepRevision(work, stored.no, change)
    return true
  })
}

/** Proposes a case for a finding; as the engine, because an inspector from elsewhere writes nothing at the visited organization. */
export async function proposeFromFinding(work: Work, stored: StoredFinding, title: string): Promise<{ no: number; id: string }> {
  return asEngine(work.tx, async () => {
    const { rows } = await sql<{ no: number; id: string }>`with entered as (
        insert into supervision.cases (id, revision, state, organization_no, opened_by_organization_no, title, source, proposed_at)
        select ${newId('cas')}, 1, 'proposed', o.no, ${followerOf}, ${title}, 'finding', ${work.now}
        from directory.organizations o where o.no = ${stored.organizationNo} returning no, id),
      step as (
        insert into supervision.case_steps (case_no, revision, action, state, body, reason, acted_at, acted_by)
        select no, 1, 'propose', 'proposed', '{}', ${stored.seen.slice(0, 500)}, ${work.now}, ${work.actor.accountNo} from entered)
      select no, id from entered`.execute(writing<'supervision'>(work.tx))
    const [row] = rows
    if (!row) throw new Error('the proposal of a finding was not entered')
    return row
  })
}

export interface ProblemOfFinding {
  readonly title: string
  readonly description: string
  readonly dimension: string
  readonly signedAs: string
}

/** Lists a finding as a problem that keeps it as its source; as the engine, for the same reason. */
export async function problemFromFinding(work: Work, stored: StoredFinding, said: ProblemOfFinding): Promise<string> {
  return asEngine(work.tx, async () => {
    const { organizationNo } = stored
    const raisedBy = work.actor.accountNo
    const { no, id } = await insertProblem(work, { ...said, organizationNo, source: 'superior', raisedBy })
    await writing<'supervision'>(work.tx)
      .updateTable('supervision.problems')
      .set({ finding_no: stored.no })
      .where('no', '=', no)
      .execute()
    return id
  })
}
