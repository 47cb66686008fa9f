import { z } from 'zod'
import { organizationsFor } from '../../../kernel/access/permissions.ts'
import { action, type Work } from '../../../kernel/actions/action.ts'
import { Problem } from '../../../kernel/errors/problem.ts'
import { notify } from '../../../kernel/notices/registry.ts'
import { addMonths, type CivilDate, inChinese } from '../../../kernel/time/civil-date.ts'
import { organizationById, workingDayAfter } from '../../directory/index.ts'
import { ownerOf } from '../cases/case-owner.queries.ts'
import { checkDueOn, type RecordMachine, stepping } from '../records/records.actions.ts'
import { signedAs } from '../records/signature.rules.ts'
import * as contract from './cards.contract.ts'
import { cardLife, type CardState, type CardVerb } from './cards.lifecycle.ts'
import { cardAnswerers } from './cards.policy.ts'
import { findCard, insertCard, insertItem, insertReport, itemsOfCard, moveItem, type StoredCard } from './cards.store.ts'
import { conditionsNow, insertConditions, proposeCards, unknownRequirements } from './conditions.store.ts'

const ofCard = z.object({ id: z.string() })

const words: Partial<Record<CardVerb | 'propose', string>> = {
  propose: '建议黄牌警示，请陈述意见',
  decide: '决定黄牌警示，请按清单整改',
  decline: '不予黄牌警示',
  urge: '催办：请按清单整改',
  add_item: '黄牌整改清单有补充',
  return_item: '黄牌整改有一条退回',
  pass_item: '黄牌整改有一条核验通过',
  revoke: '黄牌已撤销',
}

export async function tellOfCard(work: Work, stored: StoredCard, verb: CardVerb | 'propose'): Promise<void> {
  const title = stored.state === 'lifted' && verb === 'pass_item' ? '清单全部核验通过，黄牌已摘' : words[verb]
  if (title === undefined) return
  await notify(work.tx, {
    to: { holders: [{ roles: cardAnswerers, organizationNo: stored.organizationNo }] },
    except: work.actor.accountNo,
    kind: `supervision.yellow_card_${verb}`,
    title,
    body: verb === 'propose' ? `请于${inChinese(stored.hearBy)}前陈述。` : '',
    urgent: verb !== 'pass_item',
    link: `/yellow-cards/${stored.id}`,
    at: work.now,
  })
}

export const cardMachine: RecordMachine<CardState, CardVerb, StoredCard> = {
  kind: 'yellow_card',
  life: cardLife,
  find: findCard,
  notFound: 'supervision.yellow_card_not_found',
  notAllowedNow: 'supervision.yellow_card_not_allowed_now',
  check: () => undefined,
  otherwise: '当事人',
  tell: tellOfCard,
}
const step = stepping(cardMachine)

/** Proposes a card by hand, or from a case whose ladder has come so far. */
export async function proposeOne(
  work: Work,
  of: { organizationNo: number; caseNo: number | null; grounds: string },
): Promise<string> {
  const { hearingDays } = await conditionsNow(work.tx)
  const hearBy = await workingDayAfter(work.tx, work.today, hearingDays)
  const signed = signedAs(work.actor, 'supervision.yellow_card.propose')
  const { id } = await insertCard(work, { ...of, hearBy, signedAs: signed })
  const stored = await findCard(work.tx, id)
  if (stored) await tellOfCard(work, stored, 'propose')
  return id
}

export const proposeCardAction = action({
  name: 'supervision.yellow_card.propose',
  input: contract.proposeCard.body,
  touches: async (work, { organizationId }) => [(await organizationById(work.tx, organizationId)).no],
  run: async (work, { organizationId, grounds }) => {
    const { no } = await organizationById(work.tx, organizationId)
    const id = await proposeOne(work, { organizationNo: no, caseNo: null, grounds })
    return { reply: { id }, objects: [{ kind: 'yellow_card', id }], fields: { grounds } }
  },
})

export const stateAction = step('state', ofCard.extend(contract.stateOnCard.body.shape), (_work, _stored, { statement }) => ({
  set: { statement },
  reason: null,
  body: { statement },
}))

export const passHearingAction = step(
  'pass_hearing',
  ofCard.extend(contract.passHearing.body.shape),
  (work, stored, { reason }) => {
    if (work.today <= stored.hearBy)
      throw new Problem('supervision.card_hearing_open', { detail: `陈述期到${inChinese(stored.hearBy)}，请等本组织陈述。` })
    return { set: {}, reason, body: {} }
  },
)

interface NewItem {
  readonly title: string
  readonly ownerId: string
  readonly dueOn: CivilDate
}

async function addItem(work: Work, stored: StoredCard, { item, field }: { item: NewItem; field: string }): Promise<void> {
  checkDueOn(work, item.dueOn, `${field}dueOn`)
  const ownerNo = await ownerOf(work.tx, item.ownerId, { organizationNo: stored.organizationNo, today: work.today })
  await insertItem(work.tx, { cardNo: stored.no, title: item.title, ownerNo, dueOn: item.dueOn })
}

