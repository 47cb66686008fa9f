import { sql } from 'kysely'
import { reading } from '../database/handles.ts'
import { writeAsSystem } from '../database/transaction.ts'
import type { Platform } from '../platform.ts'

/** Forgets answers older than a week: nobody repeats a request after that. To be run daily. */
export async function forgetOldAnswers(platform: Platform): Promise<void> {
  await writeAsSystem(platform.database, async (tx) => {
    await sql`delete from kernel.idempotency_keys where created_at < ${platform.clock.now()}::timestamptz - interval '7 days'`.execute(
      reading<'kernel'>(tx),
    )
  })
}
