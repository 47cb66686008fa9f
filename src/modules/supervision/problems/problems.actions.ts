import { z } from 'zod'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { inChinese } from '../../../kernel/time/civil-date.ts'
import { organizationById, workingDayAfter } from '../../directory/index.ts'
import { ownerOf } from '../cases/case-owner.queries.ts'
import { reaching } from '../records/records.queries.ts'
import { checkDueOn, type RecordMachine, stepping } from '../records/records.actions.ts'
import { moveRecord, type RecordChange } from '../records/records.store.ts'
import { signedAs } from '../records/signature.rules.ts'
import * as contract from './problems.contract.ts'
import { problemLife, type ProblemState, type ProblemVerb } from './problems.lifecycle.ts'
import { problemAnswerers } from './problems.policy.ts'
import { daysForRaiser, isHand } from './problems.rules.ts'
import { findProblem, insertProblem, mayRecur, type StoredProblem } from './problems.store.ts'

const ofProblem = z.object({ id: z.string() })

/** Whom a step tells, and in which words. */
const words: Partial<
  Record<ProblemVerb, { title: string; tells: readonly ('owner' | 'answerers' | 'raiser')[]; urgent?: true }>
> = {
  accept: { title: '问题列入清单，请整改', tells: ['owner', 'answerers', 'raiser'], urgent: true },
  reject: { title: '问题没有受理', tells: ['raiser'] },
  return: { title: '整改退回，请继续', tells: ['owner', 'answerers'], urgent: true },
  verify: { title: '整改已核验，请您确认是否解决', tells: ['raiser'] },
  confirm: { title: '反映人确认已解决，已销号', tells: ['owner', 'answerers'] },
  dispute: { title: '反映人说明还没有解决，请继续整改', tells: ['owner', 'answerers'], urgent: true },
  urge: { title: '催办整改', tells: ['owner', 'answerers'], urgent: true },
  put_off: { title: '整改延期', tells: ['owner', 'answerers'] },
  open_case: { title: '问题已立项督办', tells: ['raiser'] },
  reopen: { title: '问题重新整改', tells: ['owner', 'answerers', 'raiser'], urgent: true },
  reinstate: { title: '申诉成立，问题重新受理', tells: ['raiser'] },
}

/** Tells those concerned. Of whoever wrote a letter without a name there is nobody to tell. */
export async function tellOfProblem(work: Work, stored: StoredProblem, verb: ProblemVerb): Promise<void> {
  const word = words[verb]
  if (!word) return
  await notify(work.tx, {
    to: {
      accountNos: word.tells.includes('raiser') && stored.raisedBy !== null ? [stored.raisedBy] : [],
      personNos: word.tells.includes('owner') && stored.ownerNo !== null ? [stored.ownerNo] : [],
      holders: word.tells.includes('answerers') ? [{ roles: problemAnswerers, organizationNo: stored.organizationNo }] : [],
    },
    except: work.actor.accountNo,
    kind: `supervision.problem_${verb}`,
    title: `${word.title}：${stored.title}`,
    body: stored.dueOn === null ? '' : `完成时限${inChinese(stored.dueOn)}。`,
    urgent: word.urgent ?? false,
    link: `/problems/${stored.id}`,
    at: work.now,
  })
}

async function check(work: Work, stored: StoredProblem, verb: ProblemVerb): Promise<void> {
  if (verb === 'report') {
    const reaches = await reaching(work.tx, work.actor, stored.organizationNo)
    const owner = stored.ownerNo !== null && stored.ownerNo === work.actor.personNo
    if (!owner && !reaches('supervision.problem.answer')) throw new Problem('kernel.forbidden')
  }
  if ((verb === 'confirm' || verb === 'dispute') && stored.raisedBy !== work.actor.accountNo)
    throw new Problem('kernel.forbidden')
  if (verb === 'verify' && stored.state === 'rectified' && isHand(stored, work.actor))
    throw new Problem('supervision.problem_verifier_must_be_another')
}

export const problemMachine: RecordMachine<ProblemState, ProblemVerb, StoredProblem> = {
  kind: 'problem',
  life: problemLife,
  find: findProblem,
  notFound: 'supervision.problem_not_found',
  notAllowedNow: 'supervision.problem_not_allowed_now',
  check,
  otherwise: '当事人',
  tell: tellOfProblem,
}
const step = stepping(problemMachine)

