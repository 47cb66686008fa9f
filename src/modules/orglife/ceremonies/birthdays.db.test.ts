import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { acting, aSupervisedCity, type SupervisedCity } from '../../../../tests/builders/a-supervised-city.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { readAs } from '../../../kernel/database/transaction.ts'
import { testPlatform } from '../../../kernel/testing/test-platform.ts'
import { declareOrglifeMeasures } from '../index.ts'
import { declineBirthdayAction, switchBirthdaysAction } from './birthdays.actions.ts'
import { birthdaysOf, ownBirthdayOf } from './birthdays.queries.ts'

declareOrglifeMeasures()
const platform = await testPlatform('2026-11-23')
const act = acting(platform)
let city: SupervisedCity

beforeAll(async () => {
  city = await aSupervisedCity(platform)
  await sql`update directory.persons set joined_on = case when no = ${city.member.no} then date '2006-12-01' else date '2010-03-01' end`.execute(
    platform.owner.kysely,
  )
  await sql`insert into directory.memberships (person_no, organization_no, standing, valid)
    select no, home_no, 'full', daterange('2020-01-01', null) from directory.persons p
    where not exists (select 1 from directory.memberships m where m.person_no = p.no)`.execute(platform.owner.kysely)
})

const ask = (actor: Actor, organization = city.branch.id) =>
  readAs(platform.database, actor, (read) => birthdaysOf(read, actor, { organization, today: platform.clock.today() }))
const turn = (actor: Actor, on: boolean) => act(actor, switchBirthdaysAction, { organizationId: city.branch.id, on })

test('days of joining are shown to a branch that wants to know, to its keepers alone, and not of whoever says no', async () => {
  expect(await ask(city.branchSecretary)).toMatchObject({ on: false, people: [] })
  for (const actor of [city.deputy, city.owner]) await expect(turn(actor, true)).rejects.toMatchObject({ status: 403 })
  await turn(city.branchSecretary, true)
  await expect(turn(city.branchSecretary, true)).rejects.toMatchObject({ code: 'kernel.not_allowed_now' })
  expect((await ask(city.branchSecretary)).people).toMatchObject([{ name: '甲某', day: '2026-12-01', years: 20 }])
  for (const actor of [city.deputy, city.owner])
    await expect(ask(actor)).rejects.toMatchObject({ code: 'directory.organization_not_found' })
  await expect(ask(city.branchSecretary, city.otherBranch.id)).rejects.toMatchObject({ status: 404 })

  await act(city.owner, declineBirthdayAction, { shown: false })
  expect((await ask(city.branchSecretary)).people).toEqual([])
  expect(await readAs(platform.database, city.owner, (read) => ownBirthdayOf(read, city.owner))).toEqual({ shown: false })
  await act(city.owner, declineBirthdayAction, { shown: true })
  expect((await ask(city.branchSecretary)).people).toHaveLength(1)
  await expect(act(city.officer, declineBirthdayAction, { shown: false })).rejects.toMatchObject({ code: 'orglife.not_a_person' })
  await turn(city.branchSecretary, false)
  expect(await ask(city.branchSecretary)).toMatchObject({ on: false, people: [] })
})
