import { sql } from 'kysely'
import { reading, type Tx } from '../../kernel/database/handles.ts'
import { writeAsSystem } from '../../kernel/database/transaction.ts'
import type { Platform } from '../../kernel/platform.ts'
import { addMonths, type CivilDate } from '../../kernel/time/civil-date.ts'
import { rebuild } from '../../modules/rulebook/index.ts'
import { writeAccounts } from './accounts.ts'
import { branchMeetings, type Season } from './branch-year.ts'
import { monthStart } from './draw.ts'
import { keepFiguresFrom } from './figures-from.ts'
import { proposeMissed, settleCases } from './made-cases.ts'
import { type MadeCity, makeCity } from './made-city.ts'
import { writeClasses } from './made-classes.ts'
import { nameKeepers } from './made-keepers.ts'
import { settleResolutions } from './made-settlements.ts'
import { writeLearning } from './made-learning.ts'
import { furnishDesk } from './made-desk.ts'
import { type MadeMeeting, rollsOf } from './made-meetings.ts'
import { raiseDemonstration } from './made-problems.ts'
import { superviseDemonstration } from './made-projects.ts'
import { askDemonstration } from './made-questions.ts'
import { entriesCourse } from './entries-course.ts'
import { reportsCourse } from './reports-course.ts'
import { countShownUnit, superviseCourse } from './supervision-course.ts'
import { workRecordsOf } from './made-work-records.ts'
import { province } from './province-directory.ts'
import { fillProvince } from './seed-province.ts'
import { fatesOf, singleMeetings, unitMeetings } from './unit-meetings.ts'
import { writeDirectory } from './write-directory.ts'
import { type RecorderOf, writeMeetings } from './write-meetings.ts'
import { writeWorkRecords } from './write-work-records.ts'

interface DemonstrationOptions {
  readonly scale: 'small' | 'city' | 'province'
  readonly today: CivilDate
  /** Of the one password that all demonstration accounts have. */
  readonly passwordHash: string
  readonly onProgress?: (text: string, done: number, total: number) => void
}

/**
 * Fills an empty installation with a made-up city, in one transaction: the same day gives the same city. The rulebooks are loaded
 * before. Throws when there is an organization already.
 */
export async function seedDemonstration(platform: Platform, options: DemonstrationOptions): Promise<void> {
  const tell = options.onProgress ?? (() => undefined)
  await writeAsSystem(platform.database, async (tx) => {
    const db = reading<'kernel'>(tx)
    await sql`set local statement_timeout = 0`.execute(db)
    await refuseUnlessEmpty(tx)
    const settle =
      options.scale === 'province'
        ? await seedProvince(tx, options, tell)
        : await seedCity(tx, platform, { ...options, scale: options.scale, tell })
    await sql`select kernel.analyze_tables()`.execute(db)
    tell('计算应办事项', 0, 1)
    await rebuild(tx, options.today)
    tell('督办事项', 0, 1)
    await settle()
  })
  if (options.scale !== 'province') {
    tell('督办的各种事项', 0, 1)
    await superviseCourse(platform, options.today)
    await reportsCourse(platform, options.today)
    await entriesCourse(platform, options.today)
    await countShownUnit(platform, options.today)
  }
  tell('完成', 1, 1)
}

type Tell = NonNullable<DemonstrationOptions['onProgress']>

/** Writes a made-up city; answers what remains to be done when the figures stand. */
async function seedCity(
  tx: Tx,
  platform: Platform,
  is: { scale: 'small' | 'city'; today: CivilDate; passwordHash: string; tell: Tell },
): Promise<() => Promise<void>> {
  is.tell('组织和人员', 0, 1)
  const city = makeCity(is.scale, is.today)
  await writeDirectory(tx, platform, city.register)
  const accounts = await writeAccounts(tx, city, is.passwordHash)
  await keepFiguresFrom(tx, city.since)
  await writeAllMeetings(tx, { city, recorderOf: accounts.recorderOf, tell: (done, total) => is.tell('会议记录', done, total) })
  const season: Season = { rolls: rollsOf(city.register), since: city.since, today: is.today }
  await writeWorkRecords(tx, workRecordsOf(season, city), { recorderOf: accounts.recorderOf, today: is.today })
  await writeClasses(tx, city, { recorderOf: accounts.recorderOf, today: is.today })
  await writeLearning(tx, { city, today: is.today, by: accounts.recorderOf(city.committee) })
  await settleResolutions(tx, is.today)
  await nameKeepers(tx, {
    since: city.since,
    shownNo: city.shown.organization.no,
    by: accounts.byName.get('gongwei') ?? 0,
  })
  return async () => {
    await settleCases(tx, city, accounts)
    const by = (name: string) => accounts.byName.get(name) ?? 0
    const unitNo = city.units[0]?.organization.no ?? 0
    const shownNo = city.shown.organization.no
    await raiseDemonstration(tx, { shownNo, unitNo, today: is.today, by: by('zhibu'), deputy: by('danwei') })
    await furnishDesk(tx, { shownNo, unitNo, today: is.today, by: by('zhibu'), deputy: by('danwei'), officer: by('gongwei') })
    await superviseDemonstration(tx, {
      unitNo,
      temporary: temporaryOf(city),
      today: is.today,
      deputy: by('danwei'),
      discipline: by('jiwei'),
      supervisor: by('zhibu'),
      officer: by('gongwei'),
      crypto: platform.crypto,
    })
    is.tell('记录中的疑问', 0, 1)
    await askDemonstration(tx, { shownNo: city.shown.organization.no, today: is.today })
  }
}

function temporaryOf(city: MadeCity): { unitNo: number; no: number } | null {
  const unit = city.units.find((one) => one.temporary !== null)
  return unit?.temporary ? { unitNo: unit.organization.no, no: unit.temporary.no } : null
}

/** Writes a province; of its missed duties only those of the last month are proposed as cases. */
async function seedProvince(tx: Tx, options: DemonstrationOptions, tell: Tell): Promise<() => Promise<void>> {
  await fillProvince(tx, province, { today: options.today, passwordHash: options.passwordHash, tell })
  return () => proposeMissed(tx, addMonths(monthStart(options.today), -1))
}

async function refuseUnlessEmpty(tx: Tx): Promise<void> {
  const { rows } = await sql`select 1 from directory.organizations limit 1`.execute(reading<'directory'>(tx))
  if (rows.length > 0) throw new Error('数据库里已有组织，演示数据只能装入空的安装。请换一个空的数据文件夹再试。')
}

const batch = 1_000

async function writeAllMeetings(
  tx: Tx,
  { city, recorderOf, tell }: { city: MadeCity; recorderOf: RecorderOf; tell: (done: number, total: number) => void },
): Promise<void> {
  const season: Season = { rolls: rollsOf(city.register), since: city.since, today: city.register.today }
  const fates = fatesOf(city, season.today)
  const waiting: MadeMeeting[] = [...singleMeetings(season, city)]
  const flush = async (least: number) => {
    while (waiting.length >= least && waiting.length > 0)
      await writeMeetings(tx, waiting.splice(0, batch), { recorderOf, today: season.today })
  }
  for (const unit of city.units) {
    waiting.push(...unitMeetings(season, unit))
    await flush(batch)
  }
  for (const [index, branch] of city.branches.entries()) {
    waiting.push(...branchMeetings(season, branch, fates.get(branch) ?? new Map()))
    await flush(batch)
    if ((index + 1) % 50 === 0) tell(index + 1, city.branches.length)
  }
  await flush(1)
}
