import { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { periodOf } from '../../../kernel/time/period.ts'
import type { RulebookFile, RulebookRequirement } from '../documents/rulebook-file.contract.ts'
import { heldMeasure } from '../engine/engine.measures.ts'
import { publishAlone } from './compiled.store.ts'
import { atTheTop } from './drafts.actions.ts'
import './drafts.policy.ts'
import { lastVersions, type Published, publishedDocuments } from './editions.queries.ts'
import { checkNotFrozen, takeText } from './publish.actions.ts'
import { endRequirement, endRulebook, switchRequirement } from './publishing.contract.ts'
import { endedOn, requirementEnded, succession } from './succession.rules.ts'

const nextOf = (document: Published, rulebook: RulebookFile): Published => ({
  ...document,
  rulebook,
  edition: document.edition + 1,
})

function wrongDay(field: string, message: string): Problem {
  return new Problem('rulebook.date_wrong', { detail: message, errors: [{ field, message }] })
}

/** Ends a whole document; what its requirements asked before that day stays. */
export const endRulebookAction = action({
  name: 'rulebook.rule.end',
  input: endRulebook.body.extend({ id: z.string() }),
  touches: atTheTop,
  run: async (work, input) => {
    await publishAlone(work.tx)
    const published = await publishedDocuments(work.tx)
    const document = published.find(({ id, code }) => id === input.id || code === input.id)
    if (!document) throw new Problem('rulebook.rulebook_not_found')
    const { in_force_from: from, in_force_to: to } = document.rulebook.document
    if (to !== undefined && to <= input.on) throw new Problem('rulebook.already_ended')
    if (input.on <= from) throw wrongDay('on', `失效日期要晚于施行日期（${from}）。`)
    await checkNotFrozen(work, 'on', input.on)
    const running = document.rulebook.requirements.filter(({ valid_to }) => valid_to === undefined || valid_to > input.on)
    const { job } = await takeText(work, {
      published,
      document: nextOf(document, endedOn(document.rulebook, input.on)),
      edition: { begins: input.on, what: 'ended', reason: input.reason },
    })
    const ended = [...new Set(running.map(({ code }) => code))]
    return {
      reply: { id: document.id, ended, job },
      objects: [{ kind: 'rulebook', id: document.id }],
      fields: { code: document.code, on: input.on, reason: input.reason, ended },
    }
  },
})

interface Held {
  readonly published: readonly Published[]
  readonly document: Published
  readonly versions: readonly RulebookRequirement[]
}

async function holderOf(work: Work, code: string): Promise<Held> {
  await publishAlone(work.tx)
  const published = await publishedDocuments(work.tx)
  const document = published.find(({ rulebook }) => rulebook.requirements.some((one) => one.code === code))
  if (!document) throw new Problem('rulebook.requirement_not_found')
  const versions = document.rulebook.requirements.filter((one) => one.code === code)
  return { published, document, versions: versions.toSorted((a, b) => (a.valid_from < b.valid_from ? -1 : 1)) }
}

function checkEnd({ versions }: Held, on: CivilDate): void {
  const last = versions.at(-1)
  if (last?.valid_to !== undefined && last.valid_to <= on) throw new Problem('rulebook.already_ended')
  const first = versions[0]
  if (first && on <= first.valid_from) throw wrongDay('on', `停用日期要晚于起用日期（${first.valid_from}）。`)
}

/** Ends one requirement; the days before keep their figures. */
export const endRequirementAction = action({
  name: 'rulebook.rule.end',
  input: endRequirement.body.extend({ code: z.string() }),
  touches: atTheTop,
  run: async (work, input) => {
    const held = await holderOf(work, input.code)
    checkEnd(held, input.on)
    await checkNotFrozen(work, 'on', input.on)
    const { job } = await takeText(work, {
      published: held.published,
      document: nextOf(held.document, requirementEnded(held.document.rulebook, input.code, input.on)),
      edition: { begins: input.on, what: 'requirement_ended', reason: input.reason },
    })
    const version = held.versions.findLast(({ valid_from }) => valid_from < input.on)?.version ?? 1
    return {
      reply: { code: input.code, version, job },
      objects: [
        { kind: 'rulebook', id: held.document.id },
        { kind: 'requirement', id: input.code },
      ],
      fields: { on: input.on, reason: input.reason },
    }
  },
})

const unproved = ['C', 'conflict']

/** What stands against switching a version on; a reason opens what is not proved, but only as a hint. */
function checkSwitchOn(last: RulebookRequirement): void {
  if (last.awaits !== undefined || !heldMeasure(last.measure.name)) throw new Problem('rulebook.measure_missing')
  if (unproved.includes(last.confidence) && last.strength === 'hard') throw new Problem('rulebook.only_as_hint')
}

function switched(one: RulebookRequirement, enabled: boolean, reason: string): RulebookRequirement {
  const { reason_off: _off, reason_on: _on, ...kept } = one
  if (!enabled) return { ...kept, enabled, reason_off: reason }
  return { ...kept, enabled, ...(unproved.includes(one.confidence) && { reason_on: reason }) }
}

/** From when a switch works unless told: what is switched off stops with the period that runs, what is switched on begins with the next. */
function switchDay(last: RulebookRequirement, enabled: boolean, today: CivilDate): CivilDate {
  const cadence = last.cadence === 'once' || last.cadence === 'event' ? 'month' : last.cadence
  const day = enabled ? today : periodOf(today, cadence).starts
  return day > last.valid_from ? day : last.valid_from
}

/** Switches a requirement on or off from a day on, with a reason: the days before keep their figures. */
export const switchRequirementAction = action({
  name: 'rulebook.rule.switch',
  input: switchRequirement.body.extend({ code: z.string() }),
  touches: atTheTop,
  run: async (work, input) => {
    const held = await holderOf(work, input.code)
    const last = held.versions.at(-1)
    if (!last || last.enabled === input.enabled) throw new Problem('rulebook.already_switched')
    if (last.valid_to !== undefined && last.valid_to <= work.today) throw new Problem('rulebook.already_ended')
    if (input.enabled) checkSwitchOn(last)
    const on = input.from ?? switchDay(last, input.enabled, work.today)
    if (on < last.valid_from) throw wrongDay('from', `不能早于现行版本的起用日期（${last.valid_from}）。`)
    await checkNotFrozen(work, 'from', on)
    const { rulebook: now } = held.document
    const requirements = now.requirements.map((one) => (one === last ? switched(one, input.enabled, input.reason) : one))
    const rulebook = succession(now, { ...now, requirements }, { on, lastUsed: await lastVersions(work.tx) })
    const { job } = await takeText(work, {
      published: held.published,
      document: nextOf(held.document, rulebook),
      edition: { begins: on, what: 'switched', reason: input.reason },
    })
    return {
      reply: { code: input.code, enabled: input.enabled, from: on, job },
      objects: [
        { kind: 'rulebook', id: held.document.id },
        { kind: 'requirement', id: input.code },
      ],
      fields: { enabled: input.enabled, from: on, reason: input.reason },
    }
  },
})
