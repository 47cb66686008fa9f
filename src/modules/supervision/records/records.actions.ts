import type { z } from 'zod'
import type { Read } from '../../../kernel/database/handles.ts'
import { type Action, action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { type Lifecycle, refusalOf } from './records.rules.ts'
import { moveRecord, type RecordChange, type RecordKind, type StoredRecord } from './records.store.ts'
import { signedAs } from './signature.rules.ts'

/** What every step of a record answers. */
export interface RecordMoved<State> {
  readonly id: string
  readonly state: State
  readonly revision: number
}

/** What one step changes; `state` only where it differs from the table, such as the last item that lifts a card. */
export type RecordStepDone<State> = Pick<RecordChange, 'set' | 'reason' | 'body'> & { readonly state?: State }

/** A kind of record: its life, how it is found, and what must hold of the actor beyond the policy. */
export interface RecordMachine<State extends string, Verb extends string, Stored extends StoredRecord<State>> {
  readonly kind: RecordKind
  readonly life: Lifecycle<State, Verb>
  readonly find: (read: Read, id: string) => Promise<Stored | null>
  readonly notFound: string
  readonly notAllowedNow: string
  /** Throws when the step is not the actor's, whatever the state. */
  readonly check: (work: Work, stored: Stored, verb: Verb) => Promise<void> | void
  /** In which capacity somebody without a role signs. */
  readonly otherwise: string
  readonly tell: (work: Work, stored: Stored, verb: Verb) => Promise<void>
}

/** One record in the actor's scope; throws that it was not found. */
export async function recordOf<State extends string, Verb extends string, Stored extends StoredRecord<State>>(
  machine: RecordMachine<State, Verb, Stored>,
  work: Work,
  id: string,
): Promise<Stored> {
  const stored = await machine.find(work.tx, id)
  if (!stored) throw new Problem(machine.notFound)
  return stored
}

/** A step of a record's life as an action: compared and set in one statement, so of two at once exactly one wins. */
export function stepping<State extends string, Verb extends string, Stored extends StoredRecord<State>>(
  machine: RecordMachine<State, Verb, Stored>,
) {
  const refuse = (state: State, verb: Verb) =>
    new Problem(machine.notAllowedNow, { detail: refusalOf(machine.life, state, verb) })
  return <Input extends z.ZodType<{ id: string }>>(
    verb: Verb,
    input: Input,
    step: (work: Work, stored: Stored, input: z.output<Input>) => Promise<RecordStepDone<State>> | RecordStepDone<State>,
  ): Action<Input, RecordMoved<State>> => {
    const name = `supervision.${machine.kind}.${verb}`
    return action({
      name,
      input,
      touches: async (work, { id }) => [(await recordOf(machine, work, id)).organizationNo],
      run: async (work, asked) => {
        const stored = await recordOf(machine, work, asked.id)
        const next = machine.life.table[stored.state][verb]
        await machine.check(work, stored, verb)
        if (!next) throw refuse(stored.state, verb)
        const done = await step(work, stored, asked)
        const change = {
          ...done,
          action: verb,
          state: done.state ?? next,
          signedAs: signedAs(work.actor, name, machine.otherwise),
        }
        if (!(await moveRecord(work, machine.kind, { stored, change })))
          throw refuse((await recordOf(machine, work, asked.id)).state, verb)
        const after = await recordOf(machine, work, asked.id)
        await machine.tell(work, after, verb)
        return {
          reply: { id: stored.id, state: after.state, revision: after.revision },
          objects: [{ kind: machine.kind, id: stored.id }],
          fields: { state: after.state, reason: done.reason, ...done.body },
        }
      },
    })
  }
}

/** Throws `supervision.due_in_past` for a day that has gone by. */
export function checkDueOn(work: Work, dueOn: CivilDate, field = 'dueOn'): void {
  if (dueOn >= work.today) return
  throw new Problem('supervision.due_in_past', { errors: [{ field, message: '请填今天或以后的日期。' }] })
}
