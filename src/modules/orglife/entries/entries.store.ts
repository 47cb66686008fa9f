import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { EntryKind } from './entry-kind.contract.ts'
import type { EntryState } from './entries.lifecycle.ts'

/** An entry's whole body with inner numbers, ready to be written. */
export interface EntryBody {
  readonly organizationNos: readonly number[]
  readonly title: string
  readonly labels: readonly string[]
  readonly content: Readonly<Record<string, unknown>>
  readonly heldOn: string
  readonly place: string | null
  readonly people: readonly { readonly personNo: number; readonly role: string }[]
  readonly fileNos: readonly number[]
}

export interface StoredEntry {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly state: EntryState
  readonly title: string
  readonly labels: readonly string[]
  readonly heldOn: string
  readonly organizationNos: readonly number[]
  readonly personNos: readonly number[]
}

/** One entry of a kind as far as the reader may see it. */
export async function findEntry(read: Read, kind: EntryKind, id: string): Promise<StoredEntry | undefined> {
  const { rows } = await sql<StoredEntry>`select e.no, e.id, e.revision, e.state, e.title, e.labels, e.held_on as "heldOn",
      array(select o.organization_no::int from orglife.entry_organizations o where o.entry_no = e.no
        order by o.organization_no = e.organization_no desc, 1) as "organizationNos",
      array(select distinct p.person_no::int from orglife.entry_persons p where p.entry_no = e.no) as "personNos"
    from orglife.entries e where e.id = ${id} and e.kind = ${kind.code}`.execute(reading<'orglife'>(read))
  return rows[0]
}

function projection(body: EntryBody) {
  const [organizationNo] = body.organizationNos
  if (organizationNo === undefined) throw new RangeError('an entry needs an organization')
  return {
    organization_no: organizationNo,
    title: body.title,
    labels: [...body.labels],
    content: JSON.stringify(body.content),
    held_on: body.heldOn,
    place: body.place,
  }
}

/** Enters a new record; answers its number and id. */
export async function insertEntry(
  work: Work,
  kind: EntryKind,
  entered: { body: EntryBody; lateReason: string | null },
): Promise<{ no: number; id: string }> {
  const { body, lateReason } = entered
  const id = newId(kind.prefix)
  const confined = kind.confined ?? false
  const { no } = await writing<'orglife'>(work.tx)
    .insertInto('orglife.entries')
    .values({
      id,
      kind: kind.code,
      revision: 1,
      state: 'recorded',
      ...projection(body),
      confined,
      recorded_on: work.today,
      recorded_at: work.now,
      recorded_by: work.actor.accountNo,
      late_reason: lateReason,
    })
    .returning('no')
    .executeTakeFirstOrThrow()
  await writeParts(work.tx, { no, confined }, body)
  await keepRevision(work, { no, revision: 1, state: 'recorded', body, reason: lateReason })
  return { no, id }
}

/** Puts a new revision in the place of the last; false when somebody else was faster. */
export async function replaceEntry(
  work: Work,
  kind: EntryKind,
  next: { entry: StoredEntry; body: EntryBody; reason: string },
): Promise<boolean> {
  const { entry, body, reason } = next
  const db = writing<'orglife'>(work.tx)
  const revision = entry.revision + 1
  const changed = await db
    .updateTable('orglife.entries')
    .set({ revision, ...projection(body) })
    .where('no', '=', entry.no)
    .where('revision', '=', entry.revision)
    .where('state', '=', 'recorded')
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return false
  for (const part of ['entry_persons', 'entry_files', 'entry_organizations'] as const)
    await db.deleteFrom(`orglife.${part}`).where('entry_no', '=', entry.no).execute()
  await writeParts(work.tx, { no: entry.no, confined: kind.confined ?? false }, body)
  await keepRevision(work, { no: entry.no, revision, state: 'recorded', body, reason })
  return true
}

/** Takes an entry out of every count and keeps it; false when somebody else was faster. */
export async function withdrawStored(work: Work, entry: StoredEntry, reason: string): Promise<boolean> {
  const db = writing<'orglife'>(work.tx)
  const revision = entry.revision + 1
  const changed = await db
    .updateTable('orglife.entries')
    .set({ revision, state: 'withdrawn', state_reason: reason })
    .where('no', '=', entry.no)
    .where('revision', '=', entry.revision)
    .where('state', '=', 'recorded')
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return false
  const last = await db
    .selectFrom('orglife.entry_revisions')
    .select('body')
    .where('entry_no', '=', entry.no)
    .where('revision', '=', entry.revision)
    .executeTakeFirstOrThrow()
  await keepRevision(work, { no: entry.no, revision, state: 'withdrawn', body: last.body, reason })
  return true
}

async function keepRevision(
  work: Work,
  kept: { no: number; revision: number; state: EntryState; body: unknown; reason: string | null },
): Promise<void> {
  await writing<'orglife'>(work.tx)
    .insertInto('orglife.entry_revisions')
    .values({
      entry_no: kept.no,
      revision: kept.revision,
      state: kept.state,
      body: JSON.stringify(kept.body),
      reason: kept.reason,
      recorded_at: work.now,
      recorded_by: work.actor.accountNo,
    })
    .execute()
}

async function writeParts(tx: Tx, entry: { no: number; confined: boolean }, body: EntryBody): Promise<void> {
  const db = writing<'orglife'>(tx)
  await db
    .insertInto('orglife.entry_organizations')
    .values(
      body.organizationNos.map((organization_no) => ({
        entry_no: entry.no,
        organization_no,
        held_on: body.heldOn,
        confined: entry.confined,
      })),
    )
    .execute()
  if (body.people.length > 0)
    await sql`insert into orglife.entry_persons (entry_no, person_no, role, held_on)
      select ${entry.no}, p, r, ${body.heldOn}::date
      from unnest(${body.people.map(({ personNo }) => personNo)}::bigint[], ${body.people.map(({ role }) => role)}::text[]) as u (p, r)`.execute(
      db,
    )
  if (body.fileNos.length > 0)
    await db
      .insertInto('orglife.entry_files')
      .values(body.fileNos.map((file_no) => ({ entry_no: entry.no, file_no })))
      .execute()
}
