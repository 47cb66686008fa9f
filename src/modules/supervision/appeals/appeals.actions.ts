import { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { problemMachine, tellOfProblem } from '../problems/problems.actions.ts'
import { type RecordMachine, recordOf, stepping } from '../records/records.actions.ts'
import { reaching } from '../records/records.queries.ts'
import { moveRecord } from '../records/records.store.ts'
import { signedAs } from '../records/signature.rules.ts'
import { workingDayAfter } from '../../directory/index.ts'
import * as contract from './appeals.contract.ts'
import { measureRevoked } from './appeals.events.ts'
import {
  appealableSteps,
  appealLife,
  type AppealState,
  type AppealVerb,
  daysToAppeal,
  daysToDecide,
} from './appeals.lifecycle.ts'
import { findAppeal, findMeasure, type FoundMeasure, insertAppeal, type StoredAppeal } from './appeals.store.ts'
import { revokeCard } from './revoke-card.actions.ts'
import { revokeCaseStep } from './revoke-case.actions.ts'

const ofAppeal = z.object({ id: z.string() })

const words: Readonly<Record<AppealVerb, string>> = {
  take: '申诉已受理，正在复核',
  uphold: '申诉成立，原决定已撤销',
  reject: '申诉复核：维持原决定',
  withdraw: '申诉已撤回',
}

async function tell(work: Work, stored: StoredAppeal, verb: AppealVerb): Promise<void> {
  await notify(work.tx, {
    // Whoever took the measure learns what became of it, like whoever appealed.
    to: { accountNos: [stored.filedBy, ...(verb === 'take' ? [] : [stored.measureBy])] },
    except: work.actor.accountNo,
    kind: `supervision.appeal_${verb}`,
    title: `${words[verb]}：${stored.measureTitle}`,
    body: '',
    urgent: true,
    link: `/appeals/${stored.id}`,
    at: work.now,
  })
}

function check(work: Work, stored: StoredAppeal, verb: AppealVerb): void {
  const { accountNo } = work.actor
  if (verb === 'withdraw') {
    if (stored.filedBy !== accountNo) throw new Problem('kernel.forbidden')
    return
  }
  const another = accountNo !== stored.measureBy && accountNo !== stored.filedBy
  if (!another) throw new Problem('supervision.appeal_handler_must_be_another')
}

const machine: RecordMachine<AppealState, AppealVerb, StoredAppeal> = {
  kind: 'appeal',
  life: appealLife,
  find: findAppeal,
  notFound: 'supervision.appeal_not_found',
  notAllowedNow: 'supervision.appeal_not_allowed_now',
  check,
  otherwise: '申诉人',
  tell,
}
const step = stepping(machine)

async function checkConcerned(work: Work, found: FoundMeasure): Promise<void> {
  const reaches = await reaching(work.tx, work.actor, found.organizationNo)
  const concerned = found.raisedBy === work.actor.accountNo || reaches('supervision.appeal.answer')
  if (!concerned || found.by === work.actor.accountNo) throw new Problem('supervision.appeal_by_those_concerned')
}

const appealable: readonly string[] = [...appealableSteps, 'decide', 'reject']

export const fileAppealAction = action({
  name: 'supervision.appeal.file',
  input: contract.fileAppeal.body,
  touches: async (work, asked) => {
    const found = await findMeasure(work.tx, asked)
    if (!found) throw new Problem('supervision.measure_not_found')
    return [found.organizationNo]
  },
  run: async (work, { measure, measureId, revision, reasons }) => {
    const found = await findMeasure(work.tx, { measure, measureId, revision })
    if (!found) throw new Problem('supervision.measure_not_found')
    await checkConcerned(work, found)
    if (!found.standing || !appealable.includes(found.action)) throw new Problem('supervision.measure_not_appealable')
    const until = await workingDayAfter(work.tx, found.on, daysToAppeal)
    if (work.today > until)
      throw new Problem('supervision.appeal_too_late', { detail: `申诉期到${inChinese(until)}为止，已经过了。` })
    const decideBy = await workingDayAfter(work.tx, work.today, daysToDecide)
    const signed = signedAs(work.actor, 'supervision.appeal.answer', '反映人')
    const entered = await insertAppeal(work, { measure, measureId, found, reasons, decideBy, signedAs: signed })
    if (!entered) throw new Problem('supervision.appeal_open_already')
    return { reply: { id: entered.id }, objects: [{ kind: 'appeal', id: entered.id }], fields: { measure, measureId, reasons } }
  },
})

export const takeAppealAction = step('take', ofAppeal, (work) => ({
  set: { handler: work.actor.accountNo },
  reason: null,
  body: {},
}))

export const upholdAppealAction = step(
  'uphold',
  ofAppeal.extend(contract.upholdAppeal.body.shape),
  async (work, stored, { decision }) => {
    const revisions = await revoke(work, stored, `申诉成立：${decision}`)
    const { measure, measureId, organizationNo } = stored
    await work.emit(measureRevoked.of({ measure, measureId, revisions, organizationNo }))
    return { set: { decision, decided_on: work.today }, reason: decision, body: {} }
  },
)

/** Takes the measure back and recomputes what followed from it. Answers the steps that no longer stand. */
async function revoke(work: Work, stored: StoredAppeal, why: string): Promise<readonly number[]> {
  if (stored.measure === 'case_step') return revokeCaseStep(work, stored.measureId, { revision: stored.measureRevision, why })
  if (stored.measure === 'yellow_card') await revokeCard(work, stored.measureId, why)
  else await reinstate(work, stored.measureId, why)
  return []
}

async function reinstate(work: Work, id: string, why: string): Promise<void> {
  const stored = await recordOf(problemMachine, work, id)
  const state = problemMachine.life.table[stored.state].reinstate
  if (!state) throw new Problem('supervision.problem_not_allowed_now')
  const signed = signedAs(work.actor, 'supervision.appeal.uphold')
  const change = { action: 'reinstate', state, set: {}, reason: why, body: {}, signedAs: signed }
  if (!(await moveRecord(work, 'problem', { stored, change }))) throw new Problem('supervision.problem_not_allowed_now')
  await tellOfProblem(work, stored, 'reinstate')
}

export const rejectAppealAction = step(
  'reject',
  ofAppeal.extend(contract.rejectAppeal.body.shape),
  (work, _stored, { decision }) => ({
    set: { decision, decided_on: work.today },
    reason: decision,
    body: {},
  }),
)

export const withdrawAppealAction = step('withdraw', ofAppeal, () => ({ set: {}, reason: null, body: {} }))
