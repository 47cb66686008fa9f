import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../src/kernel/access/actor.ts'
import { type Action, perform } from '../../src/kernel/actions/action.ts'
import { newId } from '../../src/kernel/identity/ids.ts'
import { actorWith, growAncestry, type Planted, plantOrganization, plantPerson } from '../../src/kernel/testing/plant.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'

/** An account in use that holds one approved role, as an actor. */
async function anActor(platform: TestPlatform, role: string, held: { over: Planted; person?: Planted }): Promise<Actor> {
  const id = newId('acc')
  const { rows } = await sql<{ no: number }>`with a as (
      insert into directory.accounts (id, username, username_key, display_name, person_no, created_at)
      values (${id}, ${id}, ${id}, ${role}, ${held.person?.no ?? null}, now()) returning no),
    g as (insert into directory.grants (id, account_no, role, organization_no, valid, state, proposed_at)
      select ${newId('grt')}, no, ${role}, ${held.over.no}, daterange('2020-01-01', null), 'approved', now() from a)
    select no from a`.execute(platform.owner.kysely)
  const accountNo = rows[0]?.no ?? 0
  return {
    ...actorWith(role, held.over, { accountNo, writes: role !== 'member', ...(held.person && { person: held.person }) }),
    accountId: id,
  }
}

export type SupervisedCity = Awaited<ReturnType<typeof aSupervisedCity>>

/** A city with two units, a branch in each, and everybody who has a part in following up. */
export async function aSupervisedCity(platform: TestPlatform) {
  const city = await plantOrganization(platform, { kind: 'working_committee', name: '市直机关工委' })
  const unit = await plantOrganization(platform, { kind: 'unit', name: '第一局', under: city })
  const committee = await plantOrganization(platform, { kind: 'party_committee', name: '第一局机关党委', under: unit })
  const branch = await plantOrganization(platform, { kind: 'branch', name: '第二支部', under: committee })
  const otherUnit = await plantOrganization(platform, { kind: 'unit', name: '第二局', under: city })
  const otherBranch = await plantOrganization(platform, { kind: 'branch', name: '直属支部', under: otherUnit })
  await growAncestry(platform)
  const [member, keeper, stranger] = [
    await plantPerson(platform, { name: '甲某', home: branch }),
    await plantPerson(platform, { name: '乙某', home: branch }),
    await plantPerson(platform, { name: '丙某', home: otherBranch }),
  ]
  return {
    city,
    unit,
    committee,
    branch,
    otherUnit,
    otherBranch,
    member,
    keeper,
    stranger,
    officer: await anActor(platform, 'committee_officer', { over: city }),
    secondOfficer: await anActor(platform, 'committee_officer', { over: city }),
    deputy: await anActor(platform, 'full_time_deputy', { over: unit }),
    discipline: await anActor(platform, 'discipline_secretary', { over: unit }),
    leader: await anActor(platform, 'unit_leader', { over: unit }),
    branchSecretary: await anActor(platform, 'branch_secretary', { over: branch, person: keeper }),
    /** The owner of cases: a plain member, who holds no role that acts. */
    owner: await anActor(platform, 'member', { over: branch, person: member }),
    otherDeputy: await anActor(platform, 'full_time_deputy', { over: otherUnit }),
  }
}

/** Runs an action as somebody, under a key of its own. */
export function acting(platform: TestPlatform) {
  return <Input extends z.ZodType, Reply>(actor: Actor, declared: Action<Input, Reply>, input: z.output<Input>): Promise<Reply> =>
    perform(platform, declared, { actor, requestId: null, idempotencyKey: newId('key'), input })
}

/** A hard and a soft requirement of the month, with the clause behind them. */
export async function twoRequirements(platform: TestPlatform): Promise<{ hard: number; soft: number }> {
  const { rows } = await sql<{ no: number; strength: string }>`with d as (
      insert into rulebook.documents (id, code, title, issuer, kind, issued_on, valid, content_hash, loaded_at)
      values (${newId('doc')}, 'T1', '试行通知', '工委', 'notice', '2025-01-01', daterange('2025-01-01', null), 'x', now()) returning no),
    c as (insert into rulebook.clauses (document_no, code, title, gist, position) select no, 'T1-2', '支委会按月召开', '每月开一次', 1 from d)
    insert into rulebook.requirements (id, document_no, code, version, title, dimension, strength, confidence, enabled, subject, cadence, grace_days,
      measure, params, target, formula, remedy, source, clauses, valid, awaits)
    select ${newId('req')} || s, d.no, 'T-' || s, 1, '支委会', 'D3', s, 'high', true, '{}', 'month', 7, 'orglife.meetings_held', '{}', '{}',
      '本月开过一次支委会即为已办。', '补开', '{}', '{T1:T1-2}', daterange('2025-01-01', null), 'orglife'
    from d, unnest(array['hard', 'soft']) s returning no, strength`.execute(platform.owner.kysely)
  const noOf = (strength: string) => rows.find((row) => row.strength === strength)?.no ?? 0
  return { hard: noOf('hard'), soft: noOf('soft') }
}
