import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { openDataFolder } from '../src/kernel/config/data-folder.ts'
import { loadSecrets } from '../src/kernel/config/secrets.ts'
import { readSettings } from '../src/kernel/config/settings.ts'
import { reading } from '../src/kernel/database/handles.ts'
import { openDatabase } from '../src/kernel/database/pool.ts'
import { readAsSystem, writeAsSystem } from '../src/kernel/database/transaction.ts'
import type { Platform } from '../src/kernel/platform.ts'
import { openOwnDatabase } from '../src/app/database.ts'
import { proposeMissed } from '../src/app/demonstration/made-cases.ts'
import type { ProvinceShape } from '../src/app/demonstration/province-directory.ts'
import { seedDemonstration } from '../src/app/demonstration/seed-demonstration.ts'
import { fillProvince } from '../src/app/demonstration/seed-province.ts'
import { demonstrationPassword } from '../src/app/first-contents.ts'
import { registerModules } from '../src/app/modules.ts'
import { makePlatform } from '../src/app/platform.ts'
import { type Figure, load } from './measuring.ts'
import { hashPassword, useMode, useStagingFolder } from '../src/modules/directory/index.ts'
import { loadRulebooks, rebuild } from '../src/modules/rulebook/index.ts'

export const productRoot = fileURLToPath(new URL('..', import.meta.url))

/** A running installation on an embedded database of its own: what the product has, without its background work. */
export interface Place {
  readonly folder: string
  /** Under the application's role, with row-level security on. */
  readonly platform: Platform
  readonly appUrl: string
  /** For preparing and for looking behind the walls; nothing is measured under it. */
  readonly ownerUrl: string
  readonly size: string
  close(): Promise<void>
}

/** Parts of a year of work under way, for the one who waits. */
export const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`)

async function openPlace(folder: string, size: string): Promise<Place> {
  const settings = readSettings({ BIAOSHUAI_DATA: folder, BIAOSHUAI_LOG_LEVEL: 'warn', BIAOSHUAI_MODE: 'demonstration' })
  const kept = await openDataFolder(folder)
  const secrets = await loadSecrets(folder)
  const database = await openOwnDatabase(productRoot, settings, secrets)
  const platform = makePlatform(settings, secrets, database.appUrl)
  registerModules()
  useMode('demonstration')
  useStagingFolder(path.join(folder, 'staging'))
  const close = async () => {
    await platform.database.close()
    await database.stop()
    kept.release()
  }
  return { folder, platform, appUrl: database.appUrl, ownerUrl: database.ownerUrl, size, close }
}

async function isEmpty(place: Place): Promise<boolean> {
  const found = await readAsSystem(place.platform.database, (read) =>
    sql<{ used: boolean }>`select exists (select from rulebook.cells) as used`.execute(reading<'rulebook'>(read)),
  )
  return !found.rows[0]?.used
}

/** Opens what a folder keeps from one run to the next, and fills it the first time, noting how long that took. */
async function openKept(folder: string, size: string, fill: (place: Place) => Promise<unknown>): Promise<Place> {
  const place = await openPlace(folder, size)
  if (!(await isEmpty(place))) return place
  const started = performance.now()
  await fill(place)
  await vacuum(place)
  const seconds = Math.round((performance.now() - started) / 1000)
  await writeFile(path.join(folder, loadedFile), JSON.stringify({ seconds, load: load() }))
  say(`${size}已装入，用时 ${seconds} 秒。`)
  return place
}

/** A line for each part of a load, with the seconds since it began; many steps of one part are told at every tenth. */
function telling(): (text: string, done: number, total: number) => void {
  const started = performance.now()
  let last = ''
  return (text, done, total) => {
    const line = `${text} ${Math.floor((done * 10) / total)}/10`
    if (line !== last) say(`  ${Math.round((performance.now() - started) / 1000)} 秒　${text} ${done}/${total}`)
    last = line
  }
}

/** A demonstration city, as the product makes it: with cases, tasks, classes, questions. `small` has some fifty branches. */
export function openCity(folder: string, scale: 'small' | 'city'): Promise<Place> {
  return openKept(folder, scale === 'city' ? '市' : '小城', async (place) => {
    await writeAsSystem(place.platform.database, (tx) => loadRulebooks(tx, path.join(productRoot, 'rulebooks')))
    const passwordHash = await hashPassword(demonstrationPassword)
    await seedDemonstration(place.platform, {
      scale,
      today: place.platform.clock.today(),
      passwordHash,
      onProgress: telling(),
    })
  })
}

/** A province, kept in its folder because loading takes long. The shape counts only when the folder is empty. */
export function openProvince(folder: string, shape: ProvinceShape): Promise<Place> {
  const branches = shape.cities * shape.unitsPerCity * shape.branchesPerUnit
  const size = `省（${branches.toLocaleString('en')} 个支部、${(branches * shape.membersPerBranch).toLocaleString('en')} 人）`
  return openKept(folder, size, async (place) => {
    const patient = openDatabase(place.appUrl, { max: 2, statementTimeout: 0 })
    const today = place.platform.clock.today()
    const passwordHash = await hashPassword(demonstrationPassword)
    const tell = telling()
    await writeAsSystem(patient, async (tx) => {
      await loadRulebooks(tx, path.join(productRoot, 'rulebooks'))
      await fillProvince(tx, shape, { today, passwordHash, tell })
    })
    // Statistics as autovacuum would bring them, from what is committed.
    await vacuum(place)
    await writeAsSystem(patient, async (tx) => {
      tell('计算应办事项', 0, 1)
      await rebuild(tx, today)
    })
    await writeAsSystem(patient, async (tx) => {
      tell('督办事项', 0, 1)
      await proposeMissed(tx, `${today.slice(0, 7)}-01`)
    })
    await patient.close()
  })
}

const loadedFile = 'loaded.json'

/** How long loading took, when it was done, and what stands on the disk; what a quarter of a province takes says something of a whole one. */
export async function measureLoaded(place: Place): Promise<Figure[]> {
  const told = JSON.parse(await readFile(path.join(place.folder, loadedFile), 'utf8')) as { seconds: number; load: string }
  const owner = openDatabase(place.ownerUrl, { max: 1, statementTimeout: 0 })
  const { rows } = await owner.pool.query<{ whole: number; rulebook: number; indexes: number }>(
    `select pg_database_size(current_database())::float8 as whole, sum(pg_table_size(c.oid))::float8 as rulebook, sum(pg_indexes_size(c.oid))::float8 as indexes
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'rulebook' and c.relkind = 'r'`,
  )
  await owner.close()
  const gb = (bytes = Number.NaN) => `${(bytes / 1024 ** 3).toFixed(1)} GB`
  const [size] = rows
  return [
    {
      name: `装入：${place.size}`,
      value: `${(told.seconds / 60).toFixed(1)} 分钟（装入末尾负载 ${told.load}）`,
      target: '< 30 分钟（整个省）',
      met: told.seconds < 1_800,
    },
    {
      name: `占用磁盘：${place.size}`,
      value: `${gb(size?.whole)}，其中应办事项、依据、指标格 ${gb(size?.rulebook)}，它们的索引 ${gb(size?.indexes)}`,
      target: '< 60 GB（整个省）',
      met: (size?.whole ?? Number.NaN) < 60 * 1024 ** 3,
    },
  ]
}

/** What autovacuum does within a day of any installation: statistics and visibility after the load. */
async function vacuum(place: Place): Promise<void> {
  const owner = openDatabase(place.ownerUrl, { max: 1, statementTimeout: 0 })
  await owner.pool.query('vacuum analyze')
  await owner.close()
}
