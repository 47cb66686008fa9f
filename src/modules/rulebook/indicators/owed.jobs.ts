import { readAsSystem } from '../../../kernel/database/transaction.ts'
import type { Platform } from '../../../kernel/platform.ts'
import { owedCounted } from './owed.queries.ts'

/** Counts who owes what as soon as it changes, so that whoever looks next does not wait for it. Always answers 0: there is no more to do. */
export async function countOwedAhead({ database, clock }: Platform): Promise<number> {
  await readAsSystem(database, (read) => owedCounted(read, { tree: 'as_was', asOf: clock.today() }))
  return 0
}