export const raiseProblemAction = action({
  name: 'supervision.problem.raise',
  input: contract.raiseProblem.body,
  touches: async (work, { organizationId }) => [(await organizationById(work.tx, organizationId)).no],
  run: async (work, { organizationId, ...raised }) => {
    const organization = await organizationById(work.tx, organizationId)
    const plain = work.actor.grants.every(({ role }) => role === 'member' || role === 'group_leader')
    if (plain && raised.source !== 'masses')
      throw new Problem('supervision.problem_source_of_member', { errors: [{ field: 'source', message: '请选“群众提”。' }] })
    const signed = signedAs(work.actor, 'supervision.problem.raise')
    const { accountNo } = work.actor
    const { id } = await insertProblem(work, {
      ...raised,
      organizationNo: organization.no,
      raisedBy: accountNo,
      signedAs: signed,
    })
    return { reply: { id }, objects: [{ kind: 'problem', id }], fields: { ...raised } }
  },
})

const nobodyYet = {
  rectification: null,
  rectified_by: null,
  verification: null,
  verified_by: null,
  verified_on: null,
  closed_on: null,
}

export const acceptProblemAction = step(
  'accept',
  ofProblem.extend(contract.acceptProblem.body.shape),
  async (work, stored, { ownerId, remedies, dueOn, reason }) => {
    checkDueOn(work, dueOn)
    const ownerNo = await ownerOf(work.tx, ownerId, { organizationNo: stored.organizationNo, today: work.today })
    return { set: { owner_no: ownerNo, remedies, due_on: dueOn }, reason, body: { ownerNo, remedies, dueOn } }
  },
)

export const rejectProblemAction = step(
  'reject',
  ofProblem.extend(contract.rejectProblem.body.shape),
  (_work, _stored, { reason }) => ({
    set: {},
    reason,
    body: {},
  }),
)

export const reportProblemAction = step(
  'report',
  ofProblem.extend(contract.reportProblem.body.shape),
  (work, _stored, { rectification }) => ({
    set: { rectification, rectified_by: work.actor.accountNo },
    reason: null,
    body: { rectification },
  }),
)

const verified = step(
  'verify',
  ofProblem.extend(contract.verifyProblem.body.shape),
  (work, _stored, { verification, onSite }) => ({
    set: { verification, verified_by: work.actor.accountNo, verified_on: work.today },
    reason: null,
    body: { verification, onSite },
  }),
)

/** Where nobody is known who could confirm, the verification of another is followed by the closing at once. */
export const verifyProblemAction: typeof verified = {
  ...verified,
  run: async (work, asked) => {
    const done = await verified.run(work, asked)
    const stored = await findProblem(work.tx, asked.id)
    if (!stored || stored.raisedBy !== null) return done
    const change: RecordChange = {
      action: 'close',
      state: 'closed',
      set: { closed_on: work.today },
      reason: '不知道是谁提的，没有人可以确认，核验通过即销号。',
      body: {},
      signedAs: '系统',
    }
    if (!(await moveRecord(work, 'problem', { stored, change }))) return done
    return { ...done, reply: { id: stored.id, state: 'closed', revision: stored.revision + 1 } }
  },
}

export const returnProblemAction = step(
  'return',
  ofProblem.extend(contract.returnProblem.body.shape),
  (work, _stored, { reason, dueOn }) => {
    if (dueOn !== undefined) checkDueOn(work, dueOn)
    return { set: dueOn === undefined ? {} : { due_on: dueOn }, reason, body: dueOn === undefined ? {} : { dueOn } }
  },
)

export const confirmProblemAction = step('confirm', ofProblem, (work) => ({
  set: { closed_on: work.today },
  reason: null,
  body: {},
}))

export const disputeProblemAction = step(
  'dispute',
  ofProblem.extend(contract.disputeProblem.body.shape),
  (_work, _stored, { reason }) => ({ set: { ...nobodyYet }, reason, body: {} }),
)

export const closeProblemAction = step(
  'close',
  ofProblem.extend(contract.closeProblem.body.shape),
  async (work, stored, { reason }) => {
    const until = stored.verifiedOn === null ? null : await workingDayAfter(work.tx, stored.verifiedOn, daysForRaiser)
    if (stored.state === 'verified' && until !== null && work.today <= until)
      throw new Problem('supervision.problem_raiser_still_asked', { detail: `请等到${inChinese(until)}之后，或由反映人确认。` })
    return { set: { closed_on: work.today }, reason, body: {} }
  },
)

export const reopenProblemAction = step(
  'reopen',
  ofProblem.extend(contract.reopenProblem.body.shape),
  (work, _stored, { reason, dueOn }) => {
    checkDueOn(work, dueOn)
    return { set: { ...nobodyYet, due_on: dueOn }, reason, body: { dueOn } }
  },
)

export const linkProblemAction = step(
  'link',
  ofProblem.extend(contract.linkProblem.body.shape),
  async (work, stored, { earlierId }) => {
    const earlier = await mayRecur(work.tx, stored, earlierId)
    if (earlier === null)
      throw new Problem('supervision.problem_link_not_earlier', {
        errors: [{ field: 'earlierId', message: '请选更早提出的问题。' }],
      })
    return { set: { recurs_of: earlier }, reason: null, body: { earlierId } }
  },
)
