import type { Counts } from './indicators.contract.ts'

export const noCounts: Counts = { met: 0, met_late: 0, unmet: 0, not_reported: 0, exempt: 0, not_due: 0 }

/** Adds counts of the same kind: hard with hard, soft with soft. */
export function addCounts(all: readonly Counts[]): Counts {
  return all.reduce(
    (sum, each) => ({
      met: sum.met + each.met,
      met_late: sum.met_late + each.met_late,
      unmet: sum.unmet + each.unmet,
      not_reported: sum.not_reported + each.not_reported,
      exempt: sum.exempt + each.exempt,
      not_due: sum.not_due + each.not_due,
    }),
    noCounts,
  )
}

/** What was due: met, late, unmet and not reported. Exempt and not yet due are in no base. */
export const dueOf = (counts: Counts): number => counts.met + counts.met_late + counts.unmet + counts.not_reported

/** (met + late) ÷ (met + late + unmet + not reported); null where nothing applies. Exempt and not due are in neither. */
export function ratioOf(counts: Counts): number | null {
  const all = dueOf(counts)
  return all === 0 ? null : (counts.met + counts.met_late) / all
}
