import { sql } from 'kysely'
import { keptPlan } from '../../../kernel/database/kept-plans.ts'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { storedStatus } from './obligations.contract.ts'

/** One obligation on which a record bears. */
export interface Served {
  readonly requirement: string
  readonly title: string
  readonly period: string
  readonly organizationNo: number
  readonly organization: string
  /** The record is counted and the obligation met, in time or late. */
  readonly satisfied: boolean
  /** The record came after the last day for recording. */
  readonly late: boolean
  /** Why the record is not counted; null when it is. */
  readonly reason: string | null
}

/** Which requirements a record serves, and where it is not counted and why. The caller has checked that the reader may see the record. */
export async function servedBy(read: Read, record: { kind: string; no: number; heldOn: CivilDate }): Promise<Served[]> {
  // A record counts in periods of its own year, in the year before where a day was granted, and in the next where its deadline lies.
  // As literals they leave the other years' partitions out of the plan.
  const last = Number(record.heldOn.slice(0, 4))
  const years = sql`${sql.lit(last - 1)} and ${sql.lit(last + 1)}`
  return asEngine(read, async () => {
    const rows = await sql<{
      code: string
      title: string
      period: string
      organization_no: number
      organization: string
      status: number | null
      late: boolean
      reason: string | null
    }>`${keptPlan}
      select r.code, r.title, p.name as period, e.organization_no, n.name as organization, o.status, e.reason,
        e.recorded_on > coalesce(o.due_on, p.ends + r.due_offset_days) + r.grace_days as late
      from rulebook.evidence e
      join rulebook.requirements r on r.no = e.requirement_no
      join rulebook.periods p on p.no = e.period_no
      left join rulebook.obligations o on o.year between ${years} and o.year = e.year and o.organization_no = e.organization_no and o.period_no = e.period_no
        and o.requirement_no = e.requirement_no and o.subject_kind = e.subject_kind and o.subject_no = e.subject_no
      join directory.organization_names n on n.organization_no = e.organization_no and upper_inf(n.valid)
      where e.record_kind = ${record.kind} and e.record_no = ${record.no} and e.year between ${years}
      order by r.code, p.no, e.organization_no`.execute(reading<'rulebook' | 'directory'>(read))
    return rows.rows.map((row) => ({
      requirement: row.code,
      title: row.title,
      period: row.period,
      organizationNo: row.organization_no,
      organization: row.organization,
      satisfied: row.reason === null && (row.status === storedStatus.met || row.status === storedStatus.met_late),
      late: row.late,
      reason: row.reason,
    }))
  })
}
