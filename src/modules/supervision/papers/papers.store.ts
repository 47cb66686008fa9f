import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { asEngine, type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import { type PaperBody, paperBody } from '../../../kernel/papers/paper.contract.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import type { PaperKindName } from './paper-kinds.rules.ts'
import type { PaperState } from './papers.lifecycle.ts'

/** A paper as the acts need it. */
export interface StoredPaper {
  readonly no: number
  readonly id: string
  readonly state: PaperState
  readonly kind: PaperKindName
  readonly organizationNo: number
  readonly objectKind: string
  readonly objectId: string
  readonly objectRevision: number
  readonly title: string
  readonly body: PaperBody
  readonly series: string
  readonly number: string | null
  readonly issuedOn: CivilDate | null
  readonly fileSha256: string | null
  readonly withdrawnOn: CivilDate | null
  readonly withdrawnReason: string | null
}

const columns = [
  'no',
  'id',
  'state',
  'kind',
  'organization_no as organizationNo',
  'object_kind as objectKind',
  'object_id as objectId',
  'object_revision as objectRevision',
  'title',
  'body',
  'series',
  'number',
  'issued_on as issuedOn',
  'file_sha256 as fileSha256',
  'withdrawn_on as withdrawnOn',
  'withdrawn_reason as withdrawnReason',
] as const

/** One paper in the reader's scope; null where there is none to see. */
export async function findPaper(read: Read, id: string): Promise<StoredPaper | null> {
  const row = await reading<'supervision'>(read)
    .selectFrom('supervision.papers')
    .select(columns)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? { ...row, state: row.state as PaperState, kind: row.kind as PaperKindName, body: paperBody.parse(row.body) } : null
}

/** Holds the paper until the act is done, so that of many at once one finds it as it was. Answers how it stands now. */
export async function holdPaper(tx: Tx, no: number): Promise<PaperState | null> {
  const row = await writing<'supervision'>(tx)
    .selectFrom('supervision.papers')
    .select('state')
    .where('no', '=', no)
    .forUpdate()
    .executeTakeFirst()
  return row ? (row.state as PaperState) : null
}

/** The next number of a series in a year. The counter's row stays locked until the act is done or taken back, so no number is lost. */
export async function nextPaperNumber(tx: Tx, series: string, year: number): Promise<number> {
  return asEngine(tx, async () => {
    const row = await writing<'supervision'>(tx)
      .insertInto('supervision.paper_numbers')
      .values({ series, year, last: 1 })
      .onConflict((conflict) =>
        conflict.columns(['series', 'year']).doUpdateSet((e) => ({ last: e('supervision.paper_numbers.last', '+', 1) })),
      )
      .returning('last')
      .executeTakeFirstOrThrow()
    return row.last
  })
}

export interface NewPaper {
  readonly kind: PaperKindName
  readonly organizationNo: number
  readonly addresseeNos: readonly number[]
  readonly object: { readonly kind: string; readonly id: string; readonly revision: number }
  readonly body: PaperBody
  readonly series: string
}

export async function insertPaper(work: Work, paper: NewPaper): Promise<string> {
  const db = writing<'supervision'>(work.tx)
  const entered = await db
    .insertInto('supervision.papers')
    .values({
      id: newId('ppr'),
      state: 'draft',
      kind: paper.kind,
      organization_no: paper.organizationNo,
      object_kind: paper.object.kind,
      object_id: paper.object.id,
      object_revision: paper.object.revision,
      title: paper.body.title,
      body: JSON.stringify(paper.body),
      series: paper.series,
      drafted_at: work.now,
      drafted_by: work.actor.accountNo,
    })
    .returning(['no', 'id'])
    .executeTakeFirstOrThrow()
  if (paper.addresseeNos.length > 0) {
    await db
      .insertInto('supervision.paper_addressees')
      .values(paper.addresseeNos.map((no) => ({ paper_no: entered.no, organization_no: no, issuer_no: paper.organizationNo })))
      .execute()
  }
  return entered.id
}

export interface Issued {
  readonly year: number
  readonly sequence: number
  readonly number: string
  readonly reason: string
  readonly sha256: string
}

export async function markIssued(work: Work, no: number, issued: Issued): Promise<void> {
  await writing<'supervision'>(work.tx)
    .updateTable('supervision.papers')
    .set({
      state: 'issued',
      year: issued.year,
      sequence: issued.sequence,
      number: issued.number,
      issued_on: work.today,
      issued_at: work.now,
      issued_by: work.actor.accountNo,
      issue_reason: issued.reason,
      file_sha256: issued.sha256,
    })
    .where('no', '=', no)
    .execute()
}

const withdrawn = (work: Work, reason: string) => ({
  state: 'withdrawn',
  withdrawn_on: work.today,
  withdrawn_at: work.now,
  withdrawn_by: work.actor.accountNo,
  withdrawn_reason: reason,
})

export async function markWithdrawn(work: Work, no: number, reason: string): Promise<void> {
  await writing<'supervision'>(work.tx)
    .updateTable('supervision.papers')
    .set(withdrawn(work, reason))
    .where('no', '=', no)
    .execute()
}

/**
 * Withdraws every paper about an object, drafts among them, in the act that takes the object's decision back: an appeal upheld, a card
 * revoked; with `since`, those made of it as it stood from that revision on. Numbers and texts stay. Answers the public ids.
 */
export async function withdrawPapersOf(
  work: Work,
  object: { kind: string; id: string; since?: number },
  reason: string,
): Promise<string[]> {
  return asEngine(work.tx, async () => {
    const rows = await writing<'supervision'>(work.tx)
      .updateTable('supervision.papers')
      .set(withdrawn(work, reason))
      .where('object_kind', '=', object.kind)
      .where('object_id', '=', object.id)
      .where('state', '<>', 'withdrawn')
      .where('object_revision', '>=', object.since ?? 0)
      .returning('id')
      .execute()
    return rows.map((row) => row.id)
  })
}

/** Names of organizations as papers print them, in the order asked. */
export async function printedNames(
  read: Read,
  nos: readonly number[],
): Promise<{ name: string; kind: string; unit: string; word: string }[]> {
  if (nos.length === 0) return []
  const { rows } = await asEngine(read, () =>
    sql<{
      no: number
      name: string
      kind: string
      unit: string
      word: string
    }>`select o.no, o.name, o.kind, coalesce(u.name, o.name) as unit,
      coalesce(u.short_name, o.short_name, u.name, o.name) as word
    from directory.organizations_now o
    left join lateral (select n.name, n.short_name from directory.organization_ancestry a join directory.organizations_now n on n.no = a.ancestor_no
      where a.organization_no = o.no and upper_inf(a.valid) and n.kind = 'unit' order by a.depth limit 1) u on true
    where o.no = any (${`{${nos.join(',')}}`}::bigint[])`.execute(reading<'directory'>(read)),
  )
  return nos.flatMap((no) => rows.filter((row) => row.no === no))
}
