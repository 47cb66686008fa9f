import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { writeRecordStep } from '../records/records.store.ts'
import type { ExampleLinkKind, ExampleState } from './examples.lifecycle.ts'

/** An example as the acts need it. */
export interface StoredExample {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: ExampleState
  readonly organizationNo: number
  readonly title: string
  readonly writtenBy: number
  readonly proposedBy: number | null
  readonly publishedOn: CivilDate | null
}
export interface ExampleRecord {
  readonly kind: ExampleLinkKind
  readonly reference: string
}

export async function findExample(read: Read, id: string): Promise<StoredExample | null> {
  const row = await reading<'supervision'>(read)
    .selectFrom('supervision.examples')
    .select(['no', 'id', 'revision', 'state', 'organization_no as organizationNo', 'title'])
    .select(['written_by as writtenBy', 'proposed_by as proposedBy', 'published_on as publishedOn'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? { ...row, state: row.state as ExampleState } : null
}

export interface ExampleWords {
  readonly title: string
  readonly dimension: string
  readonly practice: string
  readonly effect: string
}

export async function insertExample(
  work: Work,
  written: ExampleWords & { organizationNo: number; signedAs: string },
): Promise<{ no: number; id: string }> {
  const { organizationNo, signedAs, ...words } = written
  const entered = await writing<'supervision'>(work.tx)
    .insertInto('supervision.examples')
    .values({
      ...words,
      id: newId('exm'),
      revision: 1,
      state: 'drafted',
      organization_no: organizationNo,
      written_on: work.today,
      written_by: work.actor.accountNo,
    })
    .returning(['no', 'id'])
    .executeTakeFirstOrThrow()
  const step = {
    action: 'write',
    state: 'drafted',
    reason: null,
    body: { ...words },
    signedAs,
    recordNo: entered.no,
    revision: 1,
  }
  await writeRecordStep(work, 'example', step)
  return entered
}

/** Links a record; false where it is linked already. */
export async function insertExampleLink(work: Work, exampleNo: number, { kind, reference }: ExampleRecord): Promise<boolean> {
  const kept = await writing<'supervision'>(work.tx)
    .insertInto('supervision.example_links')
    .values({
      id: newId('exl'),
      example_no: exampleNo,
      kind,
      reference,
      linked_at: work.now,
      linked_by: work.actor.accountNo,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('no')
    .executeTakeFirst()
  return kept !== undefined
}

/** Takes a link off; false where it does not stand. */
export async function removeExampleLink(work: Work, exampleNo: number, id: string): Promise<boolean> {
  const gone = await writing<'supervision'>(work.tx)
    .updateTable('supervision.example_links')
    .set({ unlinked_at: work.now })
    .where('example_no', '=', exampleNo)
    .where('id', '=', id)
    .where('unlinked_at', 'is', null)
    .returning('no')
    .executeTakeFirst()
  return gone !== undefined
}

export interface StoredLink extends ExampleRecord {
  readonly id: string
}
export async function linksOfExample(read: Read, exampleNo: number): Promise<StoredLink[]> {
  const rows = await reading<'supervision'>(read)
    .selectFrom('supervision.example_links')
    .select(['id', 'kind', 'reference'])
    .where('example_no', '=', exampleNo)
    .where('unlinked_at', 'is', null)
    .orderBy('no')
    .execute()
  return rows.map((row) => ({ ...row, kind: row.kind as ExampleLinkKind }))
}
