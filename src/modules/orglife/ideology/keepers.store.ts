import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { IdeologyDuty } from './keepers.contract.ts'

export interface StoredKeeper {
  readonly no: number
  readonly id: string
  readonly organizationNo: number
  readonly from: CivilDate
  readonly to: CivilDate | null
}

const columns = sql`k.no, k.id, k.organization_no as "organizationNo", lower(k.valid) as "from", upper(k.valid) as "to"`

/** One entry in the reader's scope; null where there is none to see. */
export async function findKeeper(read: Read, id: string): Promise<StoredKeeper | null> {
  const { rows } = await sql<StoredKeeper>`select ${columns} from orglife.ideology_keepers k where k.id = ${id}`.execute(
    reading<'orglife'>(read),
  )
  return rows[0] ?? null
}

/** Who holds a duty of an organization now. */
export async function presentKeeper(read: Read, organizationNo: number, duty: IdeologyDuty): Promise<StoredKeeper | null> {
  const { rows } = await sql<StoredKeeper>`select ${columns} from orglife.ideology_keepers k
    where k.organization_no = ${organizationNo} and k.duty = ${duty} and upper_inf(k.valid)`.execute(reading<'orglife'>(read))
  return rows[0] ?? null
}

export async function insertKeeper(
  work: Work,
  keeper: { organizationNo: number; personNo: number; duty: IdeologyDuty; from: CivilDate },
): Promise<string> {
  const { id } = await writing<'orglife'>(work.tx)
    .insertInto('orglife.ideology_keepers')
    .values({
      id: newId('ikp'),
      organization_no: keeper.organizationNo,
      person_no: keeper.personNo,
      duty: keeper.duty,
      valid: sql<string>`daterange(${keeper.from}::date, null)`,
      recorded_on: work.today,
      recorded_at: work.now,
      recorded_by: work.actor.accountNo,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The first day on which somebody no longer holds it. */
export async function closeKeeper(work: Work, keeper: StoredKeeper, end: { before: CivilDate; reason: string }): Promise<void> {
  await writing<'orglife'>(work.tx)
    .updateTable('orglife.ideology_keepers')
    .set({ valid: sql<string>`daterange(lower(valid), ${end.before}::date)`, end_reason: end.reason })
    .where('no', '=', keeper.no)
    .execute()
}
