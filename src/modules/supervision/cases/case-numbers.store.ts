import { asEngine, type Tx, writing } from '../../../kernel/database/handles.ts'
import { caseNumber } from './cases.rules.ts'

/** The next number of the year. The counter's row stays locked until the act is done or taken back, so no number is lost. */
export async function nextCaseNumber(tx: Tx, year: number): Promise<string> {
  return asEngine(tx, async () => {
    const row = await writing<'supervision'>(tx)
      .insertInto('supervision.case_numbers')
      .values({ year, last: 1 })
      .onConflict((conflict) =>
        conflict.column('year').doUpdateSet((e) => ({ last: e('supervision.case_numbers.last', '+', 1) })),
      )
      .returning('last')
      .executeTakeFirstOrThrow()
    return caseNumber(year, row.last)
  })
}
