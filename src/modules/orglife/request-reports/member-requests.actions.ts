import { z } from 'zod'
import { type Action, action, type Work } from '../../../kernel/actions/action.ts'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { notify, type Recipients } from '../../../kernel/notices/registry.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { factsChanged } from '../../rulebook/index.ts'
import * as contract from './member-requests.contract.ts'
import './member-requests.policy.ts'
import * as store from './member-requests.store.ts'
import { answerDue } from './request-reports.rules.ts'
import { arrive, noteAtStation, stationsOf } from './stations.store.ts'
import { daysAllowed, deskOf, superiorsOf } from './superiors.queries.ts'

const about = (id: string) => [{ kind: 'member_request', id }]
const deskRoles = ['branch_secretary', 'committee_officer', 'committee_secretary', 'full_time_deputy', 'general_branch_secretary']

/** What the figures of the branch and of each desk count. */
async function touched(work: Work, request: store.StoredMemberRequest): Promise<void> {
  const stations = await stationsOf(work.tx, request.no)
  const dates = [...stations.flatMap(({ arrivedOn, dueOn }) => [arrivedOn, dueOn ?? arrivedOn]), request.sentOn, work.today]
  await factsChanged(work, {
    organizations: [...new Set([request.organizationNo, ...stations.map(({ organizationNo }) => organizationNo)])],
    dates,
    of: ['orglife.member_requests_answered', 'orglife.requests_answered'],
  })
}

/** A notice names no matter and no member: whoever may read it opens it. */
async function tell(work: Work, said: { to: Recipients; id: string; verb: string; title: string; body: string }): Promise<void> {
  const { id, verb, ...words } = said
  const kind = `orglife.member_request_${verb}`
  await notify(work.tx, { ...words, except: work.actor.accountNo, kind, link: `/member-requests/${id}`, at: work.now })
}

/** Puts a request on a desk: its clock begins there. */
async function lay(work: Work, request: { no: number; id: string }, deskNo: number): Promise<void> {
  const { answer } = await daysAllowed(work.tx, work.today)
  const dueOn = answerDue('request', work.today, answer)
  await arrive(work, request, { organizationNo: deskNo, dueOn })
  const desks = await deskOf(work.tx, deskNo)
  const holders = desks.map((organizationNo) => ({ roles: deskRoles, organizationNo }))
  const body = dueOn === null ? '' : `请于${inChinese(dueOn)}前答复本人，或转报上级。`
  await tell(work, { to: { holders }, id: request.id, verb: 'ask', title: '有一件党员请示待答复', body })
}

/** Her branch; what the secretary herself asks goes to the superior at once, so that nobody answers himself. */
async function deskFor(work: Work, branchNo: number): Promise<number> {
  if (!organizationsFor(work.actor, 'orglife.member_request.answer').includes(branchNo)) return branchNo
  return (await superiorsOf(work.tx, branchNo))[0]?.no ?? branchNo
}

export const askBranchAction = action({
  name: 'orglife.member_request.ask',
  input: contract.askBranch.body,
  touches: () => [],
  run: async (work, { matter, content }) => {
    const { personNo } = work.actor
    const branchNo = personNo === null ? undefined : await store.branchOf(work.tx, personNo, work.today)
    if (personNo === null || branchNo === undefined) throw new Problem('orglife.asker_without_branch')
    const deskNo = await deskFor(work, branchNo)
    const title = contract.matters[matter]
    const request = await store.insertMemberRequest(work, { askerNo: personNo, branchNo, deskNo, matter, title, content })
    await lay(work, request, deskNo)
    await touched(work, request)
    // The ledger is read by others: neither the matter nor the words stand in it.
    return { reply: { id: request.id }, objects: about(request.id), fields: {} }
  },
})

async function requestOf(work: Work, id: string): Promise<store.StoredMemberRequest> {
  const found = await store.findMemberRequest(work.tx, id)
  if (!found) throw new Problem('orglife.member_request_not_found')
  return found
}

