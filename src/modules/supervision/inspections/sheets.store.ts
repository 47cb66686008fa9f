import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { reading, writing } from '../../../kernel/database/handles.ts'
import type { SheetGiven } from './sheets.contract.ts'

/** Keeps a signed sheet; false when the same device has brought it before. */
export async function insertSheet(work: Work, inspectionNo: number, given: SheetGiven): Promise<boolean> {
  const row = await writing<'supervision'>(work.tx)
    .insertInto('supervision.inspection_sheets')
    .values({
      inspection_no: inspectionNo,
      client_id: given.clientId,
      covers: [...given.covers],
      signatures: JSON.stringify(given.signatures),
      refusal: given.refusal ?? null,
      signed_at: new Date(given.signedAt),
      recorded_at: work.now,
      recorded_by: work.actor.accountNo,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('no')
    .executeTakeFirst()
  return row !== undefined
}

/** True when this device's sheet is here already. */
export async function sheetIsHere(work: Work, inspectionNo: number, clientId: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from supervision.inspection_sheets where inspection_no = ${inspectionNo} and client_id = ${clientId}`.execute(
      reading<'supervision'>(work.tx),
    )
  return rows.length > 0
}
