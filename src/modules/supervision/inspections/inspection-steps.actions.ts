import type { z } from 'zod'
import { type Action, action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { notify, type Recipients } from '../../../kernel/notices/registry.ts'
import { partIn } from './inspectors.queries.ts'
import './inspections.contract.ts'
import { type InspectionAction, inspectionLifecycle, type InspectionState } from './inspections.lifecycle.ts'
import { visitedKeepers } from './inspections.policy.ts'
import { possibleNow, refusal } from './inspections.rules.ts'
import { changeInspection, findInspection, type InspectionSet, type StoredInspection } from './inspections.store.ts'

export interface Moved {
  readonly id: string
  readonly state: InspectionState
  readonly revision: number
}

export interface Step {
  readonly set: InspectionSet
  readonly reason: string | null
  readonly body: Readonly<Record<string, unknown>>
}

/** One inspection in the actor's scope; throws `supervision.inspection_not_found`. */
export async function inspectionOf(work: Work, id: string): Promise<StoredInspection> {
  const stored = await findInspection(work.tx, id)
  if (!stored) throw new Problem('supervision.inspection_not_found')
  return stored
}

export function notNow(stored: StoredInspection, verb: InspectionAction): Problem {
  return new Problem('supervision.inspection_not_allowed_now', { detail: refusal(stored, verb) })
}

/** Verbs of whoever visits: an inspector of this very inspection, or who sends it. */
export async function onlyByVisitors(work: Work, stored: StoredInspection): Promise<void> {
  const part = await partIn(work.tx, work.actor, stored)
  if (!part.inspects && !part.sends) throw new Problem('kernel.forbidden')
}

export function checkVerb(stored: StoredInspection, verb: InspectionAction): InspectionState {
  const next = inspectionLifecycle[stored.state][verb]
  if (!next || !possibleNow(stored).includes(verb)) throw notNow(stored, verb)
  return next
}

const byVisitors: readonly InspectionAction[] = ['edit', 'start', 'sign', 'resume']

/** Whose permission is asked: what the visited do, over them; what the senders do, where they send from. */
const touchedBy = (verb: InspectionAction, stored: StoredInspection) =>
  verb === 'remark' || byVisitors.includes(verb) ? stored.organizationNo : stored.ledByNo

/** A step as an action: state and revision are compared and set in one statement, so of two at once exactly one wins. */
export function stepOf<Input extends z.ZodType<{ id: string }>>(
  verb: InspectionAction,
  input: Input,
  step: (work: Work, stored: StoredInspection, input: z.output<Input>) => Promise<Step | null> | Step | null,
): Action<Input, Moved> {
  return action({
    name: `supervision.inspection.${verb}`,
    input,
    touches: async (work, { id }) => [touchedBy(verb, await inspectionOf(work, id))],
    run: async (work, asked) => {
      const stored = await inspectionOf(work, asked.id)
      if (byVisitors.includes(verb)) await onlyByVisitors(work, stored)
      const state = checkVerb(stored, verb)
      const done = await step(work, stored, asked)
      const objects = [{ kind: 'inspection', id: stored.id }]
      // What the device had sent before is here already.
      if (!done) return { reply: { id: stored.id, state: stored.state, revision: stored.revision }, objects, fields: {} }
      const { set, reason, body } = done
      if (!(await changeInspection(work, stored, { action: verb, state, set, reason, body })))
        throw notNow(await inspectionOf(work, asked.id), verb)
      return {
        reply: { id: stored.id, state, revision: stored.revision + 1 },
        objects,
        fields: { state, reason, ...body },
      }
    },
  })
}

/** Tells those concerned; the visited only of what they may know. */
export async function tellOf(
  work: Work,
  stored: StoredInspection,
  said: { kind: string; title: string; body: string; to: Recipients; urgent?: boolean },
): Promise<void> {
  await notify(work.tx, {
    to: said.to,
    except: work.actor.accountNo,
    kind: `supervision.inspection_${said.kind}`,
    title: said.title,
    body: said.body,
    urgent: said.urgent ?? false,
    link: `/inspections/${stored.id}`,
    at: work.now,
  })
}

export const visitedBy = (stored: StoredInspection): Recipients => ({
  holders: [{ roles: visitedKeepers, organizationNo: stored.organizationNo }],
})