export const decideCardAction = step(
  'decide',
  ofCard.extend(contract.decideCard.body.shape),
  async (work, stored, { reason, items, isPublic, traceMonths }) => {
    for (const [at, item] of items.entries()) await addItem(work, stored, { item, field: `items.${at}.` })
    return {
      set: {
        decision: reason,
        decided_on: work.today,
        decided_by: work.actor.accountNo,
        is_public: isPublic,
        trace_months: traceMonths,
      },
      reason,
      body: { items: items.length, isPublic, traceMonths },
    }
  },
)

export const declineCardAction = step('decline', ofCard.extend(contract.declineCard.body.shape), (work, _stored, { reason }) => ({
  set: { decision: reason, decided_on: work.today, decided_by: work.actor.accountNo },
  reason,
  body: {},
}))

export const addItemAction = step(
  'add_item',
  ofCard.extend(contract.addCardItem.body.shape),
  async (work, stored, { reason, title, ownerId, dueOn }) => {
    await addItem(work, stored, { item: { title, ownerId, dueOn }, field: '' })
    return { set: {}, reason, body: { title, dueOn } }
  },
)

export const reportCardAction = step(
  'report',
  ofCard.extend(contract.reportOnCard.body.shape),
  async (work, stored, { month, report }) => {
    if (month > work.today.slice(0, 7) || month < (stored.decidedOn ?? work.today).slice(0, 7))
      throw new Problem('supervision.card_month_ahead', { errors: [{ field: 'month', message: '请填警示以来到本月的月份。' }] })
    if (!(await insertReport(work, { cardNo: stored.no, month, text: report })))
      throw new Problem('supervision.card_month_reported')
    return { set: {}, reason: null, body: { month, report } }
  },
)

const itemOf = async (work: Work, stored: StoredCard, itemId: string) => {
  const item = (await itemsOfCard(work.tx, stored.no)).find((one) => one.id === itemId)
  if (!item) throw new Problem('supervision.yellow_card_not_found')
  return item
}

async function moved(work: Work, at: Parameters<typeof moveItem>[1], set: Parameters<typeof moveItem>[2]): Promise<void> {
  if (!(await moveItem(work.tx, at, set))) throw new Problem('supervision.card_item_not_allowed_now')
}

export const finishItemAction = step(
  'finish_item',
  ofCard.extend(contract.finishCardItem.body.shape),
  async (work, stored, { itemId, result }) => {
    const { title } = await itemOf(work, stored, itemId)
    await moved(work, { cardNo: stored.no, itemId, from: 'open', to: 'done' }, { result, done_by: work.actor.accountNo })
    return { set: {}, reason: null, body: { title, result } }
  },
)

export const passItemAction = step(
  'pass_item',
  ofCard.extend(contract.passCardItem.body.shape),
  async (work, stored, { itemId, test }) => {
    const item = await itemOf(work, stored, itemId)
    if (item.doneBy === work.actor.accountNo || item.ownerNo === work.actor.personNo)
      throw new Problem('supervision.card_test_by_another')
    const tested = { test, tested_by: work.actor.accountNo, tested_on: work.today }
    await moved(work, { cardNo: stored.no, itemId, from: 'done', to: 'passed' }, tested)
    const body = { title: item.title, test }
    const left = (await itemsOfCard(work.tx, stored.no)).filter((one) => one.state !== 'passed')
    if (left.length > 0) return { set: {}, reason: null, body }
    const until = addMonths(work.today, stored.traceMonths)
    return {
      state: 'lifted',
      set: { lifted_on: work.today, shown_until: until },
      reason: '清单全部核验通过，自动摘牌。',
      body: { ...body, shownUntil: until },
    }
  },
)

export const returnItemAction = step(
  'return_item',
  ofCard.extend(contract.returnCardItem.body.shape),
  async (work, stored, { itemId, reason }) => {
    const { title } = await itemOf(work, stored, itemId)
    await moved(work, { cardNo: stored.no, itemId, from: 'done', to: 'open' }, { done_by: null })
    return { set: {}, reason, body: { title } }
  },
)

export const setConditionsAction = action({
  name: 'supervision.yellow_card.set_conditions',
  input: contract.setCardConditions.body,
  touches: (work) => organizationsFor(work.actor, 'supervision.yellow_card.set_conditions').slice(0, 1),
  run: async (work, { entries, hearingDays, reason }) => {
    const unknown = await unknownRequirements(
      work.tx,
      entries.map((entry) => entry.requirement),
    )
    if (unknown.length > 0)
      throw new Problem('supervision.requirement_unknown', {
        errors: [{ field: 'entries', message: `没有编号为${unknown.join('、')}的要求，请到“制度”里核对。` }],
      })
    const [organizationNo = 0] = organizationsFor(work.actor, 'supervision.yellow_card.set_conditions')
    await insertConditions(work, { organizationNo, entries, hearingDays, reason })
    const proposed = await proposeCards(work.tx, { today: work.today, at: work.now })
    return { reply: { proposed }, objects: [], fields: { entries, hearingDays, reason } }
  },
})
