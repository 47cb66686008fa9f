import fc from 'fast-check'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../src/kernel/access/actor.ts'
import { type Action, perform } from '../../src/kernel/actions/action.ts'
import { writeAsSystem } from '../../src/kernel/database/transaction.ts'
import { Problem } from '../../src/kernel/errors/problem.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { addDays } from '../../src/kernel/time/civil-date.ts'
import { electCommitteeAction } from '../../src/modules/directory/committees/committees.actions.ts'
import { movePersonAction } from '../../src/modules/directory/persons/move-person.actions.ts'
import { createPersonAction } from '../../src/modules/directory/persons/persons.actions.ts'
import { appointAction, endPostAction } from '../../src/modules/directory/posts/posts.actions.ts'
import { recompute } from '../../src/modules/rulebook/index.ts'
import type { Planted } from './world.ts'

/** What happens in the registers and to the rules of a city, in the form in which it is generated. */
export type RegisterStep =
  | { does: 'appoint'; branch: number; person: number; daysAgo: number }
  | { does: 'leave'; which: number; daysAgo: number }
  | { does: 'join'; branch: number; full: boolean }
  | { does: 'transfer'; person: number; branch: number; daysAgo: number }
  | { does: 'elect'; branch: number; daysAgo: number; years: number }
  | { does: 'end_rule'; code: string; daysAgo: number }
  | { does: 'switch_rule'; code: string }

const branch = fc.nat(3)
const daysAgo = fc.integer({ min: 0, max: 40 })
const code = fc.constantFrom('SL1', 'SL3', 'SL4', 'SL5', 'SL7')

export const registerStep: fc.Arbitrary<RegisterStep> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('appoint' as const), branch, person: fc.nat(20), daysAgo }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('leave' as const), which: fc.nat(9), daysAgo }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('join' as const), branch, full: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('transfer' as const), person: fc.nat(30), branch, daysAgo }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('elect' as const), branch, daysAgo, years: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('end_rule' as const), code, daysAgo: fc.integer({ min: -20, max: 60 }) }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('switch_rule' as const), code }) },
)

export interface RegisterCity {
  readonly platform: TestPlatform
  readonly branches: readonly Planted[]
  readonly officer: Actor
}

/** Takes one step; what the product refuses changes nothing. */
export async function takeRegisterStep(city: RegisterCity, step: RegisterStep): Promise<void> {
  try {
    await steps[step.does](city, step as never)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}

const act = <I extends z.ZodType, R>(city: RegisterCity, declared: Action<I, R>, input: z.output<I>) =>
  perform(city.platform, declared, { actor: city.officer, requestId: null, idempotencyKey: null, input })

async function oneOf(city: RegisterCity, which: number, rows: ReturnType<typeof sql<{ id: string }>>): Promise<string> {
  const found = await rows.execute(city.platform.owner.kysely)
  return found.rows[which % Math.max(found.rows.length, 1)]?.id ?? ''
}

const personAt = (city: RegisterCity, which: number, at: Planted | undefined) =>
  oneOf(
    city,
    which,
    sql`select s.id from directory.persons s join directory.memberships m on m.person_no = s.no and upper_inf(m.valid)
      where ${at === undefined ? sql`true` : sql`m.organization_no = ${at.no}`} order by s.no`,
  )

/** Rules change beside the product's own operations; what was computed of them is computed again, as publishing does. */
async function ruleChanged(city: RegisterCity, codes: string, change: ReturnType<typeof sql>): Promise<void> {
  await change.execute(city.platform.owner.kysely)
  const { rows } = await sql<{ no: number }>`select no from rulebook.requirements where code = ${codes}`.execute(
    city.platform.owner.kysely,
  )
  const asOf = city.platform.clock.today()
  await writeAsSystem(city.platform.database, async (tx) => {
    const organizations = await sql<{ no: number }>`select no from directory.organizations order by no`.execute(
      city.platform.owner.kysely,
    )
    for (const part of [organizations.rows.slice(0, 4), organizations.rows.slice(4)]) {
      await recompute(tx, {
        asOf,
        organizations: part.map(({ no }) => no),
        from: '2026-01-01',
        to: asOf,
        only: rows.map(({ no }) => no),
      })
    }
  })
}

type Of<Does> = Extract<RegisterStep, { does: Does }>
const reason = '工作需要'

const steps = {
  appoint: async (city: RegisterCity, step: Of<'appoint'>) => {
    const at = city.branches[step.branch]
    const on = addDays(city.platform.clock.today(), -step.daysAgo)
    const personId = await personAt(city, step.person, at)
    await act(city, appointAction, { personId, organizationId: at?.id ?? '', post: 'branch_secretary', fullTime: false, on })
  },
  leave: async (city: RegisterCity, step: Of<'leave'>) => {
    const id = await oneOf(
      city,
      step.which,
      sql`select id from directory.posts where upper_inf(valid) and post = 'branch_secretary' order by no`,
    )
    await act(city, endPostAction, { id, on: addDays(city.platform.clock.today(), -step.daysAgo), reason })
  },
  join: async (city: RegisterCity, step: Of<'join'>) => {
    const category = step.full ? ('full_member' as const) : ('probationary_member' as const)
    await act(city, createPersonAction, {
      name: '示例新人',
      category,
      organizationId: city.branches[step.branch]?.id ?? '',
      exempt: false,
    })
  },
  transfer: async (city: RegisterCity, step: Of<'transfer'>) => {
    const on = addDays(city.platform.clock.today(), -step.daysAgo)
    const id = await personAt(city, step.person, undefined)
    await act(city, movePersonAction, { id, toId: city.branches[step.branch]?.id ?? '', on, reason })
  },
  elect: async (city: RegisterCity, step: Of<'elect'>) => {
    const at = city.branches[step.branch]
    const members = [{ personId: await personAt(city, step.daysAgo, at), duty: '书记' }]
    const electedOn = addDays(city.platform.clock.today(), -step.daysAgo)
    await act(city, electCommitteeAction, { id: at?.id ?? '', electedOn, termYears: step.years, members })
  },
  end_rule: async (city: RegisterCity, step: Of<'end_rule'>) => {
    const on = addDays(city.platform.clock.today(), -step.daysAgo)
    await ruleChanged(
      city,
      step.code,
      sql`with ended as (update rulebook.requirements set valid = daterange(lower(valid), ${on}::date)
          where code = ${step.code} and upper_inf(valid) and lower(valid) < ${on}::date returning *)
        insert into rulebook.requirements (id, document_no, code, version, title, dimension, strength, confidence, enabled, reason_off, subject, cadence, due_by, event,
          due_offset_days, grace_days, measure, params, target, formula, remedy, source, clauses, valid)
        select id || version, document_no, code, version + 1, title, dimension, 'soft', confidence, enabled, reason_off, subject, cadence, due_by, event,
          due_offset_days, 9, measure, params, target, formula, remedy, source, clauses, daterange(${on}::date, null) from ended`,
    )
  },
  switch_rule: async (city: RegisterCity, step: Of<'switch_rule'>) =>
    ruleChanged(
      city,
      step.code,
      sql`update rulebook.requirements set enabled = not enabled, reason_off = '试停' where code = ${step.code}`,
    ),
}
