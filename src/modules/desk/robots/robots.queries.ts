import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { instantOf } from '../../../kernel/ledger/ledger.store.ts'
import type { RobotShown } from './robots.contract.ts'

interface Row extends Omit<RobotShown, 'sentAt' | 'failedAt'> {
  readonly sentAt: Date | null
  readonly failedAt: Date | null
}

/** Every robot without its address and secret; the second wall lets the system administrator alone see them. */
export async function robotsAsked(read: Read): Promise<RobotShown[]> {
  const { rows } = await sql<Row>`select r.id, r.revision, r.name, r.provider, r.host, r.secret_sealed is not null as signed,
      jsonb_build_object('id', o.id, 'name', o.name) as organization, r.lines, r.hour, r.enabled, r.sent_at as "sentAt", r.failed_at as "failedAt", r.failure,
      (select count(*)::int from desk.robot_posts p where p.robot_no = r.no and p.state = 'queued') as queued
    from desk.robots r join directory.organizations_now o on o.no = r.organization_no order by r.no`.execute(
    reading<'desk' | 'directory'>(read),
  )
  const shown = (at: Date | null) => (at === null ? null : instantOf(at))
  return rows.map((row) => ({ ...row, sentAt: shown(row.sentAt), failedAt: shown(row.failedAt) }))
}