const notNow = (state: contract.MemberState, verb: contract.MemberAction) =>
  new Problem('orglife.member_request_not_allowed_now', {
    detail: `这件请示${contract.memberStates[state]}，不能${contract.memberActions[verb]}。还有事情要请示的，另提一件。`,
  })

interface Taken {
  readonly said: string | null
  readonly nextNo?: number
  /** What the member is told; nothing of her own act. */
  readonly told?: { readonly title: string; readonly body: string }
}

function memberStep<Input extends z.ZodType<{ id: string }>>(
  verb: contract.MemberAction,
  input: Input,
  step: (work: Work, request: store.StoredMemberRequest, input: z.output<Input>) => Promise<Taken>,
): Action<Input, { id: string }> {
  const hers = verb === 'withdraw'
  return action({
    name: `orglife.member_request.${verb}`,
    input,
    touches: async (work, { id }) => {
      const { atNo } = await requestOf(work, id)
      return hers ? [] : [atNo]
    },
    run: async (work, asked) => {
      const request = await requestOf(work, asked.id)
      const own = request.askerNo === work.actor.personNo
      if (hers && !own) throw new Problem('orglife.member_request_not_found')
      if (own && !hers) throw new Problem('orglife.own_request')
      const state = contract.memberLifecycle[request.state][verb]
      if (!state) throw notNow(request.state, verb)
      const { said, nextNo, told } = await step(work, request, asked)
      if (!(await store.moveMemberRequest(work, request, { action: verb, state, said, nextNo })))
        throw notNow(request.state, verb)
      if (nextNo !== undefined) await lay(work, request, nextNo)
      await touched(work, request)
      if (told) await tell(work, { to: { personNos: [request.askerNo] }, id: request.id, verb, ...told })
      return { reply: { id: request.id }, objects: about(request.id), fields: { state } }
    },
  })
}

const withId = z.object({ id: z.string() })
const bodyOf = <Shape extends z.ZodRawShape>(body: z.ZodObject<Shape>) => withId.extend(body.shape)

export const withdrawMemberRequestAction = memberStep('withdraw', withId, async (work, { no }) => {
  await noteAtStation(work, no, { done_on: work.today, outcome: 'withdrawn' })
  return { said: null }
})

export const answerMemberRequestAction = memberStep(
  'answer',
  bodyOf(contract.answerMemberRequest.body),
  async (work, { no }, { answer }) => {
    await noteAtStation(work, no, { done_on: work.today, outcome: 'answered' })
    return { said: answer, told: { title: '您的请示有了答复', body: '点开看答复。' } }
  },
)

export const passMemberRequestAction = memberStep(
  'pass_up',
  bodyOf(contract.passMemberRequest.body),
  async (work, { no, atNo }, { opinion }) => {
    const [next] = await superiorsOf(work.tx, atNo)
    if (!next) throw new Problem('orglife.report_not_passed')
    await noteAtStation(work, no, { done_on: work.today, outcome: 'passed' })
    return { said: opinion, nextNo: next.no, told: { title: '您的请示已转报上级', body: `由${next.name}答复。` } }
  },
)

export const delayMemberRequestAction = memberStep(
  'tell_delay',
  bodyOf(contract.delayMemberRequest.body),
  async (work, { no }, { until, reason }) => {
    const due = (await stationsOf(work.tx, no)).at(-1)?.dueOn ?? null
    if (due === null || work.today > due || until <= due)
      throw new Problem('orglife.delay_told_late', {
        errors: [{ field: 'until', message: `原期限是${due ?? '没有'}，请填之后的日期。` }],
      })
    await noteAtStation(work, no, { told_on: work.today, told_until: until, told_reason: reason })
    return { said: reason, told: { title: '您的请示要晚些答复', body: `${inChinese(until)}前答复。` } }
  },
)
