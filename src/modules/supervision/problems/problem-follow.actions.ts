import { z } from 'zod'
import { Problem } from '../../../kernel/errors/problem.ts'
import { nextCaseNumber } from '../cases/case-numbers.store.ts'
import { followerNo, ownerOf } from '../cases/case-owner.queries.ts'
import { wordOf } from '../cases/case-notices.rules.ts'
import { tell } from '../cases/case-steps.actions.ts'
import { findCase, insertCase, openCaseOfProblem } from '../cases/cases.store.ts'
import { checkDueOn, stepping } from '../records/records.actions.ts'
import { signedAs } from '../records/signature.rules.ts'
import { problemMachine } from './problems.actions.ts'
import * as contract from './problems.contract.ts'

const ofProblem = z.object({ id: z.string() })
const step = stepping(problemMachine)

/** Presses those who are to put it right. What stays without an answer goes up the chain of responsibility. */
export const urgeProblemAction = step(
  'urge',
  ofProblem.extend(contract.urgeProblem.body.shape),
  (_work, _stored, { reason }) => ({ set: {}, reason, body: {} }),
)

export const putOffProblemAction = step(
  'put_off',
  ofProblem.extend(contract.putOffProblem.body.shape),
  (work, _stored, { reason, dueOn }) => {
    checkDueOn(work, dueOn)
    return { set: { due_on: dueOn }, reason, body: { dueOn } }
  },
)

/** A problem that needs more than its list becomes a supervised case; the problem goes on beside it until it is verified itself. */
export const caseFromProblemAction = step(
  'open_case',
  ofProblem.extend(contract.caseFromProblem.body.shape),
  async (work, stored, { ownerId, dueOn, remedies, reason }) => {
    checkDueOn(work, dueOn)
    if ((await openCaseOfProblem(work.tx, stored.no)) !== null) throw new Problem('supervision.problem_has_case')
    const { organizationNo, title } = stored
    const ownerNo = await ownerOf(work.tx, ownerId, { organizationNo, today: work.today })
    const openedByOrganizationNo = await followerNo(work.tx, organizationNo)
    const number = await nextCaseNumber(work.tx, Number(work.today.slice(0, 4)))
    const signed = signedAs(work.actor, 'supervision.problem.open_case')
    const opened = { organizationNo, openedByOrganizationNo, title, reason, ownerNo, dueOn, remedies }
    const { id } = await insertCase(work, { ...opened, number, signedAs: signed, problemNo: stored.no })
    const entered = await findCase(work.tx, id)
    if (entered) await tell(work, entered, wordOf('open', { ...entered, reason }))
    return { set: {}, reason, body: { caseId: id, number } }
  },
)
