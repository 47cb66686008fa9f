import { type RawBuilder, sql } from 'kysely'
import { asEngine, type Tx, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import { clauseRows, requirementRows } from '../documents/load.store.ts'
import type { RulebookFile, RulebookRequirement } from '../documents/rulebook-file.contract.ts'
import { storeTags } from '../documents/tags.store.ts'
import { type RequirementVersion, type TighteningOf, versionsOf } from '../documents/versions.rules.ts'
import type { Published } from './editions.queries.ts'
import { contentOf, stretchesOf } from './succession.rules.ts'

type Row = ReturnType<typeof requirementRows>[number]

/** One row of the engine's requirements, made from a document's text and from what tightens it. */
export interface Compiled {
  readonly code: string
  readonly version: number
  readonly requirement: RulebookRequirement
  readonly stretch: RequirementVersion
  readonly signature: string
  readonly row: Row
}

const signatureOf = (documentNo: number, requirement: RulebookRequirement, stretch: RequirementVersion) => {
  const { version: _v, valid_from: _f, valid_to: _t, ...content } = requirement
  const { version: _n, ...when } = stretch
  return contentOf({ documentNo, content, when })
}

function compiledCode(
  document: Published,
  chain: readonly RulebookRequirement[],
  tightenings: readonly TighteningOf[],
): Compiled[] {
  let last = 0
  return stretchesOf(chain).flatMap(({ item: requirement }) => {
    const own = tightenings.filter(({ tightening }) => tightening.requirement === requirement.code)
    const rows = requirementRows(document.no, document.code, { requirement, tightenings })
    return versionsOf(document.code, requirement, own).flatMap((stretch, index): Compiled[] => {
      const row = rows[index]
      if (!row) return []
      last = Math.max(stretch.version, last + 1)
      const signature = signatureOf(document.no, requirement, stretch)
      return [{ code: requirement.code, version: last, requirement, stretch, signature, row: { ...row, version: last } }]
    })
  })
}

/** All documents as rows for the engine: each version of a requirement, split where another document tightens it. */
export function compiled(documents: readonly Published[]): Compiled[] {
  const tightenings = documents.flatMap(({ rulebook }) =>
    rulebook.tightens.map((tightening): TighteningOf => ({ document: rulebook.document, tightening })),
  )
  return documents.flatMap((document) => {
    const codes = [...new Set(document.rulebook.requirements.map(({ code }) => code))]
    return codes.flatMap((code) =>
      compiledCode(
        document,
        document.rulebook.requirements.filter((one) => one.code === code),
        tightenings,
      ),
    )
  })
}

const keyOf = ({ code, version }: Pick<Compiled, 'code' | 'version'>) => `${code}#${version}`

/** Rows that are new or read differently, and rows that are no more. */
export function movedRows(before: readonly Compiled[], after: readonly Compiled[]): { changed: Compiled[]; gone: Compiled[] } {
  const [old, fresh] = [new Map(before.map((one) => [keyOf(one), one])), new Map(after.map((one) => [keyOf(one), one]))]
  return {
    changed: after.filter((one) => old.get(keyOf(one))?.signature !== one.signature),
    gone: before.filter((one) => !fresh.has(keyOf(one))),
  }
}

/** Days long gone, one for each version: where what was withdrawn before it began is kept, so that no period ever asks for it. */
const never = (version: RawBuilder<unknown>) => sql`daterange(date '1000-01-01' + ${version}, date '1000-01-01' + ${version} + 1)`

/**
 * Writes what differs into the engine's requirements and answers the numbers of the rows whose figures may change. Days are given up
 * before others take them, as two versions never share one.
 */
export async function storeRows(tx: Tx, { changed, gone }: ReturnType<typeof movedRows>): Promise<number[]> {
  return asEngine(tx, async () => {
    const db = writing<'rulebook'>(tx)
    const keys = [...changed, ...gone]
    if (keys.length === 0) return []
    const given = await sql<{ no: number }>`update rulebook.requirements r set valid = ${never(sql`r.version`)}
      from unnest(${keys.map(({ code }) => code)}::text[], ${keys.map(({ version }) => version)}::int[]) as k (code, version)
      where r.code = k.code and r.version = k.version returning r.no`.execute(db)
    for (const { code, version } of gone) {
      await db
        .updateTable('rulebook.requirements')
        .set({ enabled: false, reason_off: '还没有起用就由新的文本替代。' })
        .where('code', '=', code)
        .where('version', '=', version)
        .execute()
    }
    const written = []
    for (const { row } of changed) {
      const { id: _id, ...values } = row
      written.push(
        await db
          .insertInto('rulebook.requirements')
          .values(row)
          .onConflict((conflict) => conflict.columns(['code', 'version']).doUpdateSet(values))
          .returning('no')
          .executeTakeFirstOrThrow(),
      )
    }
    return [...new Set([...given.rows, ...written].map(({ no }) => no))].sort((a, b) => a - b)
  })
}

const validOf = ({ document }: RulebookFile) =>
  sql<string>`daterange(${document.in_force_from}::date, ${document.in_force_to ?? null}::date)`

const headOf = (file: RulebookFile) => ({
  code: file.document.code,
  title: file.document.title,
  issuer: file.document.issuer,
  kind: file.document.kind,
  issued_on: file.document.issued_on,
  valid: validOf(file),
  note: file.document.note ?? null,
})

/** Enters a document that was not there; answers its inner number and its id. */
export async function insertDocument(tx: Tx, file: RulebookFile, more: { hash: string; at: Date }) {
  return asEngine(tx, () =>
    writing<'rulebook'>(tx)
      .insertInto('rulebook.documents')
      .values({ id: newId('doc'), ...headOf(file), content_hash: more.hash, loaded_at: more.at })
      .returning(['no', 'id'])
      .executeTakeFirstOrThrow(),
  )
}

/** Brings head, clauses and tags of a document to its text. */
export async function storeText(tx: Tx, documentNo: number, file: RulebookFile): Promise<void> {
  await asEngine(tx, async () => {
    const db = writing<'rulebook'>(tx)
    await db.updateTable('rulebook.documents').set(headOf(file)).where('no', '=', documentNo).execute()
    const rows = clauseRows(documentNo, file)
    await db
      .deleteFrom('rulebook.clauses')
      .where('document_no', '=', documentNo)
      .$if(rows.length > 0, (query) =>
        query.where(
          'code',
          'not in',
          rows.map(({ code }) => code),
        ),
      )
      .execute()
    for (const row of rows) {
      await db
        .insertInto('rulebook.clauses')
        .values(row)
        .onConflict((conflict) => conflict.columns(['document_no', 'code']).doUpdateSet(row))
        .execute()
    }
    await storeTags(tx, documentNo, file.tags)
  })
}

/** An edition as it is kept. */
export interface Edition {
  readonly documentNo: number
  readonly edition: number
  readonly file: RulebookFile
  readonly begins: string
  readonly what: 'loaded' | 'published' | 'ended' | 'requirement_ended' | 'switched'
  readonly reason: string | null
  readonly by: number | null
  readonly at: Date
}

export async function insertEdition(tx: Tx, one: Edition): Promise<void> {
  await asEngine(tx, async () => {
    await writing<'rulebook'>(tx)
      .insertInto('rulebook.editions')
      .values({
        document_no: one.documentNo,
        edition: one.edition,
        body: JSON.stringify(one.file),
        begins: one.begins,
        what: one.what,
        reason: one.reason,
        published_by: one.by,
        published_at: one.at,
      })
      .execute()
  })
}

/** One publishing at a time: two at once would both number from the same last version. */
export async function publishAlone(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(715020)`.execute(writing<'rulebook'>(tx))
}
