import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import { addDays } from '../../../kernel/time/civil-date.ts'
import { period, type PeriodName } from '../../../kernel/time/period.ts'
import { daysToObject } from './determinations.contract.ts'
import type { DeterminationState } from './determinations.lifecycle.ts'

/** What was seen, as it is entered. */
export interface Seen {
  readonly met: boolean
  readonly seen: string
  readonly seenOn: string
  readonly manner: string
  readonly fileIds: readonly string[]
  readonly records: readonly { kind: string; id: string }[]
}

export interface StoredDetermination {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: DeterminationState
  readonly requirement: string
  readonly organizationNo: number
  readonly period: PeriodName
  readonly met: boolean
  readonly statedBy: number
  readonly objectedBy: number | null
  readonly objectUntil: string
}

/** One determination as far as the reader may see it. */
export async function findDetermination(read: Read, id: string): Promise<StoredDetermination | undefined> {
  const rows = await sql<StoredDetermination>`select f.no, f.id, f.revision, f.state, f.requirement_code as requirement,
      f.organization_no as "organizationNo", p.name as period, f.met, f.stated_by as "statedBy", f.objected_by as "objectedBy", f.object_until as "objectUntil"
    from rulebook.determinations f join rulebook.periods p on p.no = f.period_no where f.id = ${id}`.execute(
    reading<'rulebook'>(read),
  )
  return rows.rows[0]
}

async function keepRevision(work: Work, no: number, reason: string | null): Promise<void> {
  await sql`insert into rulebook.determination_revisions (determination_no, revision, state, body, reason, recorded_at, recorded_by)
    select f.no, f.revision, f.state, to_jsonb(f) || jsonb_build_object('evidence', coalesce((select jsonb_agg(to_jsonb(e) - 'determination_no')
      from rulebook.determination_evidence e where e.determination_no = f.no), '[]')), ${reason}, ${work.now}, ${work.actor.accountNo}
    from rulebook.determinations f where f.no = ${no}`.execute(writing<'rulebook'>(work.tx))
}

async function writeEvidence(tx: Tx, no: number, seen: Seen): Promise<void> {
  const db = writing<'rulebook'>(tx)
  await db.deleteFrom('rulebook.determination_evidence').where('determination_no', '=', no).execute()
  const rows = [
    ...[...new Set(seen.fileIds)].map((reference) => ({ determination_no: no, kind: 'file', reference })),
    ...[...new Set(seen.records.map(({ kind, id }) => `${kind}:${id}`))].map((reference) => ({
      determination_no: no,
      kind: 'record',
      reference,
    })),
  ]
  if (rows.length > 0) await db.insertInto('rulebook.determination_evidence').values(rows).execute()
}

const saw = ({ met, seen, seenOn, manner }: Seen) => ({ met, seen, seen_on: seenOn, manner })

/** Enters a determination; undefined when one is in force already. */
export async function insertDetermination(
  work: Work,
  given: { requirement: string; matter: string; organizationNo: number; period: PeriodName; seen: Seen },
): Promise<{ no: number; id: string } | undefined> {
  const id = newId('det')
  const db = writing<'rulebook'>(work.tx)
  const { no: periodNo } = await db
    .selectFrom('rulebook.periods')
    .select('no')
    .where('name', '=', period(given.period).name)
    .executeTakeFirstOrThrow()
  const row = await db
    .insertInto('rulebook.determinations')
    .values({
      id,
      revision: 1,
      state: 'stated',
      requirement_code: given.requirement,
      matter: given.matter,
      organization_no: given.organizationNo,
      period_no: periodNo,
      ...saw(given.seen),
      stated_on: work.today,
      stated_at: work.now,
      stated_by: work.actor.accountNo,
      object_until: addDays(work.today, daysToObject),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('no')
    .executeTakeFirst()
  if (!row) return undefined
  await writeEvidence(work.tx, row.no, given.seen)
  await keepRevision(work, row.no, null)
  return { no: row.no, id }
}

type Change = Partial<{
  state: DeterminationState
  met: boolean
  seen: string
  seen_on: string
  manner: string
  object_until: string
  objection: string
  objected_at: Date
  objected_by: number
  decision: string
  decided_at: Date
  decided_by: number
  state_reason: string
}>

/** Puts a new revision in the place of the last; false when somebody else was faster. */
export async function changeDetermination(
  work: Work,
  stored: StoredDetermination,
  next: { change: Change; reason: string; seen?: Seen },
): Promise<boolean> {
  const changed = await writing<'rulebook'>(work.tx)
    .updateTable('rulebook.determinations')
    .set({ revision: stored.revision + 1, ...(next.seen && saw(next.seen)), ...next.change })
    .where('no', '=', stored.no)
    .where('revision', '=', stored.revision)
    .where('state', '=', stored.state)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return false
  if (next.seen) await writeEvidence(work.tx, stored.no, next.seen)
  await keepRevision(work, stored.no, next.reason)
  return true
}
