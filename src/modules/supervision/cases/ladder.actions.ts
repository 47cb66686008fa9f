import { z } from 'zod'
import { type Action, action, type Work } from '../../../kernel/actions/action.ts'
import { reading } from '../../../kernel/database/handles.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { reaching } from '../records/records.queries.ts'
import { signedAs } from '../records/signature.rules.ts'
import { proposeOne } from '../yellow-cards/cards.actions.ts'
import { ownerOf } from './case-owner.queries.ts'
import { caseOf, checkDue, type Moved, type Step, tell } from './case-steps.actions.ts'
import { changeCase, type StoredCase } from './cases.store.ts'
import { ladderTable, type LadderVerb } from './ladder.lifecycle.ts'
import * as contract from './ladder.contract.ts'
import './ladder.policy.ts'
import { ladderPossible, ladderRefusal } from './ladder.rules.ts'
import { confirmTalkRow, insertTalk, type LadderFacts, ladderFacts } from './ladder.store.ts'

const ofCase = z.object({ id: z.string() })
const names: Readonly<Record<LadderVerb, string>> = {
  talk: '约谈记录待您确认',
  confirm_talk: '约谈记录已确认',
  propose_card: '由督办事项建议黄牌',
  propose_accountability: '已提问责建议',
}

const notNow = (stored: StoredCase, facts: LadderFacts, verb: LadderVerb) =>
  new Problem('supervision.case_not_allowed_now', {
    detail: ladderRefusal({ ...stored, waiting: stored.waitingSince !== null, ...facts }, verb),
  })

/** A step up the ladder: compared and set like every step of the case, signed by account, role and day. */
function climbing<Input extends z.ZodType<{ id: string }>>(
  verb: LadderVerb,
  input: Input,
  step: (work: Work, at: { stored: StoredCase; facts: LadderFacts }, input: z.output<Input>) => Promise<Step>,
): Action<Input, Moved> {
  const name = `supervision.case.${verb}`
  return action({
    name,
    input,
    touches: async (work, { id }) => [(await caseOf(work, id)).organizationNo],
    run: async (work, asked) => {
      const stored = await caseOf(work, asked.id)
      const facts = await ladderFacts(work.tx, stored.no)
      if (!ladderPossible({ ...stored, waiting: stored.waitingSince !== null, ...facts }).includes(verb))
        throw notNow(stored, facts, verb)
      const { set, reason, body } = await step(work, { stored, facts }, asked)
      const rung = ladderTable[facts.rung][verb] ?? null
      const change = {
        action: verb,
        state: stored.state,
        set: { ...set, rung },
        reason,
        body: { ...body, signedAs: signedAs(work.actor, name) },
      }
      if (!(await changeCase(work, stored, change)))
        throw notNow(await caseOf(work, asked.id), await ladderFacts(work.tx, stored.no), verb)
      const after = await caseOf(work, asked.id)
      const tells = verb === 'confirm_talk' ? (['opener'] as const) : (['owner', 'answerers'] as const)
      await tell(work, after, {
        kind: `supervision.case_${verb}`,
        title: `${names[verb]}：${stored.title}`,
        body: reason ?? '',
        tells,
        urgent: true,
      })
      return {
        reply: { id: stored.id, state: after.state, revision: after.revision },
        objects: [{ kind: 'case', id: stored.id }],
        fields: { rung, reason, ...body },
      }
    },
  })
}

export const talkAction = climbing(
  'talk',
  ofCase.extend(contract.talkOnCase.body.shape),
  async (work, { stored }, { talkedToId, heldOn, said, demands, dueOn, reason }) => {
    checkDue(work, dueOn)
    if (heldOn > work.today)
      throw new Problem('supervision.talk_in_future', { errors: [{ field: 'heldOn', message: '请填今天或以前的日期。' }] })
    const talkedToNo = await ownerOf(work.tx, talkedToId, { organizationNo: stored.organizationNo, today: work.today })
    await insertTalk(work, { caseNo: stored.no, revision: stored.revision + 1, heldOn, talkedToNo, said, demands })
    const clock = dueOn === undefined ? {} : { due_on: dueOn, waited_days: 0 }
    return { set: clock, reason, body: { talkedToNo, heldOn, said, demands, ...(dueOn && { dueOn }) } }
  },
)

export const confirmTalkAction = climbing(
  'confirm_talk',
  ofCase.extend(contract.confirmTalk.body.shape),
  async (work, { stored, facts }, { remark }) => {
    const talk = facts.openTalk
    if (!talk) throw notNow(stored, facts, 'confirm_talk')
    const reaches = await reaching(work.tx, work.actor, stored.organizationNo)
    const concerned = talk.talkedToNo === work.actor.personNo || reaches('supervision.case.answer')
    if (!concerned || talk.talkedBy === work.actor.accountNo) throw new Problem('supervision.talk_confirmed_by_other_side')
    await confirmTalkRow(work, talk.no, remark ?? null)
    return { set: {}, reason: null, body: { ...(remark && { remark }) } }
  },
)

export const cardFromCaseAction = climbing(
  'propose_card',
  ofCase.extend(contract.cardFromCase.body.shape),
  async (work, { stored }, { reason }) => {
    const { organizationNo, no, title } = stored
    const cardId = await proposeOne(work, { organizationNo, caseNo: no, grounds: `${title}。${reason}` })
    return { set: {}, reason, body: { cardId } }
  },
)

export const accountabilityAction = climbing(
  'propose_accountability',
  ofCase.extend(contract.accountabilityFromCase.body.shape),
  (_work, _at, { to, reason }) => Promise.resolve({ set: {}, reason, body: { to } }),
)

/** Cards that rest on a case, as the undoing of a step finds them. */
export async function cardsOfCase(work: Work, caseNo: number): Promise<string[]> {
  const rows = await reading<'supervision'>(work.tx)
    .selectFrom('supervision.yellow_cards')
    .select('id')
    .where('case_no', '=', caseNo)
    .where('state', 'in', ['proposed', 'heard', 'in_force', 'lifted'])
    .execute()
  return rows.map((row) => row.id)
}
