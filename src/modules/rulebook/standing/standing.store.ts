import { sql } from 'kysely'
import { z } from 'zod'
import { asEngine, type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'

const decision = z.object({ inUse: z.boolean(), reason: z.string(), on: z.string() })
export type StandingDecision = z.output<typeof decision>

const name = 'rulebook.standing'

/** The city's last decision; null before the first, which means not in use. */
export async function standingDecision(read: Read): Promise<StandingDecision | null> {
  const row = await reading<'kernel'>(read)
    .selectFrom('kernel.settings')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst()
  return row ? decision.parse(row.value) : null
}

export async function keepStandingDecision(tx: Tx, decided: StandingDecision): Promise<void> {
  await asEngine(tx, async () => {
    const value = { value: JSON.stringify(decided), updated_at: sql<Date>`now()` }
    await writing<'kernel'>(tx)
      .insertInto('kernel.settings')
      .values({ name, ...value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(value))
      .execute()
  })
}

/** Numbers of the organizations at the top of the tree. */
export async function topOrganizations(read: Read): Promise<number[]> {
  const rows = await reading<'directory'>(read)
    .selectFrom('directory.organizations')
    .select('no')
    .where('kind', '=', 'working_committee')
    .execute()
  return rows.map(({ no }) => no)
}
