import { type RawBuilder, sql } from 'kysely'
import { asEngine, type Tx, writing } from '../database/handles.ts'
import { writeAsSystem } from '../database/transaction.ts'
import type { Platform } from '../platform.ts'
import { type SearchSource, searchSource, searchSources } from './registry.ts'

/** What of a record is searched at most, in characters. */
const mostCharacters = 20_000
/** Records taken in within one transaction. */
const portion = 2_000

/** Takes the words of some records of a kind out of the index, and in again as they stand. */
async function takeIn(
  tx: Tx,
  { kind, source }: SearchSource,
  which: { out: RawBuilder<unknown>; in: RawBuilder<unknown> },
): Promise<void> {
  const db = writing<'kernel'>(tx)
  await sql`delete from kernel.search_entries e where e.kind = ${kind} and ${which.out}`.execute(db)
  await sql`insert into kernel.search_entries (kind, record_no, record_id, organization_nos, title, words, happened_on, grams)
    select ${kind}, s.no, s.id, s.organization_nos, s.title, t.words, s.happened_on, kernel.grams(lower(s.title) || E'\n' || t.words)
    from (${source}) s
    cross join lateral (select left(lower(regexp_replace(coalesce(s.words, ''), '\\s+', ' ', 'g')), ${mostCharacters}) as words) t
    where ${which.in}
    on conflict (kind, record_no) do update set organization_nos = excluded.organization_nos, title = excluded.title,
      words = excluded.words, happened_on = excluded.happened_on, grams = excluded.grams`.execute(db)
}

/** Renews the words of what an action touched, in its transaction: what was just recorded is found. */
export async function renewWords(tx: Tx, objects: readonly { kind: string; id: string }[]): Promise<void> {
  const touched = [...Map.groupBy(objects, ({ kind }) => kind)].flatMap(([kind, of]) => {
    const source = searchSource(kind)
    return source ? [{ source, ids: of.map(({ id }) => id) }] : []
  })
  if (touched.length === 0) return
  await asEngine(tx, async () => {
    for (const { source, ids } of touched)
      await takeIn(tx, source, { out: sql`e.record_id = any (${ids}::text[])`, in: sql`s.id = any (${ids}::text[])` })
  })
}

/** Takes the next portion of a kind in; answers the last number taken, or null when nothing is left beyond the one given. */
async function takeInPortion(tx: Tx, source: SearchSource, beyond: string): Promise<string | null> {
  const db = writing<'kernel'>(tx)
  const { rows } = await sql<{ last: string | null }>`select max(p.no)::text as last from
    (select s.no from (${source.source}) s where s.no > ${beyond}::bigint order by s.no limit ${portion}) p`.execute(db)
  const last = rows[0]?.last ?? null
  const upTo = (column: string) =>
    last === null
      ? sql`${sql.ref(column)} > ${beyond}::bigint`
      : sql`${sql.ref(column)} > ${beyond}::bigint and ${sql.ref(column)} <= ${last}::bigint`
  await takeIn(tx, source, { out: upTo('e.record_no'), in: upTo('s.no') })
  return last
}

/** Takes a kind in whole, portion by portion, so that nobody who records meanwhile waits. */
async function takeInWhole(platform: Platform, source: SearchSource): Promise<void> {
  for (let last: string | null = '0'; last !== null; ) {
    const beyond: string = last
    last = await writeAsSystem(platform.database, (tx) => takeInPortion(tx, source, beyond))
  }
  await writeAsSystem(platform.database, (tx) =>
    sql`insert into kernel.search_kinds (kind, built_as, built_at) values (${source.kind}, ${String(source.version)}, ${platform.clock.now()})
      on conflict (kind) do update set built_as = excluded.built_as, built_at = excluded.built_at`.execute(writing<'kernel'>(tx)),
  )
}

/** Takes in whole every kind that is new or whose source has changed, or all of them. Answers the kinds taken in. */
export async function takeInKinds(platform: Platform, which: 'changed' | 'all'): Promise<string[]> {
  const known = await writeAsSystem(platform.database, async (tx) => {
    const { rows } = await sql<{ kind: string; built_as: string }>`select kind, built_as from kernel.search_kinds`.execute(
      writing<'kernel'>(tx),
    )
    return new Map(rows.map((row) => [row.kind, row.built_as]))
  })
  const wanted = searchSources().filter(({ kind, version }) => which === 'all' || known.get(kind) !== String(version))
  for (const source of wanted) await takeInWhole(platform, source)
  return wanted.map(({ kind }) => kind)
}
