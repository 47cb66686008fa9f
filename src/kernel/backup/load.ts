import { createReadStream } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import { StartProblem } from '../config/start-problem.ts'
import { migrate } from '../database/migrate.ts'
import type { BackupManifest } from './manifest.ts'
import { type OwnTable, ownTables, writableColumns } from './tables.ts'

/** What a restore works with; the backup has been checked and the keys fit. */
export interface RestorePlan {
  readonly ownerUrl: string
  readonly dataFolder: string
  readonly source: string
  readonly manifest: BackupManifest
  readonly migrations: string
  readonly appPassword: string
  readonly tell: (sentence: string) => void
}

/**
 * Restores a checked backup into an empty database: the schema as it was then, all rows in one transaction, then the schema of
 * today, then the files. Throws a StartProblem when the database is not empty or when a row is missing.
 */
export async function restoreBackup(plan: RestorePlan): Promise<void> {
  await refuseUnlessEmpty(plan.ownerUrl)
  await migrateAsThen(plan)
  const client = new pg.Client({ connectionString: plan.ownerUrl, application_name: 'biaoshuai-restore' })
  await client.connect()
  try {
    await client.query('begin')
    await client.query(`set local timezone = 'UTC'`)
    await loadAll(client, plan)
    await client.query('commit')
    await client.query('analyze')
  } finally {
    await client.end()
  }
  await migrate(plan.ownerUrl, { folder: plan.migrations, appPassword: plan.appPassword })
  plan.tell('正在恢复上传的文件和签名点……')
  for (const { file } of plan.manifest.files) {
    const place = path.join(plan.dataFolder, file)
    await mkdir(path.dirname(place), { recursive: true })
    await copyFile(path.join(plan.source, file), place)
  }
}

async function refuseUnlessEmpty(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const used = await client.query<{ used: boolean }>(`select to_regclass('migrations.applied') is not null as used`)
    if (used.rows[0]?.used) {
      throw new StartProblem(
        '数据库不是空的，什么都没有恢复。请用 BIAOSHUAI_DATA 指定一个新的数据文件夹（或用 DATABASE_URL 指定一个新建的空库）后再恢复。',
      )
    }
  } finally {
    await client.end()
  }
}

/** The rows fit the schema of their day; what came later is applied to them afterwards, as it would have been. */
async function migrateAsThen({ ownerUrl, manifest, migrations, appPassword }: RestorePlan): Promise<void> {
  const here = new Set(await readdir(migrations))
  const unknown = manifest.migrations.find(({ name }) => !here.has(name))
  if (unknown) throw new StartProblem(`这份备份来自较新的程序版本（${unknown.name}）。请先升级程序再恢复。`)
  const then = await mkdtemp(path.join(tmpdir(), 'biaoshuai-restore-'))
  try {
    for (const { name } of manifest.migrations) await copyFile(path.join(migrations, name), path.join(then, name))
    await migrate(ownerUrl, { folder: then, appPassword })
  } finally {
    await rm(then, { recursive: true, force: true })
  }
}

async function loadAll(client: pg.Client, plan: RestorePlan): Promise<void> {
  const own = await ownTables(client)
  const foreign = await client.query<{ drop: string; add: string }>(
    `select
      format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as add
    from pg_constraint where contype = 'f' and conparentid = 0 and connamespace = any ($1::text[]::regnamespace[])`,
    [[...new Set(own.map((table) => table.schema))]],
  )
  for (const { drop } of foreign.rows) await client.query(drop)
  await client.query(`truncate ${own.map(quoted).join(', ')}`)
  for (const table of own) await client.query(`alter table ${quoted(table)} disable trigger user`)
  for (const table of plan.manifest.tables) {
    plan.tell(`正在恢复 ${table.schema}.${table.name}（${table.rows} 行）`)
    const rows = await loadTable(client, table, path.join(plan.source, table.file))
    if (rows !== table.rows)
      throw new StartProblem(
        `${table.schema}.${table.name} 应有 ${table.rows} 行，只恢复了 ${rows} 行。已全部退回，请换一份备份。`,
      )
  }
  for (const table of own) await client.query(`alter table ${quoted(table)} enable trigger user`)
  for (const { add } of foreign.rows) await client.query(add)
  for (const { schema, name, last } of plan.manifest.sequences)
    await client.query('select setval(format($1, $2::text, $3::text)::regclass, $4)', ['%I.%I', schema, name, last])
  await client.query(
    `update kernel.jobs set state = 'failed', message = '恢复备份时中止，请重新发起。' where state in ('queued', 'running')`,
  )
}

const quoted = ({ schema, name }: OwnTable) => `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`
const rowsAtOnce = 1_000

async function loadTable(client: pg.Client, table: OwnTable, file: string): Promise<number> {
  const columns = (await writableColumns(client, table)).map(pg.escapeIdentifier).join(', ')
  const insert = `insert into ${quoted(table)} (${columns}) overriding system value select ${columns} from unnest($1::text[]::${quoted(table)}[])`
  let [rows, batch] = [0, [] as string[]]
  const flush = async () => {
    if (batch.length === 0) return
    rows += (await client.query(insert, [batch])).rowCount ?? 0
    batch = []
  }
  for await (const line of createInterface({ input: createReadStream(file).pipe(createGunzip()), crlfDelay: Infinity })) {
    batch.push(String(JSON.parse(line)))
    if (batch.length === rowsAtOnce) await flush()
  }
  await flush()
  return rows
}
