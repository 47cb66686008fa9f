import { sql } from 'kysely'
import { writing } from '../../../kernel/database/handles.ts'
import { writeAsSystem } from '../../../kernel/database/transaction.ts'
import type { Platform } from '../../../kernel/platform.ts'

/** Deletes expired sessions, failures older than a day and addresses not used for 90 days. To be run daily. */
export async function forgetStaleSessions(platform: Platform): Promise<void> {
  const now = platform.clock.now()
  await writeAsSystem(platform.database, async (tx) => {
    const db = writing<'directory'>(tx)
    await sql`delete from directory.sessions where expires_at <= ${now} or seen_at < ${now}::timestamptz - interval '1 day'`.execute(
      db,
    )
    await sql`delete from directory.sign_in_failures where last_failed_at < ${now}::timestamptz - interval '1 day'
      and (locked_until is null or locked_until < ${now})`.execute(db)
    await sql`delete from directory.sign_in_addresses where last_used_at < ${now}::timestamptz - interval '90 days'`.execute(db)
  })
}
