import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { type Read, reading, writing } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { type SpecialDays, workingDaysAfter } from '../../../kernel/time/working-days.ts'
import type { SpecialDay } from './working-days.contract.ts'

/** A year is entered as a whole; what stood before stays as an earlier row. */
export async function keepYear(work: Work, given: { year: number; days: readonly SpecialDay[]; source: string }): Promise<void> {
  await writing<'directory'>(work.tx)
    .insertInto('directory.working_day_years')
    .values({
      year: given.year,
      days: JSON.stringify(given.days),
      source: given.source,
      set_at: work.now,
      set_by: work.actor.accountNo,
    })
    .execute()
}

/** What was known on a day: of each year the last entry made until then. What the product brought with it was always known. */
async function knownOn(read: Read, day: CivilDate): Promise<SpecialDays> {
  const { rows } = await sql<{ days: SpecialDay[] }>`select distinct on (year) days from directory.working_day_years
    where set_by is null or (set_at at time zone 'Asia/Shanghai')::date <= ${day}::date order by year, no desc`.execute(
    reading<'directory'>(read),
  )
  return new Map(rows.flatMap(({ days }) => days.map((each) => [each.day, each.kind] as const)))
}

/**
 * The nth working day after a day, by the calendar as it was known on that day: a deadline once announced does not move when
 * the days off of a later year are entered.
 */
export async function workingDayAfter(read: Read, day: CivilDate, count: number): Promise<CivilDate> {
  return workingDaysAfter(day, count, await knownOn(read, day))
}
