import type { Work } from '../../../kernel/actions/action.ts'
import type { Tx } from '../../../kernel/database/handles.ts'
import { writeAsSystem } from '../../../kernel/database/transaction.ts'
import { ownQueue } from '../../../kernel/jobs/own-queue.ts'
import type { RunningJob } from '../../../kernel/jobs/queue.ts'
import type { Platform } from '../../../kernel/platform.ts'
import type { StatusChange } from './changes.contract.ts'
import { owedChanged } from './engine.actions.ts'
import { obligationsChanged, recomputeWanted } from './engine.events.ts'
import { recompute } from './recompute.store.ts'
import { figuresSince } from './requirement.queries.ts'
import { owingAny } from './touch.queries.ts'

/** Kind of the job that recomputes changed requirements. */
export const requirementsRecomputing = 'rulebook.recompute_requirements'
/** Up to this many organizations are computed before the answer goes out. */
const atOnce = 200
/** Whoever records for one of these waits until the portion is done: few enough that it is a moment, and seldom. */
const portion = 100

/**
 * Versions of requirements were published, ended or switched: computes only these again, and what counts them. A small city is done
 * when it returns, with null; otherwise answers the job that goes on in portions while people work.
 */
export async function requirementChanged(work: Work, requirementNos: readonly number[]): Promise<string | null> {
  if (requirementNos.length === 0) return null
  await owedChanged(work.tx)
  const organizations = await owingAny(work.tx, requirementNos)
  const again = { asOf: work.today, from: await figuresSince(work.tx), to: work.today, only: requirementNos }
  const queue = ownQueue()
  if (organizations.length > atOnce && queue) {
    return queue.enqueue(work.tx, requirementsRecomputing, { payload: { requirements: requirementNos } })
  }
  for (let next = atOnce; next < organizations.length; next += atOnce) {
    await work.emit(recomputeWanted.of({ ...again, organizations: organizations.slice(next, next + atOnce) }))
  }
  const changes = await recompute(work.tx, { ...again, organizations: organizations.slice(0, atOnce) })
  if (changes.length > 0) await work.emit(obligationsChanged.of({ changes: changes.map((change) => ({ ...change })) }))
  return null
}

/** Does the job of `requirementChanged`; `changed` is told of each portion's changes, inside its transaction. It bears repetition. */
export async function recomputeRequirements(
  platform: Platform,
  job: RunningJob,
  changed: (tx: Tx, changes: readonly StatusChange[]) => Promise<unknown>,
): Promise<{ organizations: number }> {
  const requirements = job.payload['requirements']
  const only = Array.isArray(requirements) ? requirements.map(Number) : []
  const { organizations, from } = await writeAsSystem(platform.database, async (tx) => ({
    organizations: await owingAny(tx, only),
    from: await figuresSince(tx),
  }))
  for (let next = 0; next < organizations.length; next += portion) {
    if (job.signal.aborted) throw new Error('stopped before the end; begins again')
    await writeAsSystem(platform.database, async (tx) => {
      const asOf = platform.clock.today()
      const part = organizations.slice(next, next + portion)
      await changed(tx, await recompute(tx, { asOf, from, to: asOf, only, organizations: part }))
    })
    const done = Math.min(next + portion, organizations.length)
    await job.progress({ done, total: organizations.length, message: `已重算 ${done} 个组织，共 ${organizations.length} 个` })
  }
  return { organizations: organizations.length }
}
