import { addDays } from '../../../../kernel/time/civil-date.ts'
import * as contract from '../../yellow-cards/cards.contract.ts'
import { cardVerbs } from '../../yellow-cards/cards.lifecycle.ts'
import { personOf } from '../records/pickers.tsx'
import type { RecordAct } from '../records/record-acts.tsx'
import { cardItems } from './card-items-field.tsx'

const reason = { name: 'reason', control: 'area' } as const
const act = (verb: keyof typeof cardVerbs, rest: Omit<RecordAct, 'verb' | 'label'>): RecordAct => ({
  verb,
  label: cardVerbs[verb],
  ...rest,
})

/** The steps of a card with their forms. */
export function cardActs(found: contract.CardPage, today: string): RecordAct[] {
  const under = found.organization.id
  const dueOn = addDays(today, 30)
  return [
    act('state', {
      endpoint: contract.stateOnCard,
      fields: [{ name: 'statement', control: 'area' }],
      sentence: '请说明情况：哪些属实，哪些有出入，有什么困难，打算怎么办。决定前一定会看。',
      done: '已提交陈述，等工委决定。',
    }),
    act('pass_hearing', { endpoint: contract.passHearing, fields: [reason], done: '已进入决定。' }),
    act('decide', {
      endpoint: contract.decideCard,
      fields: [
        { ...reason, title: '决定的理由' },
        { name: 'items', render: cardItems(under, today) },
        { name: 'isPublic' },
        { name: 'traceMonths' },
      ],
      initial: { items: [{ title: '', dueOn }], isPublic: false, traceMonths: 12 },
      sentence: '请先看本组织的陈述，再写理由。理由本组织看得到。',
      done: '已决定警示，本组织会收到通知和清单。',
    }),
    act('decline', { endpoint: contract.declineCard, fields: [reason], done: '已记为不予警示。' }),
    act('urge', { endpoint: contract.urgeCard, fields: [{ ...reason, title: '催什么' }], done: '已催办，本组织会收到通知。' }),
    act('add_item', {
      endpoint: contract.addCardItem,
      fields: [{ name: 'title' }, { name: 'ownerId', render: personOf(under) }, { name: 'dueOn', earliest: today }, reason],
      initial: { dueOn },
      done: '清单已补充。',
    }),
    act('report', {
      endpoint: contract.reportOnCard,
      fields: [{ name: 'month' }, { name: 'report', control: 'area' }],
      initial: { month: today.slice(0, 7) },
      done: '本月报告已提交。',
    }),
  ]
}

/** The steps of one item. */
export function itemActs(itemId: string): RecordAct[] {
  const initial = { itemId }
  return [
    act('finish_item', {
      endpoint: contract.finishCardItem,
      fields: [{ name: 'result', control: 'area' }],
      initial,
      done: '已报办完，由另外的人核验。',
    }),
    act('pass_item', {
      endpoint: contract.passCardItem,
      fields: [{ name: 'test', control: 'area' }],
      initial,
      done: '这一条核验通过。',
    }),
    act('return_item', { endpoint: contract.returnCardItem, fields: [reason], initial, done: '这一条已退回。' }),
  ]
}
