import { sql } from 'kysely'
import { reading, type Tx } from '../../kernel/database/handles.ts'
import type { CivilDate } from '../../kernel/time/civil-date.ts'

/** One value of a row on its way into the database, as text; the database casts it to the column's type. */
type Value = string | number | boolean | null

/** A table with its columns and their types, in the order of the rows' values. */
interface Target {
  readonly table: string
  readonly columns: Readonly<Record<string, string>>
}

const batch = 5_000

/** Writes rows in few statements: each column goes as one array, whatever the number of rows. */
export async function insertRows(tx: Tx, target: Target, rows: readonly (readonly Value[])[]): Promise<void> {
  const names = Object.keys(target.columns)
  const into = sql.join(names.map((name) => sql.ref(name)))
  const cast = sql.join(names.map((name) => sql`u.${sql.ref(name)}::${sql.raw(target.columns[name] ?? 'text')}`))
  for (let start = 0; start < rows.length; start += batch) {
    const part = rows.slice(start, start + batch)
    const arrays = names.map((_, column) => sql`${part.map((row) => textOf(row[column]))}::text[]`)
    await sql`insert into ${sql.table(target.table)} (${into}) overriding system value
      select ${cast} from unnest(${sql.join(arrays)}) as u (${into})`.execute(reading<'kernel'>(tx))
  }
}

const textOf = (value: Value | undefined): string | null => (value === null || value === undefined ? null : String(value))

/** Gives each thing its inner number from the table's own sequence, in order. */
export async function giveNumbers(tx: Tx, table: string, things: readonly { no: number }[]): Promise<void> {
  if (things.length === 0) return
  const sequence = `${table}_no_seq`
  const { rows } = await sql<{
    no: number
  }>`select nextval(${sequence}::regclass) as no from generate_series(1, ${things.length}) order by 1`.execute(
    reading<'kernel'>(tx),
  )
  things.forEach((thing, index) => {
    thing.no = Number(rows[index]?.no)
  })
}

/** A half-open span of days as PostgreSQL writes it. */
export function span(from: CivilDate, to: CivilDate | null): string {
  return `[${from},${to ?? ''})`
}

/** A list of plain words as PostgreSQL writes an array. */
export function wordArray(words: readonly string[]): string {
  return `{${words.join(',')}}`
}
