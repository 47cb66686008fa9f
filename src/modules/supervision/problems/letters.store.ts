import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'

/** Keeps a letter: the place, the matter, the words, the day. Its id is random, so that nothing tells the order. */
export async function insertLetter(
  tx: Tx,
  letter: { organizationNo: number; dimension: string; body: string; toldOn: CivilDate },
): Promise<void> {
  const { organizationNo, dimension, body, toldOn } = letter
  await writing<'supervision'>(tx)
    .insertInto('supervision.letters')
    .values({
      id: `ltr_${randomBytes(12).toString('base64url')}`,
      organization_no: organizationNo,
      dimension,
      body,
      told_on: toldOn,
    })
    .execute()
}

/** Writes the letters of earlier days anew in a random order and in one transaction, so that neither place nor transaction tells when each came. */
export async function shuffleLetters(tx: Tx, today: CivilDate): Promise<number> {
  const { rows } = await sql<{ written: number }>`with taken as (
      delete from supervision.letters where told_on < ${today}::date returning *),
    written as (insert into supervision.letters select * from taken order by gen_random_uuid() returning 1)
    select count(*)::int as written from written`.execute(writing<'supervision'>(tx))
  return rows[0]?.written ?? 0
}

/** Takes a waiting letter off the pile; null when there is none for this reader. */
export async function siftLetter(tx: Tx, id: string, state: 'taken' | 'set_aside') {
  const row = await writing<'supervision'>(tx)
    .updateTable('supervision.letters')
    .set({ state })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .returning(['organization_no as organizationNo', 'dimension'])
    .executeTakeFirst()
  return row ?? null
}

export async function letterPlace(read: Read, id: string): Promise<{ organizationNo: number; state: string } | null> {
  const row = await reading<'supervision'>(read)
    .selectFrom('supervision.letters')
    .select(['organization_no as organizationNo', 'state'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}
