import { sql } from 'kysely'
import { reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { writeAsSystem } from '../../../kernel/database/transaction.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { addDays } from '../../../kernel/time/civil-date.ts'
import { burstsBeforeChecks } from './bursts.queries.ts'
import type { Looked } from './findings.rules.ts'
import { sketchMinutes } from './minutes-sketch.store.ts'
import { presentAsNoMember } from './not-a-member.queries.ts'
import { presentOnLeave } from './on-leave.queries.ts'
import { type Asking, askQuestions, showAbove } from './questions.store.ts'
import { compareMinutes } from './same-minutes.store.ts'
import { inTwoRooms } from './two-rooms.queries.ts'

/** Facts about people may change long after a meeting, so the last thirteen months are looked at every day. */
const lookBackDays = 400
/** Acts that began before the last look may have ended after it. */
const overlapSeconds = 30
const mostAtOnce = 5_000

const [lookedUntil, lookedDay] = ['orglife.records_looked_at_until', 'orglife.questions_day'] as const

/** What set-based statements find among the records looked at. */
async function findAmong(tx: Tx, looked: Looked) {
  return [...(await inTwoRooms(tx, looked)), ...(await presentOnLeave(tx, looked)), ...(await presentAsNoMember(tx, looked))]
}

/** Looks at everything of the last thirteen months, whole. Answers how many questions were asked. */
export async function askEverything(tx: Tx, asking: Asking): Promise<number> {
  let asked = await askQuestions(tx, await found(tx, asking), asking)
  let last = 0
  do last = await sketchMinutes(tx, { meetings: null, after: last })
  while (last > 0)
  for (;;) {
    const { findings, compared } = await compareMinutes(tx, asking.today)
    if (compared === 0) return asked
    asked += await askQuestions(tx, findings, asking)
  }
}

const found = async (tx: Tx, { today }: Asking) => [
  ...(await findAmong(tx, { meetings: null, since: addDays(today, -lookBackDays), today })),
  ...(await burstsBeforeChecks(tx, today)),
]

async function remembered(tx: Tx, name: string): Promise<string | null> {
  const row = await reading<'kernel'>(tx)
    .selectFrom('kernel.settings')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst()
  return typeof row?.value === 'string' ? row.value : null
}

async function remember(tx: Tx, name: string, value: string): Promise<void> {
  const kept = { value: JSON.stringify(value), updated_at: sql<Date>`now()` }
  await writing<'kernel'>(tx)
    .insertInto('kernel.settings')
    .values({ name, ...kept })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(kept))
    .execute()
}

/** Looks at what was entered or corrected since the last look. */
async function lookAtNew(tx: Tx, asking: Asking): Promise<void> {
  const last = await remembered(tx, lookedUntil)
  await remember(tx, lookedUntil, asking.at.toISOString())
  if (last === null) return
  const since = new Date(Date.parse(last) - overlapSeconds * 1000)
  const { rows } = await sql<{ no: number }>`select distinct meeting_no as no from orglife.meeting_revisions
    where recorded_at > ${since} and state = 'recorded' order by 1 limit ${mostAtOnce}`.execute(reading<'orglife'>(tx))
  if (rows.length === 0) return
  const meetings = rows.map(({ no }) => no)
  await sketchMinutes(tx, { meetings, most: mostAtOnce })
  await askQuestions(tx, await findAmong(tx, { meetings, since: asking.today, today: asking.today }), asking)
}

/**
 * Once a minute: a glance at what is new; on the first turn of a day, everything. A missed day is made up for whole. What goes
 * beyond one look's number is found by the day's.
 */
export async function lookForQuestions(platform: Platform): Promise<number> {
  const asking = { today: platform.clock.today(), at: platform.clock.now() }
  await writeAsSystem(platform.database, (tx) => lookAtNew(tx, asking))
  const day = await writeAsSystem(platform.database, (tx) => remembered(tx, lookedDay))
  if (day !== null && day >= asking.today) return 0
  await writeAsSystem(platform.database, async (tx) => {
    await showAbove(tx, asking.today)
    await askQuestions(tx, await found(tx, asking), asking)
  })
  await inTurns(platform, (tx, after) => sketchMinutes(tx, { meetings: null, after }))
  await inTurns(platform, async (tx) => {
    const { findings, compared } = await compareMinutes(tx, asking.today)
    await askQuestions(tx, findings, asking)
    return compared
  })
  await writeAsSystem(platform.database, (tx) => remember(tx, lookedDay, asking.today))
  return 0
}

/** One transaction a turn, each given what the one before it answered, until a turn answers 0. */
async function inTurns(platform: Platform, turn: (tx: Tx, before: number) => Promise<number>): Promise<void> {
  let before = 0
  do before = await writeAsSystem(platform.database, (tx) => turn(tx, before))
  while (before > 0)
}
