import type { z } from 'zod'
import { type Action, action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { notify, type Recipients } from '../../../kernel/notices/registry.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { signedAs } from '../records/signature.rules.ts'
import { clockFollows } from './case-clock.actions.ts'
import { caseReader } from './case-reader.queries.ts'
import { type CaseWord, wordOf } from './case-notices.rules.ts'
import './cases.contract.ts'
import { type CaseAction, caseActions, caseLifecycle, type CaseState } from './cases.lifecycle.ts'
import { answerers } from './cases.policy.ts'
import { isPartyTo, mayTake, possibleNow, refusal } from './cases.rules.ts'
import { type CaseChange, changeCase, findCase, type StoredCase } from './cases.store.ts'

/** What every step answers. */
export interface Moved {
  readonly id: string
  readonly state: CaseState
  readonly revision: number
}

/** What a step changes beside the state. */
export interface Step {
  readonly set: CaseChange['set']
  readonly reason: string | null
  readonly body: Readonly<Record<string, unknown>>
}

const standing = (stored: StoredCase) => ({ state: stored.state, waiting: stored.waitingSince !== null })

/** One case in the actor's scope; throws `supervision.case_not_found`. */
export async function caseOf(work: Work, id: string): Promise<StoredCase> {
  const stored = await findCase(work.tx, id)
  if (!stored) throw new Problem('supervision.case_not_found')
  return stored
}

/** Throws `supervision.due_in_past` for a day that has gone by. */
export function checkDue(work: Work, dueOn: CivilDate | undefined): void {
  if (dueOn === undefined || dueOn >= work.today) return
  throw new Problem('supervision.due_in_past', { errors: [{ field: 'dueOn', message: '请填今天或以后的日期。' }] })
}

function notNow(stored: StoredCase, verb: CaseAction): Problem {
  return new Problem('supervision.case_not_allowed_now', { detail: refusal(standing(stored), verb) })
}

const personal: readonly CaseAction[] = ['report', 'pause', 'resume']

async function checkStep(work: Work, stored: StoredCase, verb: CaseAction): Promise<CaseState> {
  if (personal.includes(verb) && !mayTake(verb, stored, await caseReader(work.tx, work.actor, stored.organizationNo))) {
    throw new Problem('kernel.forbidden')
  }
  const next = caseLifecycle[stored.state][verb]
  if (!next || !possibleNow(standing(stored)).includes(verb)) throw notNow(stored, verb)
  if (verb === 'verify' && isPartyTo(stored, work.actor)) throw new Problem('supervision.verifier_must_be_another')
  return next
}

/** Tells those concerned of a step. */
export async function tell(work: Work, concerned: StoredCase, word: CaseWord | null): Promise<void> {
  if (!word) return
  const accounts = { opener: concerned.openedBy, reporter: concerned.reportedBy } as const
  const to: Recipients = {
    accountNos: (['opener', 'reporter'] as const).flatMap((one) =>
      word.tells.includes(one) && accounts[one] !== null ? [accounts[one]] : [],
    ),
    personNos: word.tells.includes('owner') && concerned.ownerNo !== null ? [concerned.ownerNo] : [],
    holders: word.tells.includes('answerers') ? [{ roles: answerers, organizationNo: concerned.organizationNo }] : [],
  }
  const { kind, title, body, urgent } = word
  await notify(work.tx, {
    to,
    except: work.actor.accountNo,
    kind,
    title,
    body,
    urgent,
    link: `/cases/${concerned.id}`,
    at: work.now,
  })
}

/**
 * A step of the lifecycle as an action: the state is compared and set in one statement, so of two officers exactly one wins and
 * the other gets `supervision.case_not_allowed_now` with what is possible now.
 */
export function transition<Input extends z.ZodType<{ id: string }>>(
  verb: CaseAction,
  input: Input,
  step: (work: Work, stored: StoredCase, input: z.output<Input>) => Promise<Step> | Step,
): Action<Input, Moved> {
  return action({
    name: `supervision.case.${verb}`,
    input,
    touches: async (work, { id }) => [(await caseOf(work, id)).organizationNo],
    run: async (work, asked) => {
      const stored = await caseOf(work, asked.id)
      const state = await checkStep(work, stored, verb)
      const done = await step(work, stored, asked)
      const { set } = done
      // No step without its reason and its signature; a proposal that is taken up as it stands has the system's reason.
      const reason = done.reason ?? (verb === 'remind' ? `采纳系统建议：${stored.title}` : null)
      const body = { ...done.body, signedAs: signedAs(work.actor, `supervision.case.${verb}`, '责任人') }
      if (!(await changeCase(work, stored, { action: verb, state, set, reason, body })))
        throw notNow(await caseOf(work, asked.id), verb)
      const after = await caseOf(work, asked.id)
      const said = reason ?? (typeof done.body['waitingFor'] === 'string' ? done.body['waitingFor'] : null)
      await clockFollows(work, stored, { after, why: said ?? `督办事项已${caseActions[verb]}` })
      await tell(work, after, wordOf(verb, { ...after, reason: said }))
      return {
        reply: { id: stored.id, state, revision: after.revision },
        objects: [{ kind: 'case', id: stored.id }],
        fields: { state, reason, ...body },
      }
    },
  })
}
