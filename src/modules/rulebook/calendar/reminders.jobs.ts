import { sql } from 'kysely'
import { reading, type Tx } from '../../../kernel/database/handles.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { addDays, type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { figuresSince, type LiveRequirement, liveRequirements } from '../engine/requirement.queries.ts'
import { statusRelations } from '../engine/status.store.ts'

/** Who keeps an organization's duties: told of them at exactly this organization. */
const keepers = [
  'branch_secretary',
  'branch_committee_member',
  'group_leader',
  'general_branch_secretary',
  'committee_secretary',
  'full_time_deputy',
]

interface Told {
  readonly accountNo: number
  readonly title: string
  readonly organization: string
  readonly due: CivilDate
}

/** Duties of one requirement that come due soon and have nothing yet, each once for each last day; with the accounts to tell. */
async function soonOf(tx: Tx, requirement: LiveRequirement, today: CivilDate): Promise<Told[]> {
  const days = requirement.noticeDays
  const scope = {
    asOf: today,
    since: await figuresSince(tx),
    organizations: null,
    // What was put off falls due up to a year after its period.
    from: addDays(today, -400),
    to: addDays(today, days),
  }
  const { rows } = await sql<Told>`with ${statusRelations(requirement, scope)},
    soon as (
      insert into rulebook.reminders (requirement_no, period_no, subject_kind, subject_no, organization_no, due_on, reminded_on)
      select ${requirement.no}::int, j.period_no, j.subject_kind, j.subject_no, j.organization_no, j.due_on, ${today}::date
      from judged j where j.status = 0 and j.due_on between ${today}::date and ${today}::date + ${days}::int
      on conflict do nothing returning *)
    select distinct a.no as "accountNo", ${requirement.title}::text as title, n.name as organization, s.due_on::text as due
    from soon s join directory.organizations_now n on n.no = s.organization_no
    join directory.accounts a on a.state = 'active' and a.administrator is null and (
      s.subject_kind = 'p' and a.person_no = s.subject_no
      or s.subject_kind = 'o' and exists (select 1 from directory.grants g where g.account_no = a.no and g.state = 'approved'
        and g.organization_no = s.organization_no and g.valid @> ${today}::date and g.role = any (${keepers}::text[])))`.execute(
    reading<'rulebook' | 'directory'>(tx),
  )
  return rows
}

/** What an account is told on one day, in one notice. */
export function reminderWords(duties: readonly Omit<Told, 'accountNo'>[]): { title: string; body: string } {
  const sorted = [...duties].sort((a, b) => a.due.localeCompare(b.due))
  const several = new Set(sorted.map((duty) => duty.organization)).size > 1
  const lines = sorted
    .slice(0, 6)
    .map((duty) => `${inChinese(duty.due).slice(5)}：${duty.title}${several ? `（${duty.organization}）` : ''}`)
  const more = sorted.length > lines.length ? [`另有 ${sorted.length - lines.length} 项，见应办日历。`] : []
  return { title: `有 ${sorted.length} 项快到期`, body: [...lines, ...more].join('；') }
}

/**
 * Tells those who keep a duty before its last day, once for each duty and last day, in one notice a person and day. What is only asked
 * softly is not reminded of. Answers how many were told. Run in the system's own transaction.
 */
export async function remindOfDuties(tx: Tx, given: { today: CivilDate; at: Date }): Promise<number> {
  const told: Told[] = []
  for (const requirement of await liveRequirements(tx)) {
    if (requirement.strength === 'hard') told.push(...(await soonOf(tx, requirement, given.today)))
  }
  const byAccount = Map.groupBy(told, (each) => each.accountNo)
  for (const [accountNo, duties] of byAccount) {
    await notify(tx, {
      to: { accountNos: [accountNo] },
      kind: 'rulebook.duties_soon',
      ...reminderWords(duties),
      link: '/calendar',
      at: given.at,
    })
  }
  return byAccount.size
}
