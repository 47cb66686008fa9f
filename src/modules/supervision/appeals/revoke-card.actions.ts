import type { Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { moveRecord } from '../records/records.store.ts'
import { signedAs } from '../records/signature.rules.ts'
import { tellOfCard } from '../yellow-cards/cards.actions.ts'
import { cardLife } from '../yellow-cards/cards.lifecycle.ts'
import { findCard } from '../yellow-cards/cards.store.ts'

/** Takes a card back: one in force or lifted is revoked, one only proposed is declined. What was public is so no longer. */
export async function revokeCard(work: Work, id: string, why: string): Promise<void> {
  const stored = await findCard(work.tx, id)
  if (!stored) throw new Problem('supervision.yellow_card_not_found')
  const verb = cardLife.table[stored.state].revoke ? 'revoke' : 'decline'
  const state = cardLife.table[stored.state][verb]
  if (!state) return
  const change = {
    action: verb,
    state,
    set: { is_public: false, shown_until: null },
    reason: why,
    body: {},
    signedAs: signedAs(work.actor, 'supervision.appeal.uphold'),
  }
  if (!(await moveRecord(work, 'yellow_card', { stored, change }))) throw new Problem('supervision.yellow_card_not_allowed_now')
  await tellOfCard(work, stored, verb)
}
