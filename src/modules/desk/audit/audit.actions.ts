import { z } from 'zod'
import type { Actor } from '../../../kernel/access/actor.ts'
import { action } from '../../../kernel/actions/action.ts'
import type { Read } from '../../../kernel/database/handles.ts'
import { writeAs } from '../../../kernel/database/transaction.ts'
import { writeEntry } from '../../../kernel/ledger/ledger.store.ts'
import { settleLedger } from '../../../kernel/ledger/sequencer.ts'
import { ledgerSettings } from '../../../kernel/ledger/settings.ts'
import { verdictOf } from '../../../kernel/ledger/verdict.ts'
import { verifyLedger } from '../../../kernel/ledger/verify.ts'
import type { Platform } from '../../../kernel/platform.ts'
import './audit.policy.ts'
import { keepVerification } from './verification.store.ts'

/** Who looks, and under which request. */
export interface Auditing {
  readonly platform: Platform
  readonly actor: Actor
  readonly requestId: string
}

/**
 * Reads from the ledger and writes in the same transaction that it was read, with the filters as salted hashes: the auditor is
 * audited as well. Not an `action()`: a search has no idempotency key and its answer must not be kept under one.
 */
export function auditing<Reply>(
  { platform, actor, requestId }: Auditing,
  permission: 'desk.audit.read' | 'desk.audit.export',
  look: { filters: object; work: (read: Read) => Promise<Reply> },
): Promise<Reply> {
  return writeAs(platform.database, actor, async (tx) => {
    const reply = await look.work(tx)
    const fields = Object.fromEntries(Object.entries(look.filters))
    await writeEntry(platform, tx, {
      action: permission,
      outcome: 'viewed',
      actor,
      objects: [],
      organizations: [],
      fields,
      requestId,
    })
    return reply
  })
}

/** Numbers what is waiting, signs, and recomputes the whole ledger. */
export const verifyAction = action({
  name: 'desk.audit.verify',
  input: z.object({}),
  touches: () => [],
  run: async ({ platform, tx }) => {
    await settleLedger(platform, ledgerSettings())
    const found = await verifyLedger(platform, ledgerSettings())
    await keepVerification(tx, { whole: found.whole, at: platform.clock.now() })
    const reply = { ...found, findings: [...found.findings], verdict: verdictOf(found) }
    return { reply, objects: [], fields: { whole: found.whole, entries: found.entries, root: found.root } }
  },
})
