import { addDays, type CivilDate } from '../../../kernel/time/civil-date.ts'

/** The day from which those who keep a duty are told of it: so many days before the last one, as its requirement says. */
export const noticeOn = (due: CivilDate, noticeDays: number): CivilDate => addDays(due, -noticeDays)
