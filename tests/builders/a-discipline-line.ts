import { sql } from 'kysely'
import type { Actor } from '../../src/kernel/access/actor.ts'
import { newId } from '../../src/kernel/identity/ids.ts'
import { actorWith, type Planted, plantPerson } from '../../src/kernel/testing/plant.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { receiveClueAction } from '../../src/modules/supervision/clues/receiving.actions.ts'
import { acting, type SupervisedCity } from './a-supervised-city.ts'

/** Somebody with a role, as an actor and as the person that a clue may name. */
export interface Officer {
  readonly actor: Actor
  readonly person: Planted
}

async function aHolder(platform: TestPlatform, role: string, { over, home }: { over: Planted; home: Planted }): Promise<Officer> {
  const person = await plantPerson(platform, { name: `某${role}`, home })
  const id = newId('acc')
  const { rows } = await sql<{ no: number }>`with a as (
      insert into directory.accounts (id, username, username_key, display_name, person_no, created_at)
      values (${id}, ${id}, ${id}, ${role}, ${person.no}, now()) returning no),
    g as (insert into directory.grants (id, account_no, role, organization_no, valid, state, proposed_at)
      select ${newId('grt')}, no, ${role}, ${over.no}, daterange('2020-01-01', null), 'approved', now() from a)
    select no from a`.execute(platform.owner.kysely)
  return { person, actor: { ...actorWith(role, over, { accountNo: rows[0]?.no ?? 0, person }), accountId: id } }
}

export const clueWords = { title: '收受礼品', matter: '春节前收了施工方的购物卡', informant: '老张' }

/** Two discipline officers of the first unit, one above it, one of the other unit, the unit's leader, and the three administrators. */
export async function aDisciplineLine(platform: TestPlatform, city: SupervisedCity) {
  const officer = (over: Planted, home: Planted) => aHolder(platform, 'discipline_secretary', { over, home })
  const act = acting(platform)
  return {
    first: await officer(city.unit, city.branch),
    second: await officer(city.unit, city.branch),
    above: await officer(city.city, city.otherBranch),
    elsewhere: await officer(city.otherUnit, city.otherBranch),
    leader: await aHolder(platform, 'unit_leader', { over: city.unit, home: city.branch }),
    administrators: (['system', 'security', 'audit'] as const).map((administrator) => ({
      ...actorWith('member', city.unit, { accountNo: 900_000, person: city.member }),
      administrator,
      grants: [],
      readOrganizations: [],
      writeOrganizations: [],
    })),
    receive: (by: Officer, named: readonly Planted[] = [], more: object = {}) =>
      act(by.actor, receiveClueAction, {
        organizationId: city.branch.id,
        source: 'report' as const,
        ...clueWords,
        namedIds: named.map(({ id }) => id),
        above: false,
        ...more,
      }),
  }
}
