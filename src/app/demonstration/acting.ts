import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../kernel/access/actor.ts'
import { type Action, perform } from '../../kernel/actions/action.ts'
import { reading } from '../../kernel/database/handles.ts'
import { readAsSystem } from '../../kernel/database/transaction.ts'
import type { Platform } from '../../kernel/platform.ts'
import { addDays, type CivilDate } from '../../kernel/time/civil-date.ts'
import { fixedClock } from '../../kernel/time/clock.ts'

const names = ['gongwei', 'fuhe', 'danwei', 'jiwei', 'zhibu', 'dangyuan'] as const
export type ShownName = (typeof names)[number]

export interface Named {
  readonly id: string
  /** Its secretary, or whoever is responsible there. */
  readonly personId: string
}

/** Where the made-up course of supervision takes place: the unit that visitors see, its branches, and a unit beside it. */
export interface Stage {
  readonly city: string
  readonly unit: Named
  readonly besideUnit: Named
  readonly shown: Named
  readonly second: Named
  readonly third: Named
  /** The inspector that visitors can sign in as. */
  readonly inspector: string
  readonly meeting: string
  readonly workRecord: string
}

const theStage = sql<Stage>`with me as (select g.account_no, g.organization_no, a.username from directory.accounts a join directory.grants g on g.account_no = a.no),
    unit as (select organization_no as no from me where username = 'danwei'),
    shown as (select organization_no as no from me where username = 'zhibu'),
    held as (select distinct on (t.organization_no) t.organization_no, p.id from directory.posts t join directory.persons p on p.no = t.person_no
      where upper_inf(t.valid) and t.post = 'branch_secretary' order by t.organization_no, t.no),
    own as (select o.no, o.id, held.id as person, row_number() over (order by o.no) as at from directory.organizations o
      join directory.organization_ancestry n on n.organization_no = o.no and upper_inf(n.valid) and n.ancestor_no = (select no from unit)
      join held on held.organization_no = o.no where o.kind = 'branch' and o.dissolved_on is null and o.no <> (select no from shown)),
    beside as (select u.id, held.id as person from directory.organizations u
      join directory.organization_ancestry n on n.ancestor_no = u.no and upper_inf(n.valid) join held on held.organization_no = n.organization_no
      where u.kind = 'unit' and u.no <> (select no from unit) and u.dissolved_on is null order by u.no, held.organization_no limit 1)
  select (select o.id from directory.organizations o join me on me.organization_no = o.no and me.username = 'gongwei') as city,
    (select jsonb_build_object('id', o.id, 'personId', p.id) from directory.organizations o, directory.accounts a join directory.persons p on p.no = a.person_no
      where o.no = (select no from unit) and a.username = 'danwei') as unit,
    (select jsonb_build_object('id', id, 'personId', person) from beside) as "besideUnit",
    (select jsonb_build_object('id', o.id, 'personId', p.id) from directory.organizations o, directory.accounts a join directory.persons p on p.no = a.person_no
      where o.no = (select no from shown) and a.username = 'zhibu') as shown,
    (select jsonb_build_object('id', id, 'personId', person) from own where at = 1) as second,
    (select jsonb_build_object('id', id, 'personId', person) from own where at = 2) as third,
    (select p.id from directory.accounts a join directory.persons p on p.no = a.person_no where a.username = 'jiancha') as inspector,
    (select m.id from orglife.meetings m join orglife.meeting_organizations x on x.meeting_no = m.no and x.organization_no = (select no from shown)
      where m.state = 'recorded' order by m.held_on desc, m.no limit 1) as meeting,
    (select w.id from orglife.work_records w join orglife.work_record_organizations x on x.record_no = w.no
      where w.state = 'recorded' and x.organization_no = (select no from shown) order by w.held_on desc, w.no limit 1) as "workRecord"`

export async function stageOf(platform: Platform): Promise<Stage | null> {
  const { rows } = await readAsSystem(platform.database, (read) => theStage.execute(reading<'directory' | 'orglife'>(read)))
  const [stage] = rows
  return stage && Object.values(stage).every((part) => part !== null) ? stage : null
}

/** Takes an action as one of the shown accounts, as if it were so many days before today. */
export type Acting = <Input extends z.ZodType, Reply>(
  who: ShownName,
  ago: number,
  act: readonly [Action<Input, Reply>, z.output<Input>],
) => Promise<Reply>

interface Holder {
  readonly username: ShownName
  readonly accountNo: number
  readonly accountId: string
  readonly name: string
  readonly personNo: number | null
  readonly role: string
  readonly organizationNo: number
}

/** The shown accounts with the one role that each holds. */
async function shownActors(platform: Platform): Promise<Map<ShownName, Actor>> {
  const { rows } = await readAsSystem(platform.database, (read) =>
    sql<Holder>`select a.username, a.no as "accountNo", a.id as "accountId", a.display_name as name, a.person_no as "personNo", g.role,
      g.organization_no as "organizationNo" from directory.accounts a join directory.grants g on g.account_no = a.no
      where a.username = any (${[...names]}::text[])`.execute(reading<'directory'>(read)),
  )
  return new Map(
    rows.map(({ username, role, organizationNo, ...account }) => {
      const over = { readOrganizations: [organizationNo], writeOrganizations: [organizationNo] }
      return [username, { ...account, administrator: null, grants: [{ role, organizationNo }], ...over }]
    }),
  )
}

export async function actingBefore(platform: Platform, today: CivilDate): Promise<Acting> {
  const actors = await shownActors(platform)
  return (who, ago, [declared, input]) => {
    const actor = actors.get(who)
    if (!actor) throw new Error(`no account ${who}`)
    const clock = fixedClock(addDays(today, -ago))
    return perform({ ...platform, clock }, declared, { actor, requestId: null, idempotencyKey: null, input })
  }
}

/** A made-up course of supervision under way. */
export interface Course {
  readonly platform: Platform
  readonly act: Acting
  readonly stage: Stage
  /** The day so many days from today; before it where negative. */
  readonly day: (from: number) => CivilDate
}

/** Ids that a query over what was written so far answers. */
export async function idsIn(platform: Platform, query: ReturnType<typeof sql<{ id: string }>>): Promise<string[]> {
  const { rows } = await readAsSystem(platform.database, (read) => query.execute(reading<'supervision'>(read)))
  return rows.map(({ id }) => id)
}
