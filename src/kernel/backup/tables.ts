import type pg from 'pg'

/** A table of the product, partitions left out: their rows go with the whole. */
export interface OwnTable {
  readonly schema: string
  readonly name: string
}

/**
 * All tables of the product. Not the list of migrations, which the restoring side writes itself, and not the queue: what was
 * queued belongs to the process that queued it.
 */
export async function ownTables(client: pg.Client): Promise<OwnTable[]> {
  const found = await client.query<OwnTable>(`select n.nspname as schema, c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not like 'pg\\_%'
      and n.nspname not in ('information_schema', 'public', 'migrations', 'pgboss')
    order by 1, 2`)
  return found.rows
}

/** Columns that can be written, in their order; computed ones compute themselves. */
export async function writableColumns(client: pg.Client, { schema, name }: OwnTable): Promise<string[]> {
  const found = await client.query<{ column: string }>(
    `select a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = $1 and c.relname = $2 and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum`,
    [schema, name],
  )
  return found.rows.map((row) => row.column)
}
