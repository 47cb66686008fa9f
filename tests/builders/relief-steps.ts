import fc from 'fast-check'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../src/kernel/access/actor.ts'
import { type Action, perform } from '../../src/kernel/actions/action.ts'
import { Problem } from '../../src/kernel/errors/problem.ts'
import type { TestPlatform } from '../../src/kernel/testing/test-platform.ts'
import { addDays } from '../../src/kernel/time/civil-date.ts'
import { periodOf } from '../../src/kernel/time/period.ts'
import { exemptAction, revokeExemptionAction } from '../../src/modules/rulebook/exemptions/exemptions.actions.ts'
import {
  askClockStopAction,
  askExtensionAction,
  endClockStopAction,
  grantReliefAction,
  refuseReliefAction,
} from '../../src/modules/rulebook/relief/relief.actions.ts'
import type { Planted } from './world.ts'

/** What is put off, waits or is exempt in a city, in the form in which it is generated. */
export type ReliefStep =
  | { does: 'extend'; branch: number; requirement: string; days: number; grant: boolean }
  | { does: 'wait'; branch: number; requirement: string }
  | { does: 'answer'; which: number }
  | { does: 'exempt'; branch: number; requirement: string | undefined; from: number; days: number }
  | { does: 'revoke'; which: number; daysAgo: number }

const branch = fc.nat(3)

/** What is relieved: duties of natural periods of the rulebooks that ship. */
export const reliefStep = reliefStepOf(fc.constantFrom('ZB14', 'ZB6', 'ZB9', 'ZB12'))
/** Of the rulebook for tests: what is asked each month, once by a day, and after an event, with its month and last day. */
const deadlines: Readonly<Record<string, { name: string; ends: string }>> = {
  SL2: { name: '2026-03', ends: '2026-03-20' },
  SL10: { name: '2026-05', ends: '2026-05-10' },
}
export const deadlineStep = reliefStepOf(fc.constantFrom('SL1', 'SL2', 'SL10'))

function reliefStepOf(requirement: fc.Arbitrary<string>): fc.Arbitrary<ReliefStep> {
  return fc.oneof(
    {
      weight: 2,
      arbitrary: fc.record({
        does: fc.constant('extend' as const),
        branch,
        requirement,
        days: fc.integer({ min: 1, max: 70 }),
        grant: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: fc.record({ does: fc.constant('wait' as const), branch, requirement }) },
    { weight: 2, arbitrary: fc.record({ does: fc.constant('answer' as const), which: fc.nat(9) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        does: fc.constant('exempt' as const),
        branch,
        requirement: fc.option(requirement, { nil: undefined }),
        from: fc.integer({ min: -60, max: 40 }),
        days: fc.integer({ min: 1, max: 120 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        does: fc.constant('revoke' as const),
        which: fc.nat(9),
        daysAgo: fc.integer({ min: -10, max: 60 }),
      }),
    },
  )
}

export interface ReliefCity {
  readonly platform: TestPlatform
  readonly branches: readonly Planted[]
  /** Decides; somebody else asks. */
  readonly officer: Actor
  readonly asker: Actor
}

const monthly = ['ZB14', 'ZB9', 'SL1']

/** Takes one step; what the product refuses changes nothing. */
export async function takeReliefStep(city: ReliefCity, step: ReliefStep): Promise<void> {
  try {
    await steps[step.does](city, step as never)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}

const act = <I extends z.ZodType, R>(
  city: ReliefCity,
  by: 'officer' | 'asker',
  given: { declared: Action<I, R>; input: z.output<I> },
) => perform(city.platform, given.declared, { actor: city[by], requestId: null, idempotencyKey: null, input: given.input })

function dutyOf(city: ReliefCity, step: { branch: number; requirement: string }) {
  const period =
    deadlines[step.requirement] ?? periodOf(city.platform.clock.today(), monthly.includes(step.requirement) ? 'month' : 'quarter')
  return {
    ends: period.ends,
    duty: { requirement: step.requirement, subject: city.branches[step.branch]?.id ?? '', period: period.name },
  }
}

async function oneOf(city: ReliefCity, table: 'reliefs' | 'exemptions', which: number): Promise<string> {
  const where = table === 'reliefs' ? sql`state = 'granted' and kind = 'clock_stop'` : sql`revoked_at is null`
  const { rows } = await sql<{ id: string }>`select id from ${sql.table(`rulebook.${table}`)} where ${where} order by no`.execute(
    city.platform.owner.kysely,
  )
  return rows[which % Math.max(rows.length, 1)]?.id ?? ''
}

type Of<Does> = Extract<ReliefStep, { does: Does }>
const reason = '情况属实，同意'

const steps = {
  extend: async (city: ReliefCity, step: Of<'extend'>) => {
    const { duty, ends } = dutyOf(city, step)
    const until = addDays(ends, step.days)
    const { id } = await act(city, 'asker', { declared: askExtensionAction, input: { ...duty, until, reason: '抢险值守' } })
    const input = { id, reason }
    await (step.grant
      ? act(city, 'officer', { declared: grantReliefAction, input })
      : act(city, 'officer', { declared: refuseReliefAction, input }))
  },
  wait: async (city: ReliefCity, step: Of<'wait'>) => {
    const { duty } = dutyOf(city, step)
    const { id } = await act(city, 'asker', { declared: askClockStopAction, input: { ...duty, waitingFor: '等待批复' } })
    await act(city, 'officer', { declared: grantReliefAction, input: { id, reason } })
  },
  answer: async (city: ReliefCity, step: Of<'answer'>) => {
    const id = await oneOf(city, 'reliefs', step.which)
    await act(city, 'officer', { declared: endClockStopAction, input: { id, answer: '已经批复' } })
  },
  exempt: async (city: ReliefCity, step: Of<'exempt'>) => {
    const from = addDays(city.platform.clock.today(), step.from)
    const ground = step.requirement === undefined ? ('temporary_branch' as const) : ('other' as const)
    const subject = city.branches[step.branch]?.id ?? ''
    const input = {
      subject,
      ground,
      from,
      to: addDays(from, step.days),
      reason,
      ...(step.requirement && { requirement: step.requirement }),
    }
    await act(city, 'officer', { declared: exemptAction, input })
  },
  revoke: async (city: ReliefCity, step: Of<'revoke'>) => {
    const id = await oneOf(city, 'exemptions', step.which)
    const from = addDays(city.platform.clock.today(), -step.daysAgo)
    await act(city, 'officer', { declared: revokeExemptionAction, input: { id, from, reason } })
  },
}
