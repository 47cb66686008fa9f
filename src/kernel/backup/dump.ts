import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { access, copyFile, mkdir, readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import Cursor from 'pg-cursor'
import { StartProblem } from '../config/start-problem.ts'
import { writeWhole } from '../ledger/checkpoint.store.ts'
import { type BackupManifest, digestOf, filesPart, ledgerPart, manifestFile } from './manifest.ts'
import { ownTables } from './tables.ts'

/** Where the data lies, and where its copy goes. */
export interface BackupPlan {
  readonly ownerUrl: string
  readonly dataFolder: string
  readonly target: string
  readonly now: Date
  readonly tell: (sentence: string) => void
}

/**
 * Copies everything into an empty folder while the product may go on running: all tables out of one snapshot, then uploaded
 * files and exported checkpoints (which only ever grow). The keys are not copied; the manifest, written last, names them.
 */
export async function takeBackup(plan: BackupPlan): Promise<BackupManifest> {
  await prepareTarget(plan.target)
  const secrets = (await readFile(path.join(plan.dataFolder, 'secrets.fingerprint'), 'utf8')).trim()
  const database = await dumpDatabase(plan)
  plan.tell('正在复制上传的文件和签名点……')
  const files = [...(await copyTree(plan, filesPart)), ...(await copyTree(plan, ledgerPart))]
  const manifest: BackupManifest = { format: 1, takenAt: plan.now.toISOString(), secrets, ...database, files }
  await writeWhole(path.join(plan.target, manifestFile), `${JSON.stringify(manifest, null, 1)}\n`)
  return manifest
}

async function prepareTarget(target: string): Promise<void> {
  await mkdir(path.join(target, 'tables'), { recursive: true })
  const inside = await readdir(target)
  const tables = await readdir(path.join(target, 'tables'))
  if (inside.length > 1 || tables.length > 0) throw new StartProblem(`${target} 不是空文件夹。请给备份另选一个新的文件夹。`)
}

async function dumpDatabase({
  ownerUrl,
  target,
  tell,
}: BackupPlan): Promise<Pick<BackupManifest, 'tables' | 'sequences' | 'migrations'>> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'biaoshuai-backup' })
  await client.connect()
  try {
    await client.query(`begin isolation level repeatable read read only`)
    await client.query(`set local timezone = 'UTC'`)
    const migrations = await client.query<{ name: string; hash: string }>(
      'select name, hash from migrations.applied order by name',
    )
    const tables: BackupManifest['tables'] = []
    for (const { schema, name } of await ownTables(client)) {
      tell(`正在备份 ${schema}.${name}`)
      const file = `tables/${schema}.${name}.ndjson.gz`
      tables.push({ schema, name, file, ...(await dumpTable(client, { schema, name }, path.join(target, file))) })
    }
    // Read after the tables: a number given out in between is skipped, never given out twice.
    const sequences = await client.query<{ schema: string; name: string; last: number }>(
      `select schemaname as schema, sequencename as name, last_value::float8 as last from pg_sequences
        where last_value is not null and schemaname = any ($1) order by 1, 2`,
      [[...new Set(tables.map((table) => table.schema))]],
    )
    await client.query('commit')
    return { tables, sequences: sequences.rows, migrations: migrations.rows }
  } finally {
    await client.end()
  }
}

async function dumpTable(
  client: pg.Client,
  table: { schema: string; name: string },
  file: string,
): Promise<{ rows: number; sha256: string }> {
  const hash = createHash('sha256')
  let rows = 0
  const lines = async function* () {
    const cursor = client.query(
      new Cursor<{ line: string }>(
        `select t::text as line from ${pg.escapeIdentifier(table.schema)}.${pg.escapeIdentifier(table.name)} t`,
      ),
    )
    for (let some = await cursor.read(2_000); some.length > 0; some = await cursor.read(2_000)) {
      rows += some.length
      yield some.map((row) => `${onOneLine(row.line)}\n`).join('')
    }
    await cursor.close()
  }
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await pipeline(Readable.from(lines()), createGzip({ level: 3 }), hashing, createWriteStream(file, { flush: true }))
  return { rows, sha256: hash.digest('hex') }
}

/** Readers of lines take two more signs than the line feed for an end of line. */
function onOneLine(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}

async function copyTree({ dataFolder, target }: BackupPlan, part: string): Promise<BackupManifest['files']> {
  const from = path.join(dataFolder, part)
  const there = await access(from).then(
    () => true,
    () => false,
  )
  if (!there) return []
  const copied: BackupManifest['files'] = []
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    const inside = path.relative(from, path.join(entry.parentPath, entry.name))
    if (!entry.isFile() || inside.startsWith('incoming') || inside.endsWith('.new')) continue
    const file = path.posix.join(part, inside.split(path.sep).join('/'))
    const place = path.join(target, file)
    await mkdir(path.dirname(place), { recursive: true })
    await copyFile(path.join(from, inside), place)
    copied.push({ file, bytes: (await stat(place)).size, sha256: await digestOf(place) })
  }
  return copied
}
