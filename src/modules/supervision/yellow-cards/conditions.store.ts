import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { asEngine, type Read, reading, type Tx, writing } from '../../../kernel/database/handles.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { workingDayAfter } from '../../directory/index.ts'

/** One condition: a requirement that is short this many periods running. */
export interface CardEntry {
  readonly requirement: string
  readonly periods: number
}

export interface CardConditions {
  readonly entries: readonly CardEntry[]
  readonly hearingDays: number
  readonly setOn: CivilDate | null
  readonly reason: string | null
}

/** The conditions that hold now; none until the working committee has set them, and then nothing is proposed. */
export async function conditionsNow(read: Read): Promise<CardConditions> {
  const { rows } = await sql<CardConditions>`select entries, hearing_days as "hearingDays", reason,
      (set_at at time zone 'Asia/Shanghai')::date as "setOn" from supervision.card_conditions order by no desc limit 1`.execute(
    reading<'supervision'>(read),
  )
  return rows[0] ?? { entries: [], hearingDays: 5, setOn: null, reason: null }
}

export async function insertConditions(
  work: Work,
  set: { organizationNo: number; entries: readonly CardEntry[]; hearingDays: number; reason: string },
): Promise<void> {
  await writing<'supervision'>(work.tx)
    .insertInto('supervision.card_conditions')
    .values({
      organization_no: set.organizationNo,
      entries: JSON.stringify(set.entries),
      hearing_days: set.hearingDays,
      reason: set.reason,
      set_at: work.now,
      set_by: work.actor.accountNo,
    })
    .execute()
}

/** Codes that no requirement bears. */
export async function unknownRequirements(read: Read, codes: readonly string[]): Promise<string[]> {
  const rows = await reading<'rulebook'>(read)
    .selectFrom('rulebook.requirements')
    .select('code')
    .distinct()
    .where('code', 'in', [...codes, ''])
    .execute()
  const known = new Set(rows.map((row) => row.code))
  return codes.filter((code) => !known.has(code))
}

/**
 * Proposes a card for every organization whose last periods of a configured requirement are all short. The same run of periods is
 * proposed once for ever, and nobody who has an open card gets another. Answers how many were proposed.
 */
export async function proposeCards(tx: Tx, { today, at }: { today: CivilDate; at: Date }): Promise<number> {
  return asEngine(tx, async () => {
    const { entries, hearingDays } = await conditionsNow(tx)
    if (entries.length === 0) return 0
    const hearBy = await workingDayAfter(tx, today, hearingDays)
    const { rows } = await sql<{ proposed: number }>`with wanted as (
        select w.requirement, w.periods from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as w (requirement text, periods int)),
      past as (
        select b.organization_no, r.code, r.title, p.name as period, b.status, w.periods,
          row_number() over (partition by b.organization_no, r.code order by b.due_on desc, b.period_no desc) as back
        from wanted w join rulebook.requirements r on r.code = w.requirement
        join rulebook.obligations b on b.requirement_no = r.no and b.subject_kind = 'o' and b.subject_no = b.organization_no
        join rulebook.periods p on p.no = b.period_no
        where b.due_on < ${today}::date and b.status in (1, 2, 3, 4)),
      short as (
        select organization_no, code, title, array_agg(period order by back desc) as periods, max(period) filter (where back = 1) as last
        from past where back <= periods group by organization_no, code, title, past.periods
        having count(*) = past.periods and bool_and(status in (3, 4))),
      fresh as (
        select distinct on (s.organization_no) s.* from short s
        join directory.organizations_now o on o.no = s.organization_no and o.dissolved_on is null
        where not exists (select 1 from supervision.yellow_cards y where y.organization_no = s.organization_no
          and (y.state in ('proposed', 'heard', 'in_force') or y.entry = s.code || ' ' || s.last))
        order by s.organization_no, s.code),
      entered as (
        insert into supervision.yellow_cards (id, revision, state, organization_no, entry, grounds, records, proposed_on, proposed_by, hear_by)
        select ${newId('ycd')} || f.organization_no, 1, 'proposed', f.organization_no, f.code || ' ' || f.last,
          f.code || ' ' || f.title || '连续' || cardinality(f.periods) || '期没有达到：' || array_to_string(f.periods, '、'),
          jsonb_build_array(jsonb_build_object('requirement', f.code, 'title', f.title, 'periods', to_jsonb(f.periods))),
          ${today}::date, 0, ${hearBy}::date
        from fresh f on conflict do nothing returning no, grounds),
      steps as (
        insert into supervision.record_steps (kind, record_no, revision, action, state, body, reason, signed_as, acted_at, acted_by)
        select 'yellow_card', no, 1, 'propose', 'proposed', '{}', grounds, '系统', ${at}, 0 from entered)
      select count(*)::int as proposed from entered`.execute(writing<'supervision'>(tx))
    return rows[0]?.proposed ?? 0
  })
}
