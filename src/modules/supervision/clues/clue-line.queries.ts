import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Work } from '../../../kernel/actions/action.ts'
import { asEngine, type Read, reading } from '../../../kernel/database/handles.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { within } from '../records/records.queries.ts'
import { disciplineLine } from './clues.policy.ts'
import { headPosts, headRoles } from './clues.rules.ts'

type Db = 'supervision' | 'directory'
const numbers = (nos: readonly number[]) => `{${nos.join(',')}}`
const listOf = (codes: readonly string[]) => [...codes]

/**
 * Clues `c` that the reader may see: of the discipline line over whoever handles it, known as a person, not named in it. An account
 * without a person sees none, because nobody could tell whether it is named.
 */
export const readableClue = (actor: Actor) =>
  actor.personNo === null
    ? sql<boolean>`false`
    : sql<boolean>`(${within(actor, 'supervision.clue.read', 'c.handled_by_no')} and not exists (
        select 1 from supervision.clue_persons n where n.clue_no = c.no and n.person_no = ${actor.personNo}))`

/** The organization above the unit (or city) in which an organization `no` stands; the top stays where it is. */
const unitOf = sql`(select x.ancestor_no from directory.organization_ancestry x join directory.organizations u on u.no = x.ancestor_no
  where x.organization_no = h.no and upper_inf(x.valid) and u.kind in ('unit', 'working_committee') order by x.depth limit 1)`

/**
 * Whose discipline line handles a clue: the organization concerned; where somebody named stands at the head of its unit, or it is asked
 * for, the organization above that unit. As the engine, because whoever receives it need not see who heads what.
 */
export async function handlerOf(
  read: Read,
  clue: { organizationNo: number; persons: readonly number[]; above: boolean; today: CivilDate },
): Promise<number> {
  const { rows } = await asEngine(read, () =>
    sql<{ no: number }>`with heads as (
        select t.organization_no as no from directory.posts t where t.person_no = any (${numbers(clue.persons)}::bigint[])
          and t.valid @> ${clue.today}::date and t.post = any (${listOf(headPosts)}::text[])
        union select g.organization_no from directory.grants g join directory.accounts a on a.no = g.account_no
          where a.person_no = any (${numbers(clue.persons)}::bigint[]) and g.state = 'approved' and g.valid @> ${clue.today}::date
            and g.role = any (${listOf(headRoles)}::text[])
        union select ${clue.organizationNo}::bigint where ${clue.above}),
      units as (select ${unitOf} as no from heads h)
      select coalesce((select y.ancestor_no from directory.organization_ancestry y join directory.organizations up on up.no = y.ancestor_no
          where y.organization_no = u.no and y.depth > 0 and upper_inf(y.valid) and up.kind in ('unit', 'working_committee')
          order by y.depth limit 1), u.no) as no
      from units u join directory.organization_ancestry mine on mine.organization_no = ${clue.organizationNo}
        and mine.ancestor_no = u.no and upper_inf(mine.valid)
      order by mine.depth desc limit 1`.execute(reading<Db>(read)),
  )
  return rows[0]?.no ?? clue.organizationNo
}

/** Accounts of the discipline line that can handle a clue, the nearest level first; those named in it are none of them. */
export async function lineFor(
  work: Work,
  clue: { handledByNo: number; persons: readonly number[] },
): Promise<{ accountNo: number; depth: number }[]> {
  const { rows } = await asEngine(work.tx, () =>
    sql<{ accountNo: number; depth: number }>`select a.no as "accountNo", min(up.depth) as depth
      from directory.organization_ancestry up join directory.grants g on g.organization_no = up.ancestor_no
      join directory.accounts a on a.no = g.account_no
      where up.organization_no = ${clue.handledByNo} and upper_inf(up.valid) and g.state = 'approved' and g.valid @> ${work.today}::date
        and g.role = any (${listOf(disciplineLine)}::text[]) and a.state <> 'disabled' and a.person_no is not null
        and a.person_no <> all (${numbers(clue.persons)}::bigint[])
      group by a.no order by depth, a.no`.execute(reading<Db>(work.tx)),
  )
  return rows
}
