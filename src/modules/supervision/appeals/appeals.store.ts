import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { writeRecordStep } from '../records/records.store.ts'
import type { AppealState, Measure } from './appeals.lifecycle.ts'

/** An appeal as the acts need it. */
export interface StoredAppeal {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: AppealState
  readonly organizationNo: number
  readonly measure: Measure
  readonly measureId: string
  readonly measureRevision: number
  readonly measureTitle: string
  readonly measureBy: number
  readonly filedBy: number
  readonly handler: number | null
}

export async function findAppeal(read: Read, id: string): Promise<StoredAppeal | null> {
  const row = await reading<'supervision'>(read)
    .selectFrom('supervision.appeals')
    .select(['no', 'id', 'revision', 'state', 'organization_no as organizationNo', 'measure', 'measure_id as measureId'])
    .select(['measure_revision as measureRevision', 'measure_title as measureTitle', 'measure_by as measureBy'])
    .select(['filed_by as filedBy', 'handler'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? { ...row, state: row.state as AppealState, measure: row.measure as Measure } : null
}

/** What is appealed against: of whom, by whom, since when; `standing` false where there is nothing to take back. */
export interface FoundMeasure {
  readonly organizationNo: number
  readonly title: string
  readonly by: number
  readonly on: CivilDate
  readonly revision: number
  readonly standing: boolean
  /** Account that the measure concerns beside the organization: whoever raised a problem. */
  readonly raisedBy: number | null
  readonly action: string
}

const ofCase = (
  id: string,
  revision: number | undefined,
) => sql<FoundMeasure>`select c.organization_no as "organizationNo", c.title,
    s.acted_by as by, (s.acted_at at time zone 'Asia/Shanghai')::date as "on", s.revision, s.action, null::bigint as "raisedBy",
    not exists (select 1 from supervision.case_steps r where r.case_no = c.no and r.action = 'revoke'
      and r.body -> 'revisions' @> to_jsonb(s.revision)) as standing
  from supervision.cases c join supervision.case_steps s on s.case_no = c.no and s.revision = ${revision ?? 0} where c.id = ${id}`
const ofRecord = {
  yellow_card: (
    id: string,
  ) => sql<FoundMeasure>`select y.organization_no as "organizationNo", '黄牌警示' as title, coalesce(y.decided_by, 0) as by,
      coalesce(y.decided_on, y.proposed_on) as "on", 0 as revision, 'decide' as action, null::bigint as "raisedBy",
      y.state in ('in_force', 'lifted') as standing
    from supervision.yellow_cards y where y.id = ${id} and directory.reads(y.organization_no)`,
  problem: (id: string) => sql<FoundMeasure>`select p.organization_no as "organizationNo", p.title, coalesce(s.acted_by, 0) as by,
      coalesce((s.acted_at at time zone 'Asia/Shanghai')::date, p.raised_on) as "on", 0 as revision, 'reject' as action,
      p.raised_by as "raisedBy", p.state = 'rejected' as standing
    from supervision.problems p left join lateral (select r.acted_by, r.acted_at from supervision.record_steps r
      where r.kind = 'problem' and r.record_no = p.no and r.action = 'reject' order by r.revision desc limit 1) s on true
    where p.id = ${id}`,
} as const

/** The measure in the reader's scope; null where there is none. */
export async function findMeasure(
  read: Read,
  asked: { measure: Measure; measureId: string; revision?: number | undefined },
): Promise<FoundMeasure | null> {
  const query = asked.measure === 'case_step' ? ofCase(asked.measureId, asked.revision) : ofRecord[asked.measure](asked.measureId)
  const { rows } = await query.execute(reading<'supervision'>(read))
  return rows[0] ?? null
}

export interface FiledAppeal {
  readonly measure: Measure
  readonly measureId: string
  readonly found: FoundMeasure
  readonly reasons: string
  readonly decideBy: CivilDate
  readonly signedAs: string
}

/** Enters an appeal; null when one against the same measure is open. */
export async function insertAppeal(work: Work, filed: FiledAppeal): Promise<{ id: string } | null> {
  const { found } = filed
  const entered = await writing<'supervision'>(work.tx)
    .insertInto('supervision.appeals')
    .values({
      id: newId('apl'),
      revision: 1,
      state: 'filed',
      organization_no: found.organizationNo,
      measure: filed.measure,
      measure_id: filed.measureId,
      measure_revision: found.revision,
      measure_title: found.title,
      measure_by: found.by,
      measure_on: found.on,
      reasons: filed.reasons,
      filed_on: work.today,
      filed_by: work.actor.accountNo,
      decide_by: filed.decideBy,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(['no', 'id'])
    .executeTakeFirst()
  if (!entered) return null
  const step = { action: 'file', state: 'filed', reason: filed.reasons, body: {}, signedAs: filed.signedAs }
  await writeRecordStep(work, 'appeal', { ...step, recordNo: entered.no, revision: 1 })
  return entered
}
