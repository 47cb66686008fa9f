import type { Updateable } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import type { SupervisionInspections } from '../../../kernel/database/schema.generated.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { InspectionState, Manner } from './inspections.lifecycle.ts'
import type { SuggestedLine } from './inspections.rules.ts'

export interface StoredInspection {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: InspectionState
  readonly manner: Manner
  readonly title: string
  readonly organizationNo: number
  readonly ledByNo: number
  readonly visitOn: CivilDate
  readonly plannedBy: number
  readonly known: boolean
  readonly announcedCheck: string | null
  readonly started: boolean
  readonly signed: boolean
  readonly remarked: boolean
}

/** One inspection in the reader's scope; null where there is none to see. */
export async function findInspection(read: Read, id: string): Promise<StoredInspection | null> {
  const row = await reading<'supervision'>(read)
    .selectFrom('supervision.inspections')
    .select(['no', 'id', 'revision', 'state', 'manner', 'title', 'known', 'started_at', 'signed_at', 'remarked_at'])
    .select(['organization_no as organizationNo', 'led_by_organization_no as ledByNo', 'visit_on as visitOn'])
    .select(['planned_by as plannedBy', 'announced_check as announcedCheck'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return null
  const { started_at, signed_at, remarked_at, ...rest } = row
  return {
    ...rest,
    state: row.state as InspectionState,
    manner: row.manner as Manner,
    started: started_at !== null,
    signed: signed_at !== null,
    remarked: remarked_at !== null,
  }
}

export interface PlannedInspection {
  readonly title: string
  readonly manner: Manner
  readonly organizationNo: number
  readonly ledByNo: number
  readonly visitOn: CivilDate
  readonly despite: string | null
  readonly inspectorNos: readonly number[]
  readonly keyProjectNo: number | null
  readonly lines: readonly SuggestedLine[]
}

export async function insertInspection(work: Work, planned: PlannedInspection): Promise<string> {
  const id = newId('ins')
  const db = writing<'supervision'>(work.tx)
  const { no } = await db
    .insertInto('supervision.inspections')
    .values({
      id,
      revision: 1,
      state: 'planned',
      manner: planned.manner,
      title: planned.title,
      organization_no: planned.organizationNo,
      led_by_organization_no: planned.ledByNo,
      visit_on: planned.visitOn,
      despite: planned.despite,
      key_project_no: planned.keyProjectNo,
      planned_at: work.now,
      planned_by: work.actor.accountNo,
    })
    .returning('no')
    .executeTakeFirstOrThrow()
  const people = planned.inspectorNos.map((person_no) => ({ inspection_no: no, person_no }))
  await db.insertInto('supervision.inspection_inspectors').values(people).execute()
  await insertLines(work, { inspectionNo: no, from: 0 }, planned.lines)
  const step = { action: 'plan', state: 'planned', reason: planned.despite, body: { visitOn: planned.visitOn } }
  await writeStep(work, { no, revision: 1 }, step)
  return id
}

/** Adds lines to a checklist, from a place in it on. */
export async function insertLines(
  work: Work,
  at: { inspectionNo: number; from: number },
  lines: readonly SuggestedLine[],
): Promise<void> {
  if (lines.length === 0) return
  await writing<'supervision'>(work.tx)
    .insertInto('supervision.inspection_lines')
    .values(
      lines.map((line, index) => ({
        id: newId('lin'),
        inspection_no: at.inspectionNo,
        position: at.from + index,
        kind: line.kind,
        requirement_code: line.requirement,
        clause: line.clause,
        question: line.question,
        why: line.why,
      })),
    )
    .execute()
}

interface StepWritten {
  readonly action: string
  readonly state: string
  readonly reason: string | null
  readonly body: Readonly<Record<string, unknown>>
}

async function writeStep(work: Work, at: { no: number; revision: number }, step: StepWritten): Promise<void> {
  await writing<'supervision'>(work.tx)
    .insertInto('supervision.inspection_steps')
    .values({
      inspection_no: at.no,
      revision: at.revision,
      action: step.action,
      state: step.state,
      body: JSON.stringify(step.body),
      reason: step.reason,
      acted_at: work.now,
      acted_by: work.actor.accountNo,
    })
    .execute()
}

export type InspectionSet = Updateable<SupervisionInspections>

/** Moves an inspection on if it still stands where it was read, and writes the step. False when somebody was faster. */
export async function changeInspection(
  work: Work,
  stored: StoredInspection,
  change: StepWritten & { set: InspectionSet },
): Promise<boolean> {
  const moved = await writing<'supervision'>(work.tx)
    .updateTable('supervision.inspections')
    .set({ ...change.set, state: change.state, revision: stored.revision + 1 })
    .where('no', '=', stored.no)
    .where('state', '=', stored.state)
    .where('revision', '=', stored.revision)
    .executeTakeFirst()
  if (moved.numUpdatedRows !== 1n) return false
  await writeStep(work, { no: stored.no, revision: stored.revision + 1 }, change)
  return true
}
