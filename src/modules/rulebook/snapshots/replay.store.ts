import { type Kysely, sql } from 'kysely'
import type { DB } from '../../../kernel/database/schema.generated.ts'
import { type EmptyDatabase, type EmptyDatabases, openEmptyDatabase } from '../../../kernel/database/empty-database.ts'
import type { Database } from '../../../kernel/database/pool.ts'
import { inSnapshot } from '../../../kernel/database/stream.ts'
import { writeAsSystem } from '../../../kernel/database/transaction.ts'
import type { Progress } from '../../../kernel/jobs/progress.store.ts'
import type { CheckpointVerifier } from '../../../kernel/ledger/checkpoint.rules.ts'
import { deriveWholeAncestry } from '../../directory/index.ts'
import { rebuild } from '../engine/engine.actions.ts'
import { declaredInputs } from '../engine/inputs.measures.ts'
import type { ReplayFound } from './replay.contract.ts'
import { type Frozen, resultPart } from './snapshot-content.store.ts'
import { type ResultName, resultNames, type SnapshotHead } from './snapshot-file.contract.ts'
import { rowLine } from './snapshot-lines.store.ts'
import { type Opened, partsOf, SnapshotRefused, verifySnapshot } from './snapshot-reading.store.ts'
import { versionFaults } from './version-faults.store.ts'

/** What a replay works with. */
export interface ReplayAsked {
  readonly open: Opened
  readonly verifier: CheckpointVerifier
  readonly place: EmptyDatabases
  readonly tell: (progress: Progress) => Promise<void> | void
}

/**
 * Proves a snapshot or refutes it: checks the signature, fills an empty database from the file alone, judges everything again as
 * of the frozen day and compares every byte of the result. The database of the installation is never asked.
 */
export async function replaySnapshot(asked: ReplayAsked): Promise<ReplayFound> {
  const tell = (done: number, message: string) => asked.tell({ done, total: 4, message })
  await tell(0, '正在核验签名')
  const sealed = await verifySnapshot(asked.open, asked.verifier).catch((error: unknown) => {
    if (error instanceof SnapshotRefused) return error.message
    throw error
  })
  if (typeof sealed === 'string') return { ...nothing, outcome: 'refused', says: sealed }
  await tell(1, '正在空库中装入事实')
  const empty = await openEmptyDatabase(asked.place)
  try {
    await fill(empty, asked.open)
    await tell(2, '正在按冻结的事实和规则重算')
    const { head } = sealed
    await judge(empty, head)
    await tell(3, '正在逐字节比对')
    return await compared(empty.database, { ...asked, head, expected: sealed.seal.sections })
  } finally {
    await empty.close()
  }
}

const nothing = { versions: [], difference: null, rows: 0, parts: [] }

/** The empty database takes what the file holds and nothing else: columns that nobody reads stay empty, so nothing may insist on them. */
async function fill(empty: EmptyDatabase, open: Opened): Promise<void> {
  const { kysely } = empty.database
  const known = new Set(declaredInputs().map((input) => input.table))
  const freed = new Set<string>()
  for await (const part of partsOf(open)) {
    if (part.section !== 'input') continue
    if (!known.has(part.name)) throw new Error(`the program knows no input ${part.name}`)
    if (!freed.has(part.name)) await free(kysely, part.name)
    freed.add(part.name)
    await insertLines(kysely, part)
  }
  await writeAsSystem(empty.database, deriveWholeAncestry)
  await sql`analyze`.execute(kysely)
}

async function free(kysely: Kysely<DB>, table: string): Promise<void> {
  const drops = await sql<{ statement: string }>`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as statement from pg_constraint
      where contype in ('f', 'c') and conparentid = 0 and (conrelid = ${table}::regclass or confrelid = ${table}::regclass)
    union all select format('alter table %s alter column %I drop not null', attrelid::regclass, attname) from pg_attribute
      where attrelid = ${table}::regclass and attnum > 0 and attnotnull and not attisdropped and attidentity = ''
      and not exists (select 1 from pg_constraint k where k.contype = 'p' and k.conrelid = attrelid and attnum = any (k.conkey))
    union all select format('alter table %s alter column %I drop expression', attrelid::regclass, attname) from pg_attribute
      where attrelid = ${table}::regclass and attgenerated = 's'
    union all select format('alter table %s disable trigger user', ${table}::regclass)`.execute(kysely)
  for (const { statement } of drops.rows) await sql.raw(statement).execute(kysely)
  await sql`truncate ${sql.table(table)}`.execute(kysely)
}

