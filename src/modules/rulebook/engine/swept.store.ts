import { sql } from 'kysely'
import { asEngine, type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'

const sweptUntil = 'rulebook.swept_until'

/** Notes that all statuses stand as of the day. */
export async function rememberSwept(tx: Tx, day: CivilDate): Promise<void> {
  const value = JSON.stringify(day)
  await asEngine(tx, () =>
    writing<'kernel'>(tx)
      .insertInto('kernel.settings')
      .values({ name: sweptUntil, value, updated_at: sql`now()` })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value, updated_at: sql`now()` }))
      .execute(),
  )
}

/** The day up to which the sweep has been done; null before the first. */
export async function sweptDay(read: Read): Promise<CivilDate | null> {
  const row = await reading<'kernel'>(read)
    .selectFrom('kernel.settings')
    .select('value')
    .where('name', '=', sweptUntil)
    .executeTakeFirst()
  return typeof row?.value === 'string' ? row.value : null
}
