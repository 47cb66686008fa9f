import type { z } from 'zod'
import { type Action, action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import type { CivilDate } from '../../../kernel/time/civil-date.ts'
import { factsChanged } from '../../rulebook/index.ts'
import { wordOfRequest } from './request-notices.rules.ts'
import { requestKinds } from './request-reports.contract.ts'
import {
  type RequestAction,
  requestLifecycle,
  requestRefusal,
  type RequestState,
  takenAbove,
} from './request-reports.lifecycle.ts'
import './request-reports.policy.ts'
import * as store from './request-reports.store.ts'
import { stationsOf } from './stations.store.ts'
import { deskOf, nameOf } from './superiors.queries.ts'

export async function requestOf(work: Work, id: string): Promise<store.StoredRequest> {
  const found = await store.findRequest(work.tx, id)
  if (!found) throw new Problem('orglife.request_report_not_found')
  return found
}

const notNow = (state: RequestState, verb: RequestAction) =>
  new Problem('orglife.request_report_not_allowed_now', { detail: requestRefusal(state, verb) })

const isAbove = (verb: RequestAction): boolean => (takenAbove as readonly RequestAction[]).includes(verb)

/** Whose figures a paper bears on: the sender's, and those of each organization with which it lay. */
export async function requestTouched(
  work: Work,
  request: store.StoredRequest,
  ...more: (CivilDate | null | undefined)[]
): Promise<void> {
  const stations = await stationsOf(work.tx, request.no)
  const dates = [...stations.flatMap(({ arrivedOn, dueOn }) => [arrivedOn, dueOn]), request.sentOn, work.today, ...more]
  await factsChanged(work, {
    organizations: [...new Set([request.organizationNo, ...stations.map(({ organizationNo }) => organizationNo)])],
    dates: dates.filter((date): date is CivilDate => typeof date === 'string' && date <= work.today),
    of: ['upward', 'copied', 'decided', 'beforehand', 'single', 'answered'].map((name) => `orglife.requests_${name}`),
  })
}

const roles = {
  above: ['committee_officer', 'committee_secretary', 'full_time_deputy', 'general_branch_secretary'],
  sender: ['branch_secretary', 'branch_committee_member', 'general_branch_secretary', 'committee_secretary', 'full_time_deputy'],
} as const

async function tell(work: Work, id: string, step: StepTaken & { verb: RequestAction }): Promise<void> {
  const request = await requestOf(work, id)
  const said = {
    kind: requestKinds[request.kind],
    title: request.title,
    from: await nameOf(work.tx, request.organizationNo),
    said: step.said ?? null,
    dueOn: step.dueOn ?? null,
  }
  const word = wordOfRequest(step.verb, said)
  // What was never sent is taken back without a word to anybody.
  if (!word || request.sentOn === null) return
  const desks = await deskOf(work.tx, word.tells === 'above' ? request.atNo : request.organizationNo)
  await notify(work.tx, {
    to: { holders: desks.map((organizationNo) => ({ roles: roles[word.tells], organizationNo })) },
    except: work.actor.accountNo,
    kind: `orglife.request_report_${step.verb}`,
    title: word.title,
    body: word.body.trim(),
    urgent: word.urgent || (request.urgent && step.verb === 'send'),
    link: `/request-reports/${id}`,
    at: work.now,
  })
}

export interface StepTaken {
  readonly set: store.RequestSet
  /** The words that are kept with the step. */
  readonly said?: string | null
  /** What those told must do something by. */
  readonly dueOn?: CivilDate | null
  readonly words?: store.RequestWords
}
interface RequestMoved {
  readonly id: string
  readonly state: RequestState
  readonly revision: number
}

/** A step of the lifecycle: state and revision are compared and set in one statement, so of two who act exactly one wins. */
export function requestStep<Input extends z.ZodType<{ id: string }>>(
  verb: RequestAction,
  input: Input,
  step: (work: Work, request: store.StoredRequest, input: z.output<Input>) => Promise<StepTaken> | StepTaken,
): Action<Input, RequestMoved> {
  const side = (request: store.StoredRequest) => (isAbove(verb) ? request.atNo : request.organizationNo)
  return action({
    name: `orglife.request_report.${verb}`,
    input,
    touches: async (work, { id }) => [side(await requestOf(work, id))],
    run: async (work, asked) => {
      const request = await requestOf(work, asked.id)
      const state = requestLifecycle[request.state][verb]
      if (!state) throw notNow(request.state, verb)
      if (isAbove(verb) && request.sentBy === work.actor.accountNo) throw new Problem('orglife.own_request')
      const taken = await step(work, request, asked)
      const moved = await store.changeRequest(work, request, { action: verb, state, organizationNo: side(request), ...taken })
      if (!moved) throw notNow((await requestOf(work, asked.id)).state, verb)
      await requestTouched(work, request)
      await tell(work, request.id, { ...taken, verb })
      const objects = [{ kind: 'request_report', id: request.id }]
      return { reply: { id: request.id, state, revision: request.revision + 1 }, objects, fields: { state, said: taken.said } }
    },
  })
}
