import { forgetOldAnswers } from '../kernel/actions/idempotency.jobs.ts'
import { startOutbox } from '../kernel/actions/outbox.ts'
import type { Settings } from '../kernel/config/settings.ts'
import { writeAsSystem } from '../kernel/database/transaction.ts'
import { type Loop, startLoop } from '../kernel/jobs/loop.ts'
import { useQueue } from '../kernel/jobs/own-queue.ts'
import { startQueue } from '../kernel/jobs/queue.ts'
import type { CheckpointSettings } from '../kernel/ledger/checkpoint.store.ts'
import { startSequencer } from '../kernel/ledger/sequencer.ts'
import { consoleMail, smtpMail } from '../kernel/mail/mail.ts'
import { allowRobotHosts, httpsRobots } from '../kernel/robots/robots.ts'
import type { Platform } from '../kernel/platform.ts'
import { takeInKinds } from '../kernel/search/index.store.ts'
import { planRobotPosts, robotPostJob, sendDigests, sendRobotPost } from '../modules/desk/index.ts'
import { forgetStaleRosters, forgetStaleSessions } from '../modules/directory/index.ts'
import {
  countOwedAhead,
  freezeJob,
  freezeSnapshot,
  rehearseQueued,
  rehearsing,
  remindOfDuties,
  recomputeRequirements,
  replayJob,
  requirementsRecomputing,
  runReplay,
  sweepInPortions,
  updateCells,
} from '../modules/rulebook/index.ts'
import { lookForQuestions } from '../modules/orglife/index.ts'
import {
  escalateUnanswered,
  proposeCards,
  proposeCases,
  proposeOverdueTasks,
  shuffleLetters,
} from '../modules/supervision/index.ts'

/** What the work that goes on beside the requests needs. */
export interface BackgroundSettings {
  readonly settings: Settings
  readonly ledger: CheckpointSettings
  /** The queue connects by itself, under the application's role. */
  readonly databaseUrl: string
}

/** Starts what goes on beside the requests; answers how to end it. */
export async function startBackground(platform: Platform, given: BackgroundSettings): Promise<{ stop(): Promise<void> }> {
  const { log } = platform
  const queue = await startQueue(given.databaseUrl, platform)
  useQueue(queue)
  await startCalendar(platform, queue, given.settings)
  await startRobots(platform, queue, given.settings)
  await queue.work(requirementsRecomputing, (job) =>
    recomputeRequirements(platform, job, (tx, changes) => proposeCases(tx, { changes, at: platform.clock.now() })),
  )
  await queue.work(freezeJob, (job) => freezeSnapshot(platform, String(job.payload['snapshot']), job))
  await queue.work(rehearsing, (job) => rehearseQueued(platform, job))
  await queue.work(replayJob, (job) => runReplay(platform, String(job.payload['replay']), job))
  const loops: Loop[] = [
    await startSequencer(platform, given.ledger),
    startOutbox(platform),
    startLoop({ name: 'cells', every: 300, log, run: () => writeAsSystem(platform.database, (tx) => updateCells(tx)) }),
    startLoop({ name: 'owed', every: 1_000, log, run: () => countOwedAhead(platform) }),
    startLoop({ name: 'sweep', every: 60_000, log, run: () => sweepDay(platform) }),
    startLoop({ name: 'questions', every: 60_000, log, run: () => lookForQuestions(platform) }),
  ]
  return {
    stop: async () => {
      await Promise.all([...loops.map((loop) => loop.stop()), queue.stop()])
    },
  }
}

type Queue = Awaited<ReturnType<typeof startQueue>>

const robotRetries = 5

/** Group robots: what is due is queued by the calendar, each text is a job that is tried again with growing rests. */
async function startRobots(platform: Platform, queue: Queue, { robotHosts, origin }: Settings): Promise<void> {
  allowRobotHosts(robotHosts)
  const robots = httpsRobots()
  await queue.work(
    robotPostJob,
    ({ payload, attempt }) =>
      sendRobotPost(platform, Number(payload['post']), { robots, now: platform.clock.now(), last: attempt > robotRetries }),
    { retries: robotRetries, retryDelay: 60 },
  )
  await queue.work('desk.robots', () => planRobotPosts(platform, { now: platform.clock.now(), origin }))
  await queue.schedule('desk.robots', '5/10 * * * *', {})
}

/** What the calendar starts, in Shanghai's time. */
async function startCalendar(platform: Platform, queue: Queue, settings: Settings): Promise<void> {
  const mail =
    settings.smtpUrl === undefined
      ? consoleMail((line) => process.stdout.write(`${line}\n`))
      : smtpMail({ url: settings.smtpUrl, from: settings.mailFrom })
  await queue.work('desk.mail', () => sendDigests(platform, { mail, origin: settings.origin, now: platform.clock.now() }))
  await queue.schedule('desk.mail', '*/10 * * * *', {})
  // Before the morning's mail, so that it goes along.
  await queue.work('rulebook.remind_of_duties', () =>
    writeAsSystem(platform.database, (tx) => remindOfDuties(tx, { today: platform.clock.today(), at: platform.clock.now() })),
  )
  await queue.schedule('rulebook.remind_of_duties', '30 7 * * *', {})
  await queue.work('supervision.escalate', () =>
    writeAsSystem(platform.database, (tx) => escalateUnanswered(tx, { today: platform.clock.today(), at: platform.clock.now() })),
  )
  await queue.schedule('supervision.escalate', '20 7 * * *', {})
  await queue.work('directory.forget_stale_sessions', () => forgetStaleSessions(platform))
  await queue.schedule('directory.forget_stale_sessions', '20 3 * * *', {})
  await queue.work('supervision.nightly', () =>
    writeAsSystem(platform.database, async (tx) => {
      await shuffleLetters(tx, platform.clock.today())
      await proposeCards(tx, { today: platform.clock.today(), at: platform.clock.now() })
    }),
  )
  await queue.schedule('supervision.nightly', '10 3 * * *', {})
  await queue.work('kernel.take_words_in', () => takeInKinds(platform, 'changed'))
  await queue.enqueue(null, 'kernel.take_words_in', { payload: {}, singletonKey: 'all' })
  await queue.work('kernel.forget_old_answers', () => forgetOldAnswers(platform))
  await queue.schedule('kernel.forget_old_answers', '30 3 * * *', {})
  await queue.work('directory.forget_stale_rosters', () => forgetStaleRosters(platform))
  await queue.schedule('directory.forget_stale_rosters', '40 * * * *', {})
}

/** Statuses change because a day passes; nothing is done when today has been swept already. */
async function sweepDay(platform: Platform): Promise<number> {
  await sweepInPortions(platform, (tx, changes) => proposeCases(tx, { changes, at: platform.clock.now() }))
  await writeAsSystem(platform.database, (tx) =>
    proposeOverdueTasks(tx, { today: platform.clock.today(), at: platform.clock.now() }),
  )
  return 0
}
