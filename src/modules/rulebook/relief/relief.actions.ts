import { z } from 'zod'
import { action, type Done, type Work } from '../../../kernel/actions/action.ts'
import { type Read, reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { newId } from '../../../kernel/identity/ids.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { addDays } from '../../../kernel/time/civil-date.ts'
import { standingAbove, subjectOf } from '../obligations/subjects.queries.ts'
import { type AskedDuty, obligedOf } from './obliged.queries.ts'
import { reliefWords } from './relief-notices.rules.ts'
import { askClockStop, askExtension, endClockStop, grantRelief, refuseRelief, withdrawRelief } from './relief.contract.ts'
import {
  type ReliefAction,
  reliefActions,
  type ReliefKind,
  reliefKinds,
  reliefLifecycle,
  reliefStates,
} from './relief.lifecycle.ts'
import { keepRelief, reliefBehind, reliefChanged, type StandingRelief, type Step, stepRelief } from './relief.store.ts'

const wrong = (field: string, message: string) => new Problem('kernel.invalid_input', { errors: [{ field, message }] })
/** XJ1, ZB22: what is put off is put off by a year at most. */
const longest = 366
const deciders = ['committee_officer', 'committee_secretary', 'full_time_deputy', 'general_branch_secretary']

async function aboveOf(read: Read, organizationNo: number): Promise<number[]> {
  const found = await standingAbove(read, [organizationNo])
  if (found.length === 0) throw new Problem('rulebook.relief_needs_superior')
  return found
}

type Asked = AskedDuty & { readonly kind: ReliefKind; readonly reason: string; readonly until: string | null }

async function ask(work: Work, asked: Asked): Promise<Done<{ id: string }>> {
  const { of, duty } = await obligedOf(work.tx, asked, work.today)
  if (duty.status === 'met' || duty.status === 'met_late') throw new Problem('rulebook.relief_not_needed')
  if (work.today > duty.due) throw new Problem('rulebook.relief_asked_late')
  if (asked.until !== null && asked.until <= duty.due) throw wrong('until', `请选择到期日（${duty.due}）以后的日期。`)
  if (asked.until !== null && asked.until > addDays(duty.due, longest)) throw wrong('until', '一次最多延期一年。')
  const above = await aboveOf(work.tx, of.organizationNo)
  const id = newId('rlf')
  const { kind, reason, until } = asked
  const stoppedFrom = kind === 'clock_stop' ? work.today : null
  if (!(await keepRelief(work, { ...of, id, kind, state: 'asked', reason, until, stoppedFrom })))
    throw new Problem('rulebook.relief_open')
  await notify(work.tx, {
    to: { holders: above.map((organizationNo) => ({ roles: deciders, organizationNo })) },
    except: work.actor.accountNo,
    kind: `rulebook.${kind}_asked`,
    ...reliefWords('ask', { kind, until, title: duty.title }),
    link: `/reliefs?open=${id}`,
    at: work.now,
  })
  return {
    reply: { id },
    objects: [
      { kind: 'relief', id },
      { kind: 'subject', id: asked.subject },
    ],
    fields: { kind, requirement: asked.requirement, period: asked.period, until, reason },
  }
}

/** A duty is asked for at the organizations where it stands; the asker must keep them. */
const touchedBy = async (work: Work, asked: { subject: string }) => (await subjectOf(work.tx, asked.subject)).organizations

export const askExtensionAction = action({
  name: 'rulebook.relief.ask',
  input: askExtension.body,
  touches: touchedBy,
  run: (work, asked) => ask(work, { ...asked, kind: 'extension' }),
})

export const askClockStopAction = action({
  name: 'rulebook.relief.ask',
  input: askClockStop.body,
  touches: touchedBy,
  run: (work, { waitingFor, ...asked }) => ask(work, { ...asked, kind: 'clock_stop', reason: waitingFor, until: null }),
})

interface Taken {
  readonly verb: ReliefAction
  readonly step: Omit<Step, 'to'>
}

async function take(work: Work, found: StandingRelief, { verb, step }: Taken): Promise<Done<{ id: string }>> {
  const to = reliefLifecycle[found.kind][found.state]?.[verb]
  if (!to || !(await stepRelief(work, found, { ...step, to }))) {
    throw new Problem('rulebook.relief_state', {
      detail: `这项${reliefKinds[found.kind]}申请现在是“${reliefStates[found.state]}”，不能“${reliefActions[verb]}”。请看最新情况再办。`,
    })
  }
  if (to === 'granted' || to === 'ended') await reliefChanged(work, found)
  if (verb !== 'withdraw') await tell(work, found, { verb, until: step.until ?? found.until })
  return { reply: { id: found.id }, objects: [{ kind: 'relief', id: found.id }], fields: { ...step } }
}

async function tell(work: Work, found: StandingRelief, said: { verb: ReliefAction; until: string | null }): Promise<void> {
  const requirement = await reading<'rulebook'>(work.tx)
    .selectFrom('rulebook.requirements')
    .select('title')
    .where('code', '=', found.requirement)
    .orderBy('version', 'desc')
    .executeTakeFirst()
  const keepers = { roles: ['branch_secretary', 'branch_committee_member', 'group_leader'], organizationNo: found.organizationNo }
  await notify(work.tx, {
    to: { accountNos: [found.askedBy], holders: [keepers] },
    except: work.actor.accountNo,
    kind: `rulebook.${found.kind}_${said.verb}`,
    ...reliefWords(said.verb, { kind: found.kind, until: said.until, title: requirement?.title ?? found.requirement }),
    link: `/reliefs?open=${found.id}`,
    at: work.now,
  })
}

/** Whoever decides stands above, and is not who asked. */
async function toDecide(work: Work, id: string): Promise<StandingRelief> {
  const found = await reliefBehind(work.tx, id)
  if (found.askedBy === work.actor.accountNo) throw new Problem('rulebook.relief_own')
  return found
}
const touchesAbove = async (work: Work, { id }: { id: string }) =>
  aboveOf(work.tx, (await reliefBehind(work.tx, id)).organizationNo)
const withId = { id: z.string() }

export const grantReliefAction = action({
  name: 'rulebook.relief.grant',
  input: grantRelief.body.extend(withId),
  touches: touchesAbove,
  run: async (work, { id, until, reason }) => {
    const found = await toDecide(work, id)
    if (until !== undefined && found.kind === 'clock_stop') throw wrong('until', '停表没有截止日期，答复之日结束。')
    if (until !== undefined && (until < found.periodEnds || until > addDays(found.until ?? until, longest))) {
      throw wrong('until', `请选择本期最后一天（${found.periodEnds}）以后、一年以内的日期。`)
    }
    return take(work, found, { verb: 'grant', step: { ...(until !== undefined && { until }), decisionReason: reason } })
  },
})

export const refuseReliefAction = action({
  name: 'rulebook.relief.refuse',
  input: refuseRelief.body.extend(withId),
  touches: touchesAbove,
  run: async (work, { id, reason }) => take(work, await toDecide(work, id), { verb: 'refuse', step: { decisionReason: reason } }),
})

export const withdrawReliefAction = action({
  name: 'rulebook.relief.withdraw',
  input: withdrawRelief.body.extend(withId),
  touches: async (work, { id }) => [(await reliefBehind(work.tx, id)).organizationNo],
  run: async (work, { id }) => take(work, await reliefBehind(work.tx, id), { verb: 'withdraw', step: {} }),
})

/** The answer has come: said by those above; the days count again from today. */
export const endClockStopAction = action({
  name: 'rulebook.relief.end',
  input: endClockStop.body.extend(withId),
  touches: touchesAbove,
  run: async (work, { id, answer }) => take(work, await reliefBehind(work.tx, id), { verb: 'end', step: { answer } }),
})
