import { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { organizationById } from '../../directory/index.ts'
import { signedAs } from '../records/signature.rules.ts'
import { nextCaseNumber } from './case-numbers.store.ts'
import { followerNo, ownerOf } from './case-owner.queries.ts'
import { checkDue, tell, transition } from './case-steps.actions.ts'
import { wordOf } from './case-notices.rules.ts'
import {
  dismissCase,
  dismissCases,
  openCase,
  pauseCase,
  remindCase,
  reopenCase,
  reportCase,
  resumeCase,
  returnCase,
  superviseCase,
  verifyCase,
} from './cases.contract.ts'
import { daysWaited } from './cases.rules.ts'
import { dismissProposals, findCase, insertCase, type StoredCase } from './cases.store.ts'

const ofCase = z.object({ id: z.string() })

/** A new due date starts the clock afresh: earlier waits do not lengthen it. */
const freshClock = (dueOn: string) => ({ due_on: dueOn, waited_days: 0, waiting_since: null, waiting_for: null })

/** The wait that is on ends today; its days are kept. */
const endWait = (work: Work, stored: StoredCase) => ({
  waited_days: daysWaited(stored, work.today),
  waiting_since: null,
  waiting_for: null,
})

const numberOf = (work: Work, stored: StoredCase) => stored.number ?? nextCaseNumber(work.tx, Number(work.today.slice(0, 4)))

export const remindAction = transition('remind', ofCase.extend(remindCase.body.shape), (work, _stored, { dueOn, reason }) => {
  checkDue(work, dueOn)
  return {
    set: { ...freshClock(dueOn), opened_by: work.actor.accountNo, opened_at: work.now },
    reason: reason ?? null,
    body: { dueOn },
  }
})

export const dismissAction = transition('dismiss', ofCase.extend(dismissCase.body.shape), (_work, _stored, { reason }) => ({
  set: {},
  reason,
  body: {},
}))

export const superviseAction = transition(
  'supervise',
  ofCase.extend(superviseCase.body.shape),
  async (work, stored, { ownerId, dueOn, remedies, reason }) => {
    checkDue(work, dueOn)
    const ownerNo = await ownerOf(work.tx, ownerId, { organizationNo: stored.organizationNo, today: work.today })
    const number = await numberOf(work, stored)
    const opened = { opened_by: work.actor.accountNo, opened_at: work.now }
    return {
      set: { ...freshClock(dueOn), ...opened, owner_no: ownerNo, remedies, number },
      reason,
      body: { dueOn, ownerNo, remedies, number },
    }
  },
)

export const reportAction = transition('report', ofCase.extend(reportCase.body.shape), (work, stored, { report }) => ({
  set: { ...endWait(work, stored), report, reported_at: work.now, reported_by: work.actor.accountNo },
  reason: null,
  body: { report },
}))

export const verifyAction = transition(
  'verify',
  ofCase.extend(verifyCase.body.shape),
  (work, _stored, { verification, onSite }) => ({
    set: { verification, verified_at: work.now, verified_by: work.actor.accountNo },
    reason: null,
    body: { verification, onSite },
  }),
)

export const returnAction = transition(
  'return',
  ofCase.extend(returnCase.body.shape),
  async (work, stored, { reason, dueOn }) => {
    checkDue(work, dueOn)
    // A reminder that was reported and is returned becomes a supervised item, which has a number.
    const number = await numberOf(work, stored)
    return { set: { number, ...(dueOn && freshClock(dueOn)) }, reason, body: { ...(dueOn && { dueOn }) } }
  },
)

export const pauseAction = transition('pause', ofCase.extend(pauseCase.body.shape), (work, _stored, { waitingFor }) => ({
  set: { waiting_since: work.today, waiting_for: waitingFor },
  reason: null,
  body: { waitingFor },
}))

export const resumeAction = transition('resume', ofCase.extend(resumeCase.body.shape), (work, stored) => ({
  set: endWait(work, stored),
  reason: null,
  body: { waitedDays: daysWaited(stored, work.today) },
}))

export const reopenAction = transition(
  'reopen',
  ofCase.extend(reopenCase.body.shape),
  async (work, stored, { reason, dueOn }) => {
    checkDue(work, dueOn)
    const number = await numberOf(work, stored)
    const before = {
      report: null,
      reported_at: null,
      reported_by: null,
      verification: null,
      verified_at: null,
      verified_by: null,
    }
    return {
      set: { ...freshClock(dueOn), ...before, rung: null, number, opened_by: work.actor.accountNo, opened_at: work.now },
      reason,
      body: { dueOn, number },
    }
  },
)

export const openAction = action({
  name: 'supervision.case.open',
  input: openCase.body,
  touches: async (work, { organizationId }) => [(await organizationById(work.tx, organizationId)).no],
  run: async (work, { organizationId, title, reason, ownerId, dueOn, remedies }) => {
    checkDue(work, dueOn)
    const organization = await organizationById(work.tx, organizationId)
    const ownerNo = await ownerOf(work.tx, ownerId, { organizationNo: organization.no, today: work.today })
    const openedByOrganizationNo = await followerNo(work.tx, organization.no)
    const number = await nextCaseNumber(work.tx, Number(work.today.slice(0, 4)))
    const signed = signedAs(work.actor, 'supervision.case.open')
    const opened = { organizationNo: organization.no, openedByOrganizationNo, title, reason, ownerNo, dueOn, remedies }
    const { id } = await insertCase(work, { ...opened, number, signedAs: signed })
    const stored = await findCase(work.tx, id)
    if (stored) await tell(work, stored, wordOf('open', { ...stored, reason }))
    return { reply: { id }, objects: [{ kind: 'case', id }], fields: { title, reason, dueOn, remedies, number } }
  },
})

const organizationsOf = async (work: Work, ids: readonly string[]) => {
  const rows = await reading<'supervision'>(work.tx)
    .selectFrom('supervision.cases')
    .select('organization_no')
    .where('id', 'in', [...ids])
    .execute()
  if (rows.length < new Set(ids).size) throw new Problem('supervision.case_not_found')
  return rows.map((row) => row.organization_no)
}

/** Many proposals at once with one reason, such as those whose duty has been made good since. */
export const dismissManyAction = action({
  name: 'supervision.case.dismiss',
  input: dismissCases.body,
  touches: (work, { ids }) => organizationsOf(work, ids),
  run: async (work, { ids, reason }) => {
    const dismissed = await dismissProposals(work, ids, reason)
    const left = ids.filter((id) => !dismissed.includes(id))
    return {
      reply: { dismissed: dismissed.length, left },
      objects: dismissed.map((id) => ({ kind: 'case', id })),
      fields: { reason },
    }
  },
})