/** Puts rows of a part into a table, from their lines; `more` are columns with one value for all. */
export async function insertLines(
  kysely: Pick<Kysely<DB>, 'getExecutor'>,
  part: { name: string; columns: readonly string[]; lines: readonly string[]; more?: Readonly<Record<string, number>> },
): Promise<void> {
  if (part.lines.length === 0) return
  const more = Object.entries(part.more ?? {})
  const columns = sql.join([...part.columns, ...more.map(([name]) => name)].map((column) => sql.ref(column)))
  const read = sql.join([
    ...part.columns.map((column) => sql.ref(`r.${column}`)),
    ...more.map(([, value]) => sql`${value}::bigint`),
  ])
  const pairs = sql.join(part.columns.map((column, at) => sql`${sql.lit(column)}::text, l.line -> ${sql.lit(at)}::int`))
  await sql`insert into ${sql.table(part.name)} (${columns}) overriding system value
    select ${read} from jsonb_array_elements(${`[${part.lines.join(',')}]`}::jsonb) as l (line)
    cross join lateral jsonb_populate_record(null::${sql.table(part.name)}, jsonb_build_object(${pairs})) r`.execute(
    kysely as Kysely<DB>,
  )
}

/** Judged with the whole history, as a rebuild does: earlier periods may bear on this one. */
async function judge({ database }: EmptyDatabase, { asOf }: SnapshotHead): Promise<void> {
  await writeAsSystem(database, (tx) => rebuild(tx, asOf))
}

type Comparing = Pick<ReplayAsked, 'open'> & { head: SnapshotHead; expected: readonly { name: string; rows: number }[] }

async function compared(database: Database, { open, head, expected }: Comparing): Promise<ReplayFound> {
  const frozen: Frozen = {
    organizationNo: head.organization.no,
    periodNo: head.period.no,
    year: Number(head.period.name.slice(0, 4)),
    since: head.since,
  }
  const versions = await versionFaults(database, head)
  return inSnapshot(database, async (snapshot) => {
    const source = { snapshot, kysely: database.kysely }
    const lines = frozenLines(open)
    for (const name of resultNames) {
      const difference = await firstDifference(name, resultPart(source, name, frozen).rows, lines)
      if (!difference) continue
      const outcome = versions.length > 0 ? 'version_differs' : 'differs'
      const says =
        outcome === 'version_differs'
          ? `结果不一致，原因是程序与冻结时不同：${versions[0]?.says ?? ''}`
          : `${titles[name]}第 ${difference.row} 行不一致。`
      return { outcome, says, versions, difference, rows: 0, parts: [] }
    }
    const parts = expected
      .filter((part) => resultNames.some((name) => name === part.name))
      .map(({ name, rows }) => ({ name, rows }))
    return {
      outcome: 'same',
      says: '重算结果与冻结结果逐字节一致。',
      versions,
      difference: null,
      rows: parts.reduce((sum, part) => sum + part.rows, 0),
      parts,
    }
  })
}

const titles: Readonly<Record<ResultName, string>> = { obligations: '应办事项', evidence: '记录', cells: '指标格' }

/** The frozen result line by line; null at the end of each part. */
async function* frozenLines(open: Opened): AsyncGenerator<string | null> {
  let current: string | null = null
  for await (const part of partsOf(open)) {
    if (part.section !== 'result') continue
    if (current !== null && current !== part.name) yield null
    current = part.name
    yield* part.lines
  }
  yield null
}

async function firstDifference(
  name: ResultName,
  replayed: AsyncIterable<readonly unknown[]>,
  frozen: AsyncGenerator<string | null>,
): Promise<ReplayFound['difference']> {
  let row = 0
  const next = async () => (await frozen.next()).value ?? null
  for await (const cells of replayed) {
    row += 1
    const [was, is] = [await next(), `${rowLine(cells)}\n`]
    if (was !== is) return { part: name, row, frozen: was?.trim() ?? null, replayed: is.trim() }
  }
  const left = await next()
  return left === null ? null : { part: name, row: row + 1, frozen: left.trim(), replayed: null }
}
