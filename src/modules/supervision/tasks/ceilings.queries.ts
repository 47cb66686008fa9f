import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'

/** The day of a decision's matter, in words for whoever would promise later. */
export async function matterDue(read: Read, matterNo: number): Promise<{ what: string; dueOn: CivilDate } | null> {
  const row = await reading<'supervision'>(read)
    .selectFrom('supervision.decision_matters')
    .select('due_on')
    .where('no', '=', matterNo)
    .executeTakeFirst()
  return row ? { what: '部署要点', dueOn: row.due_on } : null
}
