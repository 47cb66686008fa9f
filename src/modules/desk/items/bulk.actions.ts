import type { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { perform } from '../../../kernel/actions/action.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { errorFields } from '../../../kernel/log/log.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { ownedItemSource, type RunAct } from '../../../kernel/work-items/owned-items.ts'
import type { ActResult, actOnItems } from './items.contract.ts'
import { itemsNamed } from './items.queries.ts'

interface Asking {
  readonly actor: Actor
  readonly requestId: string
}

/** What a refusal says to whoever acted: the sentence, and what is missing in which field. */
const sentenceOf = (problem: Problem) => [problem.detail, ...problem.errors.map(({ message }) => message)].join('')

/**
 * One act on many items. Each is an action of its own module in a transaction of its own, under that action's permission and
 * lifecycle and with its own word in the ledger; one that is refused does not stop the others. A repeated batch does nothing twice.
 */
export async function actOnEach(
  platform: Platform,
  { actor, requestId }: Asking,
  { act, items, batch, reason, ownerId, dueOn, remedies }: z.output<typeof actOnItems.body>,
): Promise<ActResult[]> {
  const today = platform.clock.today()
  const states = await readAs(platform.database, actor, (read) => itemsNamed(read, items, { actor, today }))
  const results: ActResult[] = []
  for (const { kind, id } of items) {
    const run: RunAct = (declared, input) =>
      perform(platform, declared, { actor, requestId, idempotencyKey: `${batch} ${act} ${kind} ${id}`.slice(0, 200), input })
    try {
      // What is no longer on the desk is asked all the same: its own lifecycle says best why not.
      const state = states.get(`${kind} ${id}`) ?? ''
      const source = ownedItemSource(kind)
      if (!source) throw new Problem('desk.item_not_found')
      await source.act(act, { id, state, reason, ownerId, dueOn, remedies }, run)
      results.push({ kind, id, outcome: 'done', sentence: null })
    } catch (error) {
      if (!(error instanceof Problem)) platform.log.error('bulk_act_failed', { kind, act, ...errorFields(error) })
      const sentence = error instanceof Problem ? sentenceOf(error) : '系统出错，这一项没有办成，请稍后再试。'
      results.push({ kind, id, outcome: 'refused', sentence })
    }
  }
  return results
}
