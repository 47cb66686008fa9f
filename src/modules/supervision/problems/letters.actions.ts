import { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { writeAsSystem } from '../../../kernel/database/transaction.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { organizationById } from '../../directory/index.ts'
import { signedAs } from '../records/signature.rules.ts'
import { type sendLetter, setLetterAside, takeLetter } from './letters.contract.ts'
import { letterLimit } from './letters.rules.ts'
import { insertLetter, letterPlace, siftLetter } from './letters.store.ts'
import { insertProblem } from './problems.store.ts'

const admits = letterLimit()

/**
 * Keeps a letter without a sender. No action, for an action leaves a ledger entry with its moment and an idempotency key: nothing
 * but the row is written, and the address is looked at for the limit alone, in memory.
 */
export async function keepLetter(
  platform: Platform,
  letter: z.output<(typeof sendLetter)['body']>,
  address: string,
): Promise<{ kept: true }> {
  if (!admits(address, platform.clock.now().getTime())) throw new Problem('supervision.letters_too_many', { retryAfter: 3600 })
  await writeAsSystem(platform.database, async (tx) => {
    const { no, kind } = await organizationById(tx, letter.organizationId)
    if (kind !== 'unit')
      throw new Problem('kernel.invalid_input', { errors: [{ field: 'organizationId', message: '请从列出的单位中选。' }] })
    await insertLetter(tx, { organizationNo: no, dimension: letter.dimension, body: letter.body, toldOn: platform.clock.today() })
  })
  return { kept: true }
}

const placed = async (work: Work, id: string) => {
  const found = await letterPlace(work.tx, id)
  if (!found) throw new Problem('supervision.letter_not_found')
  return [found.organizationNo]
}

async function sift(work: Work, id: string, state: 'taken' | 'set_aside') {
  const letter = await siftLetter(work.tx, id, state)
  if (!letter) throw new Problem('supervision.letter_not_allowed_now')
  return letter
}

/** The officer writes the problem in words of his own: the way somebody writes may give him away. */
export const takeLetterAction = action({
  name: 'supervision.letter.sift',
  input: z.object({ id: z.string() }).extend(takeLetter.body.shape),
  touches: (work, { id }) => placed(work, id),
  run: async (work, { id: letterId, title, description }) => {
    const { organizationNo, dimension } = await sift(work, letterId, 'taken')
    const { id } = await insertProblem(work, {
      organizationNo,
      title,
      description,
      dimension,
      source: 'masses',
      raisedBy: null,
      signedAs: signedAs(work.actor, 'supervision.letter.sift'),
    })
    const objects = [
      { kind: 'letter', id: letterId },
      { kind: 'problem', id },
    ]
    return { reply: { id }, objects, fields: { title, description } }
  },
})

export const setLetterAsideAction = action({
  name: 'supervision.letter.sift',
  input: z.object({ id: z.string() }).extend(setLetterAside.body.shape),
  touches: (work, { id }) => placed(work, id),
  run: async (work, { id, reason }) => {
    await sift(work, id, 'set_aside')
    return { reply: { id }, objects: [{ kind: 'letter', id }], fields: { reason } }
  },
})
