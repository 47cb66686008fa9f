import { reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { writeAsSystem } from '../../../kernel/database/transaction.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { type Provider, RobotRefused, type RobotSender } from '../../../kernel/robots/robots.ts'
import { addDays } from '../../../kernel/time/civil-date.ts'
import { civilDateAt } from '../../../kernel/time/clock.ts'
import { workingDayAfter } from '../../directory/index.ts'
import { hourAt } from '../mail/digests.rules.ts'
import type { RobotLine } from './robots.contract.ts'
import { robotText } from './robots.rules.ts'
import { addressPlace, queuePost, secretPlace, tallyOf } from './robots.store.ts'

/** After this hour nothing new is told on that day. */
const lastHour = 20

/**
 * Queues what is due to robots: on working days from each robot's hour on, each line once a day, only where there is something to
 * count. Run every few minutes; a run that was missed is caught up on the same day. Answers how many texts were queued.
 */
export async function planRobotPosts(
  platform: Pick<Platform, 'database'>,
  { now, origin }: { now: Date; origin: string },
): Promise<number> {
  const today = civilDateAt(now)
  const hour = hourAt(now)
  if (hour > lastHour) return 0
  return writeAsSystem(platform.database, async (tx) => {
    if ((await workingDayAfter(tx, addDays(today, -1), 1)) !== today) return 0
    const robots = await reading<'desk'>(tx)
      .selectFrom('desk.robots')
      .select(['no', 'organization_no as organizationNo', 'lines'])
      .where('enabled', '=', true)
      .where('hour', '<=', hour)
      .execute()
    let queued = 0
    for (const robot of robots)
      queued += await planOne(
        tx,
        { robotNo: robot.no, organizationNo: robot.organizationNo, lines: robot.lines },
        { now, origin },
      )
    return queued
  })
}

interface Planned {
  readonly robotNo: number
  readonly organizationNo: number
  readonly lines: readonly string[]
}

async function planOne(
  tx: Tx,
  { robotNo, organizationNo, lines }: Planned,
  { now, origin }: { now: Date; origin: string },
): Promise<number> {
  const slot = civilDateAt(now)
  const told = await reading<'desk'>(tx)
    .selectFrom('desk.robot_posts')
    .select('line')
    .where('robot_no', '=', robotNo)
    .where('slot', '=', slot)
    .execute()
  const left = lines.filter((line) => !told.some((post) => post.line === line))
  if (left.length === 0) return 0
  const tally = await tallyOf(tx, organizationNo, slot)
  let queued = 0
  for (const line of left) {
    const text = robotText(line as RobotLine, tally, origin)
    if (text !== null && (await queuePost(tx, { robotNo, line: line as RobotLine, slot, text, at: now }))) queued += 1
  }
  return queued
}

interface Sending {
  readonly robots: RobotSender
  readonly now: Date
  /** No further try follows; what is not sent now is given up. */
  readonly last: boolean
}

/**
 * Sends one queued text under a lock, so that of two nodes one sends it. Throws where it was not taken, and the queue tries again with
 * growing rests; why is kept on the robot in plain words.
 */
export async function sendRobotPost(platform: Platform, postNo: number, { robots, now, last }: Sending): Promise<void> {
  try {
    await writeAsSystem(platform.database, (tx) => sendLocked(platform, tx, { postNo, robots, now }))
  } catch (error) {
    const failure = error instanceof RobotRefused ? error.message : '系统出错，没有发出。请查看服务器日志。'
    await writeAsSystem(platform.database, (tx) => noteFailure(tx, { postNo, failure, now, last }))
    throw error
  }
}

async function sendLocked(
  platform: Platform,
  tx: Tx,
  { postNo, robots, now }: { postNo: number; robots: RobotSender; now: Date },
): Promise<void> {
  const db = writing<'desk'>(tx)
  const post = await db
    .selectFrom('desk.robot_posts as p')
    .innerJoin('desk.robots as r', 'r.no', 'p.robot_no')
    .select(['p.text', 'r.no as robotNo', 'r.id', 'r.provider', 'r.address_sealed as address', 'r.secret_sealed as secret'])
    .where('p.no', '=', postNo)
    .where('p.state', '=', 'queued')
    .forUpdate('p')
    .skipLocked()
    .executeTakeFirst()
  if (!post) return
  await robots.send({
    provider: post.provider as Provider,
    address: platform.crypto.open(post.address, addressPlace(post.id)),
    secret: post.secret === null ? null : platform.crypto.open(post.secret, secretPlace(post.id)),
    text: post.text,
    at: now,
  })
  await db
    .updateTable('desk.robot_posts')
    .set((e) => ({ state: 'sent', sent_at: now, attempts: e('attempts', '+', 1) }))
    .where('no', '=', postNo)
    .execute()
  await db
    .updateTable('desk.robots')
    .set({ sent_at: now, failed_at: null, failure: null })
    .where('no', '=', post.robotNo)
    .execute()
}

async function noteFailure(
  tx: Tx,
  { postNo, failure, now, last }: { postNo: number; failure: string; now: Date; last: boolean },
): Promise<void> {
  const db = writing<'desk'>(tx)
  const post = await db
    .updateTable('desk.robot_posts')
    .set((e) => ({ attempts: e('attempts', '+', 1), ...(last && { state: 'failed' }) }))
    .where('no', '=', postNo)
    .where('state', '=', 'queued')
    .returning('robot_no')
    .executeTakeFirst()
  if (post) await db.updateTable('desk.robots').set({ failed_at: now, failure }).where('no', '=', post.robot_no).execute()
}
