import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'

const days: Readonly<Record<string, number>> = { month: 5, quarter: 10, half: 15, year: 30 }
const usual = 10

/** How many days before the last one those who keep a duty are told: the longer the period, the earlier. */
export const noticeDays = (cadence: string): number => days[cadence] ?? usual

export const noticeOn = (due: CivilDate, cadence: string): CivilDate => addDays(due, -noticeDays(cadence))
