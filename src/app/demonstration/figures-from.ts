import { sql } from 'kysely'
import { reading, type Tx } from '../../kernel/database/handles.ts'
import type { CivilDate } from '../../kernel/time/civil-date.ts'
import { figuresFromSetting } from '../../modules/rulebook/index.ts'

/** Says from which day on figures are kept: before it there are no records, and nothing is held against anybody. */
export async function keepFiguresFrom(tx: Tx, since: CivilDate): Promise<void> {
  await sql`insert into kernel.settings (name, value, updated_at) values (${figuresFromSetting}, to_jsonb(${since}::text), now())
    on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at`.execute(reading<'kernel'>(tx))
}
