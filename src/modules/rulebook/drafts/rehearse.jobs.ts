import { z } from 'zod'
import { action, perform, rehearse, type Request } from '../../../kernel/actions/action.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { readAs, readAsSystem } from '../../../kernel/database/transaction.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { ownQueue } from '../../../kernel/jobs/own-queue.ts'
import type { RunningJob } from '../../../kernel/jobs/queue.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { figuresSince } from '../engine/requirement.queries.ts'
import { atTheTop } from './drafts.actions.ts'
import type { Rehearsal } from './publishing.contract.ts'
import { planRehearsal, type Planned } from './rehearsal-plan.actions.ts'
import { rehearsed, type Span } from './rehearsal.queries.ts'
import { spanOf } from './rehearsal.rules.ts'

/** Kind of the job that tries a draft on the past of a large city. */
export const rehearsing = 'rulebook.rehearse'
/** Above so many organizations times requirements a rehearsal is a job: nobody waits minutes for an answer. */
const atOnce = 10_000

interface Asked {
  readonly id: string
  readonly from?: string | undefined
  readonly to?: string | undefined
}

async function isLarge(platform: Platform, requirements: number): Promise<boolean> {
  const most = Math.ceil(atOnce / Math.max(requirements, 1))
  const rows = await readAsSystem(platform.database, (read) =>
    reading<'directory'>(read)
      .selectFrom('directory.organizations')
      .select('no')
      .limit(most + 1)
      .execute(),
  )
  return rows.length > most
}

const queued = z.object({
  id: z.string(),
  span: z.object({ from: z.string(), to: z.string(), asOf: z.string() }),
  plan: z.custom<readonly Planned[]>((value) => Array.isArray(value)),
})

/** Leaves a rehearsal to the queue; the job belongs to whoever asked. */
const queueRehearsal = action({
  name: 'rulebook.rule.rehearse',
  input: queued,
  touches: atTheTop,
  run: async (work, { id, span, plan }) => {
    const job = await ownQueue()?.enqueue(work.tx, rehearsing, { payload: { id, span, plan } })
    if (!job) throw new Problem('kernel.unavailable')
    return { reply: job, objects: [{ kind: 'rulebook_draft', id }], fields: { ...span } }
  },
})

/** Tries a draft on the past, at once or, in a large city, by a job. Nothing is written: the plan is taken back, the judging reads. */
export async function rehearseDraft(
  platform: Platform,
  request: Request,
  asked: Asked,
): Promise<{ result: Rehearsal | null; job: string | null }> {
  const plan = await rehearse(platform, planRehearsal, { ...request, input: { id: asked.id } })
  const today = platform.clock.today()
  const since = await readAsSystem(platform.database, figuresSince)
  const span: Span = { ...spanOf(asked, { since, today }), asOf: today }
  if (span.to < span.from) {
    throw new Problem('kernel.invalid_input', { errors: [{ field: 'to', message: '截止日期不能早于开始日期。' }] })
  }
  if (ownQueue() && (await isLarge(platform, plan.length))) {
    return { result: null, job: await perform(platform, queueRehearsal, { ...request, input: { id: asked.id, span, plan } }) }
  }
  return { result: await readAs(platform.database, request.actor, (read) => rehearsed(read, plan, { span })), job: null }
}

/** Does the job of a large rehearsal; its result is what a small one answers. */
export async function rehearseQueued(platform: Platform, job: RunningJob): Promise<Rehearsal> {
  const { plan, span } = queued.parse(job.payload)
  return readAsSystem(platform.database, (read) =>
    rehearsed(read, plan, {
      span,
      onProgress: (done) => job.progress({ done, total: plan.length, message: `已试算 ${done} 项要求，共 ${plan.length} 项` }),
    }),
  )
}
