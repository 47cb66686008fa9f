import { z } from 'zod'
import { stepping } from '../records/records.actions.ts'
import { cardMachine } from './cards.actions.ts'
import { urgeCard } from './cards.contract.ts'

/** Presses the organization to work off its list. What stays without an answer goes up the chain of responsibility. */
export const urgeCardAction = stepping(cardMachine)(
  'urge',
  z.object({ id: z.string() }).extend(urgeCard.body.shape),
  (_work, _stored, { reason }) => ({ set: {}, reason, body: {} }),
)
