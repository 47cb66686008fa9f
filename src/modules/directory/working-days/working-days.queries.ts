import { sql } from 'kysely'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import type { showWorkingDays, SpecialDay } from './working-days.contract.ts'

/** One year's days off and swapped days as they stand, and which years have been entered. */
export async function workingDaysOf(read: Read, year: number): Promise<(typeof showWorkingDays)['reply']['_output']> {
  const { rows } = await sql<{
    year: number
    days: SpecialDay[]
    source: string
    setOn: string | null
  }>`select distinct on (year) year, days, source,
      case when set_by is not null then (set_at at time zone 'Asia/Shanghai')::date::text end as "setOn"
    from directory.working_day_years order by year, no desc`.execute(reading<'directory'>(read))
  const found = rows.find((row) => row.year === year)
  const years = rows.map((row) => row.year)
  return { year, days: found?.days ?? [], source: found?.source ?? null, setOn: found?.setOn ?? null, years }
}
