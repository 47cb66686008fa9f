import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { OutletKind } from './outlets.contract.ts'

export interface OutletWords {
  readonly kind: OutletKind
  readonly name: string
  readonly address: string | null
  readonly keeperNo: number
  readonly deputyNo: number | null
  readonly openedOn: CivilDate
  readonly reviewOn: CivilDate
}
export interface StoredOutlet extends OutletWords {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: 'open' | 'closed'
  readonly organizationNo: number
}

/** One outlet in the reader's scope; null where there is none to see. */
export async function findOutlet(read: Read, id: string): Promise<StoredOutlet | null> {
  const row = await reading<'orglife'>(read)
    .selectFrom('orglife.outlets')
    .select(['no', 'id', 'revision', 'state', 'organization_no as organizationNo', 'kind', 'name', 'address'])
    .select(['keeper_no as keeperNo', 'deputy_no as deputyNo', 'opened_on as openedOn', 'review_on as reviewOn'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? { ...row, state: row.state as 'open' | 'closed', kind: row.kind as OutletKind } : null
}

const columnsOf = (words: OutletWords) => ({
  kind: words.kind,
  name: words.name,
  address: words.address,
  keeper_no: words.keeperNo,
  deputy_no: words.deputyNo,
  opened_on: words.openedOn,
  review_on: words.reviewOn,
})

interface Revised {
  readonly action: 'register' | 'correct' | 'review' | 'close'
  readonly state: 'open' | 'closed'
  readonly words: OutletWords
  readonly reason: string | null
  readonly closedOn?: CivilDate
}

async function keepRevision(work: Work, outlet: { no: number; revision: number }, is: Revised): Promise<void> {
  await writing<'orglife'>(work.tx)
    .insertInto('orglife.outlet_revisions')
    .values({
      outlet_no: outlet.no,
      revision: outlet.revision,
      action: is.action,
      state: is.state,
      body: JSON.stringify(is.words),
      reason: is.reason,
      recorded_at: work.now,
      recorded_by: work.actor.accountNo,
    })
    .execute()
}

export async function insertOutlet(work: Work, organizationNo: number, words: OutletWords): Promise<string> {
  const { no, id } = await writing<'orglife'>(work.tx)
    .insertInto('orglife.outlets')
    .values({
      id: newId('olt'),
      revision: 1,
      state: 'open',
      organization_no: organizationNo,
      ...columnsOf(words),
      recorded_on: work.today,
    })
    .returning(['no', 'id'])
    .executeTakeFirstOrThrow()
  await keepRevision(work, { no, revision: 1 }, { action: 'register', state: 'open', words, reason: null })
  return id
}

/** Puts a new revision in the place of the last; false when somebody else was faster. */
export async function reviseOutlet(work: Work, outlet: StoredOutlet, is: Revised): Promise<boolean> {
  const revision = outlet.revision + 1
  const moved = await writing<'orglife'>(work.tx)
    .updateTable('orglife.outlets')
    .set({ ...columnsOf(is.words), state: is.state, revision, ...(is.closedOn && { closed_on: is.closedOn }) })
    .where('no', '=', outlet.no)
    .where('revision', '=', outlet.revision)
    .where('state', '=', 'open')
    .executeTakeFirst()
  if (moved.numUpdatedRows !== 1n) return false
  await keepRevision(work, { no: outlet.no, revision }, is)
  return true
}
