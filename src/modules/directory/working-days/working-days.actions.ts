import { z } from 'zod'
import { action } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { setWorkingDays } from './working-days.contract.ts'
import { faultsOf } from './working-days.rules.ts'
import { keepYear } from './working-days.store.ts'

/** Enters the days off and the swapped working days of a year; dates that were fixed before stay. */
export const setWorkingDaysAction = action({
  name: 'directory.working_days.set',
  input: setWorkingDays.body.extend({ year: z.number().int() }),
  touches: () => [],
  run: async (work, { year, days, source }) => {
    const errors = faultsOf(year, days)
    if (errors.length > 0) throw new Problem('directory.working_days_wrong', { errors })
    const ordered = days.toSorted((a, b) => a.day.localeCompare(b.day))
    await keepYear(work, { year, days: ordered, source })
    return {
      reply: { year, days: days.length },
      objects: [{ kind: 'working_days', id: String(year) }],
      fields: { year, days: ordered, source },
    }
  },
})
