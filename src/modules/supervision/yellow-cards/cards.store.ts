import { type Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { writeRecordStep } from '../records/records.store.ts'
import type { CardState, ItemState } from './cards.lifecycle.ts'

/** A yellow card as the acts need it. */
export interface StoredCard {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: CardState
  readonly organizationNo: number
  readonly caseNo: number | null
  readonly hearBy: CivilDate
  readonly decidedOn: CivilDate | null
  readonly decidedBy: number | null
  readonly traceMonths: number
}

export async function findCard(read: Read, id: string): Promise<StoredCard | null> {
  const row = await reading<'supervision'>(read)
    .selectFrom('supervision.yellow_cards')
    .select(['no', 'id', 'revision', 'state', 'organization_no as organizationNo', 'case_no as caseNo', 'hear_by as hearBy'])
    .select(['decided_on as decidedOn', 'decided_by as decidedBy', 'trace_months as traceMonths'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? { ...row, state: row.state as CardState } : null
}

export interface ProposedCard {
  readonly organizationNo: number
  readonly caseNo: number | null
  readonly grounds: string
  readonly hearBy: CivilDate
  readonly signedAs: string
}

export async function insertCard(work: Work, proposed: ProposedCard): Promise<{ no: number; id: string }> {
  const entered = await writing<'supervision'>(work.tx)
    .insertInto('supervision.yellow_cards')
    .values({
      id: newId('ycd'),
      revision: 1,
      state: 'proposed',
      organization_no: proposed.organizationNo,
      case_no: proposed.caseNo,
      grounds: proposed.grounds,
      proposed_on: work.today,
      proposed_by: work.actor.accountNo,
      hear_by: proposed.hearBy,
    })
    .returning(['no', 'id'])
    .executeTakeFirstOrThrow()
  const step = { action: 'propose', state: 'proposed', reason: proposed.grounds, body: {}, signedAs: proposed.signedAs }
  await writeRecordStep(work, 'yellow_card', { ...step, recordNo: entered.no, revision: 1 })
  return entered
}

export async function insertItem(
  tx: Tx,
  item: { cardNo: number; title: string; ownerNo: number; dueOn: CivilDate },
): Promise<void> {
  await writing<'supervision'>(tx)
    .insertInto('supervision.yellow_card_items')
    .values({ id: newId('yci'), card_no: item.cardNo, title: item.title, owner_no: item.ownerNo, due_on: item.dueOn })
    .execute()
}

export interface StoredItem {
  readonly no: number
  readonly id: string
  readonly title: string
  readonly ownerNo: number
  readonly dueOn: CivilDate
  readonly state: ItemState
  readonly result: string | null
  readonly doneBy: number | null
  readonly test: string | null
}

export async function itemsOfCard(read: Read, cardNo: number): Promise<StoredItem[]> {
  const rows = await reading<'supervision'>(read)
    .selectFrom('supervision.yellow_card_items')
    .select(['no', 'id', 'title', 'owner_no as ownerNo', 'due_on as dueOn', 'state', 'result', 'done_by as doneBy', 'test'])
    .where('card_no', '=', cardNo)
    .orderBy('no')
    .execute()
  return rows.map((row) => ({ ...row, state: row.state as ItemState }))
}

/** Moves an item from one state to the next; false when it stands elsewhere. */
export async function moveItem(
  tx: Tx,
  at: { cardNo: number; itemId: string; from: ItemState; to: ItemState },
  set: { result?: string; done_by?: number | null; test?: string; tested_by?: number; tested_on?: string },
): Promise<boolean> {
  const moved = await writing<'supervision'>(tx)
    .updateTable('supervision.yellow_card_items')
    .set({ ...set, state: at.to })
    .where('card_no', '=', at.cardNo)
    .where('id', '=', at.itemId)
    .where('state', '=', at.from)
    .returning('no')
    .executeTakeFirst()
  return moved !== undefined
}

/** Keeps the report of a month; false when the month has one. */
export async function insertReport(work: Work, report: { cardNo: number; month: string; text: string }): Promise<boolean> {
  const kept = await writing<'supervision'>(work.tx)
    .insertInto('supervision.yellow_card_reports')
    .values({
      card_no: report.cardNo,
      month: report.month,
      report: report.text,
      reported_at: work.now,
      reported_by: work.actor.accountNo,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('month')
    .executeTakeFirst()
  return kept !== undefined
}
