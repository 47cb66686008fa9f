import { sql } from 'kysely'
import type { Work } from '../../../kernel/actions/action.ts'
import { asEngine, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { factsChanged, owedChanged } from '../../rulebook/index.ts'

const known = (days: readonly (CivilDate | null | undefined)[]) => days.filter((day) => typeof day === 'string')

/** Computes again what counts cases: over the days on which one fell due before and falls due now, and all that it has been open. */
export async function caseTouched(
  work: Work,
  of: { no: number; organizations: readonly number[]; dueOn: readonly (CivilDate | null | undefined)[] },
): Promise<void> {
  const { rows } = await asEngine(work.tx, () =>
    sql<{ began: CivilDate | null }>`select min((s.acted_at at time zone 'Asia/Shanghai')::date)::text as began
      from supervision.case_steps s where s.case_no = ${of.no} and s.acted_by <> 0`.execute(reading<'supervision'>(work.tx)),
  )
  await factsChanged(work, {
    organizations: of.organizations,
    dates: [work.today, ...known([rows[0]?.began, ...of.dueOn])],
    of: ['supervision.cases_settled', 'supervision.cases_reviewed', 'supervision.window_findings_settled'],
  })
}

const dated = {
  problem: {
    of: ['supervision.problems_settled', 'supervision.window_findings_settled'],
    days: (no: number) => sql<{ day: CivilDate }>`select p.due_on::text as day from supervision.problems p where p.no = ${no}`,
  },
  yellow_card: {
    of: ['supervision.monthly_reported', 'supervision.weak_branches_followed', 'supervision.yellow_card_items_settled'],
    days: (no: number) => sql<{
      day: CivilDate
    }>`select y.decided_on::text as day from supervision.yellow_cards y where y.no = ${no}
      union all select i.due_on::text from supervision.yellow_card_items i where i.card_no = ${no}`,
  },
  example: {
    of: ['supervision.practices_summed_up'],
    days: (no: number) =>
      sql<{ day: CivilDate }>`select e.published_on::text as day from supervision.examples e where e.no = ${no}`,
  },
  local_rule: {
    of: ['supervision.local_rules_kept', 'supervision.local_rules_reviewed'],
    days: (no: number) => sql<{
      day: CivilDate
    }>`select unnest(array[l.in_force_from, l.review_on])::text as day from supervision.local_rules l where l.no = ${no}
      union all select w.due_on::text from supervision.local_rule_reviews w where w.rule_no = ${no}`,
  },
} as const
const isDated = (kind: string): kind is keyof typeof dated => kind in dated

/** Computes again what counts problems, cards, examples and lasting rules; the day before the step is given where the step moved it. */
export async function recordTouched(
  work: Work,
  kind: string,
  of: { no: number; organizationNo: number; before?: CivilDate | null | undefined },
): Promise<void> {
  if (!isDated(kind)) return
  const { rows } = await asEngine(work.tx, () => dated[kind].days(of.no).execute(reading<'supervision'>(work.tx)))
  const dates = known([work.today, of.before, ...rows.map(({ day }) => day)])
  // The items of a card are owed one by one.
  if (kind === 'yellow_card') await owedChanged(work.tx, { organizations: [of.organizationNo] })
  await factsChanged(work, { organizations: [of.organizationNo], dates, of: dated[kind].of })
}
